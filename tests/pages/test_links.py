"""What opens without signing in: the mediator's answer and a person's calendar."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.links import LinkPurpose
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meetings import MeetingMode
from schoolapp.domain.roles import Role
from schoolapp.extensions import db, limiter
from schoolapp.models import MeetingRequest, OutboxMessage, PersonalLink, User
from tests import factories
from tests.support.meetings import NOW, STARTS, MeetingPlace
from tests.support.page import Browser, Page
from tests.support.standing import again

GONE = "Questo collegamento non vale più"
S = MeetingState


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


class Asked:
    """A mediator who was asked, and the address that the mail leads to."""

    def __init__(self, place: MeetingPlace) -> None:
        self.request: MeetingRequest = place.walked_to(S.PROPOSED)
        to_the_mediator = select(OutboxMessage.body).where(OutboxMessage.to_address == place.nadia.email)
        found = re.search(r"http://localhost(/answer/\S+)", db.session.scalars(to_the_mediator).one())
        assert found is not None
        self.address = found.group(1)


@pytest.fixture(scope="module")
def standing_asked(stands: Callable[..., Asked], standing_place: MeetingPlace) -> Asked:
    return stands(lambda: Asked(again(standing_place)), at=NOW)


@pytest.fixture
def asked(standing_asked: Asked, database: Session) -> MeetingRequest:
    return again(standing_asked).request


@pytest.fixture
def address(standing_asked: Asked) -> str:
    return standing_asked.address


def state(request: MeetingRequest, database: Session) -> MeetingState:
    database.expire_all()
    return request.state


def is_gone(page: Page) -> bool:
    return (page.status, page.h1) == (410, GONE)


def test_the_page_says_what_is_asked_and_names_nobody(
    browser: Browser, place: MeetingPlace, address: str, asked: MeetingRequest
) -> None:
    page = browser.get(address)
    assert page.h1 == "Puoi venire a questo colloquio?"
    for words in (
        f"Richiesta 2026-{asked.number}",
        "Giovedì 3 dicembre, 16:30–17:30",
        f"{place.institute.name}, sala colloqui",
        "arabo",
        "Colloquio scuola–famiglia",
    ):
        assert words in page.text
    for hidden in (place.pupil.last_name, place.pupil.first_name, place.paola.name, place.nadia.name):
        assert hidden not in page.text


def test_a_call_has_no_place(browser: Browser, address: str, asked: MeetingRequest) -> None:
    asked.mode = MeetingMode.PHONE
    page = browser.get(address)
    assert "Al telefono" in page.text
    assert "sala colloqui" not in page.text


def test_opening_the_link_again_and_again_changes_nothing(
    browser: Browser, address: str, asked: MeetingRequest, database: Session
) -> None:
    """C2: mail scanners and previews open it, also with HEAD."""
    for method in ("GET", "HEAD", "GET"):
        assert browser.request(method, address).status_code == 200
    assert state(asked, database) is S.PROPOSED
    assert database.scalars(select(PersonalLink.used_at)).all() == [None]


def test_yes_confirms_the_meeting_and_ends_the_link(
    browser: Browser, address: str, asked: MeetingRequest, database: Session, place: MeetingPlace
) -> None:
    page = browser.get(address).form("Sì, vengo").send()
    assert page.h1 == "Risposta arrivata"
    assert "Hai detto di sì." in page.text
    assert state(asked, database) is S.CONFIRMED
    assert asked.events[-1].by_id == place.nadia.id
    assert is_gone(browser.get(address))


def test_no_needs_a_reason_and_keeps_the_link_until_there_is_one(
    browser: Browser, address: str, asked: MeetingRequest, database: Session
) -> None:
    page = browser.get(address).form("No, non posso").send()
    assert page.status == 422
    assert page.errors() == ["Scrivi il motivo, in poche parole."]
    assert state(asked, database) is S.PROPOSED
    page = page.form("No, non posso").fill("Se non puoi, perché?", "Sono via quel giorno").send()
    assert "Hai detto di no." in page.text
    assert state(asked, database) is S.WITH_PROVIDER
    assert asked.events[-1].reason == "Sono via quel giorno"


def test_a_reason_that_is_too_long_is_given_back_as_it_was_typed(
    browser: Browser, address: str, asked: MeetingRequest, database: Session
) -> None:
    typed = "parola " * 40
    page = browser.get(address).form("No, non posso").fill("Se non puoi, perché?", typed).send()
    assert page.status == 422
    assert page.form("No, non posso").values["reason"] == [typed]
    assert state(asked, database) is S.PROPOSED


def test_an_answer_sent_twice_is_taken_once(
    browser: Browser, address: str, asked: MeetingRequest, database: Session
) -> None:
    first = browser.get(address).form("Sì, vengo")
    second = browser.get(address).form("No, non posso").fill("Se non puoi, perché?", "Ci ripenso")
    first.send()
    assert is_gone(second.send())
    assert state(asked, database) is S.CONFIRMED


@pytest.mark.parametrize("forged", ["x", "A" * 22, "%00", "' OR 1=1 --"])
def test_a_forged_link_reads_like_one_that_was_used(
    browser: Browser, address: str, asked: MeetingRequest, database: Session, forged: str
) -> None:
    assert is_gone(browser.get(f"/answer/{forged}"))
    assert browser.request("GET", f"/calendar/{forged}.ics").status_code == 410


def test_a_post_to_a_dead_link_does_nothing(browser: Browser, address: str, asked: MeetingRequest, app: Flask) -> None:
    form = browser.get(address).form("Sì, vengo")
    form.node.attributes["action"] = "/answer/" + "A" * 22
    assert is_gone(form.send())


def test_a_post_without_its_token_does_nothing(
    browser: Browser, address: str, asked: MeetingRequest, database: Session
) -> None:
    """C3: the secret of the link does not stand in for the form's own token."""
    assert browser.request("POST", address, data={"accept": "1"}).status_code == 400
    assert state(asked, database) is S.PROPOSED


@pytest.mark.parametrize("pressed", [{}, {"accept": "1", "decline": "1"}])
def test_neither_button_or_both_is_no_answer(
    browser: Browser, address: str, asked: MeetingRequest, database: Session, pressed: dict[str, str]
) -> None:
    token = browser.get(address).form("Sì, vengo").values["csrf_token"]
    assert browser.request("POST", address, data={"csrf_token": token[0], **pressed}).status_code == 400
    assert state(asked, database) is S.PROPOSED


def test_the_link_of_another_purpose_opens_no_answer(
    browser: Browser, address: str, asked: MeetingRequest, place: MeetingPlace
) -> None:
    feed = services.links.make(purpose=LinkPurpose.CALENDAR_FEED, user_id=place.nadia.id, expires_at=None)
    assert is_gone(browser.get(f"/answer/{feed}"))
    secret = address.removeprefix("/answer/")
    assert browser.request("GET", f"/calendar/{secret}.ics").status_code == 410


@pytest.mark.parametrize("why", ["expired", "withdrawn", "switched off", "role ended"])
def test_a_link_whose_time_is_over_is_gone(
    browser: Browser, place: MeetingPlace, address: str, asked: MeetingRequest, database: Session, why: str
) -> None:
    if why == "expired":
        with time_machine.travel(STARTS, tick=False):
            assert is_gone(browser.get(address))
        return
    if why == "withdrawn":
        services.meetings.take_step(place.cooperative, asked.id, MeetingAction.WITHDRAW, at=NOW, reason="Altro")
    elif why == "switched off":
        place.nadia.active = False
    else:
        place.nadia.memberships[0].valid_to = NOW.date() - timedelta(days=1)
    assert is_gone(browser.get(address))


def test_nobody_keeps_or_finds_the_page(browser: Browser, address: str) -> None:
    for url in (address, "/answer/x", "/calendar/x.ics"):
        headers = browser.request("GET", url).headers
        assert headers["Cache-Control"] == "no-store"
        assert "noindex" in headers["X-Robots-Tag"]


def test_the_page_speaks_the_language_of_who_is_asked(browser: Browser, place: MeetingPlace, address: str) -> None:
    place.nadia.locale = "en"
    assert browser.get(address).h1 == "Can you come to this meeting?"


def test_guessing_is_cut_short_and_opening_ones_own_is_not(browser: Browser, address: str) -> None:
    limiter.enabled = True
    limiter.reset()
    try:
        for _ in range(60):
            assert browser.request("GET", "/answer/guess").status_code == 410
        assert browser.request("GET", "/answer/guess").status_code == 429
        limiter.reset()
        for _ in range(70):
            assert browser.request("HEAD", address).status_code == 200
    finally:
        limiter.reset()
        limiter.enabled = False


# The calendar


def own_address(page: Page) -> str:
    (field,) = [node for node in page.main.all("input") if node.get("id") == "calendar-address"]
    return field.get("value").removeprefix("http://localhost")


def events(browser: Browser, path: str) -> list[tuple[str, str]]:
    response = browser.request("GET", path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.data)
    assert isinstance(calendar, Calendar)
    return [(str(event["summary"]), str(event["status"])) for event in calendar.events]


@pytest.fixture
def stranger(app: Flask, database: Session) -> Browser:
    """A calendar program: it is signed in nowhere."""
    return Browser(app, database)


def test_a_calendar_is_made_on_the_own_page_and_read_by_its_address(
    browser: Browser, stranger: Browser, place: MeetingPlace, asked: MeetingRequest
) -> None:
    request = services.meetings.take_step(place.mediator, asked.id, MeetingAction.ACCEPT, at=NOW)
    page = browser.sign_in(place.paola).get("/account").follow("Il tuo calendario")
    path = own_address(page.form("Crea l’indirizzo").send())
    summary = f"Colloquio con mediatore, richiesta 2026-{request.number}"
    assert events(stranger, path) == [(summary, "CONFIRMED")]
    assert path.split("/")[-1].removesuffix(".ics") not in browser.get("/account/calendar").text


def test_a_new_address_ends_the_old_one_and_so_does_taking_it_away(
    browser: Browser, stranger: Browser, place: MeetingPlace
) -> None:
    browser.sign_in(place.paola)
    first = own_address(browser.get("/account/calendar").form("Crea l’indirizzo").send())
    second = own_address(browser.get("/account/calendar").form("Cambia l’indirizzo").send())
    assert stranger.request("GET", first).status_code == 410
    assert events(stranger, second) == []
    page = browser.get("/account/calendar").form("Togli l’indirizzo").send()
    assert "L’indirizzo del calendario non vale più." in page.text
    assert stranger.request("GET", second).status_code == 410


def test_the_mediator_sees_what_is_asked_as_tentative_and_who_asks_does_not(
    browser: Browser, stranger: Browser, place: MeetingPlace, asked: MeetingRequest
) -> None:
    paths = {}
    for person in (place.nadia, place.paola):
        paths[person] = own_address(browser.sign_in(person).get("/account/calendar").form("Crea l’indirizzo").send())
    assert [status for _, status in events(stranger, paths[place.nadia])] == ["TENTATIVE"]
    assert events(stranger, paths[place.paola]) == []


def test_a_calendar_holds_only_ones_own(
    browser: Browser, stranger: Browser, place: MeetingPlace, asked: MeetingRequest
) -> None:
    services.meetings.take_step(place.mediator, asked.id, MeetingAction.ACCEPT, at=NOW)
    other = factories.make_user(Role.TEACHER, place.institute)
    path = own_address(browser.sign_in(other).get("/account/calendar").form("Crea l’indirizzo").send())
    assert events(stranger, path) == []


def test_a_calendar_ends_with_the_account_and_with_the_role(
    browser: Browser, stranger: Browser, place: MeetingPlace, database: Session
) -> None:
    def feed_of(person: User) -> str:
        return own_address(browser.sign_in(person).get("/account/calendar").form("Crea l’indirizzo").send())

    paola, nadia = feed_of(place.paola), feed_of(place.nadia)
    place.paola.active = False
    place.nadia.memberships[0].valid_to = NOW.date() - timedelta(days=1)
    assert stranger.request("GET", paola).status_code == 410
    assert stranger.request("GET", nadia).status_code == 410


def test_reading_a_calendar_costs_the_same_for_one_meeting_and_for_many(
    browser: Browser, stranger: Browser, place: MeetingPlace, database: Session, statements: object
) -> None:
    path = own_address(browser.sign_in(place.nadia).get("/account/calendar").form("Crea l’indirizzo").send())
    counts = []
    for hour in (8, 10, 12):
        place_request = factories.make_meeting_request(place.institute, state=S.PROPOSED)
        factories.make_appointment(
            place_request,
            place.nadia,
            starts_at=STARTS.replace(hour=hour),
            ends_at=STARTS.replace(hour=hour + 1),
        )
        with statements() as seen:  # type: ignore[operator]
            events(stranger, path)
        counts.append(len(seen))
    assert counts[0] == counts[-1]
    assert counts[0] <= 5
