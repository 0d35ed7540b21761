"""A request for a mediator, moved on one step at a time: the one way in which its state changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_steps import STEPS, MeetingAction, MeetingState, Party, Route, next_state
from schoolapp.domain.meeting_wishes import Slot, ensure_slots
from schoolapp.domain.meetings import OPEN_APPOINTMENTS, AppointmentState
from schoolapp.domain.permissions import Permission
from schoolapp.domain.pupils import tidy
from schoolapp.domain.roles import Role
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import Appointment, MeetingEvent, MeetingRequest, Membership, ProposedSlot, Provider
from schoolapp.queries import scope
from schoolapp.services import meeting_hours, meeting_messages

MOST_REASON_LETTERS = 200

SEES_A_REQUEST = (Permission.MEETINGS_READ, Permission.MEETINGS_GRANT)
"""Whoever reads a request may try a step; `parties_of` says which are theirs."""

CHANGED_MEANWHILE = N_("Intanto la richiesta è cambiata: guarda a che punto è.")

_GIVES_TIME_BACK = {
    MeetingAction.DECLINE: AppointmentState.DECLINED,
    MeetingAction.WITHDRAW: AppointmentState.CANCELLED,
    MeetingAction.MOVE: AppointmentState.CANCELLED,
    MeetingAction.CANCEL: AppointmentState.CANCELLED,
}


@dataclass(frozen=True)
class Offer:
    """The mediator and the time that the cooperative proposes; instants are aware."""

    mediator_id: int
    starts_at: datetime
    ends_at: datetime
    answer_by: date | None = None


def take_step(
    actor: Actor,
    request_id: int,
    action: MeetingAction,
    *,
    at: datetime,
    reason: str = "",
    version: int | None = None,
    offer: Offer | None = None,
    slots: Sequence[Slot] = (),
) -> MeetingRequest:
    """Take one step, with all that it means for hours, mediator and story.

    `version` is the one the person read, if any; `offer` goes with PROPOSE, `slots` with RESCHEDULE. Raises
    NoResultFound outside the person's scope and RuleViolation where the step is not possible now or not theirs.
    """
    request = locked(actor, request_id, now=at, version=version)
    reason = tidy(reason)
    if len(reason) > MOST_REASON_LETTERS:
        raise RuleViolation(N_("Al massimo %(most)s lettere."), field="reason", most=MOST_REASON_LETTERS)
    parties = scope.parties_of(actor, request)
    before = request.state
    route = Route(
        has_coordinator=request.institute_id is not None,
        needs_grant=request.budget is not None and request.budget.needs_grant,
    )
    after = next_state(before, action, parties, route, reason=reason)
    today = at.astimezone(SCHOOL_ZONE).date()
    if action is MeetingAction.SEND and request.budget is None:
        raise RuleViolation(N_("Manca il monte ore: lo assegna l’Ufficio di Piano."), field="budget_id")
    if action is MeetingAction.RESCHEDULE:
        propose_slots(request, slots, today=today)
    if after is MeetingState.WITH_PROVIDER and request.provider_id is None:
        request.provider_id = _provider_on(request.ambito_id, today)
    meeting_hours.account(request, action, after, actor_id=actor.user_id, at=at)
    _move_appointment(request, action, offer)
    request.state = after
    request.version += 1
    party = _acting_as(parties, before, action)
    request.events.append(
        MeetingEvent(at=at, by_id=actor.user_id, party=party, action=action, to_state=after, reason=reason)
    )
    db.session.flush()
    meeting_messages.tell(request, action, before=before, by=actor)
    return request


def locked(actor: Actor, request_id: int, *, now: datetime, version: int | None) -> MeetingRequest:
    """The request, held until the transaction ends: who comes second sees what the first has done.

    Raises NoResultFound outside the person's scope, RuleViolation where it is no longer the one the person read.
    """
    statement = (
        select(MeetingRequest)
        .where(MeetingRequest.id == request_id, scope.meeting_requests(actor, *SEES_A_REQUEST, now=now))
        .with_for_update(of=MeetingRequest)
        .execution_options(populate_existing=True)
    )
    request = db.session.scalars(statement).one()
    if version is not None and version != request.version:
        raise RuleViolation(CHANGED_MEANWHILE)
    return request


def propose_slots(request: MeetingRequest, slots: Sequence[Slot], *, today: date) -> None:
    """Other times than before."""
    ensure_slots(slots, today=today)
    request.slots.clear()
    db.session.flush()
    request.slots.extend(
        ProposedSlot(position=position, day=slot.day, start=slot.start) for position, slot in enumerate(slots, 1)
    )


def _acting_as(parties: frozenset[Party], state: MeetingState, action: MeetingAction) -> Party:
    """As whom the person takes the step, where they are several things to the request."""
    return next(party for party in Party if party in parties & STEPS[state, action].parties)


def _provider_on(ambito_id: int, day: date) -> int:
    """The cooperative in charge of the Ambito on a day; of two whose times overlap, the one that came last."""
    statement = (
        select(Provider.id)
        .where(
            Provider.ambito_id == ambito_id,
            or_(Provider.valid_from.is_(None), Provider.valid_from <= day),
            or_(Provider.valid_to.is_(None), Provider.valid_to >= day),
        )
        .order_by(Provider.valid_from.desc().nulls_last(), Provider.id.desc())
        .limit(1)
    )
    provider_id = db.session.scalar(statement)
    if provider_id is None:
        raise RuleViolation(N_("Nessuna cooperativa ha l’incarico dell’Ambito: avvisa l’Ufficio di Piano."))
    return provider_id


def _move_appointment(request: MeetingRequest, action: MeetingAction, offer: Offer | None) -> None:
    if action is MeetingAction.PROPOSE:
        if offer is None:
            raise RuleViolation(N_("Scegli il mediatore e l’orario."), field="mediator_id")
        _propose(request, offer)
        return
    standing = next((each for each in request.appointments if each.state in OPEN_APPOINTMENTS), None)
    if standing is None:
        return
    if action is MeetingAction.ACCEPT:
        standing.state = AppointmentState.CONFIRMED
        standing.sequence += 1
    elif action in _GIVES_TIME_BACK:
        standing.state = _GIVES_TIME_BACK[action]
        standing.sequence += 1


def _propose(request: MeetingRequest, offer: Offer) -> None:
    """Only a mediator of the cooperative in charge, and only one who is free: the database itself says so."""
    _ensure_of_provider(offer.mediator_id, request.provider_id, offer.starts_at.astimezone(SCHOOL_ZONE).date())
    if offer.ends_at <= offer.starts_at:
        raise RuleViolation(N_("Il colloquio deve finire dopo l’inizio."), field="ends_at")
    appointment = Appointment(
        mediator_id=offer.mediator_id,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        state=AppointmentState.PROPOSED,
        answer_by=offer.answer_by,
        uid=str(uuid4()),
    )
    try:
        with db.session.begin_nested():
            request.appointments.append(appointment)
    except IntegrityError as refused:
        if "ex_appointment_mediator" not in str(refused.orig):
            raise
        raise RuleViolation(N_("In quell’orario la persona ha già un altro colloquio."), field="mediator_id") from None


def _ensure_of_provider(mediator_id: int, provider_id: int | None, day: date) -> None:
    held = select(Membership.id).where(
        Membership.user_id == mediator_id,
        Membership.role == Role.MEDIATOR,
        Membership.provider_id == provider_id,
        Membership.valid_from <= day,
        or_(Membership.valid_to.is_(None), Membership.valid_to >= day),
    )
    if db.session.scalar(held.limit(1)) is None:
        raise RuleViolation(N_("Questa persona non è tra i mediatori della cooperativa."), field="mediator_id")
