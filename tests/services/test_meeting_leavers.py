"""Requests outlive the roles of people: who is told, who still sees, who can still finish what is due."""

from datetime import date, time, timedelta

import pytest
import time_machine
from sqlalchemy import delete, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import clock, queries, services
from schoolapp.domain.actors import Actor
from schoolapp.domain.meeting_reports import Present, ReportFacts
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meeting_wishes import Slot
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import MeetingRequest, OutboxMessage, User
from tests import factories
from tests.support.meetings import DAY, ENDS, NOW, MeetingPlace

pytestmark = pytest.mark.usefixtures("friday")

A, S = MeetingAction, MeetingState
LONG_AFTER = ENDS + timedelta(days=31)


def now_is(person: User) -> Actor:
    """As whom the person acts today, when signed in or by a link."""
    db.session.flush()
    db.session.expire(person, ["memberships"])
    found = queries.accounts.actor_of(person.id, day=clock.today())
    assert found is not None
    return found


def told(database: Session) -> set[str]:
    """Who has a message in the outbox; then it is empty."""
    found = set(database.scalars(select(OutboxMessage.to_address)))
    database.execute(delete(OutboxMessage))
    return found


def moved_to_another_school(place: MeetingPlace) -> None:
    """The teacher of the request teaches elsewhere from today."""
    place.paola.memberships[0].valid_to = NOW.date() - timedelta(days=1)
    factories.make_membership(place.paola, Role.TEACHER, factories.make_institute(), valid_from=NOW.date())


def test_who_asked_and_now_works_elsewhere_hears_nothing_more_and_the_coordinator_does(
    place: MeetingPlace, database: Session
) -> None:
    request = place.request(S.PROPOSED)
    moved_to_another_school(place)
    told(database)
    services.meetings.take_step(place.mediator, request.id, A.ACCEPT, at=NOW)
    assert told(database) == {place.lucia.email, place.nadia.email, place.marco.email}


def test_the_coordinator_finishes_what_a_teacher_who_left_has_asked(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    moved_to_another_school(place)
    with pytest.raises(NoResultFound):
        services.meetings.take_step(now_is(place.paola), request.id, A.CANCEL, at=NOW, reason="motivo")
    services.meetings.take_step(place.coordinator, request.id, A.CANCEL, at=NOW, reason="motivo")


def test_of_a_service_the_colleagues_hear_for_who_left(place: MeetingPlace, database: Session) -> None:
    colleague = factories.make_user()
    factories.make_membership(colleague, Role.SERVICE_REQUESTER, ambito_id=place.ambito.id, service_id=place.service.id)
    request = place.service_draft()
    services.meetings.take_step(place.social_worker, request.id, A.SEND, at=NOW)
    services.meetings.take_step(place.cooperative, request.id, A.PROPOSE, at=NOW, offer=place.offer())
    place.anna.memberships[0].valid_to = NOW.date() - timedelta(days=1)
    told(database)
    services.meetings.take_step(place.mediator, request.id, A.ACCEPT, at=NOW)
    assert told(database) == {colleague.email, place.nadia.email, place.marco.email}


def test_the_calendar_of_who_works_elsewhere_forgets_the_old_school(place: MeetingPlace) -> None:
    place.request(S.CONFIRMED)
    assert len(queries.links.meeting_times(place.teacher, now=NOW)) == 1
    moved_to_another_school(place)
    assert queries.links.meeting_times(now_is(place.paola), now=NOW) == ()


def report(place: MeetingPlace, request: MeetingRequest) -> None:
    facts = ReportFacts(
        family_came=True,
        start=time(16, 30),
        end=time(17, 30),
        present=(Present.MOTHER,),
        agreements="Ci rivediamo a gennaio",
        debriefing=None,
    )
    services.meeting_reports.write(place.mediator, request.id, facts, at=clock.now(), version=request.version)


@pytest.mark.parametrize("state", [S.CONFIRMED, S.HELD])
def test_a_report_that_is_still_due_can_be_written_after_the_name_is_gone(
    place: MeetingPlace, state: MeetingState
) -> None:
    """Else hours would stay committed for ever, to a meeting that nobody can report."""
    request = place.request(state)
    with time_machine.travel(LONG_AFTER):
        card = queries.meetings.card(place.mediator, request.id)
        assert (card.pupil, card.pupil_id, card.class_name) == (None, None, None)
        page = queries.meeting_lists.list_page(place.mediator)
        assert place.pupil.last_name not in repr(page)
        assert place.pupil.last_name not in repr(queries.meeting_weeks.of_week(place.mediator, date(2026, 11, 30)))
        report(place, request)
        with pytest.raises(NoResultFound):
            queries.meetings.card(place.mediator, request.id)


def test_a_report_sent_back_late_can_still_be_corrected_by_its_author(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    with time_machine.travel(ENDS):
        report(place, request)
    with time_machine.travel(LONG_AFTER):
        services.meeting_reports.dispute(place.teacher, request.id, reason="Era un’ora prima", at=clock.now())
        card = queries.meetings.card(place.mediator, request.id)
        earlier = queries.meeting_reports.of_request(place.mediator, card)
        assert earlier is not None
        assert earlier.agreements == "Ci rivediamo a gennaio"
        report(place, request)
        services.meeting_reports.confirm(place.teacher, request.id, at=clock.now())
    assert request.state is S.VALIDATED


def test_a_meeting_that_is_moved_goes_to_the_cooperative_in_charge_by_then(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    services.meetings.take_step(place.teacher, request.id, A.MOVE, at=NOW, reason="Sciopero")
    place.provider.valid_to = NOW.date() - timedelta(days=1)
    new = factories.make_provider(ambito_id=place.ambito.id, valid_from=NOW.date())
    slots = (Slot(DAY + timedelta(days=7), time(16, 30)),)
    services.meetings.take_step(place.teacher, request.id, A.RESCHEDULE, at=NOW, slots=slots)
    assert request.provider_id == new.id
    with pytest.raises(NoResultFound):
        queries.meetings.card(place.cooperative, request.id)


def test_a_meeting_that_is_moved_stays_with_the_cooperative_that_is_still_in_charge(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    services.meetings.take_step(place.teacher, request.id, A.MOVE, at=NOW, reason="Sciopero")
    factories.make_provider(ambito_id=place.ambito.id, valid_from=NOW.date())
    slots = (Slot(DAY + timedelta(days=7), time(16, 30)),)
    services.meetings.take_step(place.teacher, request.id, A.RESCHEDULE, at=NOW, slots=slots)
    assert request.provider_id == place.provider.id
