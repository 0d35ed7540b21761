"""A mediator says which families are too near."""

from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.models import DeclaredConflict, MeetingRequest
from tests.support.meetings import NOW, MeetingPlace
from tests.support.page import Browser


@pytest.fixture
def place(database: Session) -> Iterator[MeetingPlace]:
    with time_machine.travel(NOW, tick=False):
        yield MeetingPlace()


def test_who_knows_the_family_says_so_and_is_proposed_there_no_more(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = place.request(MeetingState.PROPOSED)
    browser.sign_in(place.nadia)
    page = browser.get(f"/meetings/{request.id}").form("Conosco questa famiglia").send()
    assert "La cooperativa cerca un’altra persona" in page.text
    assert database.get_one(MeetingRequest, request.id).state is MeetingState.WITH_PROVIDER
    browser.sign_in(place.marco)
    assert "per il conflitto dichiarato" in browser.get(f"/board/{request.id}").text
    for who in (place.paola, place.lucia, place.lidia):
        browser.sign_in(who)
        told = browser.get(f"/meetings/{request.id}").text
        assert "Conosco" not in told
        assert "conflitto" not in told


def test_said_of_a_confirmed_meeting_it_is_kept_once_and_the_meeting_stands(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = place.request(MeetingState.CONFIRMED)
    browser.sign_in(place.nadia)
    for _ in range(2):
        page = browser.get(f"/meetings/{request.id}").form("Conosco questa famiglia").send()
        assert "il colloquio è ancora confermato" in page.text
    assert database.scalar(select(func.count()).select_from(DeclaredConflict)) == 1
    assert database.get_one(MeetingRequest, request.id).state is MeetingState.CONFIRMED
