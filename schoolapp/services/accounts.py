"""Making and changing accounts."""

import secrets
from datetime import date

from schoolapp import clock
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.roles import ROLE_SCOPE, Role, ScopeKind
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import Membership, User
from schoolapp.queries import accounts as questions


def create(*, email: str, name: str, password_hash: str, locale: str | None = None) -> User:
    """A new account. An address that has one already is refused and nothing of it changes."""
    if questions.by_email(email) is not None:
        raise RuleViolation(N_("Con questo indirizzo c’è già un accesso."), field="email")
    user = User(
        email=email.strip().lower(),
        name=name.strip(),
        password=password_hash,
        fs_uniquifier=secrets.token_hex(32),
        locale=locale,
        password_set_at=clock.now(),
    )
    db.session.add(user)
    db.session.flush()
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
) -> Membership:
    """Give `user` a role in the place that the role asks for."""
    needed = {
        ScopeKind.INSTITUTE: institute_id,
        ScopeKind.PROVIDER: provider_id,
        ScopeKind.DISTRICT: ambito_id,
        ScopeKind.SERVICE: ambito_id,
        ScopeKind.EVERYWHERE: True,
    }[ROLE_SCOPE[role]]
    if needed is None:
        raise RuleViolation(N_("Indica dove la persona ha questo ruolo."), field="place")
    if valid_to is not None and valid_to < valid_from:
        raise RuleViolation(N_("La fine viene prima dell’inizio: controlla le date."), field="valid_to")
    membership = Membership(
        role=role,
        institute_id=institute_id,
        ambito_id=ambito_id,
        provider_id=provider_id,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    user.memberships.append(membership)
    db.session.flush()
    return membership


def set_locale(*, user_id: int, locale: str) -> None:
    user = db.session.get_one(User, user_id)
    user.locale = locale
    db.session.flush()
