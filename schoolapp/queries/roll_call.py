"""The roll call of one lesson, as the page shows it and as the services change it."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from schoolapp.domain.actors import Actor
from schoolapp.domain.lessons import CANCELLED_BY_NAMES, LessonFacts
from schoolapp.domain.names import PersonName, display_names
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roll_call import (
    MARK_OF,
    Correction,
    KeptMark,
    MarkValue,
    RollCall,
    RollCallRow,
    UnlistedName,
    activities_in,
    value_of_code,
)
from schoolapp.domain.search_keys import search_key
from schoolapp.extensions import db
from schoolapp.models import AuditEvent, Enrolment, Lesson, Mark, Pupil, Site, UnlistedPupil, User, Workshop
from schoolapp.queries import scope
from schoolapp.queries.rows import read

AnyRow = Row[*tuple[Any, ...]]


def get(actor: Actor, lesson_id: int) -> RollCall:
    """All that the register page of a lesson shows. Raises NoResultFound where the person may not read the lesson."""
    head = _head(actor, lesson_id, Permission.LESSONS_READ)
    return _roll_call(
        head,
        earlier_topic=_earlier_topic(head) if head.signed_at is None else None,
        unlisted=_unlisted(lesson_id),
        corrections=_corrections(lesson_id) if head.signed_at is not None else (),
    )


def for_change(actor: Actor, lesson_id: int, permission: Permission) -> RollCall:
    """The lesson and its marks, held until the transaction ends so that nobody else changes them meanwhile.

    Raises NoResultFound where the person does not hold `permission` for the lesson.
    """
    return _roll_call(_head(actor, lesson_id, permission, locked=True))


def _head(actor: Actor, lesson_id: int, permission: Permission, *, locked: bool = False) -> AnyRow:
    statement = _head_statement(actor, permission)
    if locked:
        statement = statement.with_for_update(of=Lesson)
    return db.session.execute(statement, {"lesson_id": lesson_id}).one()


@lru_cache(maxsize=scope.KEPT)
def _head_statement(actor: Actor, permission: Permission) -> Select[*tuple[Any, ...]]:
    holder, signer, countersigner = aliased(User), aliased(User), aliased(User)
    return (
        select(
            Lesson.id,
            Lesson.workshop_id,
            Lesson.version,
            Lesson.day,
            Lesson.start,
            Lesson.end,
            Lesson.topic,
            Lesson.activity,
            Lesson.place,
            Lesson.cancelled_by,
            Lesson.cancelled_why,
            Lesson.signed_at,
            Lesson.countersigned_at,
            Lesson.facilitator_id,
            Workshop.institute_id,
            Workshop.title,
            Workshop.place.label("usual_place"),
            Site.name.label("site"),
            holder.name.label("holder"),
            signer.name.label("signer"),
            countersigner.name.label("countersigner"),
            scope.lessons(actor, Permission.LESSONS_RECORD).label("may_record"),
            scope.lessons(actor, Permission.LESSONS_CORRECT).label("may_correct"),
            scope.lessons(actor, Permission.LESSONS_COUNTERSIGN).label("may_countersign"),
        )
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .join(Site, Site.id == Workshop.site_id)
        .join(holder, holder.id == Lesson.facilitator_id, isouter=True)
        .join(signer, signer.id == Lesson.signed_by_id, isouter=True)
        .join(countersigner, countersigner.id == Lesson.countersigned_by_id, isouter=True)
        .where(Lesson.id == bindparam("lesson_id"), scope.lessons(actor, permission))
    )


def _roll_call(head: AnyRow, **more: Any) -> RollCall:
    rows = _rows(head.id, head.workshop_id, head.day)
    return RollCall(
        lesson_id=head.id,
        workshop_id=head.workshop_id,
        institute_id=head.institute_id,
        version=head.version,
        title=head.title,
        site=head.site,
        place=head.place or head.usual_place,
        facts=LessonFacts(
            day=head.day,
            start=head.start,
            end=head.end,
            topic=head.topic,
            enrolled=len(rows),
            marked=sum(row.kept is not None for row in rows),
            signed=head.signed_at is not None,
            countersigned=head.countersigned_at is not None,
            cancelled=head.cancelled_by is not None,
        ),
        activities=activities_in(head.activity),
        rows=rows,
        facilitator_id=head.facilitator_id,
        facilitator=head.holder or "",
        cancelled_why=head.cancelled_why or (CANCELLED_BY_NAMES[head.cancelled_by] if head.cancelled_by else ""),
        signed_at=head.signed_at,
        signer=head.signer or "",
        countersigned_at=head.countersigned_at,
        countersigner=head.countersigner or "",
        may_record=bool(head.may_record),
        may_correct=bool(head.may_correct),
        may_countersign=bool(head.may_countersign),
        **more,
    )


_MARKED_PUPILS = (
    select(
        Pupil.id,
        Pupil.last_name,
        Pupil.first_name,
        Pupil.called_name,
        Mark.status,
        Mark.missed_minutes,
        Mark.reason,
        Mark.version,
        Mark.recorded_by_id,
        User.name,
        Mark.recorded_at,
    )
    .select_from(Enrolment)
    .join(Pupil, Pupil.id == Enrolment.pupil_id)
    .join(Mark, and_(Mark.lesson_id == bindparam("lesson_id"), Mark.pupil_id == Pupil.id), isouter=True)
    .join(User, User.id == Mark.recorded_by_id, isouter=True)
    .where(
        Enrolment.workshop_id == bindparam("workshop_id"),
        Enrolment.first_day <= bindparam("day"),
        or_(Enrolment.last_day.is_(None), Enrolment.last_day >= bindparam("day")),
    )
)


def _rows(lesson_id: int, workshop_id: int, day: date) -> tuple[RollCallRow, ...]:
    """The pupils enrolled on the day with their marks, by the name they are called by."""
    values = {"lesson_id": lesson_id, "workshop_id": workshop_id, "day": day}
    found: Sequence[AnyRow] = read(_MARKED_PUPILS, values).all()
    names = display_names(PersonName(row[0], row[1], row[2], row[3]) for row in found)
    rows = []
    for pupil_id, _last, _first, _called, status, missed, reason, version, author_id, author, at in found:
        kept = KeptMark(MarkValue(status, missed, reason), version, author_id, author, at) if status else None
        rows.append(RollCallRow(pupil_id, names[pupil_id], kept))
    rows.sort(key=lambda row: (search_key(row.name), row.pupil_id))
    return tuple(rows)


_EARLIER_TOPIC = (
    select(Lesson.day, Lesson.topic)
    .where(Lesson.workshop_id == bindparam("workshop_id"), Lesson.day < bindparam("day"), Lesson.topic != "")
    .order_by(Lesson.day.desc(), Lesson.start.desc())
    .limit(1)
)


def _earlier_topic(head: AnyRow) -> tuple[date, str] | None:
    """Day and topic of the lesson before, to go on from."""
    values = {"workshop_id": head.workshop_id, "day": head.day}
    found = read(_EARLIER_TOPIC, values).one_or_none()
    return (found[0], found[1]) if found else None


_UNLISTED = (
    select(UnlistedPupil.name, UnlistedPupil.class_name)
    .where(UnlistedPupil.lesson_id == bindparam("lesson_id"))
    .order_by(UnlistedPupil.id)
)


def _unlisted(lesson_id: int) -> tuple[UnlistedName, ...]:
    found = read(_UNLISTED, {"lesson_id": lesson_id}).all()
    return tuple(UnlistedName(name, class_name) for name, class_name in found)


def _corrections(lesson_id: int) -> tuple[Correction, ...]:
    found = db.session.execute(
        select(AuditEvent.at, User.name, AuditEvent.reason, AuditEvent.changes)
        .join(User, User.id == AuditEvent.user_id)
        .where(
            AuditEvent.subject == Lesson.__tablename__,
            AuditEvent.subject_id == lesson_id,
            AuditEvent.action == "corrected",
        )
        .order_by(AuditEvent.id)
    )
    return tuple(
        Correction(
            at,
            author,
            reason or "",
            marks=tuple(
                (int(column.removeprefix(MARK_OF)), value_of_code(old), value_of_code(new))
                for column, (old, new) in changes.items()
                if column.startswith(MARK_OF)
            ),
            topic=tuple(changes["topic"]) if "topic" in changes else None,
            activities=_activities(*changes["activity"]) if "activity" in changes else None,
        )
        for at, author, reason, changes in found
    )


def _activities(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return activities_in(old), activities_in(new)
