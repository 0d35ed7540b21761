"""Making and changing accounts."""

import secrets
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.periods import Period, ensure_period
from schoolapp.domain.roles import ROLE_SCOPE, Role, ScopeKind
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import Membership, Service, User
from schoolapp.queries import accounts as questions

_PLACE_COLUMN = {
    ScopeKind.INSTITUTE: "institute_id",
    ScopeKind.PROVIDER: "provider_id",
    ScopeKind.DISTRICT: "ambito_id",
    ScopeKind.SERVICE: "service_id",
}


def create(*, email: str, name: str, password_hash: str | None, locale: str | None = None) -> User:
    """A new account; without a password, until its owner chooses one.

    An address that has an account already is refused, and nothing of that account changes.
    """
    user = User(
        email=email.strip().lower(),
        name=name.strip(),
        password=password_hash,
        fs_uniquifier=_new_mark(),
        locale=locale,
        password_set_at=clock.now() if password_hash else None,
    )
    _keep_with_free_address(user)
    return user


def change(user_id: int, *, name: str, email: str) -> User:
    """Another name or address; what signs in with the old address no longer does."""
    user = db.session.get_one(User, user_id)
    user.name = name.strip()
    if user.email != email.strip().lower():
        user.email = email.strip().lower()
        user.fs_uniquifier = _new_mark()
    user.search_key = search_key(f"{user.name} {user.email}")
    _keep_with_free_address(user)
    return user


def grant(
    user: User,
    *,
    role: Role,
    valid_from: date,
    valid_to: date | None = None,
    institute_id: int | None = None,
    ambito_id: int | None = None,
    provider_id: int | None = None,
    service_id: int | None = None,
) -> Membership:
    """Give `user` a role in the place that the role asks for; with a service comes its Ambito."""
    if service_id is not None:
        ambito_id = db.session.get_one(Service, service_id).ambito_id
    places = {
        "institute_id": institute_id,
        "ambito_id": ambito_id,
        "provider_id": provider_id,
        "service_id": service_id,
    }
    needed = _PLACE_COLUMN.get(ROLE_SCOPE[role])
    if needed is not None and places[needed] is None:
        raise RuleViolation(N_("Indica dove la persona ha questo ruolo."), field="place")
    ensure_period(valid_from, valid_to, field="valid_to")
    period = Period(valid_from, valid_to)
    for held in user.memberships:
        same_place = all(getattr(held, column) == value for column, value in places.items())
        if held.role is role and same_place and Period(held.valid_from, held.valid_to).meets(period):
            raise RuleViolation(N_("In quei giorni la persona ha già questo ruolo nello stesso posto."), field="role")
    membership = Membership(role=role, valid_from=valid_from, valid_to=valid_to, **places)
    user.memberships.append(membership)
    db.session.flush()
    return membership


def grant_by(
    actor: Actor, user_id: int, *, role: Role, place_id: int | None, valid_from: date, valid_to: date | None
) -> Membership:
    """Give a role in the name of `actor`, who cannot give one to themselves."""
    if user_id == actor.user_id:
        raise RuleViolation(N_("Non puoi dare un ruolo a te: chiedilo a un’altra persona dell’amministrazione."))
    column = _PLACE_COLUMN.get(ROLE_SCOPE[role])
    places = {column: place_id} if column else {}
    return grant(db.session.get_one(User, user_id), role=role, valid_from=valid_from, valid_to=valid_to, **places)


def end_membership(actor: Actor, user_id: int, membership_id: int, *, last_day: date) -> Membership:
    """Let a role of this person end with `last_day`; before its first day it never begins."""
    membership = db.session.scalars(
        select(Membership).where(Membership.id == membership_id, Membership.user_id == user_id)
    ).one()
    if user_id == actor.user_id:
        raise RuleViolation(N_("Non puoi togliere un ruolo a te: chiedilo a un’altra persona dell’amministrazione."))
    if last_day < membership.valid_from:
        membership.valid_from = last_day
    membership.valid_to = last_day
    db.session.flush()
    return membership


def switch_off(actor: Actor, user_id: int) -> User:
    """No sign-in any more, and all sessions and links end. Roles and traces stay."""
    if user_id == actor.user_id:
        raise RuleViolation(N_("Non puoi spegnere il tuo accesso: chiedilo a un’altra persona dell’amministrazione."))
    user = db.session.get_one(User, user_id)
    user.active = False
    user.fs_uniquifier = _new_mark()
    db.session.flush()
    return user


def switch_on(user_id: int) -> User:
    user = db.session.get_one(User, user_id)
    user.active = True
    db.session.flush()
    return user


def take_password(actor: Actor, user_id: int) -> User:
    """Forget the password and end all sessions: the person chooses a new one by the link that is made next."""
    if user_id == actor.user_id:
        raise RuleViolation(N_("Per cambiare la tua password usa la pagina Il tuo accesso."))
    user = db.session.get_one(User, user_id)
    user.password = None
    user.password_set_at = None
    user.fs_uniquifier = _new_mark()
    db.session.flush()
    return user


def password_was_set(user: User) -> None:
    """Note the moment of a new password; the password itself leaves no trace."""
    user.password_set_at = clock.now()
    db.session.flush()


def set_locale(*, user_id: int, locale: str) -> None:
    user = db.session.get_one(User, user_id)
    user.locale = locale
    db.session.flush()


def _new_mark() -> str:
    return secrets.token_hex(32)


def _keep_with_free_address(user: User) -> None:
    """Write the account unless another one has its address, also one made at this very moment."""
    taken = RuleViolation(N_("Con questo indirizzo c’è già un accesso."), field="email")
    with db.session.no_autoflush:
        found = questions.by_email(user.email)
    if found is not None and found is not user:
        raise taken
    try:
        with db.session.begin_nested():
            db.session.add(user)
            db.session.flush()
    except IntegrityError:
        raise taken from None
