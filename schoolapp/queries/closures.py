"""Days without lessons, of the region and of one's own institutes."""

from datetime import date

from sqlalchemy import Select, or_, select

from schoolapp.domain.actors import Actor
from schoolapp.domain.permissions import Permission
from schoolapp.domain.workshop_cards import ClosureLine
from schoolapp.extensions import db
from schoolapp.models import Closure, Institute
from schoolapp.queries import scope


def list_from(actor: Actor, day: date) -> list[ClosureLine]:
    """The closures that end on the day or later and hold for the person's institutes, in the order of their days."""
    rows = db.session.execute(
        select(Closure.id, Closure.institute_id, Closure.first_day, Closure.last_day, Closure.name)
        .where(
            Closure.last_day >= day,
            or_(Closure.institute_id.is_(None), Closure.institute_id.in_(_own_institutes(actor))),
        )
        .order_by(Closure.first_day, Closure.id)
    )
    return [ClosureLine(*row) for row in rows]


def get(actor: Actor, closure_id: int) -> ClosureLine:
    """A closure of an own institute; those of the region are nobody's to change."""
    row = db.session.execute(
        select(Closure.id, Closure.institute_id, Closure.first_day, Closure.last_day, Closure.name).where(
            Closure.id == closure_id, Closure.institute_id.in_(_own_institutes(actor))
        )
    ).one()
    return ClosureLine(*row)


def institutes(actor: Actor) -> list[tuple[int, str]]:
    """Institutes whose closures the person sets, by name."""
    rows = db.session.execute(
        select(Institute.id, Institute.name)
        .where(scope.institutes(actor, Permission.WORKSHOPS_MANAGE))
        .order_by(Institute.name, Institute.id)
    )
    return [(row.id, row.name) for row in rows]


def _own_institutes(actor: Actor) -> Select[int]:
    return select(Institute.id).where(scope.institutes(actor, Permission.WORKSHOPS_MANAGE))
