"""Mediators' cards: what matching sees of each, read by who coordinates the cooperative and by the mediator.

Meetings stand here with their number alone: no pupil, no family, not even those a mediator must not be sent to.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import selectinload

from schoolapp import clock
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.mediators import DaysAway, Spoken, WeeklyTime
from schoolapp.domain.meetings import OPEN_APPOINTMENTS, AppointmentState, LanguageLevel, request_label
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import (
    Appointment,
    Comune,
    DeclaredConflict,
    MediatorProfile,
    MeetingRequest,
    Provider,
    SchoolYear,
    Unavailability,
    User,
)
from schoolapp.queries import mediation_scope, timesheets

MANAGE, OWN = Permission.MEDIATORS_MANAGE, Permission.MEETINGS_ANSWER


@dataclass(frozen=True)
class MediatorCommitment:
    """A time that is taken. `label` is None where another cooperative asked for it."""

    request_id: int
    label: str | None
    starts_at: datetime
    ends_at: datetime
    confirmed: bool
    clashes: bool
    """On days away, or after the collaboration has ended."""


@dataclass(frozen=True)
class MediatorCard:
    person_id: int
    name: str
    email: str
    is_ours_alone: bool
    """No role anywhere but as a mediator of the cooperative: name and address are its to correct."""
    has_password: bool
    active: bool
    since: date
    until: date | None
    languages: tuple[Spoken, ...]
    comune: str
    gender: str | None
    engagement: str
    weekly: tuple[WeeklyTime, ...]
    """Those that hold today or later."""
    away: tuple[DaysAway, ...]
    """Those that are not over."""
    commitments: tuple[MediatorCommitment, ...]
    conflicts: int
    """How many families were declared too near; which ones is not for who matches."""
    month: date
    minutes_taken: int
    minutes_done: int

    @property
    def clashes(self) -> tuple[MediatorCommitment, ...]:
        return tuple(each for each in self.commitments if each.clashes)

    @property
    def may_be_invited(self) -> bool:
        """Whoever makes the link could choose the password: only for who is a mediator here and never entered."""
        return self.is_ours_alone and not self.has_password and self.active

    def is_current(self, on: date) -> bool:
        return self.until is None or self.until >= on


def card(actor: Actor, person_id: int, *permissions: Permission) -> MediatorCard:
    """One mediator. Raises NoResultFound for who is none of the person's, by one of the permissions."""
    today, now = clock.today(), clock.now()
    own = mediation_scope.providers(actor, MANAGE) if MANAGE in permissions else frozenset[int]()
    user = db.session.scalars(
        select(User)
        .options(selectinload(User.memberships))
        .where(User.id == person_id, mediation_scope.mediators(actor, *permissions))
    ).one()
    as_mediator = [held for held in user.memberships if held.role is Role.MEDIATOR]
    ours = [held for held in as_mediator if held.provider_id in own] or as_mediator
    until = None if any(held.valid_to is None for held in ours) else max(held.valid_to or today for held in ours)
    found = db.session.execute(
        select(MediatorProfile, Comune.name)
        .outerjoin(Comune, Comune.id == MediatorProfile.comune_id)
        .where(MediatorProfile.user_id == person_id)
        .options(selectinload(MediatorProfile.languages), selectinload(MediatorProfile.availabilities))
    ).first()
    profile, comune = found if found is not None else (None, None)
    is_current = until is None or until >= today
    away = tuple(days_away([person_id], today, None)[person_id]) if is_current else ()
    month = today.replace(day=1)
    return MediatorCard(
        person_id=person_id,
        name=user.name,
        email=user.email,
        is_ours_alone=all(held in ours for held in user.memberships),
        has_password=user.password is not None,
        active=user.active,
        since=min(held.valid_from for held in ours),
        until=until,
        languages=spoken_by(profile),
        comune=comune or "",
        gender=profile.gender if profile else None,
        engagement=profile.engagement if profile else "",
        weekly=weekly_of(profile, today) if is_current else (),
        away=away,
        commitments=_commitments(actor, person_id, own, now=now, away=away, until=until),
        conflicts=_conflicts(person_id),
        month=month,
        minutes_taken=minutes_taken([person_id], month)[person_id],
        minutes_done=timesheets.minutes_of_mediator(actor, person_id, month),
    )


def current(actor: Actor, person_id: int, *permissions: Permission) -> MediatorCard:
    """The card of who is a mediator today. Raises NoResultFound for who is none any more."""
    found = card(actor, person_id, *permissions)
    if not found.is_current(clock.today()):
        raise NoResultFound
    return found


def on_days(actor: Actor, person_id: int, first_day: date, last_day: date) -> int:
    """How many meetings stand on these days."""
    statement = select(func.count(Appointment.id)).where(
        Appointment.mediator_id.in_(
            select(User.id).where(User.id == person_id, mediation_scope.mediators(actor, MANAGE, OWN))
        ),
        Appointment.state.in_(OPEN_APPOINTMENTS),
        Appointment.ends_at >= clock.now(),
        Appointment.starts_at >= _midnight(first_day),
        Appointment.starts_at < _midnight(last_day + timedelta(days=1)),
    )
    return db.session.scalar(statement) or 0


def comuni_of(actor: Actor) -> list[str]:
    """Names of the comuni of the own cooperatives' Ambiti, to choose from."""
    return list(
        db.session.scalars(
            select(Comune.name)
            .where(
                Comune.ambito_id.in_(
                    select(Provider.ambito_id).where(Provider.id.in_(sorted(mediation_scope.providers(actor, MANAGE))))
                )
            )
            .order_by(Comune.name)
        )
    )


def spoken_by(profile: MediatorProfile | None) -> tuple[Spoken, ...]:
    """The mother tongue first."""
    spoken = [Spoken(each.language, each.level) for each in profile.languages] if profile else []
    return tuple(sorted(spoken, key=lambda each: (list(LanguageLevel).index(each.level), each.language)))


def weekly_of(profile: MediatorProfile | None, on: date) -> tuple[WeeklyTime, ...]:
    if profile is None:
        return ()
    return tuple(each.weekly for each in profile.availabilities if each.valid_to is None or each.valid_to >= on)


def days_away(ids: Collection[int], first: date, last: date | None) -> dict[int, list[DaysAway]]:
    """Days away that are not over on the first day and begin by the last, in their order."""
    until = [] if last is None else [Unavailability.first_day <= last]
    found: dict[int, list[DaysAway]] = defaultdict(list)
    for each in db.session.scalars(
        select(Unavailability)
        .where(Unavailability.user_id.in_(ids), Unavailability.last_day >= first, *until)
        .order_by(Unavailability.first_day, Unavailability.id)
    ):
        found[each.user_id].append(DaysAway(each.id, each.first_day, each.last_day))
    return found


def minutes_taken(ids: Collection[int], month: date) -> dict[int, int]:
    """What matching counts as already given in a month."""
    after = (month + timedelta(days=32)).replace(day=1)
    found: dict[int, int] = defaultdict(int)
    for mediator_id, starts_at, ends_at in db.session.execute(
        select(Appointment.mediator_id, Appointment.starts_at, Appointment.ends_at).where(
            Appointment.mediator_id.in_(ids),
            Appointment.state.in_(OPEN_APPOINTMENTS),
            Appointment.starts_at >= _midnight(month),
            Appointment.starts_at < _midnight(after),
        )
    ):
        found[mediator_id] += int((ends_at - starts_at).total_seconds()) // 60
    return found


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SCHOOL_ZONE)


def _conflicts(person_id: int) -> int:
    statement = select(func.count(DeclaredConflict.id)).where(DeclaredConflict.user_id == person_id)
    return db.session.scalar(statement) or 0


def _commitments(
    actor: Actor,
    person_id: int,
    own: frozenset[int],
    *,
    now: datetime,
    away: Iterable[DaysAway],
    until: date | None,
) -> tuple[MediatorCommitment, ...]:
    away = tuple(away)
    statement: Any = (
        select(Appointment, MeetingRequest.number, MeetingRequest.provider_id, SchoolYear.first_day)
        .join(MeetingRequest, MeetingRequest.id == Appointment.request_id)
        .join(SchoolYear, SchoolYear.id == MeetingRequest.school_year_id)
        .where(
            Appointment.mediator_id == person_id,
            Appointment.state.in_(OPEN_APPOINTMENTS),
            Appointment.ends_at >= now,
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )
    if person_id != actor.user_id and until is not None and until < clock.today():
        statement = statement.where(MeetingRequest.provider_id.in_(sorted(own)))
    found = []
    for appointment, number, provider_id, year_starts in db.session.execute(statement):
        day = appointment.starts_at.astimezone(SCHOOL_ZONE).date()
        known = person_id == actor.user_id or provider_id in own
        found.append(
            MediatorCommitment(
                request_id=appointment.request_id,
                label=request_label(year_starts, number) if known else None,
                starts_at=appointment.starts_at,
                ends_at=appointment.ends_at,
                confirmed=appointment.state is AppointmentState.CONFIRMED,
                clashes=any(each.covers(day) for each in away) or (until is not None and day > until and known),
            )
        )
    return tuple(found)
