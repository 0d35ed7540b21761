"""What the pages of workshops show, prepared once."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.lessons import CancelledBy, LessonStatus, minutes_between
from schoolapp.domain.levels import Level
from schoolapp.domain.timetable import Slot
from schoolapp.domain.workshops import HoursPlan, WorkshopKind, WorkshopStatus

RECENT_DAYS = 14
"""Within these days from the first one a pupil counts as just arrived in the workshop."""


@dataclass(frozen=True)
class WorkshopLine:
    """A workshop in the list."""

    id: int
    title: str
    kind: WorkshopKind
    level: Level
    status: WorkshopStatus
    institute: str
    site: str
    place: str
    capacity: int
    enrolled: int
    """Pupils enrolled today."""
    facilitators: tuple[str, ...]
    hours: HoursPlan


@dataclass(frozen=True)
class Facilitator:
    user_id: int
    name: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class CalendarHours:
    """Lessons and minutes of a workshop: held (signed), in the calendar, of these past and not signed."""

    held_lessons: int
    held_minutes: int
    scheduled_lessons: int
    scheduled_minutes: int
    to_sign_lessons: int
    last_scheduled_day: date | None


@dataclass(frozen=True)
class WorkshopCard:
    """All that the page of a workshop says of it, its pupils and lessons apart."""

    id: int
    institute_id: int
    institute: str
    site_id: int
    site: str
    title: str
    kind: WorkshopKind
    level: Level
    status: WorkshopStatus
    place: str
    capacity: int
    enrolled: int
    planned_minutes: int
    threshold_percent: int
    first_day: date
    last_day: date
    funding_line_id: int
    funding_line: str
    project_code: str | None
    facilitators: tuple[Facilitator, ...]
    slots: tuple[Slot, ...]
    calendar: CalendarHours
    hours: HoursPlan

    @property
    def lessons_without_date(self) -> int:
        """The minutes without a date in lessons of the usual length, rounded up; 0 without a timetable."""
        if not self.slots:
            return 0
        usual = minutes_between(self.slots[0].start, self.slots[0].end)
        return -(-self.hours.without_date // usual)


class LessonState(StrEnum):
    """How a lesson is shown: its status, with what happened to it where that says more."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    TO_SIGN = "to_sign"
    SIGNED = "signed"
    COUNTERSIGNED = "countersigned"
    MOVED = "moved"
    CANCELLED = "cancelled"
    CLOSED = "closed"


@dataclass(frozen=True)
class LessonLine:
    """A lesson in a list of its workshop."""

    id: int
    day: date
    start: time
    end: time
    minutes: int
    place: str
    facilitator_id: int | None
    facilitator: str | None
    topic: str
    status: LessonStatus
    marked: bool
    moved_from_day: date | None
    moved_from_start: time | None
    moved_why: str | None
    cancelled_by: CancelledBy | None
    cancelled_why: str | None
    recovers_id: int | None
    recovers_day: date | None
    """Day of the cancelled lesson for which this one makes up."""
    recovered_by_day: date | None
    """Day of the lesson that makes up for this one."""

    @property
    def month(self) -> date:
        """The first day of its month."""
        return self.day.replace(day=1)

    @property
    def state(self) -> LessonState:
        if self.cancelled_by is CancelledBy.CLOSURE:
            return LessonState.CLOSED
        if self.status is LessonStatus.PLANNED and self.moved_from_day is not None:
            return LessonState.MOVED
        return LessonState(self.status.value)

    @property
    def changeable(self) -> bool:
        """Whether its time, place and person may still change."""
        return self.status in {LessonStatus.PLANNED, LessonStatus.IN_PROGRESS, LessonStatus.TO_SIGN} and not self.marked

    @property
    def cancellable(self) -> bool:
        return self.status in {LessonStatus.PLANNED, LessonStatus.IN_PROGRESS, LessonStatus.TO_SIGN}

    @property
    def recoverable(self) -> bool:
        return self.cancelled_by is not None and self.recovered_by_day is None


@dataclass(frozen=True)
class PupilLine:
    """A pupil of a workshop with the attendance from the pupil's own first day."""

    pupil_id: int
    name: str
    school_class: str
    first_day: date
    last_day: date | None
    figure: AttendanceFigure

    def is_recent(self, today: date) -> bool:
        """Whether the first day is so near that the figure says little yet."""
        return self.first_day <= today < self.first_day + timedelta(days=RECENT_DAYS)

    def has_left(self, today: date) -> bool:
        return self.last_day is not None and self.last_day < today


@dataclass(frozen=True)
class ClosureLine:
    """Days without lessons; `institute_id` is empty for the regional calendar."""

    id: int
    institute_id: int | None
    first_day: date
    last_day: date
    name: str
