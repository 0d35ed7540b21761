"""A day of lessons: what is still to complete, which lesson comes next, the others, and the next day with lessons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schoolapp.domain.lessons import LessonFacts, LessonStatus, missing_for_signature
from schoolapp.domain.wording import Sentence


@dataclass(frozen=True)
class DayLesson:
    """A lesson as one line of the day."""

    lesson_id: int
    workshop_id: int
    title: str
    level: str
    site: str
    place: str
    facilitator: str
    facts: LessonFacts
    present: int
    """Pupils present, late or leaving early."""
    moved: bool
    status: LessonStatus

    @property
    def missing(self) -> list[Sentence]:
        """What is still to be done before the signature."""
        return missing_for_signature(self.facts)


@dataclass(frozen=True)
class NextDay:
    """The next day with lessons, how many they are, and which, where the day asked for has none itself."""

    day: date
    lessons: int
    listed: tuple[DayLesson, ...] = ()


@dataclass(frozen=True)
class UnlistedCase:
    """A pupil who turned up without being enrolled, waiting for the coordinator."""

    unlisted_id: int
    name: str
    class_name: str
    lesson_id: int
    workshop_id: int
    title: str
    day: date


@dataclass(frozen=True)
class UnsignedLessons:
    """Past lessons of one person without a signature, the oldest first; `facilitator` is "" where none is chosen."""

    facilitator: str
    lessons: tuple[DayLesson, ...]


def by_facilitator(lessons: Iterable[DayLesson]) -> tuple[UnsignedLessons, ...]:
    """Who has waited longest comes first. `lessons` are in the order of their days."""
    held: dict[str, list[DayLesson]] = {}
    for lesson in lessons:
        held.setdefault(lesson.facilitator, []).append(lesson)
    return tuple(UnsignedLessons(name, tuple(waiting)) for name, waiting in held.items())


@dataclass(frozen=True)
class DayPlan:
    """A day of one person's lessons."""

    day: date
    to_complete: tuple[DayLesson, ...]
    """Unsigned lessons that are over, the oldest first; only where the day is today."""
    next_lesson: DayLesson | None
    """The lesson under way, else the first still to begin; only where the day is today."""
    minutes_to_next: int
    """Minutes until it begins; 0 or less where it has begun."""
    others: tuple[DayLesson, ...]
    next_day: NextDay | None

    @property
    def is_empty(self) -> bool:
        return not (self.to_complete or self.next_lesson or self.others)


@dataclass(frozen=True)
class SchoolDay:
    """What a coordinator or a head sees of the school's day."""

    lessons: tuple[DayLesson, ...]
    next_day: NextDay | None
    to_countersign: int
    unlisted: tuple[UnlistedCase, ...]
    to_sign: tuple[UnsignedLessons, ...] = ()
    """Of earlier days; only where the day is today."""

    @property
    def to_sign_count(self) -> int:
        return sum(len(waiting.lessons) for waiting in self.to_sign)


def plan_of(
    lessons: Sequence[DayLesson],
    *,
    overdue: Sequence[DayLesson],
    day: date,
    now: datetime,
    next_day: NextDay | None,
) -> DayPlan:
    """The day in its parts. `lessons` are those of the day, `overdue` the unsigned ones of earlier days."""
    if day != now.date():
        return DayPlan(day, (), None, 0, tuple(lessons), next_day)
    to_complete = [lesson for lesson in lessons if lesson.status is LessonStatus.TO_SIGN]
    next_lesson = next((one for one in lessons if one.status is LessonStatus.IN_PROGRESS), None) or next(
        (one for one in lessons if one.status is LessonStatus.PLANNED), None
    )
    minutes = 0
    if next_lesson is not None:
        minutes = -int((now - next_lesson.facts.starts(now)).total_seconds() // 60)
    return DayPlan(
        day=day,
        to_complete=(*overdue, *to_complete),
        next_lesson=next_lesson,
        minutes_to_next=minutes,
        others=tuple(one for one in lessons if one is not next_lesson and one not in to_complete),
        next_day=next_day,
    )
