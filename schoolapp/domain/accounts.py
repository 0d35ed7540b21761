"""Accounts as their pages show them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolapp.domain.periods import Period
from schoolapp.domain.roles import Role


class AccountState(StrEnum):
    """Which accounts a list shows."""

    ALL = "all"
    ACTIVE = "active"
    WITHOUT_ROLE = "without_role"
    SWITCHED_OFF = "switched_off"


class When(StrEnum):
    """Where a period lies, seen from a day."""

    PAST = "past"
    NOW = "now"
    FUTURE = "future"


@dataclass(frozen=True)
class HeldRole:
    """A role of a person, in a place, between two days."""

    membership_id: int
    role: Role
    place: str
    valid_from: date
    valid_to: date | None

    def when(self, day: date) -> When:
        if day < self.valid_from:
            return When.FUTURE
        return When.NOW if Period(self.valid_from, self.valid_to).covers(day) else When.PAST


@dataclass(frozen=True)
class Account:
    """A person who can sign in; without a password, one who has been invited and has not chosen it yet."""

    id: int
    name: str
    email: str
    active: bool
    has_password: bool
    roles: tuple[HeldRole, ...]

    def roles_on(self, day: date) -> tuple[HeldRole, ...]:
        return tuple(role for role in self.roles if role.when(day) is When.NOW)


@dataclass(frozen=True)
class AccountPage:
    """One page of the list: `page` counts from 1."""

    accounts: tuple[Account, ...]
    count: int
    page: int
    last_page: int


@dataclass(frozen=True)
class Place:
    """Where a role can be held."""

    id: int
    name: str
    detail: str = ""
    """What tells two places of the same name apart."""
