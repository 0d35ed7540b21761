"""The Ambito's office reads the month in hours, and takes it away as a table."""

from collections.abc import Iterator
from datetime import time

import pytest
import time_machine
from sqlalchemy.orm import Session

from schoolapp.domain.hours import HoursKind
from schoolapp.domain.meetings import MeetingContext
from schoolapp.models import DeskContacts
from tests import factories
from tests.exchange.test_registers import csv_rows
from tests.support.meetings import NOW, MeetingPlace
from tests.support.page import Browser


@pytest.fixture
def place(place: MeetingPlace, database: Session) -> Iterator[MeetingPlace]:
    with time_machine.travel(NOW, tick=False):
        place.service.context = MeetingContext.DESK
        place.pupil.last_name = "Benali"
        request = factories.make_meeting_request(
            place.institute, requester_id=place.paola.id, pupil=place.pupil, provider_id=place.provider.id
        )
        factories.make_hour_entry(
            place.nadia, request_id=request.id, budget=place.budget, kind=HoursKind.MEETING, end=time(10, 30)
        )
        session = factories.make_hour_entry(place.nadia, service_id=place.service.id, budget=place.service_budget)
        session.contacts = [DeskContacts(language="ar", contacts=2)]
        database.flush()
        yield place


def test_the_month_is_read_in_sums(browser: Browser, place: MeetingPlace) -> None:
    page = browser.sign_in(place.elena).get("/district-hours")
    assert page.h1 == "Ore di novembre 2026"
    assert "3 h 30 nel mese" in page.text
    assert "3 h 30 di mediazione e 0 h di facilitazione." in page.text
    assert "3 h 30 aspettano ancora la conferma di chi ha chiesto." in page.text
    askers = {row[0]: row[-1] for row in page.rows("Per scuola e servizio")}
    assert askers == {place.institute.name: "1 h 30", place.service.name: "2 h", "Totale": "3 h 30"}
    assert page.rows("Sportelli") == [[place.service.name, "1", "2 h", "riservato"]]
    for name in ("Benali", place.nadia.name, place.paola.name):
        assert name not in page.text


def test_a_month_without_hours_says_so_and_leads_to_the_one_before(browser: Browser, place: MeetingPlace) -> None:
    page = browser.sign_in(place.elena).get("/district-hours?month=2026-12")
    assert "In questo mese non c’è ancora nessuna ora." in page.text
    assert page.follow("il mese prima").h1 == "Ore di novembre 2026"


@pytest.mark.parametrize("month", ["2026-13", "x", "", "2026-11-01", "٢٠٢٦-١١"])
def test_a_month_that_is_none_is_this_one(month: str, browser: Browser, place: MeetingPlace) -> None:
    assert browser.sign_in(place.elena).get(f"/district-hours?month={month}").h1 == "Ore di novembre 2026"


def test_the_table_of_the_page_is_taken_away(browser: Browser, place: MeetingPlace) -> None:
    browser.sign_in(place.elena)
    answer = browser.request("GET", "/district-hours.csv?month=2026-11")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ore-2026-11.csv"'
    assert sum(int(row[7]) for row in csv_rows(answer.data)[1:]) == 210
    assert place.nadia.name not in answer.text
    assert browser.request("GET", "/district-hours.xlsx").data.startswith(b"PK")
