"""The meetings of a week, day by day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from schoolapp import clock
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meetings import OPEN_APPOINTMENTS, MeetingReason
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import Appointment, Institute, MeetingRequest, ProposedSlot, Pupil, SchoolClass, Service, User
from schoolapp.queries import scope

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


_COLUMNS: list[Any] = [
    MeetingRequest,
    func.coalesce(Institute.name, Service.name),
    Pupil.first_name,
    Pupil.last_name,
    SchoolClass.name,
]


def _appointments(actor: Actor, first: date, last: date) -> list[WeekEntry]:
    midnight = datetime.combine(first, time(), tzinfo=SCHOOL_ZONE)
    statement: Any = (
        select(*_COLUMNS, Appointment.starts_at, Appointment.ends_at, Appointment.mediator_id, User.name)
        .select_from(MeetingRequest)
        .join(Appointment, Appointment.request_id == MeetingRequest.id)
        .join(User, User.id == Appointment.mediator_id)
        .outerjoin(Institute, Institute.id == MeetingRequest.institute_id)
        .outerjoin(Service, Service.id == MeetingRequest.service_id)
        .outerjoin(Pupil, Pupil.id == MeetingRequest.pupil_id)
        .outerjoin(SchoolClass, SchoolClass.id == MeetingRequest.class_id)
        .where(
            scope.meeting_requests(actor, Permission.MEETINGS_READ, now=clock.now()),
            Appointment.state.in_(OPEN_APPOINTMENTS),
            Appointment.starts_at >= midnight,
            Appointment.starts_at < datetime.combine(last + timedelta(days=1), time(), tzinfo=SCHOOL_ZONE),
        )
    )
    entries = []
    for (
        request,
        asker,
        first_name,
        last_name,
        class_name,
        starts_at,
        ends_at,
        mediator_id,
        mediator,
    ) in db.session.execute(statement):
        start, end = starts_at.astimezone(SCHOOL_ZONE), ends_at.astimezone(SCHOOL_ZONE)
        who = _who(actor, request, first_name, last_name, class_name, mediator_id, ends_at)
        entries.append(_entry(request, asker, who, start.date(), start.time(), end.time(), mediator))
    return entries


def _asked(actor: Actor, first: date, last: date) -> list[WeekEntry]:
    statement: Any = (
        select(*_COLUMNS, ProposedSlot.day, ProposedSlot.start)
        .select_from(MeetingRequest)
        .join(ProposedSlot, ProposedSlot.request_id == MeetingRequest.id)
        .outerjoin(Institute, Institute.id == MeetingRequest.institute_id)
        .outerjoin(Service, Service.id == MeetingRequest.service_id)
        .outerjoin(Pupil, Pupil.id == MeetingRequest.pupil_id)
        .outerjoin(SchoolClass, SchoolClass.id == MeetingRequest.class_id)
        .where(
            scope.meeting_requests(actor, Permission.MEETINGS_READ, now=clock.now()),
            MeetingRequest.state.in_(ASKED),
            ProposedSlot.day.between(first, last),
        )
    )
    entries = []
    for request, asker, first_name, last_name, class_name, day, start in db.session.execute(statement):
        end = (datetime.combine(day, start) + timedelta(minutes=request.minutes)).time()
        who = _who(actor, request, first_name, last_name, class_name, None, None)
        entries.append(_entry(request, asker, who, day, start, end, None))
    return entries


def _who(
    actor: Actor,
    request: MeetingRequest,
    first_name: str | None,
    last_name: str | None,
    class_name: str | None,
    mediator_id: int | None,
    ends_at: datetime | None,
) -> str | None:
    if request.institute_id is None:
        return request.case_code
    if not scope.knows_who(
        actor,
        institute_id=request.institute_id,
        requester_id=request.requester_id,
        mediator_id=mediator_id,
        ends_at=ends_at,
        now=clock.now(),
    ):
        return None
    return f"{first_name} {last_name}".strip() if last_name is not None else class_name


def _entry(
    request: MeetingRequest, asker: str, who: str | None, day: date, start: time, end: time, mediator: str | None
) -> WeekEntry:
    return WeekEntry(
        request_id=request.id,
        day=day,
        start=start,
        end=end,
        state=request.state,
        who=who,
        asker=asker,
        reason=request.reason,
        language=request.language,
        place=request.place,
        mediator=mediator,
    )
