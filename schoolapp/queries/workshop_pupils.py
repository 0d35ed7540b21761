"""The pupils of one workshop with their attendance."""

from datetime import date
from functools import lru_cache

from sqlalchemy import BindParameter, Select, bindparam, func, select

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.permissions import Permission
from schoolapp.domain.workshop_cards import PupilLine
from schoolapp.extensions import db
from schoolapp.models import ClassMembership, Enrolment, Pupil, SchoolClass, Workshop
from schoolapp.queries import attendance, scope


def list_of(actor: Actor, workshop_id: int) -> list[PupilLine]:
    """The pupils of a workshop, who has left among them, with the attendance of each from the own first day to today.

    Three statements, whatever the number of pupils. The name is first name first, as pupils are spoken of.
    """
    today = clock.today()
    rows = db.session.execute(_enrolled(actor), {"workshop_id": workshop_id}).all()
    figures = attendance.figures(actor, workshop_ids=[workshop_id], first_day=date.min, last_day=today)
    classes = dict(db.session.execute(_CLASSES, {"pupil_ids": [row[0] for row in rows]}).all())
    return [
        PupilLine(
            pupil_id=row[0],
            name=f"{row[1]} {row[2]}".strip(),
            school_class=classes.get(row[0], ""),
            first_day=row[3],
            last_day=None if row[4] == date.max else row[4],
            figure=figures.get((workshop_id, row[0]), AttendanceFigure(attended=0, offered=0)),
        )
        for row in rows
    ]


@lru_cache(maxsize=scope.KEPT)
def _enrolled(actor: Actor) -> Select[int, str, str, date, date]:
    return (
        select(
            Pupil.id,
            Pupil.first_name,
            Pupil.last_name,
            func.min(Enrolment.first_day),
            func.max(func.coalesce(Enrolment.last_day, date.max)),
        )
        .join(Enrolment, Enrolment.pupil_id == Pupil.id)
        .join(Workshop, Workshop.id == Enrolment.workshop_id)
        .where(Workshop.id == bindparam("workshop_id"), scope.workshops(actor, Permission.WORKSHOPS_READ))
        .group_by(Pupil.id, Pupil.first_name, Pupil.last_name, Pupil.sort_key)
        .order_by(Pupil.sort_key, Pupil.id)
    )


_OF_PUPILS: BindParameter[int] = bindparam("pupil_ids", expanding=True)
_CLASSES = (
    select(ClassMembership.pupil_id, SchoolClass.name)
    .join(SchoolClass, SchoolClass.id == ClassMembership.class_id)
    .where(ClassMembership.pupil_id.in_(_OF_PUPILS))
    .order_by(ClassMembership.valid_from, ClassMembership.id)
)
"""The present class of each pupil comes last, or the last one of who has left it."""


def count(actor: Actor) -> int:
    """Pupils on the lists that the person sees: the first step before a workshop."""
    return (
        db.session.scalar(
            select(func.count()).where(scope.pupils(actor, Permission.PUPILS_READ), Pupil.archived_at.is_(None))
        )
        or 0
    )
