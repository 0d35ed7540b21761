"""Mediators of a cooperative: their cards, weekly times, days away, and whom they must not be sent to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.exc import NoResultFound

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.mediators import (
    DaysAway,
    MediatorFacts,
    WeeklyTime,
    ensure_days_away,
    ensure_languages,
    ensure_week,
    week_mark,
)
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState, Party
from schoolapp.domain.periods import ensure_period
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import (
    Availability,
    DeclaredConflict,
    MediatorLanguage,
    MediatorProfile,
    Membership,
    Unavailability,
    User,
)
from schoolapp.queries import institutes, mediation_scope
from schoolapp.services import accounts, meetings

MANAGE, OWN = Permission.MEDIATORS_MANAGE, Permission.MEETINGS_ANSWER

MOST_ENGAGEMENT_LETTERS = 60


def enrol(actor: Actor, *, provider_id: int, name: str, email: str, facts: MediatorFacts, on: date) -> User:
    """A new mediator of the own cooperative, with an account whose password the person chooses.

    Raises NoResultFound for another cooperative. An address that has an account is refused, and nothing of it changes.
    """
    if provider_id not in mediation_scope.providers(actor, MANAGE):
        raise NoResultFound
    try:
        user = accounts.create(email=email, name=name, password_hash=None)
    except RuleViolation as violation:
        raise RuleViolation(
            N_("Con questo indirizzo c’è già un accesso: chiedi all’amministrazione di dargli il ruolo di mediatore."),
            field=violation.field,
        ) from None
    accounts.grant(user, role=Role.MEDIATOR, provider_id=provider_id, valid_from=on)
    _write(user.id, facts)
    return user


def change(
    actor: Actor, person_id: int, *, facts: MediatorFacts, on: date, name: str | None = None, email: str | None = None
) -> None:
    """What is on the card. Name and address only of who has no other role; the address only before the first sign-in.

    Raises NoResultFound for who is not a mediator of the own cooperative today.
    """
    user = _locked(actor, person_id, MANAGE, on=on)
    if name is not None or email is not None:
        if not _is_ours_alone(actor, user) or (email is not None and user.password is not None):
            raise RuleViolation(N_("Nome ed e-mail di questa persona li cambia l’amministrazione."))
        accounts.change(person_id, name=name or user.name, email=email or user.email)
    _write(person_id, facts)


def set_week(actor: Actor, person_id: int, *, times: Sequence[WeeklyTime], on: date, read: str | None = None) -> None:
    """The weekly times from a day on. What held before keeps its days: it ends the day before, or never was.

    A time without a first day begins on `on`, or goes on as it was. `read` is the mark of the week the person read:
    where somebody has changed it since, that is said first.
    """
    _locked(actor, person_id, MANAGE, OWN, on=on)
    profile = _profile(person_id)
    left = [each for each in profile.availabilities if each.valid_to is None or each.valid_to >= on]
    if read is not None and read != week_mark(each.weekly for each in left):
        raise RuleViolation(
            N_("Intanto gli orari sono cambiati: guardali sulla scheda. Se salvi di nuovo, valgono questi.")
        )
    ensure_week([_from(each, on) for each in times])
    for number, wanted in enumerate(times):
        kept = next((each for each in left if _goes_on(each, wanted, on)), None)
        since = kept.valid_from if kept is not None else wanted.valid_from or on
        ensure_period(since, wanted.valid_to, field=f"slots-{number}-valid_to")
        if kept is not None:
            left.remove(kept)
            kept.valid_to = wanted.valid_to
            continue
        profile.availabilities.append(
            Availability(
                weekday=wanted.weekday, start=wanted.start, end=wanted.end, valid_from=since, valid_to=wanted.valid_to
            )
        )
    for each in left:
        if each.valid_from < on:
            each.valid_to = on - timedelta(days=1)
        else:
            profile.availabilities.remove(each)
    db.session.flush()


def add_days_away(actor: Actor, person_id: int, *, first_day: date, last_day: date, on: date) -> Unavailability:
    """Days on which the mediator is not proposed. Meetings that stand are left as they are: people settle those."""
    _locked(actor, person_id, MANAGE, OWN, on=on)
    known = [
        DaysAway(each.id, each.first_day, each.last_day)
        for each in db.session.scalars(
            select(Unavailability).where(Unavailability.user_id == person_id, Unavailability.last_day >= on)
        )
    ]
    ensure_days_away(first_day, last_day, known, today=on)
    _profile(person_id)
    away = Unavailability(user_id=person_id, first_day=first_day, last_day=last_day)
    db.session.add(away)
    db.session.flush()
    return away


def remove_days_away(actor: Actor, person_id: int, away_id: int, *, on: date) -> None:
    """The mediator can come after all; days that are past stay: an absence under way ends the day before."""
    _locked(actor, person_id, MANAGE, OWN, on=on)
    away = db.session.scalars(
        select(Unavailability).where(
            Unavailability.id == away_id, Unavailability.user_id == person_id, Unavailability.last_day >= on
        )
    ).one()
    if away.first_day < on:
        away.last_day = on - timedelta(days=1)
    else:
        db.session.delete(away)
    db.session.flush()


def end(actor: Actor, person_id: int, *, last_day: date, on: date) -> None:
    """The collaboration ends; the card, the hours and the meetings stay. Meetings after it are for people to settle."""
    user = _locked(actor, person_id, MANAGE, on=on)
    own = mediation_scope.providers(actor, MANAGE)
    for held in user.memberships:
        if held.role is Role.MEDIATOR and held.provider_id in own and (held.valid_to is None or held.valid_to >= on):
            if last_day < held.valid_from:
                raise RuleViolation(
                    N_("La collaborazione non era ancora cominciata: controlla il giorno."), field="day"
                )
            held.valid_to = last_day
    db.session.flush()


def resume(actor: Actor, person_id: int, *, first_day: date, on: date) -> None:
    """Who was a mediator of the cooperative is one again, with the card as it was.

    Raises NoResultFound for who never was, RuleViolation for who is one already.
    """
    user = _locked(actor, person_id, MANAGE, on=None)
    if first_day < on:
        raise RuleViolation(N_("La collaborazione riprende da oggi in poi."), field="day")
    own = mediation_scope.providers(actor, MANAGE)
    before = [held for held in user.memberships if held.role is Role.MEDIATOR and held.provider_id in own]
    last = max(before, key=lambda held: (held.valid_to or date.max, held.id))
    if last.valid_to is None or last.valid_to >= first_day:
        raise RuleViolation(N_("In quei giorni la collaborazione c’è già."), field="day")
    accounts.grant(user, role=Role.MEDIATOR, provider_id=last.provider_id, valid_from=first_day)


def declare_conflict(actor: Actor, request_id: int, *, at: datetime) -> MeetingState:
    """Who is asked to go knows the family: never proposed there again, and a proposal that waits is declined.

    Schools are not told why. Raises NoResultFound for who is not the mediator of the request.
    """
    request = meetings.locked(actor, request_id, now=at, version=None)
    if (
        Party.MEDIATOR not in mediation_scope.parties_of(actor, request)
        or db.session.get(MediatorProfile, actor.user_id) is None
    ):
        raise NoResultFound
    about = {"pupil_id": request.pupil_id, "case_code": None if request.pupil_id else request.case_code}
    if not any(about.values()):
        raise RuleViolation(N_("Questa richiesta non riguarda una famiglia sola."))
    known = select(DeclaredConflict.id).filter_by(user_id=actor.user_id, **about)
    if db.session.scalar(known.limit(1)) is None:
        today = at.astimezone(SCHOOL_ZONE).date()
        db.session.add(DeclaredConflict(user_id=actor.user_id, declared_on=today, **about))
        db.session.flush()
    if request.state is MeetingState.PROPOSED:
        reason = str(N_("Conosco questa famiglia"))
        return meetings.take_step(actor, request_id, MeetingAction.DECLINE, at=at, reason=reason).state
    return request.state


def _locked(actor: Actor, person_id: int, *permissions: Permission, on: date | None) -> User:
    """The account of a mediator, held until the transaction ends: two who write one card come after each other.

    Raises NoResultFound for who is none of the person's, or no more `on` a day.
    """
    conditions = [User.id == person_id, mediation_scope.mediators(actor, *permissions)]
    if on is not None:
        own = mediation_scope.providers(actor, MANAGE) if MANAGE in permissions else frozenset[int]()
        ours = Membership.provider_id.in_(sorted(own))
        conditions.append(
            exists().where(
                Membership.user_id == person_id,
                Membership.role == Role.MEDIATOR,
                or_(Membership.valid_to.is_(None), Membership.valid_to >= on),
                ours if person_id != actor.user_id or not actor.may(OWN) else or_(ours, User.id == actor.user_id),
            )
        )
    statement = select(User).where(*conditions).with_for_update(of=User).execution_options(populate_existing=True)
    return db.session.scalars(statement).one()


def _is_ours_alone(actor: Actor, user: User) -> bool:
    own = mediation_scope.providers(actor, MANAGE)
    return all(held.role is Role.MEDIATOR and held.provider_id in own for held in user.memberships)


def _profile(person_id: int) -> MediatorProfile:
    """The card, empty where nobody has written it yet."""
    profile = db.session.get(MediatorProfile, person_id)
    if profile is None:
        profile = MediatorProfile(user_id=person_id)
        db.session.add(profile)
        db.session.flush()
    return profile


def _write(person_id: int, facts: MediatorFacts) -> None:
    ensure_languages(facts.languages)
    if facts.gender not in {None, "F", "M"}:
        raise RuleViolation(N_("Scegli una voce dell’elenco."), field="gender")
    if len(facts.engagement) > MOST_ENGAGEMENT_LETTERS:
        raise RuleViolation(N_("Al massimo %(most)s lettere."), field="engagement", most=MOST_ENGAGEMENT_LETTERS)
    comune = institutes.comune_named(facts.comune) if facts.comune else None
    if facts.comune and comune is None:
        raise RuleViolation(N_("Non conosciamo un comune con questo nome: controlla come si scrive."), field="comune")
    profile = _profile(person_id)
    profile.comune_id = comune.id if comune else None
    profile.gender = facts.gender
    profile.engagement = facts.engagement
    spoken = {each.language: each for each in profile.languages}
    wanted = {each.language: each.level for each in facts.languages}
    for language, level in wanted.items():
        if language in spoken:
            spoken[language].level = level
        else:
            profile.languages.append(MediatorLanguage(language=language, level=level))
    for language in spoken.keys() - wanted.keys():
        profile.languages.remove(spoken[language])
    db.session.flush()


def _from(wanted: WeeklyTime, on: date) -> WeeklyTime:
    """A time as it will hold, to compare it with others."""
    since = wanted.valid_from or min(on, wanted.valid_to or on)
    return replace(wanted, valid_from=since)


def _goes_on(kept: Availability, wanted: WeeklyTime, on: date) -> bool:
    same = (kept.weekday, kept.start, kept.end) == (wanted.weekday, wanted.start, wanted.end)
    return same and (kept.valid_from <= on if wanted.valid_from is None else kept.valid_from == wanted.valid_from)
