"""The hours of a month, on screen and as files."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine

from schoolapp.models import User
from tests import factories
from tests.support.meetings import NOW, MeetingPlace
from tests.support.page import Browser


@pytest.fixture
def place(place: MeetingPlace) -> Iterator[MeetingPlace]:
    with time_machine.travel(NOW, tick=False):
        yield place


def _desk(place: MeetingPlace, mediator: User, **values: object) -> None:
    factories.make_hour_entry(mediator, service_id=place.service.id, **{"budget": place.service_budget, **values})


def test_a_mediator_reads_the_own_hours_month_by_month(browser: Browser, place: MeetingPlace) -> None:
    _desk(place, place.nadia)
    _desk(place, place.nadia, day=date(2026, 10, 8), end=time(9, 45))
    browser.sign_in(place.nadia)
    page = browser.get("/timesheets")
    assert page.h1 == "Ore di novembre 2026"
    sheet = page.follow(place.nadia.name)
    assert sheet.h1 == "Foglio ore di novembre 2026"
    assert "2 h sono ancora da confermare." in sheet.text
    assert "Giovedì 12 novembre" in sheet.text
    earlier = browser.get(f"/timesheets/mediators/{place.nadia.id}?month=2026-10")
    assert "45 min" in earlier.text
    assert "ancora nessuna ora" in browser.get(f"/timesheets/mediators/{place.nadia.id}?month=2026-09").text


@pytest.mark.parametrize(
    ("file_format", "mimetype", "start"),
    [
        ("pdf", "application/pdf", b"%PDF"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("csv", "text/csv", b"\xef\xbb\xbfData;"),
    ],
)
def test_the_sheet_is_taken_away(
    browser: Browser, place: MeetingPlace, file_format: str, mimetype: str, start: bytes
) -> None:
    _desk(place, place.nadia)
    browser.sign_in(place.marco)
    answer = browser.request("GET", f"/timesheets/mediators/{place.nadia.id}/timesheet.{file_format}?month=2026-11")
    assert (answer.status_code, answer.mimetype) == (200, mimetype)
    assert answer.data.startswith(start)
    name = f"foglio-ore-2026-11-mediator-{place.nadia.id}.{file_format}"
    assert name in answer.headers["Content-Disposition"]


def test_one_funding_line_alone_is_printed_and_a_foreign_one_is_not_found(
    browser: Browser, place: MeetingPlace
) -> None:
    _desk(place, place.nadia)
    _desk(place, place.nadia, budget=place.budget, start=time(14), end=time(14, 30))
    browser.sign_in(place.nadia)
    address = f"/timesheets/mediators/{place.nadia.id}/timesheet.csv?month=2026-11&line="
    rows = browser.request("GET", f"{address}{place.budget.funding_line_id}").text.splitlines()
    assert len(rows) == 2
    assert ";30;no" in rows[1]
    assert browser.request("GET", f"{address}999999").status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "x", "2026-11-01", "9999999999"])
def test_a_month_that_is_none_is_this_one(browser: Browser, place: MeetingPlace, month: str) -> None:
    browser.sign_in(place.nadia)
    assert browser.get(f"/timesheets?month={month}").h1 == "Ore di novembre 2026"


def test_the_sheet_of_another_is_not_found(browser: Browser, place: MeetingPlace) -> None:
    _desk(place, place.nadia)
    browser.sign_in(factories.make_mediator(place.provider))
    assert browser.get(f"/timesheets/mediators/{place.nadia.id}").status == 404
    assert browser.get(f"/timesheets/facilitators/{place.nadia.id}").status == 404
