"""Who holds a role at a school on a day: the name that signs its papers."""

from datetime import date

from sqlalchemy import Date, ScalarSelect, bindparam, or_, select

from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import Membership, User

_DAY = bindparam("day", type_=Date())


def holder(role: Role) -> ScalarSelect[str]:
    """Of several, who came last; the statement around it is given `institute_id` and `day`."""
    return (
        select(User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.institute_id == bindparam("institute_id"),
            Membership.role == role,
            Membership.valid_from <= _DAY,
            or_(Membership.valid_to.is_(None), Membership.valid_to >= _DAY),
        )
        .order_by(Membership.valid_from.desc(), Membership.id.desc())
        .limit(1)
        .scalar_subquery()
    )


_HEAD_TEACHER = select(holder(Role.HEAD))


def head_teacher(institute_id: int, on: date) -> str | None:
    return db.session.scalar(_HEAD_TEACHER, {"institute_id": institute_id, "day": on})
