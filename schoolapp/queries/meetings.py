"""Requests for a mediator: one request, as much of it as the person may know; lists and weeks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import selectinload

from schoolapp import clock, parameters
from schoolapp.domain.actors import Actor
from schoolapp.domain.hours import BudgetFigure
from schoolapp.domain.meeting_lateness import Taken, given_back_late
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState, Party
from schoolapp.domain.meeting_wishes import Participant, Slot
from schoolapp.domain.meetings import (
    OPEN_APPOINTMENTS,
    AppointmentState,
    InvitedBy,
    MeetingContext,
    MeetingMode,
    MeetingReason,
    request_label,
)
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import (
    Appointment,
    FundingLine,
    HourBudget,
    Institute,
    MeetingEvent,
    MeetingRequest,
    Provider,
    Pupil,
    SchoolClass,
    SchoolYear,
    Service,
    Site,
    User,
)
from schoolapp.queries import mediation_scope
from schoolapp.queries.pupil_classes import class_on

SEES_A_REQUEST = (Permission.MEETINGS_READ, Permission.MEETINGS_GRANT)


@dataclass(frozen=True)
class EventLine:
    """A step that was taken. Who and why stay empty where the person may not know them."""

    at: datetime
    by: str
    by_id: int | None
    party: Party | None
    action: MeetingAction
    to_state: MeetingState
    reason: str


@dataclass(frozen=True)
class AppointmentLine:
    """The time asked of a mediator."""

    id: int
    mediator_id: int
    mediator: str
    starts_at: datetime
    ends_at: datetime
    state: AppointmentState
    answer_by: date | None


@dataclass(frozen=True)
class MeetingCard:
    """A request as its page tells it to one person: no pupil, class, note or requester for who decides by number."""

    id: int
    label: str
    """As people say it on the phone: 2026-118."""
    context: MeetingContext
    state: MeetingState
    version: int
    asker: str
    """The school or the service."""
    institute_id: int | None
    service_id: int | None
    requester: str | None
    requester_id: int | None
    pupil_id: int | None
    pupil: str | None
    class_name: str | None
    case_code: str | None
    families: int | None
    reason: MeetingReason
    language: str
    second_language: str | None
    minutes: int
    mode: MeetingMode
    place: str
    participants: tuple[Participant, ...]
    same_mediator: bool
    gender_wanted: str | None
    invited_by: InvitedBy
    note: str
    provider: str | None
    committed_minutes: int
    budget_id: int | None
    funding_line: str | None
    needs_grant: bool
    budget: BudgetFigure | None
    """For who asks and who decides."""
    slots: tuple[Slot, ...]
    events: tuple[EventLine, ...]
    appointment: AppointmentLine | None
    """The one that stands, else the last one."""
    cancelling_uses_hours: bool
    """Who cancels now has given a mediator's time back too late."""
    parties: frozenset[Party]
    knows_the_pupil: bool
    """Whether the person may read whom it is about."""


def get(actor: Actor, request_id: int) -> MeetingRequest:
    """The request itself, for who acts on it. Raises NoResultFound outside the person's scope.

    Pages draw `card`: it leaves out what the person may not know.
    """
    return db.session.scalars(_one(actor, request_id)).one()


def card(actor: Actor, request_id: int) -> MeetingCard:
    """The request as the person may know it. Raises NoResultFound outside the person's scope."""
    row = db.session.execute(
        _one(actor, request_id)
        .add_columns(
            SchoolYear.first_day.label("year_begins"),
            func.coalesce(Institute.name, Service.name).label("asker"),
            User.name.label("requester"),
            Pupil.first_name,
            Pupil.last_name,
            SchoolClass.name.label("class_name"),
            Site.name.label("class_site"),
            Provider.name.label("provider"),
            FundingLine.name.label("funding_line"),
            HourBudget.needs_grant,
            HourBudget.granted_minutes,
            HourBudget.committed_minutes,
            HourBudget.used_minutes,
        )
        .join(MeetingRequest.school_year)
        .join(MeetingRequest.requester)
        .outerjoin(MeetingRequest.institute)
        .outerjoin(MeetingRequest.service)
        .outerjoin(MeetingRequest.pupil)
        .outerjoin(MeetingRequest.school_class)
        .outerjoin(SchoolClass.site)
        .outerjoin(MeetingRequest.provider)
        .outerjoin(MeetingRequest.budget)
        .outerjoin(HourBudget.funding_line)
        .options(
            selectinload(MeetingRequest.slots),
            selectinload(MeetingRequest.events).joinedload(MeetingEvent.by).load_only(User.name),
            selectinload(MeetingRequest.appointments).joinedload(Appointment.mediator).load_only(User.name),
        )
    ).one()
    return _card(actor, row.MeetingRequest, row)


def class_id_of(actor: Actor, request_id: int) -> int | None:
    """The class of an assembly, for who may change the request."""
    return get(actor, request_id).class_id


def _one(actor: Actor, request_id: int) -> Select[MeetingRequest]:
    return select(MeetingRequest).where(
        MeetingRequest.id == request_id, mediation_scope.meeting_requests(actor, *SEES_A_REQUEST, now=clock.now())
    )


def _card(actor: Actor, request: MeetingRequest, beside: Row[*tuple[Any, ...]]) -> MeetingCard:
    """`beside` holds what the card tells of other tables: names as columns, since ten joined objects cost far more."""
    parties = mediation_scope.parties_of(actor, request)
    knows = mediation_scope.knows_the_pupil(actor, request, parties, now=clock.now())
    by_number = not actor.may(Permission.MEETINGS_READ) or (parties == {Party.DISTRICT} and not knows)
    appointments = request.appointments
    standing = next((each for each in appointments if each.state in OPEN_APPOINTMENTS), None)
    return MeetingCard(
        id=request.id,
        label=request_label(beside.year_begins, request.number),
        context=request.context,
        state=request.state,
        version=request.version,
        asker=beside.asker,
        institute_id=request.institute_id,
        service_id=request.service_id,
        requester=None if by_number else beside.requester,
        requester_id=None if by_number else request.requester_id,
        pupil_id=request.pupil_id if knows else None,
        pupil=f"{beside.first_name} {beside.last_name}".strip() if knows and request.pupil_id is not None else None,
        class_name=_class_name(request, beside) if knows else None,
        case_code=None if by_number else request.case_code,
        families=request.families,
        reason=request.reason,
        language=request.language,
        second_language=request.second_language,
        minutes=request.minutes,
        mode=request.mode,
        place=request.place,
        participants=() if by_number else tuple(Participant(each) for each in request.participants.split(",") if each),
        same_mediator=request.same_mediator,
        gender_wanted=request.gender_wanted,
        invited_by=request.invited_by,
        note="" if by_number else request.note,
        provider=beside.provider,
        committed_minutes=request.committed_minutes,
        budget_id=request.budget_id,
        funding_line=beside.funding_line,
        needs_grant=bool(beside.needs_grant),
        budget=BudgetFigure(beside.granted_minutes, beside.committed_minutes, beside.used_minutes)
        if request.budget_id is not None and parties & {Party.REQUESTER, Party.COORDINATOR, Party.DISTRICT}
        else None,
        slots=tuple(Slot(slot.day, slot.start) for slot in request.slots),
        events=tuple(_event_line(event, actor, knows=knows, by_number=by_number) for event in request.events),
        appointment=_appointment_line(standing or (appointments[-1] if appointments else None)),
        cancelling_uses_hours=_uses_hours(request),
        parties=parties,
        knows_the_pupil=knows,
    )


def _uses_hours(request: MeetingRequest) -> bool:
    story = [Taken(event.action, event.party, event.at) for event in request.events]
    starts = [appointment.starts_at for appointment in request.appointments]
    return given_back_late(story, starts, terms=parameters.meeting_terms(), at=clock.now()) is not None


def _class_name(request: MeetingRequest, beside: Row[*tuple[Any, ...]]) -> str | None:
    if request.class_id is not None:
        return f"{beside.class_name} · {beside.class_site}"
    found = class_on(request.pupil_id, clock.today()) if request.pupil_id is not None else None
    return f"{found.name} · {found.site_name}" if found else None


def _event_line(event: MeetingEvent, actor: Actor, *, knows: bool, by_number: bool) -> EventLine:
    """A free reason of a school may say more than the Ambito or the cooperative should read; why a mediator said no
    (a kinship, say) is for the cooperative alone."""
    own = event.by_id == actor.user_id
    if event.action is MeetingAction.DECLINE:
        tells = own or actor.may(Permission.MEETINGS_MATCH)
    else:
        tells = own or knows or event.party in {Party.DISTRICT, Party.PROVIDER}
    return EventLine(
        at=event.at,
        by=event.by.name if event.by is not None and (own or not by_number) else "",
        by_id=event.by_id,
        party=event.party,
        action=event.action,
        to_state=event.to_state,
        reason=event.reason if tells else "",
    )


def _appointment_line(appointment: Appointment | None) -> AppointmentLine | None:
    if appointment is None:
        return None
    return AppointmentLine(
        id=appointment.id,
        mediator_id=appointment.mediator_id,
        mediator=appointment.mediator.name,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        state=appointment.state,
        answer_by=appointment.answer_by,
    )
