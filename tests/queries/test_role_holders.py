"""Whose name signs the papers of a school on a day."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from schoolapp.domain.roles import Role
from schoolapp.queries.role_holders import head_teacher
from tests import factories

DAY = date(2026, 11, 20)
BEFORE, AFTER = date(2026, 11, 19), date(2026, 11, 21)


@pytest.mark.parametrize(
    ("remark", "role", "since", "until", "name"),
    [
        ("today is the first and the last day", Role.HEAD, DAY, DAY, "Lidia Marini"),
        ("no last day", Role.HEAD, BEFORE, None, "Lidia Marini"),
        ("gone since yesterday", Role.HEAD, BEFORE, BEFORE, None),
        ("comes tomorrow", Role.HEAD, AFTER, None, None),
        ("another role", Role.COORDINATOR, BEFORE, None, None),
    ],
)
def test_the_head_of_the_day_signs(
    database: Session, remark: str, role: Role, since: date, until: date | None, name: str | None
) -> None:
    school = factories.make_institute()
    lidia = factories.make_user(name="Lidia Marini")
    factories.make_membership(lidia, role, school, valid_from=since, valid_to=until)
    assert head_teacher(school.id, DAY) == name, remark


def test_of_two_heads_the_one_who_came_last_signs(database: Session) -> None:
    school = factories.make_institute()
    for name, since in (("Prima", date(2026, 9, 1)), ("Supplente", date(2026, 10, 1)), ("Titolare", date(2026, 9, 15))):
        factories.make_membership(factories.make_user(name=name), Role.HEAD, school, valid_from=since)
    assert head_teacher(school.id, DAY) == "Supplente"


def test_the_head_of_another_school_signs_nothing_here(database: Session) -> None:
    factories.make_user(Role.HEAD, factories.make_institute())
    assert head_teacher(factories.make_institute().id, DAY) is None
