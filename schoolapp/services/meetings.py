"""A request for a mediator, moved on one step at a time: the one way in which its state changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_steps import (
    STEPS,
    MeetingAction,
    MeetingState,
    Party,
    Route,
    ensure_its_time,
    next_state,
)
from schoolapp.domain.meeting_wishes import Slot, ensure_in_year, ensure_slots
from schoolapp.domain.meetings import OPEN_APPOINTMENTS, AppointmentState
from schoolapp.domain.permissions import Permission
from schoolapp.domain.pupils import tidy
from schoolapp.domain.roles import Role
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import (
    Appointment,
    HourEntry,
    MeetingEvent,
    MeetingRequest,
    Membership,
    ProposedSlot,
    Provider,
    User,
)
from schoolapp.queries import mediation_scope
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
    parties = mediation_scope.parties_of(actor, request)
    before = request.state
    route = Route(
        has_coordinator=request.institute_id is not None,
        needs_grant=request.budget is not None and request.budget.needs_grant,
    )
    after = next_state(before, action, parties, route, reason=reason)
    ensure_its_time(before, action, begun=_has_begun(request, at))
    today = at.astimezone(SCHOOL_ZONE).date()
    if action is MeetingAction.SEND:
        _ensure_can_be_sent(request)
    if action is MeetingAction.RESCHEDULE:
        propose_slots(request, slots, today=today)
    if after is MeetingState.WITH_PROVIDER and _needs_provider(request, action, today):
        request.provider_id = _provider_on(request.ambito_id, today)
    meeting_hours.account(request, action, after, actor_id=actor.user_id, at=at)
    _move_appointment(request, action, offer, at=at)
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
        .where(MeetingRequest.id == request_id, mediation_scope.meeting_requests(actor, *SEES_A_REQUEST, now=now))
        .options(selectinload(MeetingRequest.appointments))  # read anew: what the page read may be over
        .with_for_update(of=MeetingRequest)
        .execution_options(populate_existing=True)
    )
    request = db.session.scalars(statement).one()
    if version is not None and version != request.version:
        raise RuleViolation(CHANGED_MEANWHILE)
    return request


def propose_slots(request: MeetingRequest, slots: Sequence[Slot], *, today: date) -> None:
    """Other times than before, in the school year of the request."""
    ensure_slots(slots, today=today, minutes=request.minutes)
    ensure_in_year(slots, first_day=request.school_year.first_day, last_day=request.school_year.last_day)
    request.slots.clear()
    db.session.flush()
    request.slots.extend(
        ProposedSlot(position=position, day=slot.day, start=slot.start) for position, slot in enumerate(slots, 1)
    )


def _has_begun(request: MeetingRequest, at: datetime) -> bool:
    return any(each.state is AppointmentState.CONFIRMED and each.starts_at <= at for each in request.appointments)


def _ensure_can_be_sent(request: MeetingRequest) -> None:
    if request.budget is None:
        raise RuleViolation(N_("Manca il monte ore: lo assegna l’Ufficio di Piano."), field="budget_id")
    if request.pupil is not None and request.pupil.archived_at is not None:
        raise RuleViolation(N_("L’alunno non è più tra gli alunni della scuola: annulla la richiesta."))


def _acting_as(parties: frozenset[Party], state: MeetingState, action: MeetingAction) -> Party:
    """As whom the person takes the step, where they are several things to the request."""
    return next(party for party in Party if party in parties & STEPS[state, action].parties)


def _needs_provider(request: MeetingRequest, action: MeetingAction, day: date) -> bool:
    """At the first time, and when a meeting is moved after the cooperative's charge has ended."""
    provider = request.provider
    if provider is None:
        return True
    over = provider.valid_to is not None and provider.valid_to < day
    return over and action is MeetingAction.RESCHEDULE


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


def _move_appointment(request: MeetingRequest, action: MeetingAction, offer: Offer | None, *, at: datetime) -> None:
    if action is MeetingAction.PROPOSE:
        if offer is None:
            raise RuleViolation(N_("Scegli il mediatore e l’orario."), field="mediator_id")
        _propose(request, offer, at=at)
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


def _propose(request: MeetingRequest, offer: Offer, *, at: datetime) -> None:
    """Only a mediator of the cooperative in charge, and only one who is free: the database itself says so."""
    if offer.starts_at <= at:
        raise RuleViolation(N_("Questo orario è già passato: chiedi altri orari."), field="slot")
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
    # One proposal of a person at a time: two that overlap could each wait for the other's row, and PostgreSQL would
    # break off one of them as a deadlock, not as a time that is taken.
    db.session.execute(select(User.id).where(User.id == offer.mediator_id).with_for_update(key_share=True))
    try:
        with db.session.begin_nested():
            request.appointments.append(appointment)
            db.session.flush()
            _ensure_not_paid(offer)
    except IntegrityError as refused:
        if "ex_appointment_mediator" not in str(refused.orig):
            raise
        raise RuleViolation(N_("In quell’orario la persona ha già un altro colloquio."), field="mediator_id") from None


def _ensure_not_paid(offer: Offer) -> None:
    """A time given back too late is paid: a second meeting in it could never be counted.

    Asked after the appointment was written: who gives that time back at this moment has been waited for.
    """
    start, end = (each.astimezone(SCHOOL_ZONE) for each in (offer.starts_at, offer.ends_at))
    paid = select(HourEntry.id).where(
        HourEntry.mediator_id == offer.mediator_id,
        HourEntry.day == start.date(),
        HourEntry.start < end.time(),
        HourEntry.end > start.time(),
    )
    if db.session.scalar(paid.limit(1)) is not None:
        raise RuleViolation(N_("In quell’orario la persona ha già ore scritte."), field="mediator_id")


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
