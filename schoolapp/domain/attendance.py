"""Marks of a roll call and the minutes they are worth. Funders count minutes; hours have 60 of them."""

from dataclasses import dataclass
from enum import StrEnum

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_


class MarkStatus(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    LATE = "late"
    LEFT_EARLY = "left_early"
    CLASS_ACTIVITY = "class_activity"
    EXEMPT = "exempt"


class AbsenceReason(StrEnum):
    """Why a pupil is not in the workshop: an absence from the workshop is not an absence from school."""

    NOT_AT_SCHOOL = "not_at_school"
    TEST_IN_CLASS = "test_in_class"
    NOT_FETCHED = "not_fetched"


MARK_LETTERS: dict[MarkStatus, str] = {
    MarkStatus.PRESENT: "P",
    MarkStatus.ABSENT: "A",
    MarkStatus.LATE: "R",
    MarkStatus.LEFT_EARLY: "U",
    MarkStatus.CLASS_ACTIVITY: "G",
    MarkStatus.EXEMPT: "E",
}

MARK_NAMES: dict[MarkStatus, str] = {
    MarkStatus.PRESENT: N_("Presente"),
    MarkStatus.ABSENT: N_("Assente"),
    MarkStatus.LATE: N_("Ritardo"),
    MarkStatus.LEFT_EARLY: N_("Uscita anticipata"),
    MarkStatus.CLASS_ACTIVITY: N_("Attività di classe"),
    MarkStatus.EXEMPT: N_("Esonero"),
}

ABSENCE_REASON_NAMES: dict[AbsenceReason, str] = {
    AbsenceReason.NOT_AT_SCHOOL: N_("Non è a scuola"),
    AbsenceReason.TEST_IN_CLASS: N_("È in classe per una verifica"),
    AbsenceReason.NOT_FETCHED: N_("Senza accompagnatore"),
}

STATUSES_WITH_MINUTES = frozenset({MarkStatus.LATE, MarkStatus.LEFT_EARLY})
STATUSES_NOT_OFFERED = frozenset({MarkStatus.CLASS_ACTIVITY, MarkStatus.EXEMPT})


@dataclass(frozen=True)
class MarkMinutes:
    """What a mark is worth, in minutes."""

    attended: int
    offered: int


def mark_minutes(status: MarkStatus, *, lesson_minutes: int, missed_minutes: int | None = None) -> MarkMinutes:
    """Minutes attended and offered by one mark in a lesson of `lesson_minutes`.

    A late or early pupil loses `missed_minutes`; class activity and exemption are outside the minutes offered.
    Raises RuleViolation when the missed minutes are missing, out of the lesson, or given where they mean nothing.
    """
    if status in STATUSES_WITH_MINUTES:
        if missed_minutes is None:
            raise RuleViolation(N_("Scrivi quanti minuti."), field="minutes")
        if not 1 <= missed_minutes < lesson_minutes:
            raise RuleViolation(
                N_("I minuti vanno da 1 a %(most)s: la lezione dura %(lesson)s minuti."),
                field="minutes",
                most=lesson_minutes - 1,
                lesson=lesson_minutes,
            )
        return MarkMinutes(attended=lesson_minutes - missed_minutes, offered=lesson_minutes)
    if missed_minutes is not None:
        raise RuleViolation(N_("I minuti servono solo per ritardo e uscita anticipata."), field="minutes")
    if status in STATUSES_NOT_OFFERED:
        return MarkMinutes(attended=0, offered=0)
    if status is MarkStatus.ABSENT:
        return MarkMinutes(attended=0, offered=lesson_minutes)
    return MarkMinutes(attended=lesson_minutes, offered=lesson_minutes)


@dataclass(frozen=True)
class AttendanceFigure:
    """Minutes attended of the minutes offered to one pupil, from the pupil's own first day."""

    attended: int
    offered: int

    @property
    def share(self) -> float | None:
        """Attended / offered between 0 and 1; None where nothing has been offered yet."""
        return self.attended / self.offered if self.offered else None

    @property
    def percent(self) -> int | None:
        """The share as people read it, a whole percentage; None where nothing has been offered.

        Rounded down, so that 69,9 never reads as a reached 70. Page, paper and spreadsheet show this one number.
        """
        return 100 * self.attended // self.offered if self.offered else None

    def reaches(self, threshold_percent: int) -> bool | None:
        """Whether the share reaches the workshop's threshold, exactly; None where nothing has been offered."""
        if not self.offered:
            return None
        return self.attended * 100 >= threshold_percent * self.offered
