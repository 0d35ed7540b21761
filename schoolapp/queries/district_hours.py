"""A month of an Ambito in hours, for its office: sums of ledger and signed lessons, and no names."""

from datetime import date

from sqlalchemy import func, or_, select

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.district_hours import LESSONS, Activities, Desk, DistrictHours
from schoolapp.domain.hours import HOURS_KIND_NAMES, HoursKind
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.domain.timesheets import Worker, next_month
from schoolapp.extensions import db
from schoolapp.models import (
    Ambito,
    DeskContacts,
    FundingLine,
    HourBudget,
    HourEntry,
    Institute,
    Lesson,
    MeetingRequest,
    Membership,
    Provider,
    Service,
    Workshop,
)
from schoolapp.queries import mediation_scope


def of_month(actor: Actor, month: date) -> DistrictHours:
    """The month of the person's Ambiti. Four statements, whatever the month holds."""
    ambiti = sorted(mediation_scope.districts(actor, Permission.HOURS_COUNT))
    names = db.session.scalars(select(Ambito.name).where(Ambito.id.in_(ambiti)).order_by(Ambito.name))
    return DistrictHours(
        ambiti=", ".join(names),
        month=month,
        activities=(*_mediation(ambiti, month), *_facilitation(ambiti, month)),
        counted_desks=tuple(_desks(ambiti, month)),
        read_at=clock.now(),
    )


def _mediation(ambiti: list[int], month: date) -> list[Activities]:
    """The ledger. An hour at a desk has no request that names the cooperative: it is the mediator's of that day."""
    of_the_day = (
        select(func.min(Membership.provider_id))
        .where(
            Membership.user_id == HourEntry.mediator_id,
            Membership.role == Role.MEDIATOR,
            Membership.valid_from <= HourEntry.day,
            or_(Membership.valid_to.is_(None), Membership.valid_to >= HourEntry.day),
        )
        .correlate(HourEntry)
        .scalar_subquery()
    )
    entries = (
        select(
            func.coalesce(MeetingRequest.provider_id, of_the_day).label("provider_id"),
            HourBudget.institute_id,
            HourBudget.service_id,
            HourEntry.funding_line_id,
            HourEntry.kind,
            HourEntry.validated_at.is_not(None).label("confirmed"),
            HourEntry.minutes,
        )
        .join(HourBudget, HourBudget.id == HourEntry.budget_id)
        .outerjoin(MeetingRequest, MeetingRequest.id == HourEntry.request_id)
        .where(HourBudget.ambito_id.in_(ambiti), HourEntry.day >= month, HourEntry.day < next_month(month))
        .subquery()
    )
    asker = func.coalesce(Institute.name, Service.name)
    told = (Provider.name, asker, FundingLine.name, entries.c.kind, entries.c.confirmed)
    statement = (
        select(*told, func.count(), func.sum(entries.c.minutes))
        .select_from(entries)
        .join(FundingLine, FundingLine.id == entries.c.funding_line_id)
        .outerjoin(Provider, Provider.id == entries.c.provider_id)
        .outerjoin(Institute, Institute.id == entries.c.institute_id)
        .outerjoin(Service, Service.id == entries.c.service_id)
        .group_by(*told)
        .order_by(*told)
    )
    return [
        Activities(
            Worker.MEDIATOR, provider or "", asker, line, HOURS_KIND_NAMES[kind], bool(confirmed), count, minutes
        )
        for provider, asker, line, kind, confirmed, count, minutes in db.session.execute(statement)
    ]


def _facilitation(ambiti: list[int], month: date) -> list[Activities]:
    statement = (
        select(Institute.name, FundingLine.name, func.count(), func.sum(Lesson.minutes))
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .join(Institute, Institute.id == Workshop.institute_id)
        .join(FundingLine, FundingLine.id == Lesson.funding_line_id)
        .where(
            Institute.ambito_id.in_(ambiti),
            Lesson.signed_at.is_not(None),
            Lesson.day >= month,
            Lesson.day < next_month(month),
        )
        .group_by(Institute.name, FundingLine.name)
        .order_by(Institute.name, FundingLine.name)
    )
    return [
        Activities(Worker.FACILITATOR, "", school, line, LESSONS, True, count, minutes)
        for school, line, count, minutes in db.session.execute(statement)
    ]


def _desks(ambiti: list[int], month: date) -> list[Desk]:
    people = (
        select(func.coalesce(func.sum(DeskContacts.contacts), 0))
        .where(DeskContacts.entry_id == HourEntry.id)
        .correlate(HourEntry)
        .scalar_subquery()
    )
    sessions = (
        select(HourEntry.service_id, HourEntry.minutes, people.label("people"))
        .join(HourBudget, HourBudget.id == HourEntry.budget_id)
        .where(
            HourBudget.ambito_id.in_(ambiti),
            HourEntry.kind == HoursKind.DESK,
            HourEntry.day >= month,
            HourEntry.day < next_month(month),
        )
        .subquery()
    )
    statement = (
        select(Service.name, func.count(), func.sum(sessions.c.minutes), func.sum(sessions.c.people))
        .select_from(sessions)
        .join(Service, Service.id == sessions.c.service_id)
        .group_by(Service.id, Service.name)
        .order_by(Service.name, Service.id)
    )
    return [
        Desk(name, count, int(minutes), int(contacts))
        for name, count, minutes, contacts in db.session.execute(statement)
    ]
