"""The day: where to go now, what is unfinished, what comes next. Always one's own."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.attendance import MarkStatus
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.roles import Role
from schoolapp.models import User, Workshop
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
