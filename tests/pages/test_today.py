"""The day: where to go now, what is unfinished, what comes next. Always one's own."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.attendance import MarkStatus
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.roles import Role
from schoolapp.models import UnlistedState, User, Workshop
from tests import factories
from tests.support.page import Browser

NOW = datetime(2026, 11, 23, 10, 5, tzinfo=SCHOOL_ZONE)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def facilitator(database: Session) -> User:
    return factories.make_user(Role.FACILITATOR)


@pytest.fixture
def workshop(facilitator: User) -> Workshop:
    institute = facilitator.memberships[0].institute
    assert institute is not None
    return factories.make_workshop(institute, facilitator)


def test_the_next_lesson_comes_first_and_says_when(browser: Browser, facilitator: User, workshop: Workshop) -> None:
    factories.make_enrolment(workshop)
    factories.make_lesson(workshop, start=time(14), end=time(15, 30))
    lesson = factories.make_lesson(workshop)
    url = f"/lessons/{lesson.id}/register"
    page = browser.sign_in(facilitator).get("/")
    assert (page.h1, page.url.split("?")[0]) == ("Oggi", "/today")
    assert "lunedì 23 novembre" in page.text
    assert "Prossima lezione tra 25 minuti 10:30 –12:00 Italiano per comunicare A1" in page.text
    assert "1 alunno" in page.text
    assert page.links()["Apri il registro"] == url
    assert "Le altre lezioni di oggi 14:00" in page.text


def test_a_lesson_under_way_asks_for_its_roll_call(
    browser: Browser, facilitator: User, workshop: Workshop, clock: Any
) -> None:
    factories.make_lesson(workshop)
    clock.move_to(datetime(2026, 11, 23, 10, 40, tzinfo=SCHOOL_ZONE))
    page = browser.sign_in(facilitator).get("/today")
    assert "Lezione di adesso in corso" in page.text
    assert "Fai l’appello" in page.links()


def test_unsigned_lessons_of_the_past_stand_on_top_with_what_they_lack(
    browser: Browser, facilitator: User, workshop: Workshop
) -> None:
    pupil = factories.make_enrolment(workshop).pupil
    factories.make_lesson(workshop, day=date(2026, 11, 19), start=time(8, 30), end=time(10))
    marked = factories.make_lesson(workshop, day=date(2026, 11, 20), start=time(14), end=time(15, 30))
    factories.make_mark(marked, pupil)
    factories.make_lesson(workshop, day=date(2026, 11, 18), signed_by=facilitator, topic="I mesi")
    factories.make_lesson(workshop, day=date(2026, 11, 17), cancelled_by=CancelledBy.SCHOOL)
    page = browser.sign_in(facilitator).get("/today")
    assert "2 lezioni da completare" in page.text
    assert "Giovedì 19 novembre, 8:30–10:00 · Italiano per comunicare A1" in page.text
    assert "appello da fare, manca l’argomento" in page.text
    assert any(words.startswith("Completa e firma") for words in page.links())
    assert any(words.startswith("Fai l’appello") for words in page.links())
    assert "18 novembre" not in page.text


def test_a_signed_lesson_says_how_many_were_there(browser: Browser, facilitator: User, workshop: Workshop) -> None:
    lesson = factories.make_lesson(workshop, start=time(8, 30), end=time(10), signed_by=facilitator, topic="I mesi")
    for status in (MarkStatus.PRESENT, MarkStatus.ABSENT, MarkStatus.PRESENT):
        factories.make_mark(lesson, factories.make_enrolment(workshop).pupil, status)
    page = browser.sign_in(facilitator).get("/today")
    assert "2 presenti su 3" in page.text
    assert "Firmata" in page.text


def test_a_day_without_lessons_shows_those_of_the_next_one(
    browser: Browser, facilitator: User, workshop: Workshop
) -> None:
    factories.make_lesson(workshop, day=date(2026, 11, 24))
    factories.make_lesson(workshop, day=date(2026, 11, 24), start=time(14), end=time(15))
    page = browser.sign_in(facilitator).get("/today")
    assert "Oggi non hai lezioni." in page.text
    assert [node.text for node in page.main.all("h2")] == ["Martedì 24 novembre"]
    assert [line.text[:5] for line in page.main.all("a") if line.has_class("lesson-line")] == ["10:30", "14:00"]


def test_a_day_with_lessons_leads_to_the_next_one(browser: Browser, facilitator: User, workshop: Workshop) -> None:
    factories.make_lesson(workshop)
    factories.make_lesson(workshop, day=date(2026, 11, 24))
    page = browser.sign_in(facilitator).get("/today").follow("Domani, martedì 24 novembre: 1 lezione")
    assert page.h1 == "Martedì 24 novembre"
    assert "Le tue lezioni 10:30" in page.text


def test_a_school_without_lessons_today_sees_those_of_the_next_day(
    browser: Browser, facilitator: User, workshop: Workshop
) -> None:
    factories.make_lesson(workshop, day=date(2026, 11, 24))
    page = browser.sign_in(factories.make_user(Role.COORDINATOR, workshop.institute)).get("/today")
    assert "Oggi la scuola non ha lezioni di italiano L2." in page.text
    assert f"Martedì 24 novembre 10:30 –12:00 {workshop.title}" in page.text


def test_who_has_no_workshop_yet_reads_what_will_be_here(browser: Browser, facilitator: User) -> None:
    page = browser.sign_in(facilitator).get("/today")
    assert "Quando la scuola ti affida un laboratorio" in page.text


@pytest.mark.parametrize("day", ["ieri", "2026-13-01", "'; DROP TABLE lesson"])
def test_a_day_that_is_none_is_refused(browser: Browser, facilitator: User, day: str) -> None:
    page = browser.sign_in(facilitator).get("/today", query_string={"day": day})
    assert page.status == 400


def test_nobody_gets_the_day_of_someone_else(browser: Browser, facilitator: User, workshop: Workshop) -> None:
    factories.make_lesson(workshop)
    colleague = factories.make_user(Role.FACILITATOR, workshop.institute)
    page = browser.sign_in(colleague).get("/today", query_string={"user_id": facilitator.id, "userid": facilitator.id})
    assert "Oggi non hai lezioni." in page.text


def test_who_no_longer_runs_the_workshop_no_longer_has_its_lessons(
    browser: Browser, facilitator: User, workshop: Workshop
) -> None:
    workshop.facilitators[0].valid_to = date(2026, 11, 20)
    factories.make_lesson(workshop, facilitator_id=None)
    assert "Oggi non hai lezioni." in browser.sign_in(facilitator).get("/today").text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.HEAD])
def test_coordinator_and_head_see_the_day_of_their_school(
    browser: Browser, facilitator: User, workshop: Workshop, role: Role
) -> None:
    factories.make_lesson(workshop)
    factories.make_lesson(workshop, day=date(2026, 11, 18), signed_by=facilitator, topic="I mesi")
    factories.make_lesson(factories.make_workshop(title="Laboratorio di un’altra scuola"))
    page = browser.sign_in(factories.make_user(role, workshop.institute)).get("/today")
    assert "Un registro firmato aspetta il visto della scuola." in page.text
    assert facilitator.name in page.text
    assert "altra scuola" not in page.text


@pytest.mark.parametrize("lessons", [1, 6])
def test_a_fuller_day_asks_no_more_statements(
    browser: Browser, facilitator: User, workshop: Workshop, statements: Callable[[], Any], lessons: int
) -> None:
    factories.make_enrolment(workshop)
    for number in range(lessons):
        factories.make_lesson(workshop, start=time(8 + number), end=time(9 + number))
        factories.make_lesson(workshop, day=date(2026, 11, 2 + number))
    browser.sign_in(facilitator)
    with statements() as seen:
        browser.get("/today")
    assert len(seen) == 4  # who asks, the day, the unsigned ones, the next day


def test_a_coordinator_reads_who_has_lessons_to_sign_since_when(
    browser: Browser, facilitator: User, workshop: Workshop
) -> None:
    for day in (date(2026, 11, 18), date(2026, 11, 16)):
        factories.make_lesson(workshop, day=day)
    factories.make_lesson(workshop, day=date(2026, 11, 17), signed_by=facilitator, topic="I mesi")
    factories.make_lesson(workshop, day=date(2026, 11, 19), cancelled_by=CancelledBy.SCHOOL, cancelled_why="sciopero")
    factories.make_lesson(factories.make_workshop(title="Laboratorio di un’altra scuola"), day=date(2026, 11, 2))
    coordinator = browser.sign_in(factories.make_user(Role.COORDINATOR, workshop.institute))
    page = coordinator.get("/today")
    assert f"Da firmare {facilitator.name} 2 lezioni, la prima lunedì 16 novembre" in page.text
    assert page.text.index("Lunedì 16 novembre, 10:30") < page.text.index("Mercoledì 18 novembre, 10:30")
    assert "Martedì 17" not in page.text
    assert "Giovedì 19" not in page.text
    assert "altra scuola" not in page.text
    assert "Da firmare" not in coordinator.get("/today?day=2026-11-24").text


@pytest.mark.parametrize("lessons", [1, 6])
def test_more_unsigned_lessons_of_a_school_ask_no_more_statements(
    browser: Browser, facilitator: User, workshop: Workshop, statements: Callable[[], Any], lessons: int
) -> None:
    for number in range(lessons):
        factories.make_lesson(workshop, day=date(2026, 11, 2 + number))
    factories.make_lesson(workshop)
    browser.sign_in(factories.make_user(Role.COORDINATOR, workshop.institute))
    with statements() as seen:
        browser.get("/today")
    assert len(seen) == 5  # who asks, the day, the unsigned ones, how many to countersign, who turned up


def test_a_lesson_that_is_over_stands_among_the_unsigned_ones_once(
    browser: Browser, facilitator: User, workshop: Workshop
) -> None:
    factories.make_lesson(workshop, start=time(8, 30), end=time(10))
    page = browser.sign_in(facilitator).get("/today")
    assert "Una lezione da completare Lunedì 23 novembre, 8:30–10:00" in page.text
    assert page.text.count("8:30") == 1


def test_the_oldest_thirty_unsigned_lessons_are_enough_to_begin_with(
    browser: Browser, facilitator: User, workshop: Workshop
) -> None:
    for number in range(31):
        factories.make_lesson(workshop, day=date(2026, 10, 1) + timedelta(days=number))
    page = browser.sign_in(facilitator).get("/today")
    assert "30 lezioni da completare" in page.text
    assert "31 ottobre" not in page.text


def test_a_day_whose_lessons_are_cancelled_is_not_the_next_one(
    browser: Browser, facilitator: User, workshop: Workshop
) -> None:
    factories.make_lesson(workshop, day=date(2026, 11, 24), cancelled_by=CancelledBy.SCHOOL, cancelled_why="sciopero")
    factories.make_lesson(workshop, day=date(2026, 11, 25))
    page = browser.sign_in(facilitator).get("/today")
    assert [node.text for node in page.main.all("h2")] == ["Mercoledì 25 novembre"]


def test_the_pupils_of_a_lesson_are_those_enrolled_on_its_day(
    browser: Browser, facilitator: User, workshop: Workshop
) -> None:
    for first_day, last_day in (
        (TODAY, None),
        (date(2026, 9, 21), TODAY),
        (date(2026, 11, 24), None),
        (date(2026, 9, 21), date(2026, 11, 22)),
    ):
        factories.make_enrolment(workshop, first_day=first_day, last_day=last_day)
    factories.make_lesson(workshop)
    assert "2 alunni" in browser.sign_in(facilitator).get("/today").text


def test_the_minutes_to_a_lesson_count_the_one_under_way(
    browser: Browser, facilitator: User, workshop: Workshop, clock: Any
) -> None:
    factories.make_lesson(workshop)
    clock.move_to(datetime(2026, 11, 23, 10, 29, 30, tzinfo=SCHOOL_ZONE))
    assert "tra 1 minuto" in browser.sign_in(facilitator).get("/today").text


def test_what_waits_for_the_visto_is_counted_in_the_own_school(
    browser: Browser, facilitator: User, workshop: Workshop
) -> None:
    stranger = factories.make_user(Role.FACILITATOR)
    elsewhere = factories.make_workshop(stranger.memberships[0].institute, stranger, title="Di un’altra scuola")
    factories.make_lesson(elsewhere, signed_by=stranger, topic="I mesi")
    head = browser.sign_in(factories.make_user(Role.HEAD, workshop.institute))
    assert "aspetta il visto" not in head.get("/today").text
    assert "altra scuola" not in head.get("/countersign").text
    factories.make_lesson(workshop, signed_by=facilitator, topic="I mesi")
    assert "Un registro firmato aspetta il visto della scuola." in head.get("/today").text
    assert "altra scuola" not in head.get("/countersign").text


def test_a_pupil_who_turned_up_is_shown_until_it_is_decided(browser: Browser, workshop: Workshop) -> None:
    lesson = factories.make_lesson(workshop)
    for name, state in (("Omar", UnlistedState.PROPOSED), ("Selam", UnlistedState.DISMISSED)):
        factories.make_unlisted_pupil(lesson, name=name, state=state)
    page = browser.sign_in(factories.make_user(Role.COORDINATOR, workshop.institute)).get("/today")
    assert "Omar" in page.text
    assert "Selam" not in page.text
