"""Sessions at an information desk: when, who was there, how many people by language."""

from dataclasses import dataclass
from datetime import date, time
from math import ceil

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from schoolapp.domain.actors import Actor
from schoolapp.domain.meetings import MeetingContext
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import HourEntry, Membership, Provider, SchoolYear, Service, User
from schoolapp.queries import mediation_scope

PAGE_SIZE = 50


@dataclass(frozen=True)
class Desk:
    """A desk of the person's."""

    id: int
    name: str
    place: str
    ambito_id: int


@dataclass(frozen=True)
class SessionLine:
    day: date
    start: time
    end: time
    minutes: int
    mediator: str
    contacts: tuple[tuple[str, int], ...]

    @property
    def people(self) -> int:
        return sum(people for _, people in self.contacts)


@dataclass(frozen=True)
class SessionPage:
    lines: list[SessionLine]
    total: int
    minutes: int
    """Of all sessions of the school year."""
    page: int

    @property
    def last_page(self) -> int:
        return max(1, ceil(self.total / PAGE_SIZE))


def get(actor: Actor, service_id: int) -> Desk:
    """Raises NoResultFound for what is not a desk of the person's."""
    statement = select(Service.id, Service.name, Service.place, Service.ambito_id).where(
        Service.id == service_id,
        Service.context == MeetingContext.DESK,
        Service.id.in_(mediation_scope.services(actor, Permission.MEETINGS_COUNT)),
    )
    return Desk(*db.session.execute(statement).one())


def sessions(desk: Desk, *, on: date, page: int = 1) -> SessionPage:
    """Sessions of the school year of `on`, the latest first. Three statements."""
    inside = (
        HourEntry.service_id == desk.id,
        HourEntry.day >= SchoolYear.first_day,
        HourEntry.day <= SchoolYear.last_day,
        SchoolYear.first_day <= on,
        SchoolYear.last_day >= on,
    )
    totals = select(func.count(HourEntry.id), func.coalesce(func.sum(HourEntry.minutes), 0)).join(
        SchoolYear, SchoolYear.first_day <= HourEntry.day
    )
    total, minutes = db.session.execute(totals.where(*inside)).one()
    page = max(1, min(page, ceil(total / PAGE_SIZE)))
    statement = (
        select(HourEntry, User.name)
        .join(SchoolYear, SchoolYear.first_day <= HourEntry.day)
        .join(User, User.id == HourEntry.mediator_id)
        .options(selectinload(HourEntry.contacts))
        .where(*inside)
        .order_by(HourEntry.day.desc(), HourEntry.start.desc(), HourEntry.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    lines = [
        SessionLine(
            day=entry.day,
            start=entry.start,
            end=entry.end,
            minutes=entry.minutes,
            mediator=mediator,
            contacts=tuple((each.language, each.contacts) for each in entry.contacts),
        )
        for entry, mediator in db.session.execute(statement)
    ]
    return SessionPage(lines, total, minutes, page)


def mediators(desk: Desk, *, on: date) -> list[tuple[int, str]]:
    """Who may have been there (id, name): mediators of the Ambito's cooperatives on a day."""
    statement = (
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .join(Provider, Provider.id == Membership.provider_id)
        .where(
            Membership.role == Role.MEDIATOR,
            Provider.ambito_id == desk.ambito_id,
            Membership.valid_from <= on,
            or_(Membership.valid_to.is_(None), Membership.valid_to >= on),
        )
        .order_by(User.name, User.id)
        .distinct()
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]
