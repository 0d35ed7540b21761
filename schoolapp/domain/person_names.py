"""Names of people as school lists write them: capitals, one column for two names, apostrophes for accents."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field

from schoolapp.domain.search_keys import search_key

# fmt: off
_PARTICLES = frozenset({
    "abd", "abdel", "abdul", "abou", "abu", "ait", "al", "ben", "bin", "bint", "bou", "da", "dal", "dall", "dalla",
    "dalle", "de", "degli", "dei", "del", "dell", "della", "delle", "dello", "den", "der", "di", "do", "dos", "du",
    "e", "el", "ed", "ibn", "la", "le", "lo", "mac", "mc", "ou", "ould", "oulad", "san", "santa", "st", "van", "von",
    "y",
})
# fmt: on
_ACCENT_FOR = {"a": "à", "e": "è", "i": "ì", "o": "ò", "u": "ù"}
_PIECES = re.compile(r"([\s'’`\-]+)")


@dataclass(frozen=True)
class SplitName:
    """A whole name parted in two; `certain` is False where only the rule decided, and a person should look."""

    last_name: str
    first_name: str
    certain: bool = True


@dataclass(frozen=True)
class KnownNames:
    """Single words that are certainly a last or a first name, as search keys."""

    last: Collection[str] = field(default=frozenset())
    first: Collection[str] = field(default=frozenset())


def tidy_name(text: str, *, is_first_name: bool = False) -> str:
    """Names in capitals (or all small) as names are written; mixed case is the school's own choice and stays.

    tidy_name("DALL'O'") == "Dall'O'"; tidy_name("MCDONALD") == "McDonald". In a first name a final apostrophe after
    a vowel is an accent: "NICCOLO'" becomes "Niccolò".
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if is_first_name:
        text = " ".join(_accented(word) for word in text.split(" "))
    whole = text == text.upper() or text == text.lower()
    return " ".join(_tidy_word(word) if whole or _shouts(word) else word for word in text.split(" "))


def _shouts(word: str) -> bool:
    return len(word) > 2 and word == word.upper()


def _tidy_word(word: str) -> str:
    return "".join(_capitalised(piece) for piece in _PIECES.split(word))


def _capitalised(piece: str) -> str:
    small = piece.lower().replace("i\u0307", "i")  # the Turkish İ
    if small.startswith("mc") and len(small) > 4:
        return "Mc" + small[2:].capitalize()
    return small[:1].upper() + small[1:]


def _accented(word: str) -> str:
    if len(word) > 3 and word[-1] in "'’`" and word[-2].lower() in _ACCENT_FOR and word[:-1].isalpha():
        accent = _ACCENT_FOR[word[-2].lower()]
        return word[:-2] + (accent.upper() if word[-2].isupper() else accent)
    return word


def split_full_name(text: str, known: KnownNames | None = None, *, first_name_first: bool = False) -> SplitName:
    """Part "Cognome e Nome" (or "Nome e Cognome", `first_name_first`) in two. In this order:

    1. a comma parts last name, first name;
    2. words in capitals beside others that are not are the last name;
    3. one word is a last name; two words are one name each;
    4. particles (El, Ben, De, Dall'…) belong to the word after them: if one word remains, it is the other name;
    5. words known from other lines decide;
    6. else the last name is the first word (with its particles) and it is not certain.
    """
    text = " ".join(text.split())
    if text.count(",") == 1:
        last, first = text.split(",")
        return _tidied(last, first)
    words = text.split(" ")
    by_capitals = _split_by_capitals(words)
    if by_capitals is not None:
        return by_capitals
    if first_name_first:
        words.reverse()
    known = known or KnownNames()
    for at in possible_splits(words, reverse=first_name_first):
        if _is_certain(words, at, known, reverse=first_name_first):
            return _split_at(words, at, reverse=first_name_first)
    at = _after_particles(words, reverse=first_name_first)
    return _split_at(words, at, reverse=first_name_first, certain=len(words) - at <= 1)


def possible_splits(words: list[str], *, reverse: bool = False) -> range:
    """How many words the last name may have, from the fewest."""
    return range(_after_particles(words, reverse=reverse), len(words))


def split_after(text: str, last_name_words: int, *, first_name_first: bool = False) -> SplitName:
    """Part a whole name where a person said: after so many words of the last name."""
    words = text.replace(",", " ").split()
    if first_name_first:
        words.reverse()
    return _split_at(words, last_name_words, reverse=first_name_first)


def _split_by_capitals(words: list[str]) -> SplitName | None:
    loud = [word == word.upper() and any(sign.isalpha() for sign in word) for word in words]
    if (
        all(loud)
        or not any(loud)
        or not any(len(word) > 2 for word, is_loud in zip(words, loud, strict=True) if is_loud)
    ):
        return None
    count = sum(loud)
    if all(loud[:count]):
        return _tidied(" ".join(words[:count]), " ".join(words[count:]))
    if all(loud[-count:]):
        return _tidied(" ".join(words[-count:]), " ".join(words[:-count]))
    return None


def _after_particles(words: list[str], *, reverse: bool) -> int:
    """How many words the shortest last name has: its particles and the word they belong to."""
    if reverse:  # read from the end: "Luca De Rossi" is ["Rossi", "De", "Luca"]
        count = 1
        while count < len(words) - 1 and _is_particle(words[count]):
            count += 1
        return count
    count = 0
    while count < len(words) - 2 and _is_particle(words[count]):
        count += 1
    return count + 1


def _is_particle(word: str) -> bool:
    return search_key(word) in _PARTICLES


def _is_certain(words: list[str], at: int, known: KnownNames, *, reverse: bool) -> bool:
    """Known first names right after the last name, and nothing known as a first name inside it."""
    keys = [search_key(word) for word in words]
    if len(keys) - at == 1 and at == _after_particles(words, reverse=reverse):
        return True
    inside = keys[1:at]
    return keys[at] in known.first and keys[at] not in known.last and not any(key in known.first for key in inside)


def _split_at(words: list[str], at: int, *, reverse: bool, certain: bool = True) -> SplitName:
    last, first = words[:at], words[at:]
    if reverse:
        last, first = last[::-1], first[::-1]
    return _tidied(" ".join(last), " ".join(first), certain=certain)


def _tidied(last: str, first: str, *, certain: bool = True) -> SplitName:
    last, first = last.strip(), first.strip()
    if not last:
        last, first = first, ""
    return SplitName(tidy_name(last), tidy_name(first, is_first_name=True), certain)
