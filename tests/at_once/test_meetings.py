"""Two people who act on requests at the same moment: real connections, real threads, nothing rolled back for us."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

from flask import Flask
from sqlalchemy import func, select

from schoolapp import services
from schoolapp.domain.actors import Actor
from schoolapp.domain.desk import DeskSession
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meetings import MeetingContext
from schoolapp.extensions import db
from schoolapp.models import Appointment, HourBudget, MeetingEvent, MeetingRequest
from schoolapp.transaction import transaction
from tests.support.at_once import at_once
from tests.support.meetings import NOW, STARTS, MeetingPlace

A, S = MeetingAction, MeetingState
THREADS = 4


def _step(actor: Actor, request_id: int, action: MeetingAction, **more: object) -> Callable[[], object]:
    return lambda: services.meetings.take_step(actor, request_id, action, at=NOW, **more)  # type: ignore[arg-type]


def test_the_last_hour_is_not_committed_twice(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        place.budget.granted_minutes = 60
        ids = [place.request(S.WITH_COORDINATOR).id for _ in range(THREADS)]
        coordinator, budget_id = place.coordinator, place.budget.id
    told = at_once(app, [_step(coordinator, request_id, A.APPROVE) for request_id in ids])
    assert told[0] == ""
    assert all("monte ore non basta" in sentence for sentence in told[1:])
    with app.app_context():
        budget = db.session.get_one(HourBudget, budget_id)
        assert (budget.granted_minutes, budget.committed_minutes, budget.used_minutes) == (60, 60, 0)
        states = db.session.scalars(select(MeetingRequest.state).order_by(MeetingRequest.state)).all()
        assert states.count(S.WITH_PROVIDER) == 1
        assert states.count(S.WITH_COORDINATOR) == THREADS - 1


def test_one_request_approved_by_two_at_once_commits_its_hours_once(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        request_id, version = (request := place.request(S.WITH_COORDINATOR)).id, request.version
        coordinator, budget_id = place.coordinator, place.budget.id
    told = at_once(app, [_step(coordinator, request_id, A.APPROVE, version=version)] * THREADS)
    assert told[0] == ""
    assert all("Intanto la richiesta è cambiata" in sentence for sentence in told[1:])
    with app.app_context():
        assert db.session.get_one(HourBudget, budget_id).committed_minutes == 60
        approvals = select(func.count()).where(MeetingEvent.action == A.APPROVE)
        assert db.session.scalar(approvals) == 1


def test_approved_and_cancelled_at_once_it_is_one_of_the_two(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        request_id, version = (request := place.request(S.WITH_COORDINATOR)).id, request.version
        coordinator, teacher, budget_id = place.coordinator, place.teacher, place.budget.id
    told = at_once(
        app,
        [
            _step(coordinator, request_id, A.APPROVE, version=version),
            _step(teacher, request_id, A.CANCEL, version=version, reason="Non serve più"),
        ],
    )
    assert [bool(sentence) for sentence in told] == [False, True]
    with app.app_context():
        request = db.session.get_one(MeetingRequest, request_id)
        budget = db.session.get_one(HourBudget, budget_id)
        assert (request.state, budget.committed_minutes) in {(S.WITH_PROVIDER, 60), (S.CANCELLED, 0)}


def test_numbers_given_at_once_are_all_different(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        teacher, institute_id, wish = place.teacher, place.institute.id, place.wish()

    def draft() -> None:
        services.meeting_drafts.draft(teacher, institute_id=institute_id, wish=wish, at=NOW)

    assert at_once(app, [draft] * THREADS) == [""] * THREADS
    with app.app_context():
        numbers = db.session.scalars(select(MeetingRequest.number).order_by(MeetingRequest.number)).all()
        assert list(numbers) == [1, 2, 3, 4]


def test_the_last_free_mediator_is_not_proposed_twice(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        ids = [place.request(S.WITH_PROVIDER).id for _ in range(2)]
        cooperative = place.cooperative
        offers = [place.offer(), replace(place.offer(), starts_at=STARTS + timedelta(minutes=30))]
    told = at_once(
        app,
        [_step(cooperative, number, A.PROPOSE, offer=offer) for number, offer in zip(ids, offers, strict=True)],
    )
    assert told[0] == ""
    assert "già un altro colloquio" in told[1]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Appointment)) == 1


def test_an_addendum_and_a_commitment_at_once_lose_nothing(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        request_id, budget_id = place.request(S.WITH_COORDINATOR).id, place.budget.id
        coordinator, district = place.coordinator, place.district

    def add() -> None:
        services.budgets.change(district, budget_id, minutes=120, reason="Integrazione", at=NOW)

    assert at_once(app, [_step(coordinator, request_id, A.APPROVE), add, add]) == ["", "", ""]
    with app.app_context():
        budget = db.session.get_one(HourBudget, budget_id)
        assert (budget.granted_minutes, budget.committed_minutes) == (840, 60)


def test_a_mediators_minute_at_a_desk_is_not_written_twice(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        place.service.context = MeetingContext.DESK
        session = DeskSession(place.nadia.id, NOW.date(), time(9), time(11))
        social_worker, service_id, budget_id = place.social_worker, place.service.id, place.service_budget.id

    def record() -> None:
        services.desk.record(social_worker, service_id, session=session, at=NOW)

    told = at_once(app, [record] * THREADS)
    assert told[0] == ""
    assert all("già altre ore scritte" in sentence for sentence in told[1:])
    with app.app_context():
        assert db.session.get_one(HourBudget, budget_id).used_minutes == 120
