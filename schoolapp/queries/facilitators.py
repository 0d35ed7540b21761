"""Who may run a workshop, and who pays for it: what a form offers and a service checks."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import FundingLine, Institute, Membership, Project, User
from schoolapp.queries import scope


def _valid(today: date) -> ColumnElement[bool]:
    return or_(Membership.valid_to.is_(None), Membership.valid_to >= today)


def choices(actor: Actor) -> list[tuple[int, str]]:
    """People with the facilitator's role, now or soon, in the institutes whose workshops the person arranges."""
    rows = db.session.execute(
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .join(Institute, Institute.id == Membership.institute_id)
        .where(
            Membership.role == Role.FACILITATOR,
            _valid(clock.today()),
            User.active,
            scope.institutes(actor, Permission.WORKSHOPS_MANAGE),
        )
        .distinct()
        .order_by(User.name, User.id)
    )
    return [(row.id, row.name) for row in rows]


def at_site_of(actor: Actor, institute_id: int) -> list[tuple[int, str]]:
    """The people of one institute whose workshops the person arranges."""
    offered = choices(actor)
    there = at_institute(institute_id, [user_id for user_id, _name in offered])
    return [(user_id, name) for user_id, name in offered if user_id in there]


def at_institute(institute_id: int, user_ids: Collection[int]) -> dict[int, str]:
    """Of these people, those who hold the facilitator's role at the institute, with their names."""
    rows = db.session.execute(
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(
            User.id.in_(sorted(user_ids)),
            User.active,
            Membership.role == Role.FACILITATOR,
            Membership.institute_id == institute_id,
            _valid(clock.today()),
        )
        .distinct()
    )
    return {row.id: row.name for row in rows}


def funding_choices(actor: Actor) -> list[tuple[int, str]]:
    """Funding lines of the ambiti of the institutes whose workshops the person arranges, and those of everybody."""
    ambiti = select(Institute.ambito_id).where(scope.institutes(actor, Permission.WORKSHOPS_MANAGE))
    rows = db.session.execute(
        select(FundingLine.id, FundingLine.name, Project.code)
        .outerjoin(Project, Project.id == FundingLine.project_id)
        .where(or_(FundingLine.ambito_id.is_(None), FundingLine.ambito_id.in_(ambiti)))
        .order_by(FundingLine.name, FundingLine.id)
    )
    return [(row.id, f"{row.name} ({row.code})" if row.code else row.name) for row in rows]


def may_fund(institute_id: int, funding_line_id: int) -> bool:
    """Whether the funding line pays for workshops of the institute."""
    ambito = select(Institute.ambito_id).where(Institute.id == institute_id).scalar_subquery()
    condition = or_(FundingLine.ambito_id.is_(None), FundingLine.ambito_id == ambito)
    return db.session.scalar(select(FundingLine.id).where(FundingLine.id == funding_line_id, condition)) is not None
