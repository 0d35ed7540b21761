"""Weekly slots, the dated lessons made from them, and what they collide with."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from schoolapp.domain.calendar_words import short_day, short_time, weekday_name
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import ensure_lesson_times, minutes_between
from schoolapp.domain.periods import ensure_period
from schoolapp.domain.school_year import Closure, closed_days
from schoolapp.domain.wording import N_, Sentence

_SATURDAY = 5


@dataclass(frozen=True)
class Slot:
    """A weekly time (0 is Monday), valid between two days where they are given. The place may be empty."""

    weekday: int
    start: time
    end: time
    valid_from: date | None = None
    valid_to: date | None = None
    place: str = ""

    def valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class PlannedLesson:
    """A lesson that a slot gives on a day."""

    day: date
    start: time
    end: time
    place: str = ""

    @property
    def minutes(self) -> int:
        return minutes_between(self.start, self.end)


def lessons_from_slots(
    slots: Iterable[Slot],
    first_day: date,
    last_day: date,
    closures: Iterable[Closure],
    until_minutes: int | None = None,
) -> list[PlannedLesson]:
    """The lessons of the slots between two days (both included), in order, none on a closed day.

    With `until_minutes` it stops before the lesson that would go beyond them: what is left has no date yet.
    """
    closed = closed_days(closures)
    of_weekday: defaultdict[int, list[Slot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: (slot.start, slot.end)):
        of_weekday[slot.weekday].append(slot)
    lessons: list[PlannedLesson] = []
    minutes = 0
    for number in range((last_day - first_day).days + 1):
        day = first_day + timedelta(days=number)
        if day in closed:
            continue
        for slot in of_weekday[day.weekday()]:
            if not slot.valid_on(day):
                continue
            lesson = PlannedLesson(day, slot.start, slot.end, slot.place)
            minutes += lesson.minutes
            if until_minutes is not None and minutes > until_minutes:
                return lessons
            lessons.append(lesson)
    return lessons


def overlap(start: time, end: time, other_start: time, other_end: time) -> bool:
    """Whether two times of one day share a minute; one may begin when the other ends."""
    return start < other_end and other_start < end


def lessons_to_add(
    wanted: Iterable[PlannedLesson], occupied: Iterable[PlannedLesson], minutes: int
) -> list[PlannedLesson]:
    """Of the wanted lessons, in order, those at times that are not occupied, as long as `minutes` are left for them."""
    on_day: defaultdict[date, list[PlannedLesson]] = defaultdict(list)
    for taken in occupied:
        on_day[taken.day].append(taken)
    added: list[PlannedLesson] = []
    for lesson in wanted:
        if any(overlap(lesson.start, lesson.end, other.start, other.end) for other in on_day.get(lesson.day, ())):
            continue
        minutes -= lesson.minutes
        if minutes < 0:
            break
        added.append(lesson)
    return added


def ensure_slot(slot: Slot, others: Iterable[Slot] = ()) -> None:
    """A slot is on a school weekday, of a sensible length, and apart from the other slots of its workshop."""
    if not 0 <= slot.weekday <= _SATURDAY:
        raise RuleViolation(N_("Scegli un giorno da lunedì a sabato."), field="weekday")
    ensure_lesson_times(slot.start, slot.end)
    if slot.valid_from is not None:
        ensure_period(slot.valid_from, slot.valid_to, field="valid_to")
    for other in others:
        if (
            slot.weekday == other.weekday
            and overlap(slot.start, slot.end, other.start, other.end)
            and (slot.valid_from is None or other.valid_to is None or slot.valid_from <= other.valid_to)
            and (other.valid_from is None or slot.valid_to is None or other.valid_from <= slot.valid_to)
        ):
            raise RuleViolation(
                N_("Questo laboratorio ha già lezione il %(weekday)s dalle %(start)s alle %(end)s."),
                field="start",
                weekday=weekday_name(other.weekday),
                start=short_time(other.start),
                end=short_time(other.end),
            )


class ClashKind(StrEnum):
    FACILITATOR = "facilitator"
    PLACE = "place"
    PUPIL = "pupil"


@dataclass(frozen=True)
class Commitment:
    """A time at which a facilitator, a place or a pupil of the new lessons is already taken.

    `who` is the name people read; for a place it is the place itself. `where` says what for (a site or a workshop).
    """

    kind: ClashKind
    who: str
    day: date
    start: time
    end: time
    where: str | Sentence


@dataclass(frozen=True)
class Clash:
    """A new lesson and the commitment in its way, told in a sentence. Day and times are those of the commitment."""

    kind: ClashKind
    who: str
    day: date
    start: time
    end: time
    where: str | Sentence
    sentence: Sentence


_CLASH: dict[ClashKind, str] = {
    ClashKind.FACILITATOR: N_("%(who)s ha già una lezione il %(day)s dalle %(start)s alle %(end)s: %(where)s."),
    ClashKind.PLACE: N_("%(who)s: il %(day)s dalle %(start)s alle %(end)s c’è già un’altra lezione: %(where)s."),
    ClashKind.PUPIL: N_("%(who)s ha già un laboratorio il %(day)s dalle %(start)s alle %(end)s: %(where)s."),
}

_WEEKLY_CLASH: dict[ClashKind, str] = {
    ClashKind.FACILITATOR: N_(
        "%(who)s ha già una lezione il %(weekday)s dalle %(start)s alle %(end)s: %(where)s. "
        "Succede %(count)s volte, la prima il %(day)s."
    ),
    ClashKind.PLACE: N_(
        "%(who)s: il %(weekday)s dalle %(start)s alle %(end)s c’è già un’altra lezione: %(where)s. "
        "Succede %(count)s volte, la prima il %(day)s."
    ),
    ClashKind.PUPIL: N_(
        "%(who)s ha già un laboratorio il %(weekday)s dalle %(start)s alle %(end)s: %(where)s. "
        "Succede %(count)s volte, la prima il %(day)s."
    ),
}


def find_clashes(planned: Iterable[PlannedLesson], existing: Iterable[Commitment]) -> list[Clash]:
    """Each commitment that a planned lesson overlaps, in order of day and time.

    `existing` holds only facilitators and pupils of the new lessons, and the places of their site: a place clashes
    with the lessons that are planned in it. Linear in both, apart from lessons on one day.
    """
    on_day: defaultdict[date, list[PlannedLesson]] = defaultdict(list)
    for lesson in planned:
        on_day[lesson.day].append(lesson)
    clashes = [
        _clash(commitment)
        for commitment in existing
        if any(
            overlap(lesson.start, lesson.end, commitment.start, commitment.end) and _concerns(commitment, lesson.place)
            for lesson in on_day.get(commitment.day, ())
        )
    ]
    return sorted(clashes, key=lambda clash: (clash.day, clash.start, clash.kind, clash.who))


def tell_clashes(clashes: Sequence[Clash]) -> list[Sentence]:
    """One sentence for each clash, or for each one that comes back every week."""
    alike: defaultdict[tuple[object, ...], list[Clash]] = defaultdict(list)
    for clash in clashes:
        alike[clash.kind, clash.who, clash.day.weekday(), clash.start, clash.end, str(clash.where)].append(clash)
    return [same[0].sentence if len(same) == 1 else _weekly_sentence(same) for same in alike.values()]


def first_free_time(
    existing: Iterable[Commitment], *, weekday: int, minutes: int, not_before: time, closes: time, place: str = ""
) -> time | None:
    """From when there are `minutes` free of commitments on each of the given days of that weekday, up to `closes`."""
    busy = sorted(
        (commitment.start, commitment.end)
        for commitment in existing
        if commitment.day.weekday() == weekday and _concerns(commitment, place)
    )
    free_from = not_before
    for start, end in busy:
        if minutes_between(free_from, start) >= minutes:
            break
        free_from = max(free_from, end)
    return free_from if minutes_between(free_from, closes) >= minutes else None


def tell_free_time(weekday: int, start: time) -> Sentence:
    """The way out that stands under a clash."""
    return Sentence(
        N_("Orario libero: il %(weekday)s dalle %(start)s."),
        {"weekday": weekday_name(weekday), "start": short_time(start)},
    )


def _concerns(commitment: Commitment, place: str) -> bool:
    if commitment.kind is not ClashKind.PLACE:
        return True
    return bool(place.strip()) and commitment.who.strip().casefold() == place.strip().casefold()


def _clash(commitment: Commitment) -> Clash:
    return Clash(
        kind=commitment.kind,
        who=commitment.who,
        day=commitment.day,
        start=commitment.start,
        end=commitment.end,
        where=commitment.where,
        sentence=Sentence(
            _CLASH[commitment.kind],
            {
                "who": commitment.who,
                "day": short_day(commitment.day),
                "start": short_time(commitment.start),
                "end": short_time(commitment.end),
                "where": commitment.where,
            },
        ),
    )


def _weekly_sentence(same: Sequence[Clash]) -> Sentence:
    first = same[0]
    return Sentence(
        _WEEKLY_CLASH[first.kind],
        {
            "who": first.who,
            "weekday": weekday_name(first.day.weekday()),
            "start": short_time(first.start),
            "end": short_time(first.end),
            "where": first.where,
            "count": len(same),
            "day": short_day(first.day),
        },
    )
