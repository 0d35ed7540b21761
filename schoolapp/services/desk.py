"""Sessions at an information desk: written by who runs the desk, straight into the ledger of hours."""

from datetime import datetime

from sqlalchemy import or_, select

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.desk import DeskSession, ensure_session
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.meetings import MeetingContext
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import (
    DeskContacts,
    HourBudget,
    HourEntry,
    Membership,
    Provider,
    SchoolYear,
    Service,
    User,
)
from schoolapp.queries import mediation_scope
from schoolapp.services import budgets


def record(actor: Actor, service_id: int, *, session: DeskSession, at: datetime) -> HourEntry:
    """Keep a session with its hours and contacts. Raises NoResultFound for a desk that is not the person's."""
    service = db.session.scalars(
        select(Service).where(
            Service.id == service_id,
            Service.context == MeetingContext.DESK,
            Service.id.in_(mediation_scope.services(actor, Permission.MEETINGS_COUNT)),
        )
    ).one()
    ensure_session(session, now=at.astimezone(SCHOOL_ZONE).replace(tzinfo=None))
    _ensure_mediator(service, session)
    _ensure_counted_once(session)
    budget = _budget_of(service, session)
    budgets.use(budget.id, committed=0, used=session.minutes)
    entry = HourEntry(
        mediator_id=session.mediator_id,
        kind=HoursKind.DESK,
        service_id=service.id,
        budget_id=budget.id,
        funding_line_id=budget.funding_line_id,
        day=session.day,
        start=session.start,
        end=session.end,
        minutes=session.minutes,
        place=service.place,
        validated_at=at,
        validated_by_id=actor.user_id,
        contacts=[
            DeskContacts(language=language, contacts=people) for language, people in sorted(session.contacts.items())
        ],
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def _ensure_mediator(service: Service, session: DeskSession) -> None:
    """A mediator of a cooperative of the Ambito, on that day."""
    held = (
        select(Membership.id)
        .join(Provider, Provider.id == Membership.provider_id)
        .where(
            Membership.user_id == session.mediator_id,
            Membership.role == Role.MEDIATOR,
            Provider.ambito_id == service.ambito_id,
            Membership.valid_from <= session.day,
            or_(Membership.valid_to.is_(None), Membership.valid_to >= session.day),
        )
    )
    if db.session.scalar(held.limit(1)) is None:
        raise RuleViolation(N_("Scegli chi c’era allo sportello."), field="mediator_id")


def _ensure_counted_once(session: DeskSession) -> None:
    """No minute of a mediator counts twice; two who write at once wait for each other at the mediator's account."""
    db.session.execute(select(User.id).where(User.id == session.mediator_id).with_for_update(key_share=True))
    other = select(HourEntry.id).where(
        HourEntry.mediator_id == session.mediator_id,
        HourEntry.day == session.day,
        HourEntry.start < session.end,
        HourEntry.end > session.start,
    )
    if db.session.scalar(other.limit(1)) is not None:
        raise RuleViolation(N_("In quell’orario la persona ha già altre ore scritte."), field="start")


def _budget_of(service: Service, session: DeskSession) -> HourBudget:
    """The first budget of the desk's year that holds the session, else the one that has most left."""
    found = db.session.scalars(
        select(HourBudget)
        .join(SchoolYear, SchoolYear.id == HourBudget.school_year_id)
        .where(
            HourBudget.service_id == service.id,
            SchoolYear.first_day <= session.day,
            SchoolYear.last_day >= session.day,
        )
        .order_by(HourBudget.id)
    ).all()
    if not found:
        raise RuleViolation(N_("Manca il monte ore: lo assegna l’Ufficio di Piano."))
    left = [budgets.figure_of(budget).left for budget in found]
    enough = [budget for budget, free in zip(found, left, strict=True) if free >= session.minutes]
    return enough[0] if enough else found[left.index(max(left))]
