"""The board of a cooperative's coordinator: the requests given to it, by what they wait for. No pupil is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import selectinload

from schoolapp import clock
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.board import COLUMN_OF, Column, Flag, Progress, flag_of
from schoolapp.domain.letters.kinds import WITH_REPLY
from schoolapp.domain.mediators import DaysAway
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meeting_wishes import Slot
from schoolapp.domain.meetings import OPEN_APPOINTMENTS, MeetingReason
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import (
    Appointment,
    ClassMembership,
    Comune,
    FamilyLetter,
    MeetingEvent,
    MeetingRequest,
    SchoolClass,
    Service,
    Site,
    User,
)
from schoolapp.queries import mediation_scope, mediators, scope

MOST_CARDS = 200


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
    days_left: int
    """Until the appointment, else until the first time asked for; negative when it is past."""
    flag: Flag | None
    days_waited: int
    """Since the mediator was asked."""


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


def _asked_at() -> ColumnElement[Any]:
    """When a mediator was asked last."""
    return (
        select(func.max(MeetingEvent.at))
        .where(MeetingEvent.request_id == MeetingRequest.id, MeetingEvent.action == MeetingAction.PROPOSE)
        .correlate(MeetingRequest)
        .scalar_subquery()
    )


def _letter_at() -> ColumnElement[Any]:
    """When the family was last invited by letter."""
    return (
        select(func.max(FamilyLetter.printed_at))
        .where(FamilyLetter.request_id == MeetingRequest.id, FamilyLetter.kind.in_(sorted(WITH_REPLY)))
        .correlate(MeetingRequest)
        .scalar_subquery()
    )


def of_provider(actor: Actor, *, language: str = "", zone: str = "", within: int | None = None) -> Board:
    """The cards by column, the nearest first; `within` days from today. Three statements, and one for days away."""
    now = clock.now()
    ask = _statement if mediation_scope.sees_by_the_hour(actor) else _kept_statement
    rows = db.session.execute(ask(actor)).all()
    asked = {row[1].mediator_id for row in rows if row[1] is not None}
    away = mediators.days_away(asked, clock.today(), None) if asked else {}
    columns: dict[Column, list[BoardCard]] = {column: [] for column in Column}
    for request, appointment, mediator, its_zone, asked_at, letter_at in rows:
        told = (_school_day(asked_at), _school_day(letter_at))
        card = _card(request, appointment, mediator, told, away, now=now)
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
        languages=tuple(sorted({row[0].language for row in rows})),
        zones=tuple(sorted({row[3] for row in rows if row[3]})),
    )


def _statement(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(MeetingRequest, Appointment, User.name, Comune.zone, _asked_at(), _letter_at())
        .outerjoin(
            Appointment,
            (Appointment.request_id == MeetingRequest.id) & Appointment.state.in_(OPEN_APPOINTMENTS),
        )
        .outerjoin(User, User.id == Appointment.mediator_id)
        .outerjoin(Comune, Comune.id == comune_of_request())
        .where(
            mediation_scope.meeting_requests(actor, Permission.MEETINGS_MATCH, now=clock.now()),
            MeetingRequest.state.in_(COLUMN_OF),
        )
        .options(selectinload(MeetingRequest.slots))
        .order_by(MeetingRequest.school_year_id, MeetingRequest.number)
        .limit(MOST_CARDS)
    )


_kept_statement = lru_cache(maxsize=scope.KEPT)(_statement)
"""Making it costs more than asking it."""


def _school_day(instant: datetime | None) -> date | None:
    return instant.astimezone(SCHOOL_ZONE).date() if instant is not None else None


def _card(
    request: MeetingRequest,
    appointment: Appointment | None,
    mediator: str | None,
    told: tuple[date | None, date | None],
    away: Mapping[int, Sequence[DaysAway]],
    *,
    now: datetime,
) -> BoardCard:
    """`told` are the days on which the mediator was asked and the family invited."""
    today = now.astimezone(SCHOOL_ZONE).date()
    column = COLUMN_OF[request.state]
    if request.state is MeetingState.CONFIRMED and appointment is not None and appointment.ends_at < now:
        column = Column.TO_REPORT
    slots = tuple(Slot(each.day, each.start) for each in request.slots)
    if appointment is not None:
        day = appointment.starts_at.astimezone(SCHOOL_ZONE).date()
    else:
        day = min((slot.day for slot in slots), default=today + timedelta(days=365))
    asked_on, letter_on = told
    progress = Progress(
        state=request.state,
        column=column,
        day=day,
        asked_on=asked_on,
        answer_by=appointment.answer_by if appointment is not None else None,
        mediator_away=appointment is not None
        and any(each.covers(day) for each in away.get(appointment.mediator_id, ())),
        has_letter=request.pupil_id is not None,
        letter_on=letter_on,
    )
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
        days_left=(day - today).days,
        flag=flag_of(progress, today),
        days_waited=(today - asked_on).days if asked_on is not None else 0,
    )
