"""Who signs in, and what they may do."""

from datetime import date, time, timedelta
from typing import Any

from schoolapp import clock
from schoolapp.domain.actors import Actor, Grant
from schoolapp.domain.meetings import LanguageLevel
from schoolapp.domain.roles import ROLE_SCOPE, Role, ScopeKind
from schoolapp.models import (
    Availability,
    Institute,
    MediatorLanguage,
    MediatorProfile,
    Membership,
    Provider,
    Unavailability,
    User,
)
from tests.factories.keeping import YEAR_FIRST_DAY, kept, numbers
from tests.factories.places import make_ambito, make_institute, make_provider


def make_user(role: Role | None = None, institute: Institute | None = None, **values: Any) -> User:
    """A person; with `role`, holding it since the start of the year at `institute` (or a place of its own)."""
    number = next(numbers)
    user = User(
        **{
            "email": f"persona{number}@example.org",
            "name": f"Persona {number}",
            "fs_uniquifier": f"{number:064}",
            "active": True,
            **values,
        }
    )
    return kept(user, *([_membership(user, role, institute)] if role else []))


def make_membership(user: User, role: Role, institute: Institute | None = None, **values: Any) -> Membership:
    return kept(_membership(user, role, institute, **values))


def _membership(user: User, role: Role, institute: Institute | None = None, **values: Any) -> Membership:
    scope = ROLE_SCOPE[role]
    if scope is ScopeKind.INSTITUTE:
        values.setdefault("institute", institute or make_institute())
    elif scope is ScopeKind.PROVIDER:
        values.setdefault("provider", make_provider())
    elif scope in {ScopeKind.DISTRICT, ScopeKind.SERVICE}:
        values.setdefault("ambito", make_ambito())
    return Membership(**{"user": user, "role": role, "valid_from": YEAR_FIRST_DAY, **values})


def actor_of(user: User) -> Actor:
    """The person as the rules see them, with all memberships."""
    return Actor(
        user_id=user.id,
        name=user.name,
        grants=tuple(
            Grant(
                role=membership.role,
                institute_id=membership.institute_id,
                ambito_id=membership.ambito_id,
                provider_id=membership.provider_id,
                service_id=membership.service_id,
            )
            for membership in user.memberships
        ),
    )


def make_actor(role: Role, institute: Institute | None = None, **values: Any) -> Actor:
    return actor_of(make_user(role, institute, **values))


def make_mediator(provider: Provider | None = None, languages: tuple[str, ...] = ("ar",), **values: Any) -> User:
    """A mediator of a provider, at home in the languages; `values` are of the profile."""
    provider = provider or make_provider()
    user = make_user()
    kept(Membership(user=user, role=Role.MEDIATOR, provider_id=provider.id, valid_from=YEAR_FIRST_DAY))
    make_mediator_profile(user, languages, **values)
    return user


def make_mediator_profile(user: User, languages: tuple[str, ...] = ("ar",), **values: Any) -> MediatorProfile:
    """What a mediator speaks, as at home."""
    profile = MediatorProfile(user_id=user.id, **values)
    profile.languages = [
        MediatorLanguage(language=language, level=LanguageLevel.MOTHER_TONGUE) for language in languages
    ]
    return kept(profile)


def make_availability(mediator: User, **values: Any) -> Availability:
    """Thursdays from 14 to 18, since the beginning of the school year."""
    times = {"weekday": 3, "start": time(14), "end": time(18), "valid_from": YEAR_FIRST_DAY}
    return kept(Availability(user_id=mediator.id, **{**times, **values}))


def make_days_away(mediator: User, first_day: date | None = None, last_day: date | None = None) -> Unavailability:
    """A week that begins in a month."""
    first_day = first_day or clock.today() + timedelta(days=30)
    last_day = last_day or first_day + timedelta(days=6)
    return kept(Unavailability(user_id=mediator.id, first_day=first_day, last_day=last_day))
