"""The pupils of one workshop with their attendance."""

from datetime import date

from sqlalchemy import func, select

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
    rows = db.session.execute(
        select(
            Pupil.id,
            Pupil.first_name,
            Pupil.last_name,
            func.min(Enrolment.first_day),
            func.max(func.coalesce(Enrolment.last_day, date.max)),
        )
        .join(Enrolment, Enrolment.pupil_id == Pupil.id)
        .join(Workshop, Workshop.id == Enrolment.workshop_id)
        .where(Workshop.id == workshop_id, scope.workshops(actor, Permission.WORKSHOPS_READ))
        .group_by(Pupil.id, Pupil.first_name, Pupil.last_name, Pupil.sort_key)
        .order_by(Pupil.sort_key, Pupil.id)
    ).all()
    figures = attendance.figures(actor, workshop_ids=[workshop_id], first_day=date.min, last_day=today)
    classes = _classes([row[0] for row in rows])
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


def _classes(pupil_ids: list[int]) -> dict[int, str]:
    """Pupil → the present class, the last one for who has left it."""
    rows = db.session.execute(
        select(ClassMembership.pupil_id, SchoolClass.name)
        .join(SchoolClass, SchoolClass.id == ClassMembership.class_id)
        .where(ClassMembership.pupil_id.in_(pupil_ids))
        .order_by(ClassMembership.valid_from, ClassMembership.id)
    )
    return {row[0]: row[1] for row in rows}


def count(actor: Actor) -> int:
    """Pupils on the lists that the person sees: the first step before a workshop."""
    return (
        db.session.scalar(
            select(func.count()).where(scope.pupils(actor, Permission.PUPILS_READ), Pupil.archived_at.is_(None))
        )
        or 0
    )
