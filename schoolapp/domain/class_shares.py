"""How many pupils of a class are newly enrolled or below A2, against the share that the law names.

Art. 11 DL 71/2024 (L. 106/2024): a class with at least this share is the ground for asking a teacher of Italian L2.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.findings import Finding
from schoolapp.domain.wording import N_

LEGAL_SHARE_PERCENT = 20
"""What the law says today; an installation may set another."""
MOST_PUPILS_OF_A_CLASS = 60


class ShareState(StrEnum):
    REACHED = "reached"
    BELOW = "below"
    OPEN = "open"
    """Pupils of whom a fact is missing could make it reach the share."""
    NOT_COMPUTABLE = "not_computable"
    """Nobody said how many pupils the class has, or fewer than are on our list."""


SHARE_STATE_NAMES: dict[ShareState, str] = {
    ShareState.REACHED: N_("Raggiunge la quota"),
    ShareState.BELOW: N_("Sotto la quota"),
    ShareState.OPEN: N_("Da chiarire"),
    ShareState.NOT_COMPUTABLE: N_("Non calcolabile"),
}


@dataclass(frozen=True)
class CountedPupil:
    """A pupil of the class with what the rule of the law finds, and why."""

    pupil_id: int
    name: str
    finding: Finding


@dataclass(frozen=True)
class ClassShare:
    """A class on a day. `enrolled` counts all its pupils, also those not in this software; None where nobody said."""

    class_id: int
    name: str
    site_name: str
    institute_id: int
    on: date
    enrolled: int | None
    threshold_percent: int
    pupils: tuple[CountedPupil, ...]

    @cached_property
    def counted(self) -> tuple[CountedPupil, ...]:
        """Who counts: first enrolled this year, or below A2."""
        return tuple(pupil for pupil in self.pupils if pupil.finding.answer)

    @cached_property
    def unclear(self) -> tuple[CountedPupil, ...]:
        """Of whom a fact is missing."""
        return tuple(pupil for pupil in self.pupils if pupil.finding.answer is None)

    @property
    def contradicted(self) -> bool:
        """The class is said to have fewer pupils than are on our list."""
        return self.enrolled is not None and self.enrolled < len(self.pupils)

    @cached_property
    def percent(self) -> int | None:
        """Rounded down, so that 19,9 never reads as a reached 20; None where it cannot be computed."""
        if not self.enrolled or self.contradicted:
            return None
        return len(self.counted) * 100 // self.enrolled

    @property
    def state(self) -> ShareState:
        if self.percent is None:
            return ShareState.NOT_COMPUTABLE
        if self._reaches(len(self.counted)):
            return ShareState.REACHED
        if self._reaches(len(self.counted) + len(self.unclear)):
            return ShareState.OPEN
        return ShareState.BELOW

    def _reaches(self, number: int) -> bool:
        """In whole numbers: 5 of 25 is 20 % exactly."""
        return self.enrolled is not None and number * 100 >= self.threshold_percent * self.enrolled


def ensure_pupils_enrolled(number: int | None, *, on_list: int) -> None:
    """How many pupils a class has; empty means that nobody said it."""
    if number is None:
        return
    if not 1 <= number <= MOST_PUPILS_OF_A_CLASS:
        raise RuleViolation(
            N_("Gli alunni di una classe vanno da 1 a %(most)s."), field="pupils_enrolled", most=MOST_PUPILS_OF_A_CLASS
        )
    if number < on_list:
        raise RuleViolation(
            N_("In elenco la classe ha già %(on_list)s alunni: scrivi tutti quelli iscritti."),
            field="pupils_enrolled",
            on_list=on_list,
        )
