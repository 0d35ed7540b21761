"""The mediators of a cooperative, for who coordinates it: who can come, in which languages, who is away."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Subquery, exists, func, select
from sqlalchemy.orm import selectinload

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.mediators import DaysAway, Spoken, WeeklyTime
from schoolapp.domain.roles import Role
from schoolapp.domain.search_keys import search_key
from schoolapp.extensions import db
from schoolapp.models import Comune, MediatorLanguage, MediatorProfile, Membership, Unavailability, User
from schoolapp.queries import mediation_scope, mediators
from schoolapp.queries.mediators import MANAGE

PAGE_LENGTH = 50
SOON_DAYS = 14
"""Days away that begin so soon are said in the list."""

_NO_END = date(9999, 12, 31)


class Collaboration(StrEnum):
    CURRENT = "current"
    FORMER = "former"


@dataclass(frozen=True)
class MediatorLine:
    """A mediator in the list. `minutes` are those that matching counts: asked for and confirmed in the month."""

    person_id: int
    name: str
    languages: tuple[Spoken, ...]
    comune: str
    engagement: str
    weekly: tuple[WeeklyTime, ...]
    away: DaysAway | None
    """Today, or the first days away that begin soon."""
    minutes: int
    since: date
    until: date | None


@dataclass(frozen=True)
class MediatorPage:
    lines: tuple[MediatorLine, ...]
    count: int
    page: int
    last_page: int
    away_today: tuple[str, ...]
    languages: tuple[str, ...]
    """Every language of the cooperative, to choose from."""


def list_mediators(
    actor: Actor,
    *,
    text: str = "",
    language: str = "",
    state: Collaboration = Collaboration.CURRENT,
    page: int = 1,
) -> MediatorPage:
    """Mediators of the own cooperative by name. As many statements for three as for fifty."""
    today = clock.today()
    held = _held(mediation_scope.providers(actor, MANAGE))
    current = held.c.until >= today
    conditions: list[ColumnElement[bool]] = [current if state is Collaboration.CURRENT else ~current]
    conditions += [User.search_key.contains(word, autoescape=True) for word in search_key(text).split()]
    if language:
        conditions.append(exists().where(MediatorLanguage.user_id == User.id, MediatorLanguage.language == language))
    found = select(User.id).join(held, held.c.user_id == User.id).where(*conditions)
    count = db.session.scalar(found.with_only_columns(func.count(User.id))) or 0
    last_page = max(1, -(-count // PAGE_LENGTH))
    page = min(max(page, 1), last_page)
    rows = db.session.execute(
        select(User.id, User.name, held.c.since, held.c.until, MediatorProfile, Comune.name)
        .join(held, held.c.user_id == User.id)
        .outerjoin(MediatorProfile, MediatorProfile.user_id == User.id)
        .outerjoin(Comune, Comune.id == MediatorProfile.comune_id)
        .where(*conditions)
        .options(selectinload(MediatorProfile.languages), selectinload(MediatorProfile.availabilities))
        .order_by(User.name, User.id)
        .limit(PAGE_LENGTH)
        .offset((page - 1) * PAGE_LENGTH)
    ).all()
    ids = [row[0] for row in rows]
    away = mediators.days_away(ids, today, today + timedelta(days=SOON_DAYS))
    minutes = mediators.minutes_taken(ids, today.replace(day=1))
    lines = tuple(
        MediatorLine(
            person_id=person_id,
            name=name,
            languages=mediators.spoken_by(profile),
            comune=comune or "",
            engagement=profile.engagement if profile else "",
            weekly=mediators.weekly_of(profile, today),
            away=next(iter(away[person_id]), None),
            minutes=minutes[person_id],
            since=since,
            until=_end(until),
        )
        for person_id, name, since, until, profile, comune in rows
    )
    return MediatorPage(
        lines=lines,
        count=count,
        page=page,
        last_page=last_page,
        away_today=_away_today(held, today),
        languages=_languages_of_all(held, today),
    )


def _held(provider_ids: frozenset[int]) -> Subquery:
    """From when to when each was a mediator of the cooperatives; one row a person."""
    return (
        select(
            Membership.user_id,
            func.min(Membership.valid_from).label("since"),
            func.max(func.coalesce(Membership.valid_to, _NO_END)).label("until"),
        )
        .where(Membership.role == Role.MEDIATOR, Membership.provider_id.in_(sorted(provider_ids)))
        .group_by(Membership.user_id)
        .subquery()
    )


def _end(until: date) -> date | None:
    return None if until == _NO_END else until


def _away_today(held: Subquery, today: date) -> tuple[str, ...]:
    statement = (
        select(User.name)
        .join(held, held.c.user_id == User.id)
        .where(
            held.c.until >= today,
            exists().where(
                Unavailability.user_id == User.id, Unavailability.first_day <= today, Unavailability.last_day >= today
            ),
        )
        .order_by(User.name, User.id)
    )
    return tuple(db.session.scalars(statement))


def _languages_of_all(held: Subquery, today: date) -> tuple[str, ...]:
    statement = (
        select(MediatorLanguage.language)
        .join(held, held.c.user_id == MediatorLanguage.user_id)
        .where(held.c.until >= today)
        .distinct()
    )
    return tuple(sorted(db.session.scalars(statement)))
