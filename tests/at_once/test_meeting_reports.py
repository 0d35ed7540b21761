"""Two reports of one mediator, or the same one twice, sent at the same moment: no minute is counted twice."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from flask import Flask
from sqlalchemy import func, select

from schoolapp import services
from schoolapp.domain.actors import Actor
from schoolapp.domain.meeting_reports import Present, ReportFacts
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.extensions import db
from schoolapp.models import HourBudget, HourEntry, MeetingRequest
from schoolapp.transaction import transaction
from tests.support.at_once import at_once
from tests.support.meetings import ENDS, NOW, MeetingPlace

AFTER = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)
FACTS = ReportFacts(family_came=True, start=time(16, 45), end=time(17, 45), present=(Present.MOTHER,))


def _write(actor: Actor, request_id: int, version: int) -> Callable[[], object]:
    return lambda: services.meeting_reports.write(actor, request_id, FACTS, at=AFTER, version=version)


def _next_meeting(place: MeetingPlace) -> MeetingRequest:
    """A confirmed meeting of the same mediator, right after the usual one."""
    request = place.request(MeetingState.WITH_PROVIDER)
    offer = place.offer(starts_at=ENDS, ends_at=ENDS + timedelta(hours=1))
    services.meetings.take_step(place.cooperative, request.id, MeetingAction.PROPOSE, at=NOW, offer=offer)
    return services.meetings.take_step(place.mediator, request.id, MeetingAction.ACCEPT, at=NOW)


def test_two_reports_of_the_same_minutes_are_not_both_kept(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        requests = [place.request(MeetingState.CONFIRMED), _next_meeting(place)]
        actor, found = place.mediator, [(each.id, each.version) for each in requests]
    told = at_once(app, [_write(actor, *each) for each in found])
    assert told[0] == ""
    assert "hai già un’altra attività" in told[1]
    with app.app_context():
        assert db.session.scalar(select(func.sum(HourEntry.minutes))) == 60


def test_a_report_sent_twice_is_kept_once(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        request = place.request(MeetingState.CONFIRMED)
        actor, request_id, version, budget_id = place.mediator, request.id, request.version, place.budget.id
    told = at_once(app, [_write(actor, request_id, version)] * 2)
    assert told[0] == ""
    assert "Intanto la richiesta è cambiata" in told[1]
    with app.app_context():
        assert db.session.scalar(select(func.sum(HourEntry.minutes))) == 60
        assert db.session.get_one(HourBudget, budget_id).committed_minutes == 60


def test_hours_confirmed_twice_are_used_once(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        request = place.request(MeetingState.CONFIRMED)
        services.meeting_reports.write(place.mediator, request.id, FACTS, at=AFTER, version=request.version)
        actor, request_id, budget_id = place.teacher, request.id, place.budget.id
    told = at_once(app, [lambda: services.meeting_reports.confirm(actor, request_id, at=AFTER)] * 2)
    assert told[0] == ""
    assert told[1] != ""
    with app.app_context():
        budget = db.session.get_one(HourBudget, budget_id)
        assert (budget.committed_minutes, budget.used_minutes) == (0, 60)
