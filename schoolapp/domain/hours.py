"""Hour budgets (*monte ore*), in minutes: granted, committed to requests, used, left. One ledger, no hour twice."""

from dataclasses import dataclass
from enum import StrEnum

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_


class HoursKind(StrEnum):
    """What a mediator's minutes were spent on; each entry is charged to one funding line."""

    MEETING = "meeting"
    FAMILY_ABSENT = "family_absent"
    FAMILY_CALL = "family_call"
    DEBRIEFING = "debriefing"
    DESK = "desk"
    LATE_CANCELLATION = "late_cancellation"


HOURS_KIND_NAMES: dict[HoursKind, str] = {
    HoursKind.MEETING: N_("Colloquio"),
    HoursKind.FAMILY_ABSENT: N_("Famiglia assente"),
    HoursKind.FAMILY_CALL: N_("Telefonata alla famiglia"),
    HoursKind.DEBRIEFING: N_("Restituzione a chi ha chiesto"),
    HoursKind.DESK: N_("Sportello informativo"),
    HoursKind.LATE_CANCELLATION: N_("Annullamento tardivo"),
}


@dataclass(frozen=True)
class BudgetFigure:
    """Minutes of one budget."""

    granted: int
    committed: int
    used: int

    @property
    def left(self) -> int:
        return self.granted - self.committed - self.used

    def ensure_left_for(self, minutes: int) -> None:
        """Raises RuleViolation where less than `minutes` is left."""
        if minutes > self.left:
            raise RuleViolation(
                N_("Il monte ore non basta: restano %(left)s minuti e ne servono %(wanted)s."),
                left=self.left,
                wanted=minutes,
            )
