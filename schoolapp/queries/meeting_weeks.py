"""The meetings of a week, day by day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Row, Select, bindparam, func, select

from schoolapp import clock
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meetings import OPEN_APPOINTMENTS, MeetingReason
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import Appointment, Institute, MeetingRequest, ProposedSlot, Pupil, SchoolClass, Service, User
from schoolapp.models.types import UTCDateTime
from schoolapp.queries import mediation_scope, scope

AnyRow = Row[*tuple[Any, ...]]

ASKED = (MeetingState.WITH_COORDINATOR, MeetingState.WITH_DISTRICT, MeetingState.WITH_PROVIDER)
"""States in which a proposed time is all there is."""


@dataclass(frozen=True)
class WeekEntry:
    """A time of the week: of an appointment, or one of those that were asked for."""

    request_id: int
    day: date
    start: time
    end: time
    state: MeetingState
    who: str | None
    asker: str
    reason: MeetingReason
    language: str
    place: str
    mediator: str | None


def of_week(actor: Actor, monday: date) -> dict[date, list[WeekEntry]]:
    """Each day of the week with its times in order. Two statements."""
    days = [monday + timedelta(days=number) for number in range(7)]
    found = sorted(
        [*_appointments(actor, days[0], days[-1]), *_asked(actor, days[0], days[-1])],
        key=lambda entry: (entry.day, entry.start, entry.request_id),
    )
    return {day: [entry for entry in found if entry.day == day] for day in days}


# Times are given when it is asked: a statement is made once for a person, and making it costs more than asking it.
_FIRST, _LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)
_SINCE, _BEFORE = bindparam("since", type_=UTCDateTime), bindparam("before", type_=UTCDateTime)

_REQUESTS = (
    select(
        MeetingRequest.id,
        MeetingRequest.state,
        MeetingRequest.reason,
        MeetingRequest.language,
        MeetingRequest.place,
        MeetingRequest.minutes,
        MeetingRequest.institute_id,
        MeetingRequest.requester_id,
        MeetingRequest.case_code,
        func.coalesce(Institute.name, Service.name).label("asker"),
        Pupil.first_name,
        Pupil.last_name,
        SchoolClass.name.label("class_name"),
    )
    .select_from(MeetingRequest)
    .outerjoin(Institute, Institute.id == MeetingRequest.institute_id)
    .outerjoin(Service, Service.id == MeetingRequest.service_id)
    .outerjoin(Pupil, Pupil.id == MeetingRequest.pupil_id)
    .outerjoin(SchoolClass, SchoolClass.id == MeetingRequest.class_id)
)


def _statements(actor: Actor) -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    """The appointments between two instants, and the times between two days that were asked for."""
    inside = mediation_scope.meeting_requests(actor, Permission.MEETINGS_READ, now=clock.now())
    return (
        _REQUESTS.add_columns(
            Appointment.starts_at, Appointment.ends_at, Appointment.mediator_id, User.name.label("mediator")
        )
        .join(Appointment, Appointment.request_id == MeetingRequest.id)
        .join(User, User.id == Appointment.mediator_id)
        .where(
            inside,
            Appointment.state.in_(OPEN_APPOINTMENTS),
            Appointment.starts_at >= _SINCE,
            Appointment.starts_at < _BEFORE,
        ),
        _REQUESTS.add_columns(ProposedSlot.day, ProposedSlot.start)
        .join(ProposedSlot, ProposedSlot.request_id == MeetingRequest.id)
        .where(inside, MeetingRequest.state.in_(ASKED), ProposedSlot.day.between(_FIRST, _LAST)),
    )


_kept_statements = lru_cache(maxsize=scope.KEPT)(_statements)


def _ask(actor: Actor) -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    return _statements(actor) if mediation_scope.sees_by_the_hour(actor) else _kept_statements(actor)


def _appointments(actor: Actor, first: date, last: date) -> list[WeekEntry]:
    asked = {
        "since": datetime.combine(first, time(), tzinfo=SCHOOL_ZONE),
        "before": datetime.combine(last + timedelta(days=1), time(), tzinfo=SCHOOL_ZONE),
    }
    entries = []
    for row in db.session.execute(_ask(actor)[0], asked):
        start, end = row.starts_at.astimezone(SCHOOL_ZONE), row.ends_at.astimezone(SCHOOL_ZONE)
        who = _who(actor, row, row.mediator_id, row.ends_at)
        entries.append(_entry(row, who, start.date(), start.time(), end.time(), row.mediator))
    return entries


def _asked(actor: Actor, first: date, last: date) -> list[WeekEntry]:
    entries = []
    for row in db.session.execute(_ask(actor)[1], {"first": first, "last": last}):
        end = (datetime.combine(row.day, row.start) + timedelta(minutes=row.minutes)).time()
        entries.append(_entry(row, _who(actor, row, None, None), row.day, row.start, end, None))
    return entries


def _who(actor: Actor, row: AnyRow, mediator_id: int | None, ends_at: datetime | None) -> str | None:
    if row.institute_id is None:
        case_code: str | None = row.case_code
        return case_code
    if not mediation_scope.knows_who(
        actor,
        institute_id=row.institute_id,
        requester_id=row.requester_id,
        mediator_id=mediator_id,
        ends_at=ends_at,
        now=clock.now(),
    ):
        return None
    class_name: str | None = row.class_name
    return f"{row.first_name} {row.last_name}".strip() if row.last_name is not None else class_name


def _entry(row: AnyRow, who: str | None, day: date, start: time, end: time, mediator: str | None) -> WeekEntry:
    return WeekEntry(
        request_id=row.id,
        day=day,
        start=start,
        end=end,
        state=row.state,
        who=who,
        asker=row.asker,
        reason=row.reason,
        language=row.language,
        place=row.place,
        mediator=mediator,
    )
