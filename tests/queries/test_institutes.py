"""Which schools are open, wherever one of them is chosen."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from schoolapp import queries
from schoolapp.domain.roles import Role, ScopeKind
from tests import factories

pytestmark = pytest.mark.usefixtures("friday")

CLOSED, LAST_DAY, IN_SUMMER = date(2026, 11, 19), date(2026, 11, 20), date(2027, 8, 31)


def test_a_plesso_is_offered_until_its_last_day(database: Session) -> None:
    institute = factories.make_institute()
    coordinator = factories.make_actor(Role.COORDINATOR, institute)
    for name, valid_to in (("A", None), ("B", LAST_DAY), ("C", IN_SUMMER), ("D", CLOSED)):
        factories.make_site(institute, name=name, valid_to=valid_to)
    assert [name for _id, name in queries.imports.list_sites(coordinator, institute.id)] == ["A", "B", "C"]
    assert [site.name for site in queries.school_classes.list_sites(coordinator)] == ["A", "B", "C"]


def test_roles_are_given_in_schools_and_services_that_are_open(database: Session) -> None:
    administrator = factories.make_actor(Role.ADMINISTRATOR)
    for name, valid_to in (("Zeta A", None), ("Zeta B", IN_SUMMER), ("Zeta C", CLOSED)):
        factories.make_institute(name=name, valid_to=valid_to)
        factories.make_service(name=name, valid_to=valid_to)
    for kind in (ScopeKind.INSTITUTE, ScopeKind.SERVICE):
        found = queries.accounts.places(administrator, kind, "zeta")
        assert [place.name for place in found] == ["Zeta A", "Zeta B"]
