"""Accounts: what ends their sessions, and roles between two days."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.roles import Role
from schoolapp.models import Institute, Membership, User
from tests import factories

BEGIN, END = date(2026, 9, 1), date(2026, 12, 31)


def test_another_address_ends_the_sessions_of_the_old_one_and_another_name_does_not(database: Session) -> None:
    user = factories.make_user(name="Irene", email="irene@example.org")
    mark = user.fs_uniquifier
    services.accounts.change(user.id, name="Irene Valsecca", email="Irene@Example.org")
    assert user.fs_uniquifier == mark
    services.accounts.change(user.id, name="Irene Valsecca", email="valsecca@example.org")
    assert (user.email, user.fs_uniquifier == mark) == ("valsecca@example.org", False)


def test_a_password_taken_away_ends_the_sessions(database: Session) -> None:
    user = factories.make_user()
    mark = user.fs_uniquifier
    services.accounts.take_password(factories.make_actor(Role.ADMINISTRATOR), user.id)
    assert (user.password, user.password_set_at, user.fs_uniquifier == mark) == (None, None, False)


def _grant(user: User, institute: Institute, first: date, last: date | None = None) -> Membership:
    return services.accounts.grant(user, role=Role.TEACHER, institute_id=institute.id, valid_from=first, valid_to=last)


@pytest.mark.parametrize(
    ("first", "last", "allowed", "remark"),
    [
        (date(2027, 1, 1), None, True, "from the day after"),
        (date(2026, 8, 1), date(2026, 8, 31), True, "until the day before"),
        (END, None, False, "from the last day"),
        (date(2026, 8, 1), BEGIN, False, "until the first day"),
    ],
)
def test_a_role_is_held_once_on_a_day(
    database: Session, first: date, last: date | None, allowed: bool, remark: str
) -> None:
    institute, user = factories.make_institute(), factories.make_user()
    _grant(user, institute, BEGIN, END)
    if allowed:
        assert _grant(user, institute, first, last) in user.memberships
        return
    with pytest.raises(RuleViolation, match="ha già questo ruolo nello stesso posto"):
        _grant(user, institute, first, last)


def test_the_same_role_is_held_in_two_schools(database: Session) -> None:
    user = factories.make_user()
    for institute in (factories.make_institute(), factories.make_institute()):
        _grant(user, institute, BEGIN)
    assert len(user.memberships) == 2


@pytest.mark.parametrize(
    ("last_day", "expected"),
    [
        (date(2026, 11, 23), {"valid_from": BEGIN, "valid_to": date(2026, 11, 23)}),
        (date(2026, 8, 31), {"valid_from": date(2026, 8, 31), "valid_to": date(2026, 8, 31)}),
    ],
    ids=["in the middle", "before it has begun"],
)
def test_a_role_ends_and_never_before_it_begins(database: Session, last_day: date, expected: dict[str, Any]) -> None:
    user = factories.make_user()
    held = _grant(user, factories.make_institute(), BEGIN)
    administrator = factories.make_actor(Role.ADMINISTRATOR)
    services.accounts.end_membership(administrator, user.id, held.id, last_day=last_day)
    assert {name: getattr(held, name) for name in expected} == expected
