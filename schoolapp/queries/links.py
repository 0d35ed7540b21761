"""What a personal link may show, to whoever holds its secret: a time, a place, a language; never a family."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.calendar_entries import MeetingTime
from schoolapp.domain.links import LinkGone, LinkPurpose
from schoolapp.domain.meeting_messages import kind_of
from schoolapp.domain.meetings import OPEN_APPOINTMENTS, AppointmentState, MeetingMode, request_label
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import Appointment, MeetingRequest, PersonalLink
from schoolapp.queries import mediation_scope

FEED_DAYS = 30
"""A calendar keeps showing what was held in the last month."""


@dataclass(frozen=True)
class Question:
    """What a mediator is asked. Times are those of the school's clock."""

    request_id: int
    label: str
    day: date
    starts_at: datetime
    ends_at: datetime
    mode: MeetingMode
    asker: str
    """The school or the service."""
    place: str
    language: str
    kind: str
    """A message of the catalogue."""
    answer_by: date | None


@dataclass(frozen=True)
class CalendarLink:
    """The feed of a person: since when its address holds."""

    made_at: datetime


def question(actor: Actor, appointment_id: int) -> Question:
    """What the mediator `actor` is asked. Raises LinkGone where question or role no longer stand."""
    appointment = db.session.scalars(
        _appointments().where(
            Appointment.id == appointment_id,
            Appointment.mediator_id == actor.user_id,
            Appointment.state == AppointmentState.PROPOSED,
        )
    ).one_or_none()
    if appointment is None or not actor.may(Permission.MEETINGS_ANSWER):
        raise LinkGone
    request = appointment.request
    starts_at = appointment.starts_at.astimezone(SCHOOL_ZONE)
    return Question(
        request_id=request.id,
        label=request_label(request.school_year.first_day, request.number),
        day=starts_at.date(),
        starts_at=starts_at,
        ends_at=appointment.ends_at.astimezone(SCHOOL_ZONE),
        mode=request.mode,
        asker=_asker(request),
        place=_place(request),
        language=request.language,
        kind=kind_of(request.context, request.reason),
        answer_by=appointment.answer_by,
    )


def own_calendar(actor: Actor) -> CalendarLink | None:
    """The person's feed, where there is one that was not taken back."""
    made_at = db.session.scalar(
        select(PersonalLink.made_at)
        .where(
            PersonalLink.user_id == actor.user_id,
            PersonalLink.purpose == LinkPurpose.CALENDAR_FEED,
            PersonalLink.expires_at.is_(None),
        )
        .order_by(PersonalLink.id.desc())
        .limit(1)
    )
    return CalendarLink(made_at) if made_at is not None else None


def meeting_times(actor: Actor, *, now: datetime) -> tuple[MeetingTime, ...]:
    """What the person's calendar holds: as a mediator what was asked and confirmed, as who asks what is confirmed."""
    mine = []
    if actor.may(Permission.MEETINGS_ANSWER):
        mine.append(and_(Appointment.mediator_id == actor.user_id, Appointment.state.in_(OPEN_APPOINTMENTS)))
    if actor.may(Permission.MEETINGS_REQUEST):
        confirmed = Appointment.state == AppointmentState.CONFIRMED
        here = or_(
            MeetingRequest.institute_id.in_(sorted(actor.institutes_with(Permission.MEETINGS_REQUEST))),
            MeetingRequest.service_id.in_(sorted(mediation_scope.services(actor, Permission.MEETINGS_REQUEST))),
        )
        mine.append(and_(MeetingRequest.requester_id == actor.user_id, here, confirmed))
    if not mine:
        return ()
    found = db.session.scalars(
        _appointments()
        .where(or_(*mine), Appointment.ends_at >= now - timedelta(days=FEED_DAYS))
        .order_by(Appointment.starts_at, Appointment.id)
    )
    return tuple(
        MeetingTime(
            request_id=appointment.request_id,
            label=request_label(appointment.request.school_year.first_day, appointment.request.number),
            uid=appointment.uid,
            sequence=appointment.sequence,
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
            mode=appointment.request.mode,
            place=_place(appointment.request),
            tentative=appointment.state is AppointmentState.PROPOSED,
        )
        for appointment in found
    )


def _appointments() -> Select[Appointment]:
    request = joinedload(Appointment.request)
    return (
        select(Appointment)
        .join(MeetingRequest, MeetingRequest.id == Appointment.request_id)
        .options(
            request.joinedload(MeetingRequest.institute),
            request.joinedload(MeetingRequest.service),
            request.joinedload(MeetingRequest.school_year),
        )
    )


def _place(request: MeetingRequest) -> str:
    return ", ".join(part for part in (_asker(request), request.place) if part)


def _asker(request: MeetingRequest) -> str:
    asker = request.institute or request.service
    return asker.name if asker is not None else ""
