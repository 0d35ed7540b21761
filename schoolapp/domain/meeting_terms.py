"""The terms of the mediation service, as an Ambito agrees them with its cooperative: parameters, not law."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class MeetingTerms:
    """What an installation may set (`SCHOOLAPP_MEETING_…`)."""

    notice_days: int = 15
    """Usual notice of a request; less is said, not forbidden."""
    free_cancellation_hours: int = 48
    """Until so many hours before it, cancelling a confirmed meeting uses no hours."""
    mediator_sees_days: int = 30
    """For so many days after a meeting its mediator still sees the request."""

    notes_months: int = 12
    """So many months after a meeting its notes are deleted."""

    def days_short(self, day: date, today: date) -> int | None:
        """Days that are left until `day` where they are fewer than usual, else None."""
        left = (day - today).days
        return left if left < self.notice_days else None

    def is_late(self, *, starts_at: datetime, at: datetime) -> bool:
        """Whether who cancels at this instant uses the mediator's hours."""
        return starts_at - at < timedelta(hours=self.free_cancellation_hours)

    def seen_since(self, now: datetime) -> datetime:
        """Meetings that ended before this instant are no longer seen by their mediator."""
        return now - timedelta(days=self.mediator_sees_days)
