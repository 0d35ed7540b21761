"""Lessons of a day and lessons that wait for someone."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from schoolapp.domain.actors import Actor
from schoolapp.domain.attendance import STATUSES_NOT_OFFERED, MarkStatus
from schoolapp.domain.day_plan import DayLesson, DayPlan, NextDay, SchoolDay, UnlistedCase, by_facilitator, plan_of
from schoolapp.domain.lessons import LessonFacts, lesson_status
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import Enrolment, Lesson, Mark, Site, UnlistedPupil, UnlistedState, User, Workshop
from schoolapp.queries import scope
from schoolapp.queries.rows import read

PAGE_LENGTH = 50
MOST_OVERDUE = 30
"""Unsigned lessons shown at once: whoever has more begins with the oldest."""


def day_plan(actor: Actor, day: date, now: datetime) -> DayPlan:
    """The lessons that `actor` holds on a day, and what of the past still wants a signature."""
    overdue: Sequence[DayLesson] = ()
    if day == now.date():
        overdue = _lessons(_overdue(actor, Permission.LESSONS_RECORD), day, now)
    lessons = _lessons(_of_day(actor, Permission.LESSONS_RECORD), day, now)
    next_day = _next_day(actor, Permission.LESSONS_RECORD, day, now, listed=not lessons)
    return plan_of(lessons, overdue=overdue, day=day, now=now, next_day=next_day)


def school_day(actor: Actor, day: date, now: datetime) -> SchoolDay:
    """The lessons of the school on a day, with what waits for coordinator or head."""
    lessons = tuple(_lessons(_of_day(actor, Permission.LESSONS_COUNTERSIGN), day, now))
    unsigned = _lessons(_overdue(actor, Permission.LESSONS_COUNTERSIGN), day, now) if day == now.date() else ()
    return SchoolDay(
        lessons=lessons,
        next_day=None if lessons else _next_day(actor, Permission.LESSONS_COUNTERSIGN, day, now, listed=True),
        to_countersign=db.session.scalar(_count_to_countersign(actor)) or 0,
        unlisted=tuple(UnlistedCase(*row) for row in read(_unlisted(actor)).all()),
        to_sign=by_facilitator(unsigned),
    )


@dataclass(frozen=True)
class LessonToCountersign:
    lesson_id: int
    title: str
    facts: LessonFacts
    signer: str
    signed_at: datetime
    present: int


@dataclass(frozen=True)
class WorkshopChoice:
    workshop_id: int
    title: str
    waiting: int


def to_countersign(
    actor: Actor, *, workshop_id: int | None = None, month: date | None = None
) -> tuple[LessonToCountersign, ...]:
    """The first lessons without the school's visto, the oldest first, of one workshop or month where they are given."""
    statement = (
        _with_counts(
            select(
                Lesson.id,
                Workshop.title,
                Lesson.day,
                Lesson.start,
                Lesson.end,
                Lesson.topic,
                User.name,
                Lesson.signed_at,
            )
        )
        .join(User, User.id == Lesson.signed_by_id)
        .where(scope.lessons(actor, Permission.LESSONS_COUNTERSIGN), _uncountersigned())
        .order_by(Lesson.day, Lesson.start, Lesson.id)
        .limit(PAGE_LENGTH)
    )
    if workshop_id is not None:
        statement = statement.where(Lesson.workshop_id == workshop_id)
    if month is not None:
        last = month.replace(day=monthrange(month.year, month.month)[1])
        statement = statement.where(Lesson.day.between(month.replace(day=1), last))
    return tuple(
        LessonToCountersign(
            lesson_id=row[0],
            title=row[1],
            facts=LessonFacts(
                day=row[2], start=row[3], end=row[4], topic=row[5], enrolled=row[8], marked=row[9], signed=True
            ),
            signer=row[6],
            signed_at=row[7],
            present=row[10],
        )
        for row in db.session.execute(statement)
    )


def countersign_choices(actor: Actor) -> tuple[tuple[WorkshopChoice, ...], tuple[date, ...]]:
    """Workshops and months (first days) that have lessons to countersign."""
    rows = db.session.execute(
        select(Workshop.id, Workshop.title, Lesson.day)
        .join(Lesson, Lesson.workshop_id == Workshop.id)
        .where(scope.lessons(actor, Permission.LESSONS_COUNTERSIGN), _uncountersigned())
        .order_by(Workshop.title, Workshop.id)
    ).all()
    counts: dict[int, int] = {}
    for workshop_id, _title, _day in rows:
        counts[workshop_id] = counts.get(workshop_id, 0) + 1
    titles = {workshop_id: title for workshop_id, title, _day in rows}
    workshops = tuple(WorkshopChoice(key, title, counts[key]) for key, title in titles.items())
    return workshops, tuple(sorted({day.replace(day=1) for _id, _title, day in rows}))


def _uncountersigned() -> ColumnElement[bool]:
    return and_(Lesson.signed_at.is_not(None), Lesson.countersigned_at.is_(None))


def _with_counts(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The statement with, for each lesson, the pupils enrolled on its day, those marked and those who were there."""
    enrolled = (
        select(func.count())
        .select_from(Enrolment)
        .where(
            Enrolment.workshop_id == Lesson.workshop_id,
            Enrolment.first_day <= Lesson.day,
            or_(Enrolment.last_day.is_(None), Enrolment.last_day >= Lesson.day),
        )
    )
    marked = select(func.count()).select_from(Mark).where(Mark.lesson_id == Lesson.id)
    present = marked.where(Mark.status.not_in([*STATUSES_NOT_OFFERED, MarkStatus.ABSENT]))
    return statement.add_columns(
        *(count.correlate(Lesson).scalar_subquery() for count in (enrolled, marked, present))
    ).join(Workshop, Workshop.id == Lesson.workshop_id)


# Below, statements are made once a person: the day is their only value that changes.
_Statement = Select[*tuple[Any, ...]]

_LINES: _Statement = (
    _with_counts(
        select(
            Lesson.id,
            Lesson.workshop_id,
            Workshop.title,
            Workshop.level,
            Site.name.label("site"),
            Lesson.place,
            Workshop.place.label("usual_place"),
            User.name.label("facilitator"),
            Lesson.day,
            Lesson.start,
            Lesson.end,
            Lesson.topic,
            Lesson.signed_at,
            Lesson.countersigned_at,
            Lesson.cancelled_by,
            Lesson.moved_from_day,
        )
    )
    .join(Site, Site.id == Workshop.site_id)
    .join(User, User.id == Lesson.facilitator_id, isouter=True)
    .order_by(Lesson.day, Lesson.start, Workshop.title, Lesson.id)
)


@lru_cache(maxsize=scope.KEPT)
def _of_day(actor: Actor, permission: Permission) -> _Statement:
    # A range of one day: with "=" SQLite begins with the lessons of that day in all schools, thousands in a region.
    return _LINES.where(scope.lessons(actor, permission), Lesson.day.between(bindparam("day"), bindparam("day")))


@lru_cache(maxsize=scope.KEPT)
def _overdue(actor: Actor, permission: Permission) -> _Statement:
    return _LINES.where(
        scope.lessons(actor, permission),
        Lesson.day < bindparam("day"),
        Lesson.signed_at.is_(None),
        Lesson.cancelled_by.is_(None),
    ).limit(MOST_OVERDUE)


@lru_cache(maxsize=scope.KEPT)
def _days_after(actor: Actor, permission: Permission) -> _Statement:
    return (
        select(Lesson.day, func.count())
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .where(scope.lessons(actor, permission), Lesson.day > bindparam("day"), Lesson.cancelled_by.is_(None))
        .group_by(Lesson.day)
        .order_by(Lesson.day)
        .limit(1)
    )


@lru_cache(maxsize=scope.KEPT)
def _count_to_countersign(actor: Actor) -> Select[int]:
    return (
        select(func.count())
        .select_from(Lesson)
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .where(scope.lessons(actor, Permission.LESSONS_COUNTERSIGN), _uncountersigned())
    )


@lru_cache(maxsize=scope.KEPT)
def _unlisted(actor: Actor) -> _Statement:
    return (
        select(
            UnlistedPupil.id,
            UnlistedPupil.name,
            UnlistedPupil.class_name,
            Lesson.id,
            Workshop.id,
            Workshop.title,
            Lesson.day,
        )
        .join(Lesson, Lesson.id == UnlistedPupil.lesson_id)
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .where(UnlistedPupil.state == UnlistedState.PROPOSED, scope.lessons(actor, Permission.ENROLMENTS_MANAGE))
        .order_by(Lesson.day, UnlistedPupil.id)
    )


def _next_day(actor: Actor, permission: Permission, after: date, now: datetime, *, listed: bool) -> NextDay | None:
    found = read(_days_after(actor, permission), {"day": after}).one_or_none()
    if found is None:
        return None
    lessons = _lessons(_of_day(actor, permission), found[0], now) if listed else ()
    return NextDay(found[0], found[1], tuple(lessons))


def _lessons(statement: _Statement, day: date, now: datetime) -> list[DayLesson]:
    return [_day_lesson(row, now) for row in read(statement, {"day": day}).all()]


def _day_lesson(row: Any, now: datetime) -> DayLesson:
    *_columns, enrolled, marked, present = row
    facts = LessonFacts(
        day=row.day,
        start=row.start,
        end=row.end,
        topic=row.topic,
        enrolled=enrolled,
        marked=marked,
        signed=row.signed_at is not None,
        countersigned=row.countersigned_at is not None,
        cancelled=row.cancelled_by is not None,
    )
    return DayLesson(
        lesson_id=row.id,
        workshop_id=row.workshop_id,
        title=row.title,
        level=row.level,
        site=row.site,
        place=row.place or row.usual_place,
        facilitator=row.facilitator or "",
        facts=facts,
        present=present,
        moved=row.moved_from_day is not None,
        status=lesson_status(facts, now),
    )
