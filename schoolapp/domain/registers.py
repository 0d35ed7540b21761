"""The register of a workshop as one read model: the page, the PDF and the spreadsheet draw the same figures."""

from dataclasses import dataclass
from datetime import date, datetime, time

from schoolapp.domain.attendance import AbsenceReason, AttendanceFigure, MarkStatus


@dataclass(frozen=True)
class RegisterMark:
    """One pupil at one lesson. `status` is None where the pupil is enrolled and nothing was marked yet."""

    status: MarkStatus | None
    attended: int = 0
    offered: int = 0
    reason: AbsenceReason | None = None


@dataclass(frozen=True)
class Signature:
    """Who signed in the system, and when (an aware instant)."""

    name: str
    at: datetime


@dataclass(frozen=True)
class RegisterLesson:
    """A column of the register. `cancelled` holds the reason where the lesson was not held."""

    lesson_id: int
    day: date
    start: time
    end: time
    minutes: int
    topic: str
    held: bool
    cancelled: str | None
    facilitator: str
    signed: Signature | None
    countersigned: Signature | None
    present: int | None
    """Pupils present, late or leaving early; None where the roll was not called."""


@dataclass(frozen=True)
class RegisterPupil:
    """A row of the register. `marks` has one entry a lesson, None where the pupil was not enrolled that day."""

    pupil_id: int
    name: str
    school_class: str
    first_day: date
    last_day: date | None
    marks: tuple[RegisterMark | None, ...]
    figure: AttendanceFigure


@dataclass(frozen=True)
class WorkshopRegister:
    """The lessons of a workshop between two days, its pupils, marks, totals and signatures."""

    workshop_id: int
    title: str
    institute: str
    institute_code: str | None
    site: str
    place: str
    facilitators: tuple[str, ...]
    school_year: str
    first_day: date
    last_day: date
    project_title: str | None
    project_code: str | None
    cup: str | None
    funding_line: str
    planned_minutes: int
    held_minutes_from_start: int
    """Minutes held from the workshop's first lesson to `last_day`."""
    threshold_percent: int
    countersigner: str | None
    """Name and role under the school's signature line; None prints an empty line."""
    lessons: tuple[RegisterLesson, ...]
    pupils: tuple[RegisterPupil, ...]
    read_at: datetime
    """When the figures were read (aware): every sheet of paper says so."""

    @property
    def held_minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons if lesson.held)

    @property
    def figure(self) -> AttendanceFigure:
        return AttendanceFigure(
            attended=sum(pupil.figure.attended for pupil in self.pupils),
            offered=sum(pupil.figure.offered for pupil in self.pupils),
        )
