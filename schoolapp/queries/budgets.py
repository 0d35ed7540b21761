"""Hour budgets: whose, how much is granted, committed, used and left, and what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from schoolapp.domain.actors import Actor
from schoolapp.domain.hours import BudgetFigure
from schoolapp.domain.meetings import MeetingContext
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import Ambito, BudgetChange, FundingLine, HourBudget, Institute, SchoolYear, Service, User
from schoolapp.queries import mediation_scope


@dataclass(frozen=True)
class BudgetLine:
    """One budget as lists and the form of a request tell it."""

    id: int
    owner: str
    institute_id: int | None
    service_id: int | None
    funding_line: str
    year: str
    last_day: date
    needs_grant: bool
    figure: BudgetFigure


@dataclass(frozen=True)
class ChangeLine:
    """Minutes granted, first or later."""

    at: datetime
    minutes: int
    reason: str
    by: str


@dataclass(frozen=True)
class ServiceLine:
    """A service of the Ambito."""

    id: int
    name: str
    context: MeetingContext
    place: str


@dataclass(frozen=True)
class BudgetCard:
    line: BudgetLine
    changes: list[ChangeLine]


def list_budgets(actor: Actor, *, on: date) -> list[BudgetLine]:
    """Budgets of the school year of `on` that the person reads, by owner and funding line. One statement."""
    return _found(
        _lines()
        .where(mediation_scope.hour_budgets(actor, Permission.BUDGETS_READ), _of_year(on))
        .order_by(func.coalesce(Institute.name, Service.name), FundingLine.name, HourBudget.id)
    )


def of_asker(
    actor: Actor, *, institute_id: int | None = None, service_id: int | None = None, on: date
) -> list[BudgetLine]:
    """The budgets from which a request of this school or service can take its hours: seen before one asks."""
    owner: ColumnElement[bool] = false()
    if institute_id is not None:
        owner = HourBudget.institute_id == institute_id
    elif service_id is not None:
        owner = HourBudget.service_id == service_id
    inside = mediation_scope.hour_budgets(actor, Permission.MEETINGS_REQUEST)
    return _found(_lines().where(inside, owner, _of_year(on)).order_by(HourBudget.id))


def card(actor: Actor, budget_id: int) -> BudgetCard:
    """One budget with what changed, the latest first. Raises NoResultFound outside the person's scope."""
    statement = _lines().where(HourBudget.id == budget_id, mediation_scope.hour_budgets(actor, Permission.BUDGETS_READ))
    line = _line(db.session.execute(statement).one())
    changes = (
        select(BudgetChange.at, BudgetChange.minutes, BudgetChange.reason, User.name)
        .join(User, User.id == BudgetChange.by_id)
        .where(BudgetChange.budget_id == budget_id)
        .order_by(BudgetChange.at.desc(), BudgetChange.id.desc())
    )
    return BudgetCard(line, [ChangeLine(*row) for row in db.session.execute(changes)])


def owners(actor: Actor) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Institutes and services (id, name) of the Ambiti to whom the person may grant hours."""
    ambiti = sorted(mediation_scope.districts(actor, Permission.BUDGETS_MANAGE))
    found = []
    for model in (Institute, Service):
        statement = (
            select(model.id, model.name)
            .where(model.ambito_id.in_(ambiti), model.valid_to.is_(None))
            .order_by(model.name, model.id)
        )
        found.append([(row[0], row[1]) for row in db.session.execute(statement)])
    return found[0], found[1]


def list_services(actor: Actor) -> list[ServiceLine]:
    """The services of the Ambiti whose office the person is."""
    statement = (
        select(Service.id, Service.name, Service.context, Service.place)
        .where(Service.ambito_id.in_(sorted(mediation_scope.districts(actor, Permission.BUDGETS_MANAGE))))
        .order_by(Service.name, Service.id)
    )
    return [ServiceLine(*row) for row in db.session.execute(statement)]


def ambiti(actor: Actor) -> list[tuple[int, str]]:
    """The Ambiti (id, name) whose office the person is."""
    own = sorted(mediation_scope.districts(actor, Permission.BUDGETS_MANAGE))
    statement = select(Ambito.id, Ambito.name).where(Ambito.id.in_(own)).order_by(Ambito.name)
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def funding_lines(actor: Actor) -> list[tuple[int, str]]:
    """Funding lines (id, name) from which the person may grant hours."""
    ambiti = sorted(mediation_scope.districts(actor, Permission.BUDGETS_MANAGE))
    if not ambiti:
        return []
    statement = (
        select(FundingLine.id, FundingLine.name)
        .where(or_(FundingLine.ambito_id.in_(ambiti), FundingLine.ambito_id.is_(None)))
        .order_by(FundingLine.name, FundingLine.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def years(on: date) -> list[tuple[int, str]]:
    """School years (id, label) that are not over on the day, for which hours can be granted."""
    statement = select(SchoolYear.id, SchoolYear.label).where(SchoolYear.last_day >= on).order_by(SchoolYear.first_day)
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            HourBudget.id,
            func.coalesce(Institute.name, Service.name),
            HourBudget.institute_id,
            HourBudget.service_id,
            FundingLine.name,
            SchoolYear.label,
            SchoolYear.last_day,
            HourBudget.needs_grant,
            HourBudget.granted_minutes,
            HourBudget.committed_minutes,
            HourBudget.used_minutes,
        )
        .join(FundingLine, FundingLine.id == HourBudget.funding_line_id)
        .join(SchoolYear, SchoolYear.id == HourBudget.school_year_id)
        .outerjoin(Institute, Institute.id == HourBudget.institute_id)
        .outerjoin(Service, Service.id == HourBudget.service_id)
    )


def _of_year(on: date) -> ColumnElement[bool]:
    return (SchoolYear.first_day <= on) & (SchoolYear.last_day >= on)


def _found(statement: Select[*tuple[Any, ...]]) -> list[BudgetLine]:
    return [_line(row) for row in db.session.execute(statement)]


def _line(row: Sequence[Any]) -> BudgetLine:
    return BudgetLine(*(*row[:8], BudgetFigure(*row[8:])))
