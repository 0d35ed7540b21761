"""The cooperative's coordinator looks at the board, sees who can go, and proposes."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.roles import Role
from schoolapp.models import Appointment, Availability, DeclaredConflict, MeetingRequest
from tests import factories
from tests.support.meetings import DAY, ENDS, NOW, STARTS, MeetingPlace
from tests.support.page import Browser, Page

S = MeetingState


@pytest.fixture
def place(place: MeetingPlace, database: Session) -> Iterator[MeetingPlace]:
    with time_machine.travel(NOW, tick=False):
        place.pupil.first_name, place.pupil.last_name = "Salma", "Benali"
        place.nadia.name = "Nadia Rahmani"
        database.add(
            Availability(
                user_id=place.nadia.id,
                weekday=DAY.weekday(),
                start=time(14),
                end=time(18),
                valid_from=date(2026, 9, 1),
            )
        )
        yield place


def people(page: Page) -> dict[str, dict[str, str]]:
    """What the page says of each person who could go, criterion by criterion; the others are behind a tap."""
    found = {}
    for section in page.main.all("section"):
        if section.has_class("candidate"):
            lines = dict(zip((dt.text for dt in section.all("dt")), (dd.text for dd in section.all("dd")), strict=True))
            end = next(node for node in section.all("div") if node.has_class("candidate-end"))
            found[section.all("h2")[0].text] = {**lines, "Totale": end.text}
    return found


def test_from_the_board_to_a_proposal(browser: Browser, place: MeetingPlace) -> None:
    request = place.request(S.WITH_PROVIDER)
    browser.sign_in(place.marco)
    board = browser.get("/board")
    assert "Da abbinare 1" in board.text
    assert "tra 13 giorni" in board.text
    page = board.follow("Arabo")
    assert page.h1 == f"Chi può andare: richiesta 2026-{request.number}, arabo"
    lines = people(page)["Nadia Rahmani"]
    assert lines["Lingua"] == "arabo, lingua madre 30 su 30"
    assert lines["Disponibilità"] == "sì 20 su 20"
    assert lines["Totale"].startswith("60 su 100")
    assert f"{place.institute.name}, sala colloqui · Colloquio scuola–famiglia · 1 h · di persona" in page.text
    assert "Orari chiesti: giovedì 3 dicembre, 16:30–17:30" in page.text
    assert "Benali" not in board.text + page.text
    assert "Salma" not in board.text + page.text
    sent = page.form("Proponi a Nadia Rahmani").send()
    assert "Proposta inviata." in sent.text
    assert "In attesa di risposta 1" in sent.text


def test_who_declared_a_conflict_has_no_button_and_is_refused(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = place.request(S.WITH_PROVIDER)
    browser.sign_in(place.marco)
    form = browser.get(f"/board/{request.id}").form("Proponi a Nadia Rahmani")
    database.add(DeclaredConflict(user_id=place.nadia.id, pupil_id=place.pupil.id, declared_on=NOW.date()))
    refused = form.send()
    assert refused.status == 422
    assert refused.errors() == ["Questa persona non si può proporre: scegline un’altra."]
    assert "Non proponibile" in refused.text
    assert "Proponi a" not in refused.text
    assert database.scalar(select(func.count()).select_from(Appointment)) == 0


def test_a_time_taken_meanwhile_is_said_and_nothing_is_written(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = place.request(S.WITH_PROVIDER)
    browser.sign_in(place.marco)
    form = browser.get(f"/board/{request.id}").form("Proponi a Nadia Rahmani")
    factories.make_appointment(mediator=place.nadia, starts_at=STARTS, ends_at=ENDS)
    refused = form.send()
    assert refused.status == 422
    assert "scegline un’altra" in refused.errors()[0]
    assert database.get_one(MeetingRequest, request.id).state is S.WITH_PROVIDER


@pytest.mark.parametrize(
    ("field", "value"),
    [("mediator_id", "999999"), ("mediator_id", "x"), ("slot", "7"), ("slot", "-1"), ("version", "0"), ("slot", "")],
)
def test_a_forged_field_proposes_nobody(
    field: str, value: str, browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = place.request(S.WITH_PROVIDER)
    browser.sign_in(place.marco)
    form = browser.get(f"/board/{request.id}").form("Proponi a Nadia Rahmani")
    form.values[field] = [value]
    assert form.send().status == 422
    assert database.scalar(select(func.count()).select_from(Appointment)) == 0


def test_a_mediator_of_another_cooperative_is_neither_shown_nor_proposed(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = place.request(S.WITH_PROVIDER)
    other = factories.make_mediator()
    browser.sign_in(place.marco)
    page = browser.get(f"/board/{request.id}")
    assert other.name not in page.text
    form = page.form("Proponi a Nadia Rahmani")
    form.values["mediator_id"] = [str(other.id)]
    assert form.send().errors() == ["Questa persona non è tra i mediatori della cooperativa."]
    assert database.scalar(select(func.count()).select_from(Appointment)) == 0


def test_another_cooperative_sees_nothing_of_it(browser: Browser, place: MeetingPlace) -> None:
    place.request(S.WITH_PROVIDER)
    stranger = factories.make_user()
    factories.make_membership(stranger, Role.PROVIDER_COORDINATOR)
    browser.sign_in(stranger)
    assert "Da abbinare 0" in browser.get("/board").text


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "chiesto oggi"), (1, "chiesto ieri"), (2, "chiesto 2 giorni fa"), (4, "senza risposta da 4")],
)
def test_a_card_says_since_when_a_mediator_was_asked(
    days: int, words: str, browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = place.request(S.PROPOSED)
    request.appointments[0].answer_by = NOW.date() + timedelta(days=3)
    database.flush()
    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        browser.sign_in(place.marco)
        assert words in browser.get("/board").text


def test_a_letter_of_an_earlier_time_does_not_count(browser: Browser, place: MeetingPlace, database: Session) -> None:
    request = place.request(S.CONFIRMED)
    browser.sign_in(place.marco)
    assert "lettera da stampare" in browser.get("/board").text
    letter = factories.make_family_letter(request, printed_at=NOW)
    assert "lettera stampata" in browser.get("/board").text
    letter.printed_at = NOW - timedelta(days=1)
    database.flush()
    assert "lettera da stampare" in browser.get("/board").text


def test_the_cards_beyond_six_are_one_tap_away(browser: Browser, place: MeetingPlace) -> None:
    for _ in range(8):
        place.request(S.WITH_PROVIDER)
    browser.sign_in(place.marco)
    page = browser.get("/board")
    assert "Da abbinare 8" in page.text
    assert [summary.text for summary in page.main.all("summary")] == ["Mostra le altre 2 , Da abbinare"]
    assert len([item for item in page.main.all("li") if item.has_class("board-card")]) == 8


def test_the_people_beyond_three_are_one_tap_away_and_in_sight_when_refused(
    browser: Browser, place: MeetingPlace
) -> None:
    request = place.request(S.WITH_PROVIDER)
    for number in range(4):
        factories.make_mediator(place.provider).name = f"Altra {number}"
    browser.sign_in(place.marco)
    page = browser.get(f"/board/{request.id}")
    assert [summary.text for summary in page.main.all("summary")] == ["Mostra le altre 2 persone"]
    assert list(people(page)) == ["Nadia Rahmani", *(f"Altra {number}" for number in range(4))]
    form = page.form("Proponi a Altra 3")
    form.values["slot"] = ["7"]
    refused = form.send()
    assert [node.has_class("candidates-more") for node in refused.main.all("details")] == [True]
    assert "open" in refused.main.all("details")[0].attributes


def test_what_is_not_to_match_has_no_buttons_and_a_next_step(browser: Browser, place: MeetingPlace) -> None:
    request = place.request(S.PROPOSED)
    browser.sign_in(place.marco)
    page = browser.get(f"/board/{request.id}")
    assert "Questa richiesta non è da abbinare." in page.text
    assert "Proponi a" not in page.text
    assert page.follow("Apri la richiesta").status == 200


def test_filters_narrow_the_board(browser: Browser, place: MeetingPlace) -> None:
    place.request(S.WITH_PROVIDER)
    browser.sign_in(place.marco)
    assert "Da abbinare 0" in browser.get("/board?within=7").text
    assert "Da abbinare 1" in browser.get("/board?within=14&language=ar").text
    assert "Da abbinare 0" in browser.get("/board?language=zh").text
    assert "Da abbinare 1" in browser.get("/board?within=hello").text


def test_the_statements_do_not_grow_with_requests_and_mediators(
    browser: Browser, place: MeetingPlace, statements: Callable[[], Any]
) -> None:
    request = place.request(S.WITH_PROVIDER)
    browser.sign_in(place.marco)
    counts = []
    for _ in range(2):
        for url in ("/board", f"/board/{request.id}"):
            with statements() as seen:
                browser.get(url)
            counts.append(len(seen))
        for _ in range(4):
            place.request(S.WITH_PROVIDER)
            factories.make_mediator(place.provider)
    assert counts[:2] == counts[2:]
    assert counts[0] <= 3
    assert counts[1] <= 10
