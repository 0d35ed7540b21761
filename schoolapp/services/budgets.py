"""Hour budgets: granted by the Ambito, committed by requests, used by what was done. One ledger, no hour twice."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError

from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.hours import BudgetFigure
from schoolapp.domain.meetings import MeetingContext
from schoolapp.domain.permissions import Permission
from schoolapp.domain.pupils import tidy
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import BudgetChange, FundingLine, HourBudget, Institute, Service
from schoolapp.queries import mediation_scope
from schoolapp.services import audit

MOST_REASON_LETTERS = 200
MOST_MINUTES = 10_000 * 60


def grant(
    actor: Actor,
    *,
    institute_id: int | None = None,
    service_id: int | None = None,
    funding_line_id: int,
    school_year_id: int,
    minutes: int,
    needs_grant: bool,
    at: datetime,
) -> HourBudget:
    """The Ambito gives a school or a service its hours of a funding line for a school year, once."""
    ambito_id = _ambito_of(institute_id, service_id)
    if ambito_id not in mediation_scope.districts(actor, Permission.BUDGETS_MANAGE):
        raise RuleViolation(N_("Scegli una scuola o un servizio del tuo Ambito."), field="owner")
    line = db.session.get_one(FundingLine, funding_line_id)
    if line.ambito_id not in (None, ambito_id):
        raise RuleViolation(N_("Scegli una linea di finanziamento del tuo Ambito."), field="funding_line_id")
    _ensure_minutes(minutes)
    budget = HourBudget(
        ambito_id=ambito_id,
        institute_id=institute_id,
        service_id=service_id,
        funding_line_id=funding_line_id,
        school_year_id=school_year_id,
        granted_minutes=minutes,
        needs_grant=needs_grant,
    )
    try:
        with db.session.begin_nested():
            db.session.add(budget)
    except IntegrityError:
        raise RuleViolation(
            N_("C’è già un monte ore di questa linea per quest’anno: aggiungi ore a quello."), field="funding_line_id"
        ) from None
    _note(budget, actor, minutes=minutes, reason="", at=at)
    return budget


def change(actor: Actor, budget_id: int, *, minutes: int, reason: str, at: datetime) -> HourBudget:
    """An addendum: minutes more, or fewer where they are still free; always with its reason."""
    statement = (
        select(HourBudget)
        .where(HourBudget.id == budget_id, mediation_scope.hour_budgets(actor, Permission.BUDGETS_MANAGE))
        .with_for_update(of=HourBudget)
        .execution_options(populate_existing=True)
    )
    budget = db.session.scalars(statement).one()
    reason = tidy(reason)
    if not reason:
        raise RuleViolation(N_("Scrivi il motivo, per esempio «Integrazione di gennaio»."), field="reason")
    if len(reason) > MOST_REASON_LETTERS:
        raise RuleViolation(N_("Al massimo %(most)s lettere."), field="reason", most=MOST_REASON_LETTERS)
    if not minutes or abs(minutes) > MOST_MINUTES:
        raise RuleViolation(N_("Scrivi quante ore, per esempio 10."), field="minutes")
    if figure_of(budget).left + minutes < 0:
        raise RuleViolation(N_("Si possono togliere solo le ore ancora libere."), field="minutes")
    budget.granted_minutes += minutes
    _note(budget, actor, minutes=minutes, reason=reason, at=at)
    return budget


def ask_each(actor: Actor, budget_id: int, *, needs_grant: bool) -> HourBudget:
    """Whether the Ambito approves each request of this budget."""
    budget = db.session.scalars(
        select(HourBudget).where(
            HourBudget.id == budget_id, mediation_scope.hour_budgets(actor, Permission.BUDGETS_MANAGE)
        )
    ).one()
    budget.needs_grant = needs_grant
    db.session.flush()
    return budget


def figure_of(budget: HourBudget) -> BudgetFigure:
    return BudgetFigure(budget.granted_minutes, budget.committed_minutes, budget.used_minutes)


def commit(budget_id: int, minutes: int) -> None:
    """Hours that a request will need. Of two that take the last one together, one is told that it is not there."""
    _move(budget_id, committed=minutes)


def release(budget_id: int, minutes: int) -> None:
    """Committed hours that are free again."""
    _move(budget_id, committed=-minutes)


def use(budget_id: int, *, committed: int, used: int) -> None:
    """What was done counts, what was committed to it no more; the two may differ by some minutes."""
    _move(budget_id, committed=-committed, used=used)


def _move(budget_id: int, *, committed: int = 0, used: int = 0) -> None:
    """One statement that asks and takes: the row is locked by it, and the CHECK of the table stands behind it."""
    taken: ColumnElement[int] = HourBudget.committed_minutes + HourBudget.used_minutes + committed + used
    statement = (
        update(HourBudget)
        .where(HourBudget.id == budget_id, taken <= HourBudget.granted_minutes)
        .values(committed_minutes=HourBudget.committed_minutes + committed, used_minutes=HourBudget.used_minutes + used)
        .returning(HourBudget.committed_minutes, HourBudget.used_minutes, HourBudget.institute_id)
        .execution_options(synchronize_session=False)
    )
    row = db.session.execute(statement).one_or_none()
    budget = db.session.get_one(HourBudget, budget_id, populate_existing=True)
    if row is None:
        figure_of(budget).ensure_left_for(committed + used)
        raise RuleViolation(N_("Il monte ore non basta."))  # it was raised in between: who asks again is let through
    changes = {"committed_minutes": [row[0] - committed, row[0]], "used_minutes": [row[1] - used, row[1]]}
    audit.record(
        db.session(),
        action="changed",
        subject="hour_budget",
        subject_id=budget_id,
        institute_id=row[2],
        changes={name: values for name, values in changes.items() if values[0] != values[1]},
    )


def _ambito_of(institute_id: int | None, service_id: int | None) -> int | None:
    if institute_id is not None:
        return db.session.get_one(Institute, institute_id).ambito_id
    return db.session.get_one(Service, service_id).ambito_id if service_id is not None else None


def _ensure_minutes(minutes: int) -> None:
    if not 0 < minutes <= MOST_MINUTES:
        raise RuleViolation(N_("Scrivi quante ore, per esempio 60."), field="minutes")


def _note(budget: HourBudget, actor: Actor, *, minutes: int, reason: str, at: datetime) -> None:
    db.session.add(BudgetChange(budget=budget, minutes=minutes, reason=reason, at=at, by_id=actor.user_id))
    db.session.flush()


def open_service(
    actor: Actor, *, ambito_id: int | None, name: str, context: MeetingContext, place: str, on: date
) -> Service:
    """A service of the Ambito that may ask for mediators, by case code."""
    if ambito_id not in mediation_scope.districts(actor, Permission.BUDGETS_MANAGE) or ambito_id is None:
        raise RuleViolation(N_("Scegli il tuo Ambito."), field="ambito_id")
    service = Service(ambito_id=ambito_id, name=tidy(name), context=context, place=tidy(place), valid_from=on)
    try:
        with db.session.begin_nested():
            db.session.add(service)
    except IntegrityError:
        raise RuleViolation(N_("C’è già un servizio con questo nome."), field="name") from None
    return service
