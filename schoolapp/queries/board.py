"""The board of a cooperative's coordinator: the requests given to it, by what they wait for. No pupil is named."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from schoolapp import clock
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meeting_wishes import Slot
from schoolapp.domain.meetings import OPEN_APPOINTMENTS, MeetingReason
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import (
    Appointment,
    ClassMembership,
    Comune,
    MeetingRequest,
    SchoolClass,
    Service,
    Site,
    User,
)
from schoolapp.queries import scope

MOST_CARDS = 200


class Column(StrEnum):
    TO_MATCH = "to_match"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    TO_REPORT = "to_report"


COLUMN_OF: dict[MeetingState, Column] = {
    MeetingState.WITH_PROVIDER: Column.TO_MATCH,
    MeetingState.PROPOSED: Column.WAITING,
    MeetingState.CONFIRMED: Column.CONFIRMED,
    MeetingState.HELD: Column.TO_REPORT,
    MeetingState.FAMILY_ABSENT: Column.TO_REPORT,
}


@dataclass(frozen=True)
class BoardCard:
    """A request on the board. A confirmed meeting that is over stands among those to report."""

    id: int
    number: int
    column: Column
    state: MeetingState
    language: str
    reason: MeetingReason
    minutes: int
    starts_at: datetime | None
    slots: tuple[Slot, ...]
    mediator: str | None
    answer_late: bool
    days_left: int
    """Until the appointment, else until the first time asked for; negative when it is past."""


@dataclass(frozen=True)
class Board:
    columns: dict[Column, list[BoardCard]]
    languages: tuple[str, ...]
    zones: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(len(cards) for cards in self.columns.values())


def comune_of_request() -> ColumnElement[Any]:
    """Where a meeting is: the comune of the class, of the pupil's class, of the service, else of the school."""
    of_class = (
        select(Site.comune_id)
        .join(SchoolClass, SchoolClass.site_id == Site.id)
        .where(SchoolClass.id == MeetingRequest.class_id)
        .correlate(MeetingRequest)
        .scalar_subquery()
    )
    of_pupil = (
        select(func.min(Site.comune_id))
        .join(SchoolClass, SchoolClass.site_id == Site.id)
        .join(ClassMembership, ClassMembership.class_id == SchoolClass.id)
        .where(ClassMembership.pupil_id == MeetingRequest.pupil_id, ClassMembership.valid_to.is_(None))
        .correlate(MeetingRequest)
        .scalar_subquery()
    )
    of_service = (
        select(Service.comune_id)
        .where(Service.id == MeetingRequest.service_id)
        .correlate(MeetingRequest)
        .scalar_subquery()
    )
    of_school = (
        select(func.min(Site.comune_id))
        .where(Site.institute_id == MeetingRequest.institute_id)
        .correlate(MeetingRequest)
        .scalar_subquery()
    )
    return func.coalesce(of_class, of_pupil, of_service, of_school)


def of_provider(actor: Actor, *, language: str = "", zone: str = "", within: int | None = None) -> Board:
    """The cards by column, the nearest first; `within` days from today. Three statements."""
    now = clock.now()
    today = clock.today()
    rows = db.session.execute(
        select(MeetingRequest, Appointment, User.name, Comune.zone)
        .outerjoin(
            Appointment,
            (Appointment.request_id == MeetingRequest.id) & Appointment.state.in_(OPEN_APPOINTMENTS),
        )
        .outerjoin(User, User.id == Appointment.mediator_id)
        .outerjoin(Comune, Comune.id == comune_of_request())
        .where(
            scope.meeting_requests(actor, Permission.MEETINGS_MATCH, now=now),
            MeetingRequest.state.in_(COLUMN_OF),
        )
        .options(selectinload(MeetingRequest.slots))
        .order_by(MeetingRequest.school_year_id, MeetingRequest.number)
        .limit(MOST_CARDS)
    ).all()
    columns: dict[Column, list[BoardCard]] = {column: [] for column in Column}
    for request, appointment, mediator, its_zone in rows:
        card = _card(request, appointment, mediator, now=now, today=today)
        if language and request.language != language:
            continue
        if zone and its_zone != zone:
            continue
        if within is not None and card.days_left > within:
            continue
        columns[card.column].append(card)
    for cards in columns.values():
        cards.sort(key=lambda card: (card.days_left, card.number))
    return Board(
        columns,
        languages=tuple(sorted({request.language for request, *_ in rows})),
        zones=tuple(sorted({its_zone for *_, its_zone in rows if its_zone})),
    )


def _card(
    request: MeetingRequest, appointment: Appointment | None, mediator: str | None, *, now: datetime, today: date
) -> BoardCard:
    column = COLUMN_OF[request.state]
    if request.state is MeetingState.CONFIRMED and appointment is not None and appointment.ends_at < now:
        column = Column.TO_REPORT
    slots = tuple(Slot(each.day, each.start) for each in request.slots)
    if appointment is not None:
        day = appointment.starts_at.astimezone(SCHOOL_ZONE).date()
    else:
        day = min((slot.day for slot in slots), default=today + timedelta(days=365))
    answer_by = appointment.answer_by if appointment is not None else None
    return BoardCard(
        id=request.id,
        number=request.number,
        column=column,
        state=request.state,
        language=request.language,
        reason=request.reason,
        minutes=request.minutes,
        starts_at=appointment.starts_at if appointment is not None else None,
        slots=slots,
        mediator=mediator,
        answer_late=column is Column.WAITING and answer_by is not None and answer_by < today,
        days_left=(day - today).days,
    )
