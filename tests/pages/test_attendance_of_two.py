"""Two people who call one roll, and what the script of the page is told."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.domain.attendance import MarkStatus
from schoolapp.domain.roles import Role
from schoolapp.models import AuditEvent, User
from tests import factories
from tests.support.page import Browser, Page
from tests.support.roll_calls import NOW, Group, call_all, mark, marks_of


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def colleague(group: Group) -> User:
    user = factories.make_user(Role.FACILITATOR, group.institute, name="Marco Dassi")
    factories.make_workshop_facilitator(group.workshop, user)
    return user


def _both_read_and_one_saves_first(browser: Browser, group: Group, colleague: User) -> Page:
    """Irene reads, Marco says that Arjun is absent, Irene says that he and Amina are present."""
    form = browser.sign_in(group.facilitator).get(group.url).form("Salva")
    other = Browser(browser.app, browser.database).sign_in(colleague).get(group.url).form("Salva")
    mark(other, group.pupils[1], "absent")
    other.send()
    for pupil in group.pupils[:2]:
        mark(form, pupil, "present")
    return form.send()


def test_a_pupil_whom_two_people_marked_keeps_both_versions(
    browser: Browser, group: Group, colleague: User, database: Session
) -> None:
    page = _both_read_and_one_saves_first(browser, group, colleague)
    assert page.status == 409
    assert "Due persone dicono cose diverse. Qual è giusta?" in page.text
    assert "Presente tu, adesso" in page.text
    assert "Assente Marco Dassi, 10:42" in page.text
    marks = marks_of(database, group)
    assert marks["Amina"][0] is MarkStatus.PRESENT  # nobody disagrees on her
    assert marks["Arjun"][0] is MarkStatus.ABSENT  # nothing is overwritten


@pytest.mark.parametrize(
    ("button", "status"), [("Presente tu, adesso", MarkStatus.PRESENT), ("Assente Marco", MarkStatus.ABSENT)]
)
def test_a_person_decides_between_the_two_versions(
    browser: Browser, group: Group, colleague: User, database: Session, button: str, status: MarkStatus
) -> None:
    page = _both_read_and_one_saves_first(browser, group, colleague).form(button).send()
    assert "Qual è giusta?" not in page.main.text
    assert marks_of(database, group)["Arjun"][0] is status


def test_saving_without_deciding_decides_nothing(
    browser: Browser, group: Group, colleague: User, database: Session
) -> None:
    page = _both_read_and_one_saves_first(browser, group, colleague).form("Salva").send()
    assert page.status == 409
    assert marks_of(database, group)["Arjun"][0] is MarkStatus.ABSENT


def test_a_register_with_an_open_conflict_is_not_signed(
    browser: Browser, group: Group, colleague: User, database: Session
) -> None:
    form = _both_read_and_one_saves_first(browser, group, colleague).form("Firma la lezione")
    mark(form, group.pupils[2], "present")
    page = form.fill("Argomento", "I mesi").send()
    assert page.status == 409
    database.expire_all()
    assert group.lesson.signed_at is None


def test_what_one_person_left_alone_stays_as_the_other_wrote_it(
    browser: Browser, group: Group, colleague: User, database: Session
) -> None:
    page = call_all(browser.sign_in(group.facilitator).get(group.url), group).send()
    other = Browser(browser.app, browser.database).sign_in(colleague).get(group.url).form("Salva")
    mark(other, group.pupils[1], "absent")
    other.send()
    form = page.form("Salva")
    mark(form, group.pupils[2], "exempt")
    assert form.send().status == 200
    assert [marks_of(database, group)[name][0] for name in ("Amina", "Arjun", "Bogdan")] == [
        "present",
        "absent",
        "exempt",
    ]


def test_an_answer_that_was_lost_is_no_conflict_with_oneself(browser: Browser, group: Group, database: Session) -> None:
    form = call_all(browser.sign_in(group.facilitator).get(group.url), group)
    form.send()
    mark(form, group.pupils[0], "absent")  # still with the version read before the first save
    assert form.send().status == 200
    assert marks_of(database, group)["Amina"][0] is MarkStatus.ABSENT


# The answers to the script


def test_the_script_is_told_what_is_kept(browser: Browser, group: Group) -> None:
    values = call_all(browser.sign_in(group.facilitator).get(group.url), group).values
    answer = browser.request("POST", group.url, data=values, headers={"Accept": "application/json"})
    assert answer.json == {
        "saved": "10:42",
        "stamps": {str(pupil.id): "1 P" for pupil in group.pupils},
        "topic": "",
        "activities": [],
        "conflicts": [],
    }


def test_the_script_takes_a_mark_back(browser: Browser, group: Group, database: Session) -> None:
    values = dict(call_all(browser.sign_in(group.facilitator).get(group.url), group).send().form("Salva").values)
    values[f"mark-{group.pupils[0].id}"] = [""]
    answer = browser.request("POST", group.url, data=values, headers={"Accept": "application/json"})
    assert answer.json is not None
    assert str(group.pupils[0].id) not in answer.json["stamps"]
    assert sorted(marks_of(database, group)) == ["Arjun", "Bogdan"]
    event = database.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert event.changes == {f"mark:{group.pupils[0].id}": ["P", None]}


def test_nothing_is_saved_without_the_token_of_the_form(browser: Browser, group: Group, database: Session) -> None:
    values = call_all(browser.sign_in(group.facilitator).get(group.url), group).values
    del values["csrf_token"]
    assert browser.request("POST", group.url, data=values).status_code == 400
    assert marks_of(database, group) == {}


def test_the_script_is_told_of_a_conflict(browser: Browser, group: Group, colleague: User) -> None:
    values = dict(browser.sign_in(group.facilitator).get(group.url).form("Salva").values)
    factories.make_mark(group.lesson, group.pupils[1], MarkStatus.LATE, missed_minutes=5, recorded_by=colleague)
    values[f"mark-{group.pupils[1].id}"] = ["present"]
    answer = browser.request("POST", group.url, data=values, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json is not None
    (conflict,) = answer.json["conflicts"]
    assert (conflict["pupil"], conflict["code"], conflict["stamp"]) == (group.pupils[1].id, "P", "1 R 5")
    assert (conflict["author"], conflict["at"]) == ("Marco Dassi", "10:42")


def test_the_script_is_told_what_is_wrong(browser: Browser, group: Group) -> None:
    form = call_all(browser.sign_in(group.facilitator).get(group.url), group)
    mark(form, group.pupils[2], "late")
    answer = browser.request("POST", group.url, data=form.values, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json == {"message": "Scrivi quanti minuti.", "field": f"minutes-{group.pupils[2].id}"}
