"""The information desk: people without appointment are counted by language, and the hours are in the ledger."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp.domain.hours import HoursKind
from schoolapp.domain.meetings import MeetingContext
from schoolapp.models import HourEntry
from tests import factories
from tests.support.meetings import NOW, MeetingPlace
from tests.support.page import Browser, Form


@pytest.fixture
def place(place: MeetingPlace) -> Iterator[MeetingPlace]:
    with time_machine.travel(NOW, tick=False):
        place.service.context = MeetingContext.DESK
        place.service.name, place.service.place = "Sportello assistenza familiare", "Sondrio"
        yield place


def _form(browser: Browser, place: MeetingPlace) -> Form:
    browser.sign_in(place.anna)
    form = browser.get("/meetings").follow("Conta allo sportello").form("Scrivi lo sportello")
    form.fill("Chi c’era allo sportello", place.nadia.name).fill("Giorno", "2026-11-19")
    return form.fill("Dalle", "9:00").fill("Alle", "11:30")


def test_people_are_counted_by_language_and_hours_are_used(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    form = _form(browser, place).fill("language1", "ucraino").fill("people1", "4")
    page = form.fill("language2", "rumeno").fill("people2", "2").send()
    assert "Sportello scritto." in page.text
    assert page.rows("Già scritte") == [
        ["19/11/2026, 9:00–11:30", "2 h 30", place.nadia.name, "6", "rumeno 2, ucraino 4"]
    ]
    entry = database.scalars(select(HourEntry)).one()
    assert (entry.kind, entry.minutes, entry.request_id) == (HoursKind.DESK, 150, None)
    assert entry.validated_by_id == place.anna.id
    assert place.service_budget.used_minutes == 150


def test_a_session_to_which_nobody_came_counts_too(browser: Browser, place: MeetingPlace) -> None:
    assert _form(browser, place).send().rows("Già scritte")[0][3:] == ["0", "nessuno"]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("Chi c’era allo sportello", "scegli", "Scegli chi c’era allo sportello."),
        ("Giorno", "2026-11-21", "Lo sportello si scrive dopo che c’è stato."),
        ("Giorno", "", "Scrivi il giorno."),
        ("Alle", "8:00", "La fine deve venire dopo l’inizio."),
        ("Alle", "23:00", "Sono troppe ore per una volta: controlla gli orari."),
        ("language1", "ucraino", "Scrivi quante persone sono venute, per esempio 4."),
        ("people1", "4", "Scegli la lingua dall’elenco."),
        ("people1", "molte", "Scrivi un numero intero."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    browser: Browser, place: MeetingPlace, database: Session, field: str, typed: str, sentence: str
) -> None:
    page = _form(browser, place).fill(field, typed).send()
    assert page.status == 422
    assert sentence in page.errors()
    assert page.form("Scrivi lo sportello").values["start"] == ["9:00"]
    assert database.scalar(select(func.count()).select_from(HourEntry)) == 0


@pytest.mark.parametrize(("until", "status"), [("12:00", 200), ("12:01", 422)])
def test_hours_of_today_are_written_once_they_are_over(
    browser: Browser, place: MeetingPlace, until: str, status: int
) -> None:
    """It is noon."""
    assert _form(browser, place).fill("Giorno", "2026-11-20").fill("Alle", until).send().status == status


def test_no_minute_of_a_mediator_counts_twice(browser: Browser, place: MeetingPlace) -> None:
    _form(browser, place).send()
    again = _form(browser, place).fill("Dalle", "11:00").fill("Alle", "12:00").send()
    assert "In quell’orario la persona ha già altre ore scritte." in again.errors()
    assert "Sportello scritto." in _form(browser, place).fill("Dalle", "11:30").fill("Alle", "12:00").send().text


def test_hours_that_are_not_there_are_not_used(browser: Browser, place: MeetingPlace) -> None:
    place.service_budget.granted_minutes = 60
    page = _form(browser, place).send()
    assert any("monte ore non basta" in error for error in page.errors())


def test_another_desk_or_another_mediator_is_out_of_reach(browser: Browser, place: MeetingPlace) -> None:
    other = MeetingPlace()
    other.service.context = MeetingContext.DESK
    social = factories.make_service(place.ambito)
    form = _form(browser, place)
    for service_id in (other.service.id, social.id):
        assert browser.request("GET", f"/desks/{service_id}").status_code == 404
    form.values["mediator_id"] = [str(other.nadia.id)]
    assert form.send().status == 422


def test_the_page_costs_the_same_for_one_session_and_for_many(
    browser: Browser, place: MeetingPlace, statements: Callable[[], Any]
) -> None:
    counts = []
    for hour in ("7", "8", "12"):
        _form(browser, place).fill("Dalle", f"{hour}:00").fill("Alle", f"{hour}:30").fill("language1", "uk").fill(
            "people1", "3"
        ).send()
        with statements() as seen:
            browser.get(f"/desks/{place.service.id}")
        counts.append(len(seen))
    assert len(set(counts)) == 1
