"""What a certificate gathers belongs to its workshop: its year, its last day, the day of its issue."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.assessment import Moment
from schoolapp.domain.certificates import CertificateContents
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import ClassMembership
from schoolapp.services.certificates import Issuing
from tests import factories
from tests.support.concluded import Concluded, concluded_workshop
from tests.support.standing import again

AT = datetime(2027, 6, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def standing_school(stands: Callable[..., Concluded]) -> Concluded:
    return stands(lambda: concluded_workshop({"Awa": 4}), at=AT)


@pytest.fixture
def school(standing_school: Concluded, database: Session) -> Concluded:
    return again(standing_school)


def contents(school: Concluded) -> CertificateContents:
    issuing = Issuing(by_id=school.coordinator.id, at=AT, verify_address="https://x.example/verify")
    ids = [pupil.id for pupil in school.pupils.values()]
    return CertificateContents.from_json(
        services.certificates.issue(school.workshop.id, pupil_ids=ids, issuing=issuing)[0].contents
    )


def enter(school: Concluded, class_name: str, on: date, until: date | None = None) -> None:
    school_class = factories.make_class(school.workshop.site, name=class_name)
    pupil = school.pupils["Awa"]
    db.session.add(ClassMembership(pupil=pupil, school_class=school_class, valid_from=on, valid_to=until))
    db.session.flush()


def test_the_class_is_that_of_the_last_day_in_the_workshop(school: Concluded) -> None:
    (first,) = school.pupils["Awa"].class_memberships
    first.valid_to = date(2026, 12, 1)
    enter(school, "3C", date(2026, 12, 1), until=date(2027, 5, 1))
    enter(school, "4C", date(2027, 5, 1))
    assert contents(school).school_class == "3C, scuola primaria"


def test_a_class_that_was_written_down_later_is_better_than_none(school: Concluded, database: Session) -> None:
    for membership in list(school.pupils["Awa"].class_memberships):
        database.delete(membership)
    database.flush()
    enter(school, "3C", date(2027, 2, 1))
    assert contents(school).school_class == "3C, scuola primaria"


def test_levels_of_another_year_are_not_of_this_workshop(school: Concluded) -> None:
    other = factories.make_school_year(label="2025/26", first_day=date(2025, 9, 1), last_day=date(2026, 8, 31))
    factories.make_assessment(
        school.pupils["Awa"],
        school_year_id=other.id,
        moment=Moment.FINAL,
        day=date(2026, 5, 20),
        levels={Skill.READING: Level.B1},
    )
    assert contents(school).levels == ()


def test_the_head_who_signs_is_the_one_of_the_day_of_issue(school: Concluded) -> None:
    for name, dates in (
        ("Prima", {"valid_from": date(2025, 9, 1), "valid_to": date(2027, 1, 31)}),
        ("Adesso", {"valid_from": date(2027, 2, 1)}),
        ("Dopo", {"valid_from": date(2027, 9, 1)}),
    ):
        user = factories.make_user(name=name)
        factories.make_membership(user, Role.HEAD, school.institute, **dates)
    assert contents(school).head == "Adesso"


def test_who_ran_the_workshop_on_the_last_day_signs(school: Concluded) -> None:
    (irene,) = school.workshop.facilitators
    irene.valid_to = date(2026, 12, 1)
    for name, first_day in (("Lucia Moretti", date(2026, 12, 2)), ("Dopo Tutti", date(2027, 3, 1))):
        factories.make_workshop_facilitator(school.workshop, factories.make_user(name=name), valid_from=first_day)
    assert contents(school).facilitators == ("Lucia Moretti",)


def test_each_year_counts_its_own_numbers(school: Concluded) -> None:
    assert contents(school).number == "2026/27-0001"
    year = factories.make_school_year(label="2027/28", first_day=date(2027, 9, 1), last_day=date(2028, 8, 31))
    later = concluded_workshop({"Awa": 4}, school_year_id=year.id)
    later.workshop.institute_id = school.institute.id
    assert contents(later).number == "2027/28-0001"
