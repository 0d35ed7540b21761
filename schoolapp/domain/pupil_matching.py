"""Whether two records are the same pupil: accents, swapped names and transliterations do not make two people of one."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from schoolapp.domain.search_keys import search_key
from schoolapp.domain.spelling import alike
from schoolapp.domain.wording import N_, Sentence

_ALIKE = 82
"""Of 100, how alike two first names or two last names must be when nothing else says so."""

# Sounds that transliterations write in several ways, in the order in which they are made one.
_SAME_SOUND = (
    (re.compile(r"sch|sh|ch|cz|tch"), "c"),
    (re.compile(r"kh|q|ck"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"dj|zh|j"), "g"),
    (re.compile(r"w"), "v"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(?<=.)[aeiouyh]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_CANDIDATES = 40
_CROWD = 50
"""On a birthday of more people than this ("01/01", where it is unknown) only those who share a name are compared."""
_LEADING_VOWEL = re.compile(r"^[eiouy]")


class Likeness(StrEnum):
    EXACT = "exact"
    """The same names and the same birth date: the same pupil."""
    LIKELY = "likely"
    """A person must say."""
    NO = "no"


@dataclass(frozen=True)
class Person:
    """What two records are compared by."""

    last_name: str
    first_name: str
    birth_date: date | None
    sex: str | None = None

    @cached_property
    def last_key(self) -> str:
        return search_key(self.last_name)

    @cached_property
    def first_key(self) -> str:
        return search_key(self.first_name)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All the words of both names, in alphabetical order: the same whoever swaps them."""
        return tuple(sorted(f"{self.last_key} {self.first_key}".split()))

    @cached_property
    def sounds(self) -> str:
        return " ".join(sorted(phonetic_key(word) for word in self.words))


@dataclass(frozen=True)
class Match:
    """How alike two people are, and why, as a sentence that follows "somiglia a …:"."""

    likeness: Likeness
    reason: Sentence


NO_MATCH = Match(Likeness.NO, Sentence(""))


@lru_cache(maxsize=50_000)
def phonetic_key(word: str) -> str:
    """The consonants of a search key's word, the same for every usual transliteration: mohamed, muhammad → "mmd"."""
    key = _LEADING_VOWEL.sub("a", word)
    for pattern, sound in _SAME_SOUND:
        key = pattern.sub(sound, key)
    return key


def compare(one: Person, other: Person) -> Match:
    """The declared rule.

    EXACT: the same last name, first name and birth date (accents, case and apostrophes aside).
    LIKELY, with the same birth date: names swapped or in another order; a name left out; another transliteration;
    last and first name each nearly the same.
    LIKELY, with a birth date missing in one: the same names, in any order.
    LIKELY, with different birth dates: the same names, and day and month swapped or only one of day, month and
    year different.
    NO: all the rest, and two people of different sex unless their names are the same.
    """
    same_names = one.last_key == other.last_key and one.first_key == other.first_key
    same_words = one.words == other.words
    if one.birth_date is None or other.birth_date is None:
        if same_words:
            return Match(Likeness.LIKELY, Sentence(N_("ha lo stesso nome, ma manca una data di nascita")))
        return NO_MATCH
    if one.birth_date != other.birth_date:
        if same_words and _is_a_slip(one.birth_date, other.birth_date):
            return Match(Likeness.LIKELY, Sentence(N_("ha lo stesso nome e quasi la stessa data di nascita")))
        return NO_MATCH
    if same_names:
        return Match(Likeness.EXACT, Sentence(N_("ha gli stessi nomi e la stessa data di nascita")))
    if same_words:
        return Match(Likeness.LIKELY, Sentence(N_("ha cognome e nome scambiati e la stessa data di nascita")))
    if one.sex and other.sex and one.sex != other.sex:
        return NO_MATCH
    return _compare_spelling(one, other)


def _compare_spelling(one: Person, other: Person) -> Match:
    """Two people born on the same day whose names are not the same words."""
    shared = set(one.words) & set(other.words)
    if len(shared) > 1 and len(shared) in (len(one.words), len(other.words)):
        return Match(Likeness.LIKELY, Sentence(N_("ha un nome in più o in meno e la stessa data di nascita")))
    if one.sounds == other.sounds and alike(" ".join(one.words), " ".join(other.words)) > 55:
        return Match(
            Likeness.LIKELY, Sentence(N_("ha gli stessi nomi scritti in un altro modo e la stessa data di nascita"))
        )
    straight = min(_alike(one.last_key, other.last_key), _alike(one.first_key, other.first_key))
    swapped = min(_alike(one.last_key, other.first_key), _alike(one.first_key, other.last_key))
    if max(straight, swapped) >= _ALIKE:
        return Match(Likeness.LIKELY, Sentence(N_("ha nomi quasi uguali e la stessa data di nascita")))
    return NO_MATCH


def _alike(one: str, other: str) -> float:
    """From 0 to 100; an unknown name says nothing either way, and the same sound counts as the same name."""
    if not one or not other:
        return 0.0
    if [phonetic_key(word) for word in one.split()] == [phonetic_key(word) for word in other.split()]:
        return max(_ALIKE + 0.0 if alike(one, other) > 55 else 0.0, alike(one, other))
    return alike(one, other)


def _is_a_slip(one: date, other: date) -> bool:
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return True
    return (one.year == other.year) + (one.month == other.month) + (one.day == other.day) == 2


Id = TypeVar("Id", bound=Hashable)


class PupilIndex(Generic[Id]):
    """Finds, among many people, those a person may be: by birth date and by the words of the names, so that a list
    of thousands is compared with a school of thousands in a moment."""

    def __init__(self, people: Iterable[tuple[Id, Person]]) -> None:
        self._people: dict[Id, Person] = {}
        self._by_birth: dict[date, list[Id]] = {}
        self._by_birth_and_sound: dict[tuple[date, str], list[Id]] = {}
        self._by_words: dict[tuple[str, ...], list[Id]] = {}
        for key, person in people:
            self.add(key, person)

    def add(self, key: Id, person: Person) -> None:
        self._people[key] = person
        if person.birth_date is not None:
            self._by_birth.setdefault(person.birth_date, []).append(key)
            for sound in set(person.sounds.split()):
                self._by_birth_and_sound.setdefault((person.birth_date, sound), []).append(key)
        self._by_words.setdefault(person.words, []).append(key)

    def matches(self, person: Person) -> list[tuple[Id, Match]]:
        """Those it may be, the exact ones first, else in the order they were added."""
        found = [(key, compare(person, self._people[key])) for key in self._candidates(person)]
        likely = [(key, match) for key, match in found if match.likeness is not Likeness.NO]
        return sorted(likely, key=lambda pair: pair[1].likeness is not Likeness.EXACT)

    def _candidates(self, person: Person) -> list[Id]:
        candidates = dict.fromkeys(self._by_words.get(person.words, ()))
        born = person.birth_date
        if born is not None:
            same_day = self._by_birth.get(born, [])
            if len(same_day) > _CROWD:
                sounds = dict.fromkeys(person.sounds.split())
                same_day = [key for sound in sounds for key in self._by_birth_and_sound.get((born, sound), ())]
            candidates |= dict.fromkeys(same_day)
        return list(candidates)[:_CANDIDATES]
