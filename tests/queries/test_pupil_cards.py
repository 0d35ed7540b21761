"""What the card of a pupil says, and to whom."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from schoolapp import queries, services
from schoolapp.domain.attendance import MarkStatus
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.nai import NaiRule
from schoolapp.domain.pupil_matching import Person
from schoolapp.domain.roles import Role
from schoolapp.models import Contact
from schoolapp.queries.pupil_cards import Card
from tests import factories

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def _card(pupil_id: int, institute: Any, role: Role = Role.COORDINATOR, on: date = TODAY) -> Card:
    return queries.pupil_cards.get(factories.make_actor(role, institute), pupil_id, on=on, today=TODAY)


def test_conditions_are_computed_for_the_day_asked(database: Session) -> None:
    institute = factories.make_institute()
    pupil = factories.make_pupil(
        institute,
        arrival_month=date(2026, 1, 1),
        first_enrolment=date(2026, 2, 2),
        entry_level=Level.A2,
        citizenships=["MA"],
    )
    then, now = _card(pupil.id, institute, on=date(2026, 5, 1)), _card(pupil.id, institute)
    assert [then.nai[rule].answer for rule in NaiRule] == [True, True, True]
    assert [now.nai[rule].answer for rule in NaiRule] == [False, True, False]
    assert _card(pupil.id, institute, on=date(2028, 1, 1)).nai[NaiRule.SCHOOL_PRACTICE].answer is False
    assert now.fami.answer is True


def test_nothing_known_leaves_every_condition_unknown(database: Session) -> None:
    institute = factories.make_institute()
    pupil = factories.make_pupil(institute, birth_date=None, citizenships=[], languages=[])
    card = _card(pupil.id, institute)
    assert {finding.answer for finding in (*card.nai.values(), card.fami)} == {None}


def test_a_child_of_the_nursery_school_is_outside_the_statistics(database: Session) -> None:
    site = factories.make_site(kind="SCUOLA INFANZIA")
    pupil = factories.make_pupil(site.institute, school_class=factories.make_class(site), first_enrolment=TODAY)
    card = _card(pupil.id, site.institute)
    assert card.nai[NaiRule.STATISTICS].answer is False
    assert card.school_class is not None
    assert card.school_class.name == "2B"


def test_attendance_counts_each_enrolment_from_its_own_days(database: Session) -> None:
    institute = factories.make_institute()
    workshop = factories.make_workshop(institute)
    pupil = factories.make_pupil(institute)
    factories.make_enrolment(workshop, pupil, first_day=date(2026, 9, 21), last_day=date(2026, 9, 30))
    factories.make_enrolment(workshop, pupil, first_day=date(2026, 11, 1))
    for day, status in (
        (date(2026, 9, 22), MarkStatus.ABSENT),
        (date(2026, 11, 3), MarkStatus.PRESENT),
        (date(2026, 11, 10), MarkStatus.EXEMPT),
    ):
        factories.make_mark(factories.make_lesson(workshop, day=day), pupil, status)
    cancelled = factories.make_lesson(workshop, day=date(2026, 11, 17), cancelled_by=CancelledBy.SCHOOL)
    factories.make_mark(cancelled, pupil)
    latest, first = _card(pupil.id, institute).workshops
    assert (latest.figure.attended, latest.figure.offered) == (90, 90)
    assert (first.figure.attended, first.figure.offered) == (0, 90)


def test_look_alikes_are_found_by_birth_date_and_by_name(database: Session) -> None:
    institute = factories.make_institute()
    born = date(2014, 3, 14)
    swapped = factories.make_pupil(institute, last_name="Mohamed", first_name="Ali", birth_date=born)
    spelled = factories.make_pupil(institute, last_name="Alì", first_name="Muhammad", birth_date=born)
    undated = factories.make_pupil(institute, last_name="Ali", first_name="Mohamed", birth_date=None)
    factories.make_pupil(institute, last_name="Conti", first_name="Luca", birth_date=born)
    factories.make_pupil(None, last_name="Ali", first_name="Mohamed", birth_date=born)
    facts = Person("Ali", "Mohamed", born, None)
    for pupil in (swapped, spelled, undated):
        services.pupils.update(
            pupil,
            facts=queries.pupil_cards.facts_of(pupil),
            class_id=None,
            today=TODAY,
        )
    found = queries.look_alikes.find(institute_id=institute.id, person=facts)
    assert {other.pupil_id for other in found} == {swapped.id, spelled.id, undated.id}
    assert all(str(other.match.reason) for other in found)


def test_contacts_look_alikes_and_readings_are_not_for_teachers(database: Session) -> None:
    site = factories.make_site()
    school_class = factories.make_class(site)
    teacher = factories.make_user(Role.TEACHER, site.institute)
    factories.make_class_teacher(teacher, school_class)
    pupil = factories.make_pupil(site.institute, school_class=school_class, last_name="Ada", first_name="Salma")
    factories.make_pupil(site.institute, last_name="Ada", first_name="Salma")
    pupil.contacts = [Contact(name="Fatima", phone="+393401234567")]
    services.pupils.note_reading(pupil_id=pupil.id, user_id=teacher.id, at=AT)
    seen = queries.pupil_cards.get(factories.actor_of(teacher), pupil.id, on=TODAY, today=TODAY)
    assert (seen.contacts, seen.look_alikes, seen.readings) == ([], [], [])
    whole = _card(pupil.id, site.institute, Role.HEAD)
    assert [contact.name for contact in whole.contacts] == ["Fatima"]
    assert [reading.name for reading in whole.readings] == [teacher.name]
    assert len(whole.look_alikes) == 1


def test_a_card_takes_the_same_statements_however_much_is_on_it(
    database: Session, statements: Callable[[], Any]
) -> None:
    institute = factories.make_institute()
    pupil = factories.make_pupil(institute)
    counts = []
    for _ in range(2):
        database.expire_all()
        actor = factories.make_actor(Role.COORDINATOR, institute)
        with statements() as seen:
            queries.pupil_cards.get(actor, pupil.id, on=TODAY, today=TODAY)
        counts.append(len(seen))
        for number in range(5):
            workshop = factories.make_workshop(institute)
            factories.make_enrolment(workshop, pupil)
            factories.make_mark(factories.make_lesson(workshop), pupil)
            factories.make_pupil(institute, last_name=pupil.last_name, first_name="Salma")
            services.pupils.note_reading(pupil_id=pupil.id, user_id=actor.user_id, at=AT)
            assert number < 5
    assert counts[0] == counts[1] <= 12


def test_the_class_is_that_of_the_day(database: Session) -> None:
    school_class = factories.make_class(name="2B")
    pupil = factories.make_pupil(school_class.site.institute, school_class=school_class)
    services.pupils.set_class(pupil, class_id=None, on=date(2026, 11, 10))
    then = queries.pupil_classes.class_on(pupil.id, date(2026, 11, 9))
    assert then is not None
    assert then.name == "2B"
    assert queries.pupil_classes.class_on(pupil.id, date(2026, 11, 10)) is None


def test_conditions_of_a_day_know_nothing_of_what_was_assessed_later(database: Session) -> None:
    institute = factories.make_institute()
    pupil = factories.make_pupil(
        institute, first_enrolment=date(2024, 9, 12), entry_level=Level.A1, citizenships=["MA"]
    )
    factories.make_assessment(pupil, day=date(2026, 11, 16), levels=dict.fromkeys(Skill, Level.B1))
    then, now = _card(pupil.id, institute, on=date(2026, 11, 15)), _card(pupil.id, institute)
    assert (then.nai[NaiRule.LAW].answer, now.nai[NaiRule.LAW].answer) == (True, False)
