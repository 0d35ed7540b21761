"""Lessons of a workshop, and what is already taken at their times."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, exists, or_, select
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

MOST_UPCOMING = 4
"""Lessons on the page of the workshop; all of them have a page of their own."""


_LessonQuestion = Select[*tuple[Any, ...]]
"""What a `LessonLine` says of a lesson."""


def lessons(actor: Actor, workshop_id: int) -> list[LessonLine]:
    """All lessons of a workshop that the person sees, in the order of their days."""
    return _lines(_in_scope(actor), workshop_id=workshop_id)


def next_lessons(actor: Actor, workshop_id: int) -> list[LessonLine]:
    """The lessons from today on, the cancelled ones among them."""
    return _lines(_upcoming(actor), workshop_id=workshop_id, today=clock.today())


def lesson(actor: Actor, workshop_id: int, lesson_id: int) -> LessonLine:
    """One lesson of this very workshop, for who arranges its timetable."""
    question = _in_scope(actor, Permission.WORKSHOPS_MANAGE).where(Lesson.id == lesson_id)
    found = _lines(question, workshop_id=workshop_id)
    if not found:
        raise NoResultFound
    return found[0]


_Recovered = aliased(Lesson)
_Recovering = aliased(Lesson)


@lru_cache(maxsize=scope.KEPT)
def _in_scope(actor: Actor, permission: Permission = Permission.WORKSHOPS_READ) -> _LessonQuestion:
    return (
        select(
            Lesson.id,
            Lesson.day,
            Lesson.start,
            Lesson.end,
            Lesson.minutes,
            Lesson.place,
            Lesson.facilitator_id,
            User.name.label("facilitator"),
            Lesson.topic,
            Lesson.signed_at,
            Lesson.countersigned_at,
            exists().where(Mark.lesson_id == Lesson.id).label("marked"),
            Lesson.moved_from_day,
            Lesson.moved_from_start,
            Lesson.moved_why,
            Lesson.cancelled_by,
            Lesson.cancelled_why,
            Lesson.recovers_id,
            _Recovered.day.label("recovers_day"),
            _Recovering.day.label("recovered_by_day"),
        )
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .outerjoin(User, User.id == Lesson.facilitator_id)
        .outerjoin(_Recovered, _Recovered.id == Lesson.recovers_id)
        .outerjoin(_Recovering, _Recovering.recovers_id == Lesson.id)
        .where(Lesson.workshop_id == bindparam("workshop_id"), scope.workshops(actor, permission))
        .order_by(Lesson.day, Lesson.start, Lesson.id)
    )


@lru_cache(maxsize=scope.KEPT)
def _upcoming(actor: Actor) -> _LessonQuestion:
    return _in_scope(actor).where(Lesson.day >= bindparam("today", type_=Date)).limit(MOST_UPCOMING)


def _lines(question: _LessonQuestion, **values: Any) -> list[LessonLine]:
    now = clock.local_now()
    return [
        LessonLine(
            id=row.id,
            day=row.day,
            start=row.start,
            end=row.end,
            minutes=row.minutes,
            place=row.place,
            facilitator_id=row.facilitator_id,
            facilitator=row.facilitator,
            topic=row.topic,
            status=lesson_status(
                LessonFacts(
                    day=row.day,
                    start=row.start,
                    end=row.end,
                    signed=row.signed_at is not None,
                    countersigned=row.countersigned_at is not None,
                    cancelled=row.cancelled_by is not None,
                ),
                now,
            ),
            marked=row.marked,
            moved_from_day=row.moved_from_day,
            moved_from_start=row.moved_from_start,
            moved_why=row.moved_why,
            cancelled_by=row.cancelled_by,
            cancelled_why=row.cancelled_why,
            recovers_id=row.recovers_id,
            recovers_day=row.recovers_day,
            recovered_by_day=row.recovered_by_day,
        )
        for row in db.session.execute(question, values)
    ]


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
