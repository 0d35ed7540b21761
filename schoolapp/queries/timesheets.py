"""Timesheets: whose the person reads, and the month of one of them from the ledger or from signed lessons.

A mediator and a facilitator read their own; who coordinates a cooperative those of its mediators, for its own requests
and for the desks; coordinator and head those of the facilitators of the school, for the lessons there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.hours import HOURS_KIND_NAMES, HoursKind
from schoolapp.domain.languages import language_name
from schoolapp.domain.meetings import MEETING_REASON_NAMES, MeetingMode
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.domain.term_report_heads import ProjectCodes
from schoolapp.domain.timesheets import Timesheet, TimesheetLine, Worker, in_order, next_month
from schoolapp.extensions import db
from schoolapp.models import (
    FundingLine,
    HourEntry,
    Institute,
    Lesson,
    MediatorProfile,
    MeetingRequest,
    Membership,
    Provider,
    Service,
    User,
    Workshop,
)
from schoolapp.queries import emblems
from schoolapp.queries.scope import WHOLE_SCHOOL

FAR = "a distanza"
IN_VAIN = frozenset({HoursKind.FAMILY_ABSENT, HoursKind.LATE_CANCELLATION})


@dataclass(frozen=True)
class MonthLine:
    """A person's month in the list."""

    worker: Worker
    person_id: int
    name: str
    activities: int
    minutes: int
    unconfirmed: int


def of_month(actor: Actor, month: date) -> list[MonthLine]:
    """Whose timesheets of the month the person reads: the own even where it is empty, then by name."""
    found = [*_mediators(actor, month), *_facilitators(actor, month)]
    for worker, role in ((Worker.MEDIATOR, Role.MEDIATOR), (Worker.FACILITATOR, Role.FACILITATOR)):
        there = any(line.worker is worker and line.person_id == actor.user_id for line in found)
        if _holds(actor, role) and not there:
            found.append(MonthLine(worker, actor.user_id, actor.name, 0, 0, 0))
    return sorted(found, key=lambda line: (line.person_id != actor.user_id, line.name, line.worker))


def get(actor: Actor, worker: Worker, person_id: int, month: date) -> Timesheet:
    """The month of one person. Raises NoResultFound outside the person's scope."""
    name = _name(actor, worker, person_id)
    if worker is Worker.MEDIATOR:
        lines, owner, line_ids = _mediator_lines(actor, person_id, month)
        profile = db.session.get(MediatorProfile, person_id)
        skills = ", ".join(language_name(each.language) for each in profile.languages) if profile else ""
        engagement = profile.engagement if profile else ""
    else:
        lines, owner, line_ids = _facilitator_lines(actor, person_id, month)
        skills = engagement = ""
    return Timesheet(
        worker=worker,
        person_id=person_id,
        name=name,
        skills=skills,
        engagement=engagement,
        owner=owner,
        month=month,
        lines=in_order(lines),
        projects=projects_of(line_ids),
        read_at=clock.now(),
    )


def minutes_of_mediator(actor: Actor, person_id: int, month: date) -> int:
    """What a mediator's sheet of the month adds up to, of what the person reads."""
    statement = (
        select(func.coalesce(func.sum(HourEntry.minutes), 0))
        .outerjoin(MeetingRequest, MeetingRequest.id == HourEntry.request_id)
        .where(_entries(actor), HourEntry.mediator_id == person_id, _in_month(HourEntry.day, month))
    )
    return db.session.scalar(statement) or 0


def projects_of(funding_line_ids: Iterable[int]) -> tuple[ProjectCodes, ...]:
    """Who pays, with codes and emblems, for a sheet that the person may read."""
    lines = db.session.scalars(
        select(FundingLine)
        .where(FundingLine.id.in_(sorted(set(funding_line_ids))), FundingLine.project_id.is_not(None))
        .options(joinedload(FundingLine.project))
    )
    projects = {line.project.id: line.project for line in lines if line.project is not None}
    pictures = emblems.of_projects(projects) if projects else {}
    return tuple(
        ProjectCodes(each.title, each.code, each.cup, emblems=pictures.get(each.id, ()))
        for each in sorted(projects.values(), key=lambda project: (project.title, project.id))
    )


def _holds(actor: Actor, role: Role) -> bool:
    return any(grant.role is role for grant in actor.grants_with(Permission.HOURS_READ))


def _providers(actor: Actor) -> frozenset[int]:
    return frozenset(
        grant.provider_id
        for grant in actor.grants_with(Permission.HOURS_READ)
        if grant.role is Role.PROVIDER_COORDINATOR and grant.provider_id is not None
    )


def _name(actor: Actor, worker: Worker, person_id: int) -> str:
    """The person's name, where the sheet is the actor's to read."""
    if worker is Worker.MEDIATOR:
        role, place, ids = Role.MEDIATOR, Membership.provider_id, _providers(actor)
    else:
        role, place = Role.FACILITATOR, Membership.institute_id
        ids = actor.institutes_with(Permission.HOURS_READ, *WHOLE_SCHOOL)
    if person_id == actor.user_id and _holds(actor, role):
        return actor.name
    statement = (
        select(User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(User.id == person_id, Membership.role == role, place.in_(sorted(ids)))
    )
    name = db.session.scalar(statement.limit(1))
    if name is None:
        raise NoResultFound
    return name


def _in_month(day: InstrumentedAttribute[date], month: date) -> ColumnElement[bool]:
    return and_(day >= month, day < next_month(month))


def _entries(actor: Actor) -> ColumnElement[bool]:
    """Lines of the ledger; the question joins MeetingRequest from outside."""
    branches: list[ColumnElement[bool]] = []
    if _holds(actor, Role.MEDIATOR):
        branches.append(HourEntry.mediator_id == actor.user_id)
    if providers := sorted(_providers(actor)):
        own = select(Membership.user_id).where(Membership.role == Role.MEDIATOR, Membership.provider_id.in_(providers))
        of_theirs = or_(HourEntry.request_id.is_(None), MeetingRequest.provider_id.in_(providers))
        branches.append(and_(HourEntry.mediator_id.in_(own), of_theirs))
    return or_(*branches) if branches else false()


def _lessons(actor: Actor) -> ColumnElement[bool]:
    """Signed lessons; the question joins Workshop."""
    branches: list[ColumnElement[bool]] = []
    if _holds(actor, Role.FACILITATOR):
        branches.append(Lesson.facilitator_id == actor.user_id)
    if institutes := sorted(actor.institutes_with(Permission.HOURS_READ, *WHOLE_SCHOOL)):
        branches.append(Workshop.institute_id.in_(institutes))
    return and_(Lesson.signed_at.is_not(None), or_(*branches)) if branches else false()


def _mediators(actor: Actor, month: date) -> list[MonthLine]:
    waiting = func.coalesce(func.sum(HourEntry.minutes).filter(HourEntry.validated_at.is_(None)), 0)
    statement = (
        select(User.id, User.name, func.count(), func.sum(HourEntry.minutes), waiting)
        .join(HourEntry, HourEntry.mediator_id == User.id)
        .outerjoin(MeetingRequest, MeetingRequest.id == HourEntry.request_id)
        .where(_entries(actor), _in_month(HourEntry.day, month))
        .group_by(User.id, User.name)
    )
    return [MonthLine(Worker.MEDIATOR, *row) for row in db.session.execute(statement)]


def _facilitators(actor: Actor, month: date) -> list[MonthLine]:
    statement = (
        select(User.id, User.name, func.count(), func.sum(Lesson.minutes))
        .join(Lesson, Lesson.facilitator_id == User.id)
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .where(_lessons(actor), _in_month(Lesson.day, month))
        .group_by(User.id, User.name)
    )
    return [MonthLine(Worker.FACILITATOR, *row, 0) for row in db.session.execute(statement)]


def _mediator_lines(actor: Actor, person_id: int, month: date) -> tuple[list[TimesheetLine], str, set[int]]:
    statement = (
        select(HourEntry, MeetingRequest, Institute.name, Service.name)
        .outerjoin(MeetingRequest, MeetingRequest.id == HourEntry.request_id)
        .outerjoin(Institute, Institute.id == MeetingRequest.institute_id)
        .outerjoin(Service, Service.id == func.coalesce(HourEntry.service_id, MeetingRequest.service_id))
        .where(_entries(actor), HourEntry.mediator_id == person_id, _in_month(HourEntry.day, month))
        .options(joinedload(HourEntry.funding_line))
    )
    lines = [
        _mediator_line(entry, request, school or service or "")
        for entry, request, school, service in db.session.execute(statement)
    ]
    return lines, _cooperative(actor, person_id), {line.funding_line_id for line in lines}


def _mediator_line(entry: HourEntry, request: MeetingRequest | None, asker: str) -> TimesheetLine:
    activity = HOURS_KIND_NAMES[entry.kind]
    if request is not None:
        if entry.kind is HoursKind.MEETING:
            activity = MEETING_REASON_NAMES[request.reason]
        if request.case_code:
            activity = f"{activity}, caso {request.case_code}"
    place = asker if entry.kind is HoursKind.DESK else ", ".join(text for text in (asker, entry.place) if text)
    far = entry.kind is HoursKind.FAMILY_CALL or (request is not None and request.mode is not MeetingMode.IN_PLACE)
    return TimesheetLine(
        day=entry.day,
        start=entry.start,
        end=entry.end,
        minutes=entry.minutes,
        activity=activity,
        place=f"{asker}, {FAR}" if far else place,
        reference=f"M-{request.number:04}" if request is not None else f"S-{entry.id:04}",
        funding_line_id=entry.funding_line_id,
        funding_line=entry.funding_line.name,
        confirmed=entry.validated_at is not None,
        in_vain=entry.kind in IN_VAIN,
    )


def _cooperative(actor: Actor, person_id: int) -> str:
    statement = (
        select(Provider.name)
        .join(Membership, Membership.provider_id == Provider.id)
        .where(Membership.user_id == person_id, Membership.role == Role.MEDIATOR)
        .order_by(Provider.name)
    )
    if person_id != actor.user_id:
        statement = statement.where(Provider.id.in_(sorted(_providers(actor))))
    return ", ".join(dict.fromkeys(db.session.scalars(statement)))


def _facilitator_lines(actor: Actor, person_id: int, month: date) -> tuple[list[TimesheetLine], str, set[int]]:
    statement = (
        select(Lesson, Workshop, Institute.name)
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .join(Institute, Institute.id == Workshop.institute_id)
        .where(_lessons(actor), Lesson.facilitator_id == person_id, _in_month(Lesson.day, month))
        .options(joinedload(Lesson.funding_line))
    )
    rows = db.session.execute(statement).all()
    several_schools = len({institute for _, _, institute in rows}) > 1  # of one, the head of the sheet says which
    lines = [
        TimesheetLine(
            day=lesson.day,
            start=lesson.start,
            end=lesson.end,
            minutes=lesson.minutes,
            activity=workshop.title,
            place=", ".join(text for text in (institute if several_schools else "", lesson.place) if text),
            reference=f"L-{lesson.id:04}",
            funding_line_id=lesson.funding_line_id,
            funding_line=lesson.funding_line.name,
            confirmed=True,
        )
        for lesson, workshop, institute in rows
    ]
    owner = ", ".join(sorted({institute for _, _, institute in rows})) or _schools(actor, person_id)
    return lines, owner, {line.funding_line_id for line in lines}


def _schools(actor: Actor, person_id: int) -> str:
    statement = (
        select(Institute.name)
        .join(Membership, Membership.institute_id == Institute.id)
        .where(Membership.user_id == person_id, Membership.role == Role.FACILITATOR)
        .order_by(Institute.name)
    )
    if person_id != actor.user_id:
        institutes = actor.institutes_with(Permission.HOURS_READ, *WHOLE_SCHOOL)
        statement = statement.where(Institute.id.in_(sorted(institutes)))
    return ", ".join(dict.fromkeys(db.session.scalars(statement)))
