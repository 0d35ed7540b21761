"""Lists of requests for a mediator: what waits for a person and what is on its way, by number for the Ambito."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meeting_wishes import Slot
from schoolapp.domain.meetings import OPEN_APPOINTMENTS, MeetingReason, request_label
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import (
    Appointment,
    Institute,
    MeetingRequest,
    ProposedSlot,
    Pupil,
    SchoolClass,
    SchoolYear,
    Service,
    User,
)
from schoolapp.queries import mediation_scope, scope

PAGE_SIZE = 50
MOST_WAITING = 50
MOST_OF_PUPIL = 10


_Requests = Select[*tuple[Any, ...]]
_OFFSET = bindparam("offset", type_=Integer)
Order = tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]

OLDEST: Order = (MeetingRequest.school_year_id, MeetingRequest.number)
LATEST: Order = (MeetingRequest.school_year_id.desc(), MeetingRequest.number.desc())

CLOSED = (MeetingState.REJECTED, MeetingState.CANCELLED, MeetingState.VALIDATED)
WAIT_FOR_REQUESTER = (MeetingState.DRAFT, MeetingState.TO_COMPLETE, MeetingState.MOVED, MeetingState.REPORTED)
WAIT_FOR_MEDIATOR = (MeetingState.PROPOSED, MeetingState.HELD, MeetingState.FAMILY_ABSENT)


@dataclass(frozen=True)
class MeetingLine:
    """A request as a list tells it."""

    id: int
    label: str
    who: str | None
    """Pupil, class or case, where the person may know it."""
    asker: str
    reason: MeetingReason
    language: str
    minutes: int
    state: MeetingState
    starts_at: datetime | None
    """Of the appointment that stands; else the first proposed time is in `slot`."""
    slot: Slot | None
    mediator: str | None


@dataclass(frozen=True)
class MeetingPage:
    waiting: list[MeetingLine]
    """What waits for the person who asks, the oldest first."""
    lines: list[MeetingLine]
    total: int
    page: int

    @property
    def last_page(self) -> int:
        return max(1, ceil(self.total / PAGE_SIZE))


def list_page(actor: Actor, *, closed: bool = False, page: int = 1) -> MeetingPage:
    """What waits for the person, then the others, the latest first; or those that are over. Three statements."""
    ask = _statements if mediation_scope.sees_by_the_hour(actor) else _kept_statements
    count, which, waits = ask(actor, closed)
    total = db.session.scalar(count) or 0
    page = max(1, min(page, ceil(total / PAGE_SIZE)))
    lines = _lines(actor, which, offset=(page - 1) * PAGE_SIZE)
    waiting = [] if closed or page > 1 else _lines(actor, waits)
    return MeetingPage(waiting, lines, total, page)


def _statements(actor: Actor, closed: bool) -> tuple[Select[int], _Requests, _Requests]:
    """How many there are, a page of them, and what waits for the person."""
    inside = mediation_scope.meeting_requests(actor, Permission.MEETINGS_READ, now=clock.now())
    over = MeetingRequest.state.in_(CLOSED)
    mine = _waiting_for(actor)
    which = [inside, over] if closed else [inside, ~over, ~mine]
    return (
        select(func.count(MeetingRequest.id)).where(*which),
        _REQUESTS.where(*which).order_by(*LATEST).limit(PAGE_SIZE).offset(_OFFSET),
        _REQUESTS.where(inside, ~over, mine).order_by(*OLDEST).limit(MOST_WAITING).offset(_OFFSET),
    )


_kept_statements = lru_cache(maxsize=scope.KEPT)(_statements)
"""Making them costs more than asking them, and they are the same as long as the roles of the person are."""


def list_grants(actor: Actor, *, decided: bool = False, page: int = 1) -> MeetingPage:
    """For the office of an Ambito, by number: what waits for its approval, or all the rest that was sent."""
    inside = mediation_scope.meeting_requests(actor, Permission.MEETINGS_GRANT, now=clock.now())
    waits = MeetingRequest.state == MeetingState.WITH_DISTRICT
    which = [inside, ~waits if decided else waits]
    total = db.session.scalar(select(func.count(MeetingRequest.id)).where(*which)) or 0
    page = max(1, min(page, ceil(total / PAGE_SIZE)))
    statement = _REQUESTS.where(*which).order_by(*LATEST if decided else OLDEST).limit(PAGE_SIZE).offset(_OFFSET)
    lines = _lines(actor, statement, offset=(page - 1) * PAGE_SIZE, by_number=True)
    return MeetingPage([], lines, total, page)


def list_of_pupil(actor: Actor, pupil_id: int) -> list[MeetingLine]:
    """The requests about a pupil that the person may see, the latest first; for the pupil's card."""
    which = [
        mediation_scope.meeting_requests(actor, Permission.MEETINGS_READ, now=clock.now()),
        MeetingRequest.pupil_id == pupil_id,
    ]
    latest = _REQUESTS.where(*which).order_by(MeetingRequest.id.desc()).limit(MOST_OF_PUPIL)
    return _lines(actor, latest.offset(_OFFSET))


def _waiting_for(actor: Actor) -> ColumnElement[bool]:
    """What only the person can move on now."""
    own = MeetingRequest.requester_id == actor.user_id
    waits: list[ColumnElement[bool]] = [own & MeetingRequest.state.in_(WAIT_FOR_REQUESTER)]
    schools = actor.institutes_with(Permission.MEETINGS_APPROVE)
    if schools:
        waits.append(
            MeetingRequest.institute_id.in_(sorted(schools)) & (MeetingRequest.state == MeetingState.WITH_COORDINATOR)
        )
    if actor.may(Permission.MEETINGS_MATCH):
        waits.append(MeetingRequest.state == MeetingState.WITH_PROVIDER)
    if actor.may(Permission.MEETINGS_ANSWER):
        waits.append(
            MeetingRequest.appointments.any(
                (Appointment.mediator_id == actor.user_id)
                & Appointment.state.in_(OPEN_APPOINTMENTS)
                & (
                    MeetingRequest.state.in_(WAIT_FOR_MEDIATOR)
                    | ((MeetingRequest.state == MeetingState.CONFIRMED) & (Appointment.ends_at <= clock.now()))
                )
            )
        )
    return or_(*waits)


# Built once: making a statement costs more than running it.
_REQUESTS: _Requests = (
    select(
        MeetingRequest.id,
        MeetingRequest.number,
        MeetingRequest.institute_id,
        MeetingRequest.requester_id,
        MeetingRequest.case_code,
        MeetingRequest.reason,
        MeetingRequest.language,
        MeetingRequest.minutes,
        MeetingRequest.state,
        SchoolYear.first_day,
        func.coalesce(Institute.name, Service.name).label("asker"),
        Pupil.first_name,
        Pupil.last_name,
        SchoolClass.name.label("class_name"),
        Appointment.starts_at,
        Appointment.ends_at,
        Appointment.mediator_id,
        User.name.label("mediator"),
        ProposedSlot.day,
        ProposedSlot.start,
    )
    .join(SchoolYear, SchoolYear.id == MeetingRequest.school_year_id)
    .outerjoin(Institute, Institute.id == MeetingRequest.institute_id)
    .outerjoin(Service, Service.id == MeetingRequest.service_id)
    .outerjoin(Pupil, Pupil.id == MeetingRequest.pupil_id)
    .outerjoin(SchoolClass, SchoolClass.id == MeetingRequest.class_id)
    .outerjoin(Appointment, (Appointment.request_id == MeetingRequest.id) & Appointment.state.in_(OPEN_APPOINTMENTS))
    .outerjoin(User, User.id == Appointment.mediator_id)
    .outerjoin(ProposedSlot, (ProposedSlot.request_id == MeetingRequest.id) & (ProposedSlot.position == 1))
)


def _lines(actor: Actor, statement: _Requests, *, offset: int = 0, by_number: bool = False) -> list[MeetingLine]:
    return [_line(actor, row, by_number=by_number) for row in db.session.execute(statement, {"offset": offset})]


def _line(actor: Actor, row: Any, *, by_number: bool) -> MeetingLine:
    who: str | None = row.case_code
    if row.institute_id is not None and mediation_scope.knows_who(
        actor,
        institute_id=row.institute_id,
        requester_id=row.requester_id,
        mediator_id=row.mediator_id,
        ends_at=row.ends_at,
        now=clock.now(),
    ):
        who = f"{row.first_name} {row.last_name}".strip() if row.last_name is not None else row.class_name
    return MeetingLine(
        id=row.id,
        label=request_label(row.first_day, row.number),
        who=None if by_number else who,
        asker=row.asker,
        reason=row.reason,
        language=row.language,
        minutes=row.minutes,
        state=row.state,
        starts_at=row.starts_at,
        slot=Slot(row.day, row.start) if row.day is not None else None,
        mediator=row.mediator,
    )
