"""Attendance of workshops: figures of each pupil, and the register that is printed and exported."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.attendance import STATUSES_NOT_OFFERED, AttendanceFigure, MarkStatus
from schoolapp.domain.lessons import CANCELLED_BY_NAMES
from schoolapp.domain.periods import Period
from schoolapp.domain.permissions import Permission
from schoolapp.domain.registers import (
    RegisterLesson,
    RegisterMark,
    RegisterPupil,
    Signature,
    WorkshopRegister,
    marks_figure,
)
from schoolapp.domain.roles import ROLE_NAMES, Role
from schoolapp.extensions import db
from schoolapp.models import (
    ClassMembership,
    Enrolment,
    FundingLine,
    Institute,
    Lesson,
    Mark,
    Project,
    Pupil,
    SchoolClass,
    SchoolYear,
    Site,
    User,
    Workshop,
    WorkshopFacilitator,
)
from schoolapp.queries import emblems, role_holders, scope
from schoolapp.queries.rows import read

AnyRow = Row[*tuple[Any, ...]]

_STATUSES_NOT_THERE = STATUSES_NOT_OFFERED | {MarkStatus.ABSENT}


def figures(
    actor: Actor, *, workshop_ids: Collection[int], first_day: date, last_day: date
) -> dict[tuple[int, int], AttendanceFigure]:
    """(workshop, pupil) → minutes attended of those offered between two days, in one grouped statement.

    A pupil without a mark in those days is not in the answer; marks of cancelled lessons count nowhere.
    """
    asked = {"workshop_ids": sorted(workshop_ids), "first_day": first_day, "last_day": last_day}
    rows = read(_figures(actor), asked).all()
    return {
        (workshop_id, pupil_id): AttendanceFigure(attended=int(attended), offered=int(offered))
        for workshop_id, pupil_id, attended, offered in rows
    }


@lru_cache(maxsize=scope.KEPT)
def _figures(actor: Actor) -> Select[int, int, int, int]:
    days = bindparam("first_day", type_=Date), bindparam("last_day", type_=Date)
    return (
        select(Lesson.workshop_id, Mark.pupil_id, func.sum(Mark.attended_minutes), func.sum(Mark.offered_minutes))
        .select_from(Workshop)
        .join(Lesson, Lesson.workshop_id == Workshop.id)
        .join(Mark, Mark.lesson_id == Lesson.id)
        .where(
            scope.workshops(actor, Permission.WORKSHOPS_READ),
            Workshop.id.in_(bindparam("workshop_ids", expanding=True)),
            Lesson.day.between(*days),
            Lesson.cancelled_by.is_(None),
        )
        .group_by(Lesson.workshop_id, Mark.pupil_id)
    )


def register_of_workshop(actor: Actor, workshop_id: int, first_day: date, last_day: date) -> WorkshopRegister:
    """The register between two days, in a fixed number of statements.

    Raises NoResultFound where the workshop is not the person's to print.
    """
    head = _head(actor, workshop_id)
    lessons = _lessons(workshop_id, first_day, last_day)
    enrolled = _enrolments(workshop_id, first_day, last_day)
    marks = _marks(workshop_id, first_day, last_day)
    classes = _classes(enrolled, last_day)
    return WorkshopRegister(
        workshop_id=workshop_id,
        title=head.title,
        institute=head.institute,
        institute_code=head.institute_code,
        site=head.site,
        place=head.place,
        facilitators=_facilitators(workshop_id, first_day, last_day),
        school_year=head.school_year,
        first_day=first_day,
        last_day=last_day,
        project_title=head.project_title,
        project_code=head.project_code,
        cup=head.cup,
        funding_line=head.funding_line,
        planned_minutes=head.planned_minutes,
        held_minutes_from_start=_held_minutes(workshop_id, last_day),
        threshold_percent=head.threshold_percent,
        countersigner=_countersigner(head.institute_id, last_day),
        lessons=tuple(_lesson(row, marks.get(row.id, {})) for row in lessons),
        pupils=tuple(_pupil(rows, lessons, marks, classes) for rows in enrolled.values()),
        read_at=clock.now(),
        emblems=emblems.of_workshop(actor, workshop_id, Permission.REGISTERS_PRINT),
    )


def days_of_workshop(actor: Actor, workshop_id: int) -> tuple[date, date]:
    """First and last day of a workshop whose register the person may print. Raises NoResultFound where it is not."""
    found = db.session.execute(
        select(Workshop.first_day, Workshop.last_day).where(
            Workshop.id == workshop_id, scope.workshops(actor, Permission.REGISTERS_PRINT)
        )
    ).one()
    return found[0], found[1]


def _head(actor: Actor, workshop_id: int) -> AnyRow:
    return db.session.execute(
        select(
            Workshop.title,
            Workshop.institute_id,
            Institute.name.label("institute"),
            Institute.code.label("institute_code"),
            Site.name.label("site"),
            Workshop.place,
            SchoolYear.label.label("school_year"),
            Project.title.label("project_title"),
            Project.code.label("project_code"),
            Project.cup,
            FundingLine.name.label("funding_line"),
            Workshop.planned_minutes,
            Workshop.threshold_percent,
        )
        .join(Institute, Institute.id == Workshop.institute_id)
        .join(Site, Site.id == Workshop.site_id)
        .join(SchoolYear, SchoolYear.id == Workshop.school_year_id)
        .join(FundingLine, FundingLine.id == Workshop.funding_line_id)
        .join(Project, Project.id == FundingLine.project_id, isouter=True)
        .where(Workshop.id == workshop_id, scope.workshops(actor, Permission.REGISTERS_PRINT))
    ).one()


def _facilitators(workshop_id: int, first_day: date, last_day: date) -> tuple[str, ...]:
    names = db.session.scalars(
        select(User.name)
        .join(WorkshopFacilitator, WorkshopFacilitator.user_id == User.id)
        .where(
            WorkshopFacilitator.workshop_id == workshop_id,
            WorkshopFacilitator.valid_from <= last_day,
            or_(WorkshopFacilitator.valid_to.is_(None), WorkshopFacilitator.valid_to >= first_day),
        )
        .order_by(WorkshopFacilitator.valid_from, WorkshopFacilitator.id)
    )
    return tuple(dict.fromkeys(names))


def _countersigner(institute_id: int, on: date) -> str | None:
    name = role_holders.head_teacher(institute_id, on)
    return f"{name}, {ROLE_NAMES[Role.HEAD]}" if name else None


def _held_minutes(workshop_id: int, until: date) -> int:
    held = select(func.sum(Lesson.minutes)).where(
        Lesson.workshop_id == workshop_id, Lesson.day <= until, Lesson.signed_at.is_not(None)
    )
    return int(db.session.scalar(held) or 0)


def _lessons(workshop_id: int, first_day: date, last_day: date) -> Sequence[AnyRow]:
    holder, signer, countersigner = aliased(User), aliased(User), aliased(User)
    return db.session.execute(
        select(
            Lesson.id,
            Lesson.day,
            Lesson.start,
            Lesson.end,
            Lesson.minutes,
            Lesson.topic,
            Lesson.activity,
            Lesson.cancelled_by,
            Lesson.cancelled_why,
            Lesson.signed_at,
            Lesson.countersigned_at,
            holder.name.label("holder"),
            signer.name.label("signer"),
            countersigner.name.label("countersigner"),
        )
        .join(holder, holder.id == Lesson.facilitator_id, isouter=True)
        .join(signer, signer.id == Lesson.signed_by_id, isouter=True)
        .join(countersigner, countersigner.id == Lesson.countersigned_by_id, isouter=True)
        .where(Lesson.workshop_id == workshop_id, Lesson.day.between(first_day, last_day))
        .order_by(Lesson.day, Lesson.start, Lesson.id)
    ).all()


def _enrolments(workshop_id: int, first_day: date, last_day: date) -> dict[int, list[AnyRow]]:
    """Pupil → enrolments that meet the days (two, where a pupil left and came back), in the order of a register."""
    rows = db.session.execute(
        select(
            Pupil.id.label("pupil_id"),
            Pupil.last_name,
            Pupil.first_name,
            Enrolment.first_day,
            Enrolment.last_day,
        )
        .join(Enrolment, Enrolment.pupil_id == Pupil.id)
        .where(
            Enrolment.workshop_id == workshop_id,
            Enrolment.first_day <= last_day,
            or_(Enrolment.last_day.is_(None), Enrolment.last_day >= first_day),
        )
        .order_by(Pupil.sort_key, Pupil.id, Enrolment.first_day)
    )
    enrolled: defaultdict[int, list[AnyRow]] = defaultdict(list)
    for row in rows:
        enrolled[row.pupil_id].append(row)
    return enrolled


def _classes(pupil_ids: Iterable[int], on: date) -> dict[int, str]:
    """Pupil → class on the day, the last one before it for who has left."""
    rows = db.session.execute(
        select(ClassMembership.pupil_id, SchoolClass.name)
        .join(SchoolClass, SchoolClass.id == ClassMembership.class_id)
        .where(ClassMembership.pupil_id.in_(sorted(pupil_ids)), ClassMembership.valid_from <= on)
        .order_by(ClassMembership.valid_from, ClassMembership.id)
    )
    return dict(rows.all())


def _marks(workshop_id: int, first_day: date, last_day: date) -> dict[int, dict[int, RegisterMark]]:
    """Lesson → pupil → mark, those of cancelled lessons left out."""
    rows = db.session.execute(
        select(Mark.lesson_id, Mark.pupil_id, Mark.status, Mark.attended_minutes, Mark.offered_minutes, Mark.reason)
        .join(Lesson, Lesson.id == Mark.lesson_id)
        .where(
            Lesson.workshop_id == workshop_id,
            Lesson.day.between(first_day, last_day),
            Lesson.cancelled_by.is_(None),
        )
    )
    marks: defaultdict[int, dict[int, RegisterMark]] = defaultdict(dict)
    for lesson_id, pupil_id, status, attended, offered, reason in rows:
        marks[lesson_id][pupil_id] = RegisterMark(status, attended, offered, reason)
    return marks


def _lesson(row: AnyRow, marks: dict[int, RegisterMark]) -> RegisterLesson:
    cancelled = None
    if row.cancelled_by is not None:
        cancelled = row.cancelled_why or CANCELLED_BY_NAMES[row.cancelled_by]
    return RegisterLesson(
        lesson_id=row.id,
        day=row.day,
        start=row.start,
        end=row.end,
        minutes=row.minutes,
        topic=f"{row.topic} ({row.activity})" if row.topic and row.activity else row.topic or row.activity,
        held=row.signed_at is not None,
        cancelled=cancelled,
        facilitator=row.holder or "",
        signed=Signature(row.signer, row.signed_at) if row.signed_at else None,
        countersigned=Signature(row.countersigner, row.countersigned_at) if row.countersigned_at else None,
        present=sum(mark.status not in _STATUSES_NOT_THERE for mark in marks.values()) if marks else None,
    )


def _pupil(
    enrolments: list[AnyRow],
    lessons: Sequence[AnyRow],
    marks: dict[int, dict[int, RegisterMark]],
    classes: dict[int, str],
) -> RegisterPupil:
    pupil_id = enrolments[0].pupil_id
    periods = [Period(row.first_day, row.last_day) for row in enrolments]

    def mark(lesson: AnyRow) -> RegisterMark | None:
        made = marks.get(lesson.id, {}).get(pupil_id)
        if made is None and any(period.covers(lesson.day) for period in periods):
            return RegisterMark(status=None)
        return made

    made = tuple(mark(lesson) for lesson in lessons)
    return RegisterPupil(
        pupil_id=pupil_id,
        name=f"{enrolments[0].last_name} {enrolments[0].first_name}".strip(),
        school_class=classes.get(pupil_id, ""),
        first_day=periods[0].first_day,
        last_day=periods[-1].last_day,
        marks=made,
        figure=marks_figure(made),
    )
