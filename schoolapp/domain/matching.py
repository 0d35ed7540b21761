"""Who can go to a meeting: points that help to choose, each with its reason. The coordinator decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from schoolapp.domain.meeting_wishes import Slot
from schoolapp.domain.meetings import LANGUAGE_LEVEL_NAMES, LanguageLevel, MeetingMode
from schoolapp.domain.wording import N_, Sentence

EARTH_RADIUS_KM = 6371.0

NEAR_VARIETIES = (frozenset({"ar", "ary", "arz"}), frozenset({"pa", "pnb"}))
"""Languages whose speakers mostly understand each other: worth three quarters of the language asked for."""


class Criterion(StrEnum):
    LANGUAGE = "language"
    CONTINUITY = "continuity"
    AVAILABILITY = "availability"
    DISTANCE = "distance"
    LOAD = "load"
    GENDER = "gender"
    CONFLICT = "conflict"


CRITERION_NAMES: dict[Criterion, str] = {
    Criterion.LANGUAGE: N_("Lingua"),
    Criterion.CONTINUITY: N_("Continuità con la famiglia"),
    Criterion.AVAILABILITY: N_("Disponibilità"),
    Criterion.DISTANCE: N_("Distanza"),
    Criterion.LOAD: N_("Ore già date nel mese"),
    Criterion.GENDER: N_("Donna o uomo"),
    Criterion.CONFLICT: N_("Conflitto dichiarato"),
}

MOST_POINTS: dict[Criterion, int] = {
    Criterion.LANGUAGE: 30,
    Criterion.CONTINUITY: 25,
    Criterion.AVAILABILITY: 20,
    Criterion.DISTANCE: 15,
    Criterion.LOAD: 10,
}
"""A hundred in all. Gender and conflict have no points: they allow, or they do not."""

_LEVEL_POINTS = {LanguageLevel.MOTHER_TONGUE: 30, LanguageLevel.FLUENT: 24, LanguageLevel.BASIC: 12}

GENDER_NAMES = {"F": N_("donna"), "M": N_("uomo")}


class SlotState(StrEnum):
    """What a time that was asked for is to a mediator."""

    FREE = "free"
    OUTSIDE = "outside"
    """Not among the weekly times; a phone call may tell more."""
    AWAY = "away"
    BUSY = "busy"


@dataclass(frozen=True)
class Wanted:
    """What the request asks of whoever goes."""

    language: str
    second_language: str | None
    mode: MeetingMode
    gender: str | None


@dataclass(frozen=True)
class Candidate:
    """A mediator as seen from one request. `minutes` are those of the month of its first time."""

    mediator_id: int
    name: str
    languages: dict[str, LanguageLevel]
    gender: str | None = None
    meetings_before: int = 0
    slots: tuple[tuple[Slot, SlotState], ...] = ()
    km: int | None = None
    minutes: int = 0
    has_conflict: bool = False


@dataclass(frozen=True)
class Line:
    """One criterion in words. `points` is None where it gives none."""

    criterion: Criterion
    words: Sentence
    points: int | None
    good: bool = False
    blocks: bool = False
    language: str | None = None
    """The one the mediator would speak there."""

    @property
    def most(self) -> int | None:
        return MOST_POINTS.get(self.criterion)


@dataclass(frozen=True)
class Match:
    """A mediator with the points, line by line."""

    candidate: Candidate
    lines: tuple[Line, ...]
    blocked_by: Sentence | None = None
    open_slots: tuple[Slot, ...] = ()
    """Times that may be proposed, the ones the mediator is free at first."""

    @property
    def total(self) -> int:
        return sum(line.points or 0 for line in self.lines)

    @property
    def may_be_proposed(self) -> bool:
        return self.blocked_by is None and bool(self.open_slots)


def languages_to_look_for(wanted: Wanted) -> frozenset[str]:
    """The languages asked for with their near varieties."""
    asked = frozenset(each for each in (wanted.language, wanted.second_language) if each)
    return asked.union(*(group for group in NEAR_VARIETIES if group & asked))


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> int:
    """As the crow flies between two points in degrees (latitude, longitude), rounded."""
    (lat1, lon1), (lat2, lon2) = ((radians(a), radians(b)) for a, b in (here, there))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * EARTH_RADIUS_KM * asin(sqrt(half)))


def rank(wanted: Wanted, candidates: Sequence[Candidate]) -> list[Match]:
    """Those who may be proposed first, the most points first; equal points by name."""
    matches = [match(wanted, each) for each in candidates]
    return sorted(
        matches,
        key=lambda each: (
            not each.may_be_proposed,
            -each.total,
            each.candidate.name.casefold(),
            each.candidate.mediator_id,
        ),
    )


def match(wanted: Wanted, candidate: Candidate) -> Match:
    """The points of one mediator. A declared conflict, or the other gender than asked, rules the person out."""
    lines = [
        _language(wanted, candidate),
        _continuity(candidate),
        _availability(candidate),
        _distance(wanted, candidate),
        _load(candidate),
    ]
    if wanted.gender:
        lines.append(_gender(wanted.gender, candidate))
    lines.append(_conflict(candidate))
    order = {SlotState.FREE: 0, SlotState.OUTSIDE: 1}
    open_slots = sorted((each for each in candidate.slots if each[1] in order), key=lambda each: order[each[1]])
    blocked_by = None
    if candidate.has_conflict:
        blocked_by = Sentence(N_("per il conflitto dichiarato"))
    elif any(line.blocks for line in lines):
        blocked_by = Sentence(N_("è stata chiesta un’altra persona: donna o uomo"))
    elif not open_slots:
        blocked_by = Sentence(N_("ha già impegni in tutti gli orari chiesti"))
    return Match(candidate, tuple(lines), blocked_by, tuple(slot for slot, _ in open_slots))


def _near(one: str, other: str) -> bool:
    return any({one, other} <= group for group in NEAR_VARIETIES)


def _language(wanted: Wanted, candidate: Candidate) -> Line:
    best: tuple[int, str, LanguageLevel, bool] | None = None
    for asked, second in ((wanted.language, False), (wanted.second_language, True)):
        if not asked:
            continue
        for code, level in sorted(candidate.languages.items()):
            if code != asked and not _near(code, asked):
                continue
            points = _LEVEL_POINTS[level]
            points = points if code == asked else points * 3 // 4
            points = points // 2 if second else points
            if best is None or points > best[0]:
                best = (points, code, level, second)
    if best is None:
        return Line(Criterion.LANGUAGE, Sentence(N_("non la parla")), 0)
    points, code, level, second = best
    name = LANGUAGE_LEVEL_NAMES[level]
    words = Sentence(name)
    if second:
        words = Sentence(N_("%(level)s, seconda scelta"), {"level": Sentence(name)})
    return Line(Criterion.LANGUAGE, words, points, good=points >= 22, language=code)


def _continuity(candidate: Candidate) -> Line:
    done = candidate.meetings_before
    if done == 0:
        return Line(Criterion.CONTINUITY, Sentence(N_("nessun colloquio")), 0)
    if done == 1:
        return Line(Criterion.CONTINUITY, Sentence(N_("1 colloquio già fatto")), 20, good=True)
    return Line(Criterion.CONTINUITY, Sentence(N_("%(done)s colloqui già fatti"), {"done": done}), 25, good=True)


def _availability(candidate: Candidate) -> Line:
    states = [state for _, state in candidate.slots]
    free = [slot.day for slot, state in candidate.slots if state is SlotState.FREE]
    if free and len(free) == len(states):
        return Line(Criterion.AVAILABILITY, Sentence(N_("sì")), 20, good=True)
    if free:
        points = 20 * len(free) // len(states)
        return Line(Criterion.AVAILABILITY, Sentence(N_("solo il %(days)s"), {"days": _days(free)}), points)
    if SlotState.OUTSIDE in states:
        return Line(Criterion.AVAILABILITY, Sentence(N_("fuori dai suoi orari")), 0)
    busy = SlotState.BUSY in states
    return Line(Criterion.AVAILABILITY, Sentence(N_("ha altri colloqui") if busy else N_("assente")), 0)


def _days(days: Sequence[date]) -> str:
    return ", ".join(f"{day.day}/{day.month}" for day in sorted(set(days)))


def _distance(wanted: Wanted, candidate: Candidate) -> Line:
    if wanted.mode is not MeetingMode.IN_PLACE:
        return Line(Criterion.DISTANCE, Sentence(N_("non serve spostarsi")), 15, good=True)
    if candidate.km is None:
        return Line(Criterion.DISTANCE, Sentence(N_("comune non indicato")), 0)
    points = max(0, 15 - round(candidate.km * 7 / 20))
    return Line(Criterion.DISTANCE, Sentence(N_("%(km)s km"), {"km": candidate.km}), points, good=points >= 12)


def _load(candidate: Candidate) -> Line:
    points = max(0, 10 - candidate.minutes // 210)
    return Line(
        Criterion.LOAD, Sentence(N_("%(hours)s h"), {"hours": candidate.minutes // 60}), points, good=points >= 8
    )


def _gender(wanted: str, candidate: Candidate) -> Line:
    if candidate.gender is None:
        return Line(Criterion.GENDER, Sentence(N_("non indicato")), None)
    right = candidate.gender == wanted
    return Line(Criterion.GENDER, Sentence(GENDER_NAMES[candidate.gender]), None, good=right, blocks=not right)


def _conflict(candidate: Candidate) -> Line:
    if candidate.has_conflict:
        return Line(Criterion.CONFLICT, Sentence(N_("conosce la famiglia")), None, blocks=True)
    return Line(Criterion.CONFLICT, Sentence(N_("nessuno")), None, good=True)
