"""What a step of a request means for the hours: committed on the way to the cooperative, then used or given back."""

from datetime import datetime

from sqlalchemy import func, select

from schoolapp import parameters
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.lessons import minutes_between
from schoolapp.domain.meeting_lateness import Taken, given_back_late
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import Appointment, HourEntry, MeetingRequest
from schoolapp.services import budgets

COMMITTING = frozenset(
    {
        MeetingState.WITH_PROVIDER,
        MeetingState.PROPOSED,
        MeetingState.CONFIRMED,
        MeetingState.MOVED,
        MeetingState.HELD,
        MeetingState.FAMILY_ABSENT,
        MeetingState.REPORTED,
    }
)
"""States in which the hours are put aside for the request."""


def account(
    request: MeetingRequest, action: MeetingAction, after: MeetingState, *, actor_id: int, at: datetime
) -> None:
    """Commit, use or give back the hours of a request that goes to the state `after`.

    Call it before its state changes and its appointment is given back. Raises RuleViolation where the budget does
    not have the hours.
    """
    if request.budget_id is None:
        return
    if request.state is MeetingState.VALIDATED:
        _count_again(request, at=at)
    elif after in COMMITTING and request.state not in COMMITTING:
        budgets.commit(request.budget_id, request.minutes)
        request.committed_minutes = request.minutes
    elif after is MeetingState.VALIDATED:
        _settle(request, actor_id=actor_id, at=at)
    elif after not in COMMITTING and request.committed_minutes:
        late = _late_appointment(request, at) if action is MeetingAction.CANCEL else None
        if late is not None:
            _charge(request, late, actor_id=actor_id, at=at)
        else:
            budgets.release(request.budget_id, request.committed_minutes)
        request.committed_minutes = 0


def _settle(request: MeetingRequest, *, actor_id: int, at: datetime) -> None:
    """The minutes written in the ledger count, whatever was put aside."""
    assert request.budget_id is not None
    of_request = HourEntry.request_id == request.id
    used = db.session.scalar(select(func.coalesce(func.sum(HourEntry.minutes), 0)).where(of_request)) or 0
    budgets.use(request.budget_id, committed=request.committed_minutes, used=used)
    for entry in db.session.scalars(select(HourEntry).where(of_request, HourEntry.validated_at.is_(None))):
        entry.validated_at, entry.validated_by_id = at, actor_id
    request.committed_minutes = 0


def _count_again(request: MeetingRequest, *, at: datetime) -> None:
    """Hours that were confirmed by mistake are put aside again, until the corrected report is confirmed."""
    assert request.budget_id is not None
    if at.astimezone(SCHOOL_ZONE).date() > request.school_year.last_day:
        raise RuleViolation(N_("L’anno scolastico è finito: le ore contate non si cambiano più."))
    entries = db.session.scalars(select(HourEntry).where(HourEntry.request_id == request.id)).all()
    minutes = sum(entry.minutes for entry in entries)
    budgets.use(request.budget_id, committed=-minutes, used=-minutes)
    request.committed_minutes = minutes
    for entry in entries:
        entry.validated_at = entry.validated_by_id = None


def _late_appointment(request: MeetingRequest, at: datetime) -> Appointment | None:
    """The time that is given back too late to be free, by this cancellation or by a move before it."""
    story = [Taken(event.action, event.party, event.at) for event in request.events]
    starts = [appointment.starts_at for appointment in request.appointments]
    late = given_back_late(story, starts, terms=parameters.meeting_terms(), at=at)
    return request.appointments[late] if late is not None else None


def _charge(request: MeetingRequest, appointment: Appointment, *, actor_id: int, at: datetime) -> None:
    """The mediator kept the time free: it is paid, and stands in the ledger as what it is."""
    assert request.budget_id is not None
    assert request.budget is not None
    start, end = (each.astimezone(SCHOOL_ZONE) for each in (appointment.starts_at, appointment.ends_at))
    minutes = minutes_between(start.time(), end.time())
    budgets.use(request.budget_id, committed=request.committed_minutes, used=minutes)
    db.session.add(
        HourEntry(
            mediator_id=appointment.mediator_id,
            kind=HoursKind.LATE_CANCELLATION,
            request_id=request.id,
            budget_id=request.budget_id,
            funding_line_id=request.budget.funding_line_id,
            day=start.date(),
            start=start.time(),
            end=end.time(),
            minutes=minutes,
            place=request.place,
            validated_at=at,
            validated_by_id=actor_id,
        )
    )
