"""The register of a workshop as one read model: the page, the PDF and the spreadsheet draw the same figures."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from schoolapp.domain.attendance import (
    MARK_LETTERS,
    STATUSES_NOT_OFFERED,
    AbsenceReason,
    AttendanceFigure,
    MarkStatus,
)
from schoolapp.domain.emblems import Emblem

LESSONS_PER_SHEET = 10


@dataclass(frozen=True)
class RegisterMark:
    """One pupil at one lesson. `status` is None where the pupil is enrolled and nothing was marked yet."""

    status: MarkStatus | None
    attended: int = 0
    offered: int = 0
    reason: AbsenceReason | None = None

    @property
    def letter(self) -> str | None:
        """P, A, R, U, G or E; None where nothing was marked yet."""
        return MARK_LETTERS[self.status] if self.status else None

    @property
    def counted_minutes(self) -> int | None:
        """Minutes attended; None where the mark is outside the minutes offered, or not made yet."""
        return None if self.status is None or self.status in STATUSES_NOT_OFFERED else self.attended


def marks_figure(marks: Iterable[RegisterMark | None]) -> AttendanceFigure:
    """The minutes of a pupil's row of marks."""
    made = [mark for mark in marks if mark is not None]
    return AttendanceFigure(attended=sum(mark.attended for mark in made), offered=sum(mark.offered for mark in made))


@dataclass(frozen=True)
class Signature:
    """Who signed in the system, and when (an aware instant)."""

    name: str
    at: datetime

    @property
    def initials(self) -> str:
        """First letters of the words of the name: Chiara Fontana is C.F."""
        return "".join(f"{word[0].upper()}." for word in self.name.split())


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

    @property
    def cancellation(self) -> str | None:
        """«Annullata: assemblea di plesso», or the reason alone where it already says so; None where not cancelled."""
        if self.cancelled is None or self.cancelled.lower().startswith("annullata"):
            return self.cancelled
        return f"Annullata: {self.cancelled}"

    @property
    def called(self) -> bool:
        """Whether the roll was called: held once it is signed too."""
        return self.held or self.present is not None

    @property
    def held_minutes(self) -> int:
        """Minutes that count as held: none of a lesson cancelled, still to come or not signed yet."""
        return self.minutes if self.held else 0


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
    emblems: tuple[Emblem, ...] = ()
    """Of the project, in their order."""

    @property
    def held_minutes(self) -> int:
        """Minutes held between `first_day` and `last_day`."""
        return sum(lesson.held_minutes for lesson in self.lessons)

    @property
    def figure(self) -> AttendanceFigure:
        return AttendanceFigure(
            attended=sum(pupil.figure.attended for pupil in self.pupils),
            offered=sum(pupil.figure.offered for pupil in self.pupils),
        )

    def sheets(self, lessons_per_sheet: int = LESSONS_PER_SHEET) -> tuple["WorkshopRegister", ...]:
        """The same register in parts of `lessons_per_sheet` lessons, each with its own days and totals; at least one.

        Always whole tens from the first lesson, so that a sheet already signed stays the same when lessons are added.
        The rows of pupils are the same on all.
        """
        starts = range(0, len(self.lessons), lessons_per_sheet)
        return tuple(self._part(start, start + lessons_per_sheet) for start in starts) or (self,)

    def _part(self, start: int, stop: int) -> "WorkshopRegister":
        lessons, later = self.lessons[start:stop], self.lessons[stop:]
        pupils = []
        for pupil in self.pupils:
            marks = pupil.marks[start:stop]
            pupils.append(replace(pupil, marks=marks, figure=marks_figure(marks)))
        return replace(
            self,
            first_day=lessons[0].day if start else self.first_day,
            last_day=lessons[-1].day if later else self.last_day,
            held_minutes_from_start=self.held_minutes_from_start - sum(lesson.held_minutes for lesson in later),
            lessons=lessons,
            pupils=tuple(pupils),
        )
