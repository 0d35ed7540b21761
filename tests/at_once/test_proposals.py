"""Coordinators who propose the same mediator at the same moment: one is first, the other is told, nothing half done."""

from collections.abc import Callable
from datetime import date, time

from flask import Flask
from sqlalchemy import func, select

from schoolapp import services
from schoolapp.domain.actors import Actor
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meeting_wishes import Slot
from schoolapp.domain.meetings import AppointmentState
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import (
    Appointment,
    Availability,
    HourBudget,
    MeetingEvent,
    MeetingRequest,
    OutboxMessage,
    PersonalLink,
    User,
)
from schoolapp.transaction import transaction
from tests import factories
from tests.support.at_once import at_once
from tests.support.meetings import DAY, NOW, MeetingPlace

S = MeetingState

TAKEN = {
    "In quell’orario la persona ha già un altro colloquio.",  # the database refuses who writes second
    "Questa persona non si può proporre: scegline un’altra.",  # who reads second reads that the only time is taken
}
"""What who comes second is told, by how much later."""


def _at_home(mediator: User) -> User:
    """Free on the afternoon of the meetings."""
    weekly = {"weekday": DAY.weekday(), "start": time(14), "end": time(19), "valid_from": date(2026, 9, 1)}
    db.session.add(Availability(user_id=mediator.id, **weekly))
    return mediator


def _colleague(place: MeetingPlace) -> Actor:
    """A second coordinator of the same cooperative."""
    giulia = factories.make_user(name="Giulia Conti")
    factories.make_membership(giulia, Role.PROVIDER_COORDINATOR, provider=place.provider)
    return factories.actor_of(giulia)


def _propose(actor: Actor, request: MeetingRequest, mediator: User) -> Callable[[], object]:
    request_id, version, mediator_id = request.id, request.version, mediator.id
    return lambda: services.proposals.propose(
        actor, request_id, mediator_id=mediator_id, slot=1, version=version, at=NOW
    )


def _left_behind(request_id: int) -> tuple[int, int, int]:
    """How many lines of its story, messages and links a request has."""
    return tuple(  # type: ignore[return-value]
        db.session.scalar(select(func.count()).select_from(model).where(model.request_id == request_id)) or 0
        for model in (MeetingEvent, OutboxMessage, PersonalLink)
    )


def test_overlapping_times_of_a_mediator_go_to_one_of_two_coordinators(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        _at_home(place.nadia)
        requests = [
            place.request(S.WITH_PROVIDER, slots=(Slot(DAY, start),))
            for start in (time(16, 30), time(17), time(16, 15))
        ]
        actors = [place.cooperative, _colleague(place), place.cooperative]
        actions = [_propose(who, request, place.nadia) for who, request in zip(actors, requests, strict=True)]
        ids, version, budget_id = [each.id for each in requests], requests[0].version, place.budget.id
        before = [_left_behind(each) for each in ids]
    told = at_once(app, actions)
    assert told[0] == ""
    assert set(told[1:]) <= TAKEN
    assert len(told) == 3
    with app.app_context():
        appointment = db.session.scalars(select(Appointment)).one()
        for request_id, first in zip(ids, before, strict=True):
            request = db.session.get_one(MeetingRequest, request_id)
            if request_id == appointment.request_id:
                assert (request.state, request.version) == (S.PROPOSED, version + 1)
            else:
                assert (request.state, request.version) == (S.WITH_PROVIDER, version)
                assert _left_behind(request_id) == first
        assert db.session.get_one(HourBudget, budget_id).committed_minutes == 180


def test_one_request_is_proposed_to_one_of_two_mediators(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        request = place.request(S.WITH_PROVIDER)
        mediators = [_at_home(place.nadia), _at_home(factories.make_mediator(place.provider))]
        actors = [place.cooperative, _colleague(place)]
        actions = [_propose(who, request, mediator) for who, mediator in zip(actors, mediators, strict=True)]
    assert at_once(app, actions) == ["", "Intanto la richiesta è cambiata: guarda a che punto è."]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Appointment)) == 1
        proposals = select(func.count()).where(MeetingEvent.action == MeetingAction.PROPOSE)
        assert db.session.scalar(proposals) == 1


def test_a_time_that_is_being_confirmed_is_not_proposed_to_another_school(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        _at_home(place.nadia)
        waiting = place.request(S.PROPOSED)
        other = place.request(S.WITH_PROVIDER, slots=(Slot(DAY, time(17)),))
        mediator, waiting_id, other_id = place.mediator, waiting.id, other.id
        proposal = _propose(_colleague(place), other, place.nadia)

    def confirm() -> object:
        return services.meetings.take_step(mediator, waiting_id, MeetingAction.ACCEPT, at=NOW)

    told = at_once(app, [confirm, proposal])
    assert told[0] == ""
    assert told[1] in TAKEN
    with app.app_context():
        assert db.session.get_one(MeetingRequest, waiting_id).state is S.CONFIRMED
        assert db.session.get_one(MeetingRequest, other_id).state is S.WITH_PROVIDER
        assert db.session.scalars(select(Appointment.state)).all() == [AppointmentState.CONFIRMED]


def test_a_time_given_back_while_it_is_proposed_elsewhere_is_held_once(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        _at_home(place.nadia)
        waiting = place.request(S.PROPOSED)
        other = place.request(S.WITH_PROVIDER, slots=(Slot(DAY, time(17)),))
        mediator, waiting_id, other_id = place.mediator, waiting.id, other.id
        proposal = _propose(_colleague(place), other, place.nadia)

    def decline() -> object:
        return services.meetings.take_step(mediator, waiting_id, MeetingAction.DECLINE, at=NOW, reason="Ho un corso")

    told = at_once(app, [decline, proposal])
    assert told[0] == ""
    assert told[1] in TAKEN | {""}
    with app.app_context():
        assert db.session.get_one(MeetingRequest, waiting_id).state is S.WITH_PROVIDER
        proposed = S.WITH_PROVIDER if told[1] else S.PROPOSED
        assert db.session.get_one(MeetingRequest, other_id).state is proposed
        standing = select(func.count()).where(Appointment.state == AppointmentState.PROPOSED)
        assert db.session.scalar(standing) == (0 if told[1] else 1)
