"""Who sees which requests, and how much of each."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import queries, services
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState, Party
from schoolapp.domain.roles import Role
from tests import factories
from tests.support.meetings import ENDS, NOW, MeetingPlace

S = MeetingState
EVERYBODY = ["teacher", "coordinator", "head", "social_worker", "district", "cooperative", "mediator"]


@pytest.fixture
def place(place: MeetingPlace) -> Iterator[MeetingPlace]:
    with time_machine.travel(NOW, tick=False):
        yield place


def sees(place: MeetingPlace, who: str, request_id: int) -> bool:
    try:
        queries.meetings.card(getattr(place, who), request_id)
    except NoResultFound:
        return False
    return True


@pytest.mark.parametrize(
    ("state", "who"),
    [
        (S.DRAFT, {"teacher", "coordinator", "head"}),
        (S.WITH_COORDINATOR, {"teacher", "coordinator", "head", "district"}),
        (S.WITH_PROVIDER, {"teacher", "coordinator", "head", "district", "cooperative"}),
        (S.PROPOSED, {"teacher", "coordinator", "head", "district", "cooperative", "mediator"}),
        (S.CONFIRMED, {"teacher", "coordinator", "head", "district", "cooperative", "mediator"}),
    ],
)
def test_a_schools_request_is_seen_by_who_has_to_do_with_it_now(
    place: MeetingPlace, state: MeetingState, who: set[str]
) -> None:
    request = place.request(state)
    other = MeetingPlace()
    assert {each for each in EVERYBODY if sees(place, each, request.id)} == who
    assert not any(sees(other, each, request.id) for each in EVERYBODY)


def test_a_services_request_is_seen_by_the_service_and_never_by_a_school(place: MeetingPlace) -> None:
    request = place.service_draft()
    services.meetings.take_step(place.social_worker, request.id, MeetingAction.SEND, at=NOW)
    assert {each for each in EVERYBODY if sees(place, each, request.id)} == {"social_worker", "district", "cooperative"}
    assert not any(sees(MeetingPlace(), each, request.id) for each in EVERYBODY)


def test_a_mediator_sees_the_own_appointment_until_thirty_days_after(place: MeetingPlace) -> None:
    request = place.request(S.REPORTED)
    colleague = factories.actor_of(factories.make_mediator(place.provider))
    with pytest.raises(NoResultFound):
        queries.meetings.card(colleague, request.id)
    with time_machine.travel(ENDS + timedelta(days=30), tick=False):
        assert sees(place, "mediator", request.id)
    with time_machine.travel(ENDS + timedelta(days=30, minutes=1), tick=False):
        assert not sees(place, "mediator", request.id)


def test_a_mediator_who_gave_the_time_back_sees_it_no_more(place: MeetingPlace) -> None:
    request = place.request(S.PROPOSED)
    services.meetings.take_step(place.mediator, request.id, MeetingAction.DECLINE, at=NOW, reason="Siamo parenti")
    assert not sees(place, "mediator", request.id)


@pytest.mark.parametrize(
    ("who", "knows", "party"),
    [
        ("teacher", True, {Party.REQUESTER}),
        ("coordinator", True, {Party.COORDINATOR}),
        ("head", True, set()),
        ("mediator", True, {Party.MEDIATOR}),
        ("cooperative", False, {Party.PROVIDER}),
        ("district", False, {Party.DISTRICT}),
    ],
)
def test_a_pupils_name_is_told_to_the_school_and_its_mediator_alone(
    place: MeetingPlace, who: str, knows: bool, party: set[Party]
) -> None:
    request = place.request(S.PROPOSED, note="Meglio dopo le 16")
    actor = getattr(place, who)
    card = queries.meetings.card(actor, request.id)
    assert card.parties == party
    assert (card.pupil is not None, card.pupil_id is not None, card.class_name is not None) == (knows, knows, knows)
    assert (card.requester is None) is (card.note == "") is (who == "district")
    name = place.pupil.last_name
    assert (name in repr(card)) is knows
    if who != "district":
        assert (name in repr(queries.meeting_lists.list_page(actor))) is knows
    else:
        assert name not in repr(queries.meeting_lists.list_grants(actor, decided=True))


def test_why_a_mediator_said_no_is_for_the_cooperative_alone(place: MeetingPlace) -> None:
    request = place.request(S.PROPOSED)
    services.meetings.take_step(place.mediator, request.id, MeetingAction.DECLINE, at=NOW, reason="Siamo parenti")
    told = {
        who: queries.meetings.card(getattr(place, who), request.id).events[-1].reason
        for who in ("teacher", "coordinator", "head", "district", "cooperative")
    }
    assert told == {"teacher": "", "coordinator": "", "head": "", "district": "", "cooperative": "Siamo parenti"}


def test_a_reason_written_in_a_school_stays_in_the_school(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    reason = "La madre è in ospedale"
    services.meetings.take_step(place.teacher, request.id, MeetingAction.MOVE, at=NOW, reason=reason)
    told = {
        who: reason in repr(queries.meetings.card(getattr(place, who), request.id))
        for who in ("teacher", "coordinator", "head", "district", "cooperative")
    }
    assert told == {"teacher": True, "coordinator": True, "head": True, "district": False, "cooperative": False}


@pytest.mark.parametrize(
    ("who", "state", "waits"),
    [
        ("teacher", S.DRAFT, True),
        ("teacher", S.WITH_COORDINATOR, False),
        ("coordinator", S.WITH_COORDINATOR, True),
        ("coordinator", S.WITH_PROVIDER, False),
        ("head", S.WITH_COORDINATOR, False),
        ("cooperative", S.WITH_PROVIDER, True),
        ("cooperative", S.PROPOSED, False),
        ("mediator", S.PROPOSED, True),
        ("mediator", S.CONFIRMED, False),
        ("mediator", S.HELD, True),
        ("mediator", S.REPORTED, False),
        ("teacher", S.REPORTED, True),
    ],
)
def test_what_waits_for_me_stands_on_top(place: MeetingPlace, who: str, state: MeetingState, waits: bool) -> None:
    request = place.request(state)
    page = queries.meeting_lists.list_page(getattr(place, who))
    assert [line.id for line in (page.waiting if waits else page.lines)] == [request.id]
    assert not (page.lines if waits else page.waiting)


def test_a_meeting_that_is_over_waits_for_the_word_of_the_mediator(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    with time_machine.travel(ENDS):
        assert [line.id for line in queries.meeting_lists.list_page(place.mediator).waiting] == [request.id]
    with time_machine.travel(ENDS - timedelta(minutes=1)):
        assert queries.meeting_lists.list_page(place.mediator).waiting == []
    services.meetings.take_step(place.mediator, request.id, MeetingAction.MISS, at=ENDS)
    assert [line.id for line in queries.meeting_lists.list_page(place.mediator).waiting] == [request.id]


def test_what_is_over_stands_apart(place: MeetingPlace) -> None:
    request = place.draft()
    services.meetings.take_step(place.teacher, request.id, MeetingAction.CANCEL, at=NOW)
    page = queries.meeting_lists.list_page(place.teacher)
    assert (page.lines, page.waiting) == ([], [])
    assert [line.id for line in queries.meeting_lists.list_page(place.teacher, closed=True).lines] == [request.id]


def test_the_ambito_finds_by_number_what_waits_for_it(place: MeetingPlace) -> None:
    place.budget.needs_grant = True
    request = place.request(S.WITH_COORDINATOR)
    services.meetings.take_step(place.coordinator, request.id, MeetingAction.APPROVE, at=NOW)
    (line,) = queries.meeting_lists.list_grants(place.district).lines
    assert (line.id, line.label, line.who) == (request.id, "2026-1", None)
    assert queries.meeting_lists.list_grants(place.district, decided=True).lines == []
    assert queries.meeting_lists.list_grants(MeetingPlace().district).lines == []


def test_the_requests_about_a_pupil(place: MeetingPlace) -> None:
    request = place.draft()
    assert [line.id for line in queries.meeting_lists.list_of_pupil(place.teacher, place.pupil.id)] == [request.id]
    colleague = factories.make_actor(Role.TEACHER, place.institute)
    assert queries.meeting_lists.list_of_pupil(colleague, place.pupil.id) == []


def test_a_list_costs_the_same_for_one_request_and_for_many(place: MeetingPlace, statements: Callable[[], Any]) -> None:
    place.request(S.WITH_PROVIDER)
    queries.meeting_lists.list_page(place.coordinator)
    with statements() as one:
        queries.meeting_lists.list_page(place.coordinator)
    for _ in range(5):
        place.request(S.WITH_COORDINATOR)
    with statements() as many:
        queries.meeting_lists.list_page(place.coordinator)
    assert len(many) <= len(one) == 3


def test_a_card_costs_a_few_statements(place: MeetingPlace, statements: Callable[[], Any], database: Session) -> None:
    request_id = place.request(S.PROPOSED).id
    coordinator = place.coordinator
    database.expunge_all()
    with statements() as seen:
        queries.meetings.card(coordinator, request_id)
    assert len(seen) <= 6
