"""After a meeting, as the mediator writes it and the teacher reads and confirms it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.models import MeetingRequest
from tests import factories
from tests.support.meetings import MeetingPlace
from tests.support.page import Browser, Form, Page

AFTER = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)


@pytest.fixture
def place(place: MeetingPlace) -> Iterator[MeetingPlace]:
    with time_machine.travel(AFTER, tick=False):
        yield place


@pytest.fixture
def meeting(place: MeetingPlace) -> MeetingRequest:
    return place.request(MeetingState.CONFIRMED)


def _report(browser: Browser, place: MeetingPlace, meeting: MeetingRequest) -> Form:
    browser.sign_in(place.nadia)
    return browser.get(f"/meetings/{meeting.id}").follow("Scrivi la relazione").form("Invia la relazione")


def _sent(browser: Browser, place: MeetingPlace, meeting: MeetingRequest) -> Page:
    form = _report(browser, place, meeting)
    form.fill("present", "mother").fill("Accordi presi", "La madre firma il diario.")
    form.fill("debriefing_minutes", "20").fill("debriefing_start", "17:30")
    return form.fill("Nota culturale", "Il capofamiglia saluta per primo.").send()


def test_the_mediator_finds_the_times_filled_in_and_sends_the_report(
    browser: Browser, place: MeetingPlace, meeting: MeetingRequest
) -> None:
    form = _report(browser, place, meeting)
    assert form.values["start"] == ["16:30"]
    assert form.values["end"] == ["17:30"]
    page = _sent(browser, place, meeting)
    assert "Relazione inviata." in page.text
    assert "1 h 20" in page.text
    assert "Il capofamiglia saluta per primo." in page.text
    assert meeting.state is MeetingState.REPORTED


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    browser: Browser, place: MeetingPlace, meeting: MeetingRequest
) -> None:
    form = _report(browser, place, meeting).fill("Accordi presi", "La madre firma il diario.")
    page = form.fill("call_minutes", "15").send()
    assert page.status == 422
    assert "Scrivi anche l’ora, per esempio 16:30." in page.errors()
    assert page.form("Invia la relazione").values["agreements"][0].strip() == "La madre firma il diario."
    assert meeting.state is MeetingState.CONFIRMED


def test_the_teacher_reads_it_on_the_page_of_the_request_and_confirms(
    browser: Browser, place: MeetingPlace, meeting: MeetingRequest
) -> None:
    _sent(browser, place, meeting)
    browser.sign_in(place.paola)
    page = browser.get(f"/meetings/{meeting.id}")
    assert "La madre firma il diario." in page.text
    assert "Il capofamiglia saluta per primo." in page.text
    confirmed = page.form("Conferma le ore").send()
    assert "Ore confermate." in confirmed.text
    assert meeting.state is MeetingState.VALIDATED
    assert place.budget.used_minutes == 80


def test_the_teacher_sends_it_back_with_the_reason_which_the_mediator_reads(
    browser: Browser, place: MeetingPlace, meeting: MeetingRequest
) -> None:
    _sent(browser, place, meeting)
    browser.sign_in(place.paola)
    form = browser.get(f"/meetings/{meeting.id}").form("Chiedi di rivedere la relazione")
    assert "Scrivi il motivo, in poche parole." in form.send().errors()
    sent = form.fill("Motivo", "Siamo finiti alle 17.").send()
    assert "Il mediatore la rivede" in sent.text
    again = _report(browser, place, meeting)
    assert again.values["agreements"][0].strip() == "La madre firma il diario."
    assert "Siamo finiti alle 17." in browser.get(f"/meetings/{meeting.id}/report").text


def test_hours_confirmed_by_mistake_are_sent_back_too(
    browser: Browser, place: MeetingPlace, meeting: MeetingRequest
) -> None:
    _sent(browser, place, meeting)
    browser.sign_in(place.paola)
    confirmed = browser.get(f"/meetings/{meeting.id}").form("Conferma le ore").send()
    form = confirmed.form("Chiedi di rivedere la relazione").fill("Motivo", "Siamo finiti alle 17.")
    assert "Il mediatore la rivede" in form.send().text
    assert (meeting.state, place.budget.used_minutes) == (MeetingState.HELD, 0)


def test_others_neither_write_nor_confirm_it(browser: Browser, place: MeetingPlace, meeting: MeetingRequest) -> None:
    browser.sign_in(factories.make_mediator(place.provider))
    assert browser.get(f"/meetings/{meeting.id}/report").status == 404
    _sent(browser, place, meeting)
    browser.sign_in(place.lidia)
    page = browser.get(f"/meetings/{meeting.id}")
    assert "Conferma le ore" not in page.text
    assert "capofamiglia" not in page.text
