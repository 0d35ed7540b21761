"""Workshops: the list, one of them, and what its form offers."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, bindparam, case, func, or_, select

from schoolapp import clock
from schoolapp.domain import timetable
from schoolapp.domain.actors import Actor
from schoolapp.domain.permissions import Permission
from schoolapp.domain.workshop_cards import CalendarHours, Facilitator, WorkshopCard, WorkshopLine
from schoolapp.domain.workshops import WorkshopKind, WorkshopStatus, hours_plan
from schoolapp.extensions import db
from schoolapp.models import (
    Enrolment,
    FundingLine,
    Institute,
    Lesson,
    Project,
    SchoolYear,
    Site,
    Slot,
    User,
    Workshop,
    WorkshopFacilitator,
)
from schoolapp.queries import scope
from schoolapp.queries.rows import read

PAGE_SIZE = 50
_IN_CALENDAR = Lesson.signed_at.is_(None) & Lesson.cancelled_by.is_(None)


@dataclass(frozen=True)
class WorkshopFilters:
    """What the list is narrowed to; empty is everything."""

    school_year_id: int | None = None
    site_id: int | None = None
    status: WorkshopStatus | None = None
    kind: WorkshopKind | None = None


@dataclass(frozen=True)
class WorkshopPage:
    lines: list[WorkshopLine]
    count: int
    page: int
    last_page: int


def list_page(actor: Actor, filters: WorkshopFilters, *, page: int = 1) -> WorkshopPage:
    """The workshops that the person sees, by title, fifty a page."""
    count_all, lines_of_page = _list_statements(actor, filters)
    count = db.session.scalar(count_all) or 0
    last_page = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), last_page)
    rows = db.session.execute(lines_of_page, {"offset": (page - 1) * PAGE_SIZE}).all()
    ids = [workshop.id for workshop, _site, _institute in rows]
    hours = calendar_hours(ids)
    enrolled = _enrolled_today(ids)
    facilitators = _facilitators(ids)
    today = clock.today()
    lines = [
        WorkshopLine(
            id=workshop.id,
            title=workshop.title,
            kind=workshop.kind,
            level=workshop.level,
            status=workshop.status,
            institute=institute,
            site=site,
            place=workshop.place,
            capacity=workshop.capacity,
            enrolled=enrolled.get(workshop.id, 0),
            facilitators=tuple(
                person.name
                for person in facilitators.get(workshop.id, ())
                if person.valid_to is None or person.valid_to >= today
            ),
            hours=hours_plan(
                planned=workshop.planned_minutes,
                held=hours[workshop.id].held_minutes if workshop.id in hours else 0,
                scheduled=hours[workshop.id].scheduled_minutes if workshop.id in hours else 0,
            ),
        )
        for workshop, site, institute in rows
    ]
    return WorkshopPage(lines, count, page, last_page)


@lru_cache(maxsize=scope.KEPT)
def _list_statements(actor: Actor, filters: WorkshopFilters) -> tuple[Select[int], Select[Workshop, str, str]]:
    condition = scope.workshops(actor, Permission.WORKSHOPS_READ) & _matching(filters)
    return (
        select(func.count()).select_from(Workshop).where(condition),
        select(Workshop, Site.name, Institute.name)
        .join(Site, Site.id == Workshop.site_id)
        .join(Institute, Institute.id == Workshop.institute_id)
        .where(condition)
        .order_by(Workshop.title, Workshop.id)
        .limit(PAGE_SIZE)
        .offset(bindparam("offset")),
    )


def _matching(filters: WorkshopFilters) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = Workshop.id.is_not(None)
    if filters.school_year_id is not None:
        condition &= Workshop.school_year_id == filters.school_year_id
    if filters.site_id is not None:
        condition &= Workshop.site_id == filters.site_id
    if filters.status is not None:
        condition &= Workshop.status == filters.status
    if filters.kind is not None:
        condition &= Workshop.kind == filters.kind
    return condition


_SIGNED = Lesson.signed_at.is_not(None)
_HOURS = (
    select(
        Lesson.workshop_id,
        func.sum(case((_SIGNED, 1), else_=0)),
        func.sum(case((_SIGNED, Lesson.minutes), else_=0)),
        func.sum(case((_IN_CALENDAR, 1), else_=0)),
        func.sum(case((_IN_CALENDAR, Lesson.minutes), else_=0)),
        func.sum(case((_IN_CALENDAR & (Lesson.day < bindparam("today")), 1), else_=0)),
        func.max(case((_IN_CALENDAR, Lesson.day))),
    )
    .where(Lesson.workshop_id.in_(bindparam("ids", expanding=True)))
    .group_by(Lesson.workshop_id)
)


def calendar_hours(workshop_ids: list[int]) -> dict[int, CalendarHours]:
    """Held and scheduled lessons of each workshop, in one statement; a workshop without lessons is absent."""
    if not workshop_ids:
        return {}
    rows = read(_HOURS, {"ids": workshop_ids, "today": clock.today()}).all()
    return {row[0]: CalendarHours(*row[1:]) for row in rows}


_OPEN_TODAY = (Enrolment.first_day <= bindparam("today", type_=Date)) & or_(
    Enrolment.last_day.is_(None), Enrolment.last_day >= bindparam("today", type_=Date)
)
_ENROLLED = (
    select(Enrolment.workshop_id, func.count())
    .where(Enrolment.workshop_id.in_(bindparam("ids", expanding=True)), _OPEN_TODAY)
    .group_by(Enrolment.workshop_id)
)


def _enrolled_today(workshop_ids: list[int]) -> dict[int, int]:
    if not workshop_ids:
        return {}
    rows = read(_ENROLLED, {"ids": workshop_ids, "today": clock.today()}).all()
    return {row[0]: row[1] for row in rows}


_FACILITATORS = (
    select(
        WorkshopFacilitator.workshop_id,
        WorkshopFacilitator.user_id,
        User.name,
        WorkshopFacilitator.valid_from,
        WorkshopFacilitator.valid_to,
    )
    .join(User, User.id == WorkshopFacilitator.user_id)
    .where(WorkshopFacilitator.workshop_id.in_(bindparam("ids", expanding=True)))
    .order_by(WorkshopFacilitator.workshop_id, WorkshopFacilitator.id)
)


def _facilitators(workshop_ids: list[int]) -> dict[int, list[Facilitator]]:
    """People who run each workshop, in the order in which they were named."""
    found: dict[int, list[Facilitator]] = {}
    if not workshop_ids:
        return found
    for row in read(_FACILITATORS, {"ids": workshop_ids}).all():
        person = Facilitator(row.user_id, row.name, row.valid_from, row.valid_to)
        found.setdefault(row.workshop_id, []).append(person)
    return found


_SLOTS = (
    select(Slot.weekday, Slot.start, Slot.end, Slot.valid_from, Slot.valid_to, Slot.place)
    .where(Slot.workshop_id == bindparam("workshop_id"))
    .order_by(Slot.weekday, Slot.start, Slot.id)
)


@lru_cache(maxsize=scope.KEPT)
def _head_statement(actor: Actor, permission: Permission) -> Select[*tuple[Any, ...]]:
    enrolled = select(func.count()).where(Enrolment.workshop_id == Workshop.id, _OPEN_TODAY).scalar_subquery()
    return (
        select(
            Workshop.id,
            Workshop.institute_id,
            Institute.name.label("institute"),
            Workshop.site_id,
            Site.name.label("site"),
            Workshop.title,
            Workshop.kind,
            Workshop.level,
            Workshop.status,
            Workshop.place,
            Workshop.capacity,
            enrolled.label("enrolled"),
            Workshop.planned_minutes,
            Workshop.threshold_percent,
            Workshop.first_day,
            Workshop.last_day,
            Workshop.funding_line_id,
            FundingLine.name.label("funding_line"),
            Project.code.label("project_code"),
        )
        .join(Site, Site.id == Workshop.site_id)
        .join(Institute, Institute.id == Workshop.institute_id)
        .join(FundingLine, FundingLine.id == Workshop.funding_line_id)
        .outerjoin(Project, Project.id == FundingLine.project_id)
        .where(Workshop.id == bindparam("workshop_id"), scope.workshops(actor, permission))
    )


def get(actor: Actor, workshop_id: int, permission: Permission = Permission.WORKSHOPS_READ) -> WorkshopCard:
    """One workshop of those in which the person holds the permission."""
    asked = {"workshop_id": workshop_id, "today": clock.today()}
    row = read(_head_statement(actor, permission), asked).one()
    hours = calendar_hours([workshop_id]).get(workshop_id, CalendarHours(0, 0, 0, 0, 0, None))
    return WorkshopCard(
        **row._mapping,
        facilitators=tuple(_facilitators([workshop_id]).get(workshop_id, ())),
        slots=tuple(timetable.Slot(*slot) for slot in read(_SLOTS, {"workshop_id": workshop_id}).all()),
        calendar=hours,
        hours=hours_plan(planned=row.planned_minutes, held=hours.held_minutes, scheduled=hours.scheduled_minutes),
    )


@dataclass(frozen=True)
class YearChoice:
    """A school year of the list's filter."""

    id: int
    label: str
    present: bool


@lru_cache(maxsize=scope.KEPT)
def _years_statement(actor: Actor) -> Select[int, str, bool]:
    seen = select(Workshop.school_year_id).where(scope.workshops(actor, Permission.WORKSHOPS_READ))
    today = bindparam("today", type_=Date())
    present = (SchoolYear.first_day <= today) & (SchoolYear.last_day >= today)
    return (
        select(SchoolYear.id, SchoolYear.label, present)
        .where(or_(SchoolYear.id.in_(seen), present))
        .order_by(SchoolYear.first_day.desc())
    )


def school_years(actor: Actor) -> list[YearChoice]:
    """Years in which the person sees a workshop, and the present one; the latest first."""
    rows = db.session.execute(_years_statement(actor), {"today": clock.today()})
    return [YearChoice(row[0], row[1], bool(row[2])) for row in rows]


def sites(actor: Actor, permission: Permission) -> list[tuple[int, str]]:
    """Sites of the institutes in which the person holds the permission; with the institute where there are several."""
    today = clock.today()
    rows = db.session.execute(
        select(Site.id, Site.name, Institute.name, Institute.id)
        .join(Institute, Institute.id == Site.institute_id)
        .where(
            scope.institutes(actor, permission),
            or_(Site.valid_to.is_(None), Site.valid_to >= today - timedelta(days=365)),
        )
        .order_by(Institute.name, Site.name, Site.id)
    ).all()
    several = len({row[3] for row in rows}) > 1
    return [(row[0], f"{row[1]}, {row[2]}" if several else row[1]) for row in rows]
