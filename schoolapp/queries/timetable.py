"""Lessons of a workshop, and what is already taken at their times."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import aliased

from schoolapp import clock
from schoolapp.domain import school_year
from schoolapp.domain.actors import Actor
from schoolapp.domain.lessons import LessonFacts, lesson_status
from schoolapp.domain.permissions import Permission
from schoolapp.domain.timetable import ClashKind, Commitment
from schoolapp.domain.wording import N_, Sentence
from schoolapp.domain.workshop_cards import LessonLine
from schoolapp.extensions import db
from schoolapp.models import Closure, Enrolment, Lesson, Mark, Pupil, Site, User, Workshop
from schoolapp.queries import scope

ANOTHER_SCHOOL = Sentence(N_("in un’altra scuola"))
"""Where a person is busy in an institute that is not the asker's: more is nobody's business."""


_LessonQuestion = Select[Lesson, Any, bool, Any, Any]
"""A lesson, the name of its facilitator, whether it has marks, the day it recovers, the day that recovers it."""


def lessons(actor: Actor, workshop_id: int) -> list[LessonLine]:
    """All lessons of a workshop that the person sees, in the order of their days."""
    return _lines(_in_scope(actor), workshop_id)


def next_lessons(actor: Actor, workshop_id: int, *, limit: int = 4) -> list[LessonLine]:
    """The lessons from today on, the cancelled ones among them."""
    return _lines(_in_scope(actor).where(Lesson.day >= clock.today()).limit(limit), workshop_id)


def lesson(actor: Actor, workshop_id: int, lesson_id: int) -> LessonLine:
    """One lesson of this very workshop, for who arranges its timetable."""
    found = _lines(_in_scope(actor, Permission.WORKSHOPS_MANAGE).where(Lesson.id == lesson_id), workshop_id)
    if not found:
        raise NoResultFound
    return found[0]


_Recovered = aliased(Lesson)
_Recovering = aliased(Lesson)


@lru_cache(maxsize=scope.KEPT)
def _in_scope(actor: Actor, permission: Permission = Permission.WORKSHOPS_READ) -> _LessonQuestion:
    return (
        select(
            Lesson,
            User.name,
            exists().where(Mark.lesson_id == Lesson.id),
            _Recovered.day,
            _Recovering.day,
        )
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .outerjoin(User, User.id == Lesson.facilitator_id)
        .outerjoin(_Recovered, _Recovered.id == Lesson.recovers_id)
        .outerjoin(_Recovering, _Recovering.recovers_id == Lesson.id)
        .where(Lesson.workshop_id == bindparam("workshop_id"), scope.workshops(actor, permission))
        .order_by(Lesson.day, Lesson.start, Lesson.id)
    )


def _lines(question: _LessonQuestion, workshop_id: int) -> list[LessonLine]:
    now = clock.local_now()
    lines = []
    for item, facilitator, marked, recovers_day, recovered_by_day in db.session.execute(
        question, {"workshop_id": workshop_id}
    ):
        facts = LessonFacts(
            day=item.day,
            start=item.start,
            end=item.end,
            signed=item.signed_at is not None,
            countersigned=item.countersigned_at is not None,
            cancelled=item.cancelled_by is not None,
        )
        lines.append(
            LessonLine(
                id=item.id,
                day=item.day,
                start=item.start,
                end=item.end,
                minutes=item.minutes,
                place=item.place,
                facilitator_id=item.facilitator_id,
                facilitator=facilitator,
                topic=item.topic,
                status=lesson_status(facts, now),
                marked=marked,
                moved_from_day=item.moved_from_day,
                moved_from_start=item.moved_from_start,
                moved_why=item.moved_why,
                cancelled_by=item.cancelled_by,
                cancelled_why=item.cancelled_why,
                recovers_id=item.recovers_id,
                recovers_day=recovers_day,
                recovered_by_day=recovered_by_day,
            )
        )
    return lines


def closures(institute_id: int, first_day: date, last_day: date) -> list[school_year.Closure]:
    """Days on which the institute is closed between two days: those of the region and its own."""
    rows = db.session.execute(
        select(Closure.first_day, Closure.last_day, Closure.name)
        .where(
            or_(Closure.institute_id.is_(None), Closure.institute_id == institute_id),
            Closure.first_day <= last_day,
            Closure.last_day >= first_day,
        )
        .order_by(Closure.first_day, Closure.id)
    )
    return [school_year.Closure(*row) for row in rows]


def commitments(
    *,
    institute_id: int,
    site_id: int,
    facilitator_ids: Collection[int],
    first_day: date,
    last_day: date,
    except_lessons: Collection[int] = (),
    except_workshop_id: int | None = None,
) -> list[Commitment]:
    """When the facilitators, anywhere, and the places of a site are taken, in one statement.

    `except_workshop_id` leaves out the lessons of a workshop whose timetable is being made, `except_lessons` single
    ones. An unplaced lesson takes no place.
    """
    theirs: ColumnElement[bool] = Lesson.facilitator_id.in_(sorted(facilitator_ids))
    condition = and_(
        Lesson.day.between(first_day, last_day),
        Lesson.cancelled_by.is_(None),
        or_(theirs, Workshop.site_id == site_id),
    )
    if except_workshop_id is not None:
        condition &= Lesson.workshop_id != except_workshop_id
    if except_lessons:
        condition &= Lesson.id.not_in(sorted(except_lessons))
    rows = db.session.execute(
        select(
            Lesson.facilitator_id,
            User.name,
            Lesson.day,
            Lesson.start,
            Lesson.end,
            Lesson.place,
            Workshop.title,
            Workshop.site_id,
            Workshop.institute_id,
            Site.name,
        )
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .join(Site, Site.id == Workshop.site_id)
        .outerjoin(User, User.id == Lesson.facilitator_id)
        .where(condition)
        .order_by(Lesson.day, Lesson.start, Lesson.id)
    )
    found = []
    for row in rows:
        if row.facilitator_id in facilitator_ids:
            where = row[9] if row.institute_id == institute_id else ANOTHER_SCHOOL
            found.append(Commitment(ClashKind.FACILITATOR, row.name, row.day, row.start, row.end, where))
        if row.site_id == site_id and row.place.strip():
            found.append(Commitment(ClashKind.PLACE, row.place, row.day, row.start, row.end, row.title))
    return found


def pupil_commitments(*, workshop_id: int, first_day: date, last_day: date) -> list[Commitment]:
    """Lessons of other workshops in which pupils of this one are enrolled too, in one statement."""
    here, there = aliased(Enrolment), aliased(Enrolment)
    on_the_day = [
        and_(enrolment.first_day <= Lesson.day, or_(enrolment.last_day.is_(None), enrolment.last_day >= Lesson.day))
        for enrolment in (here, there)
    ]
    rows = db.session.execute(
        select(Pupil.first_name, Pupil.last_name, Lesson.day, Lesson.start, Lesson.end, Workshop.title)
        .select_from(here)
        .join(there, and_(there.pupil_id == here.pupil_id, there.workshop_id != here.workshop_id))
        .join(Lesson, Lesson.workshop_id == there.workshop_id)
        .join(Workshop, Workshop.id == there.workshop_id)
        .join(Pupil, Pupil.id == here.pupil_id)
        .where(
            here.workshop_id == workshop_id,
            Lesson.day.between(first_day, last_day),
            Lesson.cancelled_by.is_(None),
            *on_the_day,
        )
        .order_by(Lesson.day, Lesson.start, Pupil.sort_key)
    )
    return [
        Commitment(ClashKind.PUPIL, f"{row.first_name} {row.last_name}".strip(), *row[2:5], row.title) for row in rows
    ]


def marked_lessons(lesson_ids: Iterable[int]) -> frozenset[int]:
    """Of these lessons, those whose roll call has begun."""
    ids = sorted(lesson_ids)
    if not ids:
        return frozenset()
    return frozenset(db.session.scalars(select(Mark.lesson_id).where(Mark.lesson_id.in_(ids)).distinct()))
