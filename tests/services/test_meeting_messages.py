"""The messages that steps leave in the outbox: to whom, in which language, with which link and calendar."""

import re
from datetime import date

import pytest
from flask import Flask
from icalendar import Calendar, Event
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.links import LinkGone, LinkPurpose
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meetings import MeetingMode
from schoolapp.domain.roles import Role
from schoolapp.models import OutboxMessage, User
from schoolapp.services import meeting_messages
from tests import factories
from tests.support.meetings import DAY, NOW, STARTS, MeetingPlace

pytestmark = pytest.mark.usefixtures("friday")

A, S = MeetingAction, MeetingState


def take_out(database: Session) -> list[OutboxMessage]:
    """What is in the outbox; then it is empty."""
    found = list(database.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))
    for message in found:
        database.expunge(message)
    database.execute(delete(OutboxMessage))
    return found


def readers(messages: list[OutboxMessage]) -> set[str]:
    return {message.to_address for message in messages}


def to(person: User, messages: list[OutboxMessage]) -> OutboxMessage:
    (message,) = [message for message in messages if message.to_address == person.email]
    return message


def event_of(message: OutboxMessage) -> tuple[str, Event]:
    assert message.calendar is not None
    calendar = Calendar.from_ical(message.calendar)
    assert isinstance(calendar, Calendar)
    return str(calendar["method"]), calendar.events[0]


def secret_in(message: OutboxMessage) -> str:
    found = re.search(r"http://localhost/answer/(\S+)", message.body)
    assert found is not None
    return found.group(1)


def test_a_request_on_its_way_tells_whose_turn_it_is(place: MeetingPlace, database: Session) -> None:
    request = place.draft()
    services.meetings.take_step(place.teacher, request.id, A.SEND, at=NOW)
    sent = take_out(database)
    assert readers(sent) == {place.lucia.email}
    assert f"http://localhost/meetings/{request.id}" in sent[0].body
    assert sent[0].request_id == request.id
    services.meetings.take_step(place.coordinator, request.id, A.APPROVE, at=NOW)
    assert readers(take_out(database)) == {place.marco.email}


def test_the_ambito_is_told_where_it_approves(place: MeetingPlace, database: Session) -> None:
    place.budget.needs_grant = True
    request = place.draft()
    services.meetings.take_step(place.coordinator, request.id, A.SEND, at=NOW)
    services.meetings.take_step(place.coordinator, request.id, A.APPROVE, at=NOW)
    sent = take_out(database)
    assert readers(sent) == {place.elena.email}
    assert place.institute.name not in sent[0].body


def test_who_takes_a_step_is_not_told_of_it(place: MeetingPlace, database: Session) -> None:
    factories.make_membership(place.paola, Role.COORDINATOR, place.institute)
    request = place.draft()
    services.meetings.take_step(place.actor(place.paola), request.id, A.SEND, at=NOW)
    assert readers(take_out(database)) == {place.lucia.email}


def test_who_left_the_role_or_was_switched_off_is_not_told(place: MeetingPlace, database: Session) -> None:
    factories.make_user(Role.COORDINATOR, place.institute, active=False)
    gone = factories.make_user()
    factories.make_membership(gone, Role.COORDINATOR, place.institute, valid_to=date(2026, 11, 19))
    factories.make_user(Role.COORDINATOR)  # of another school
    services.meetings.take_step(place.teacher, place.draft().id, A.SEND, at=NOW)
    assert readers(take_out(database)) == {place.lucia.email}


def test_the_mediator_gets_a_link_and_a_tentative_entry(place: MeetingPlace, database: Session) -> None:
    request = place.walked_to(S.PROPOSED)
    message = to(place.nadia, take_out(database))
    link = services.links.look(secret_in(message), LinkPurpose.MEDIATOR_ANSWER)
    assert link.appointment_id == request.appointments[0].id
    assert link.user_id == place.nadia.id
    assert link.expires_at == STARTS
    method, event = event_of(message)
    assert (method, event["status"], event["sequence"]) == ("REQUEST", "TENTATIVE", 0)
    assert event["summary"] == f"Colloquio con mediatore, richiesta 2026-{request.number}"
    assert event.start == STARTS
    assert event["attendee"] == f"mailto:{place.nadia.email}"
    assert "/answer/" not in (message.calendar or ""), "a calendar may be shared: no way in stands there"


def test_the_link_lasts_until_the_end_of_the_day_of_the_answer(place: MeetingPlace, database: Session) -> None:
    request = place.walked_to(S.WITH_PROVIDER)
    services.meetings.take_step(
        place.cooperative, request.id, A.PROPOSE, at=NOW, offer=place.offer(answer_by=date(2026, 11, 27))
    )
    secret = secret_in(to(place.nadia, take_out(database)))
    expires_at = services.links.look(secret, LinkPurpose.MEDIATOR_ANSWER).expires_at
    assert expires_at is not None
    assert expires_at.isoformat() == "2026-11-27T23:00:00+00:00"  # midnight at school


def test_a_confirmation_enters_both_calendars_and_ends_the_link(place: MeetingPlace, database: Session) -> None:
    request = place.walked_to(S.PROPOSED)
    secret = secret_in(to(place.nadia, take_out(database)))
    services.meetings.take_step(place.mediator, request.id, A.ACCEPT, at=NOW)
    sent = take_out(database)
    assert readers(sent) == {place.paola.email, place.nadia.email, place.marco.email}
    for person in (place.paola, place.nadia):
        method, event = event_of(to(person, sent))
        assert (method, event["status"], event["sequence"]) == ("REQUEST", "CONFIRMED", 1)
    assert to(place.marco, sent).calendar is None
    with pytest.raises(LinkGone):
        services.links.look(secret, LinkPurpose.MEDIATOR_ANSWER)


@pytest.mark.parametrize(
    ("action", "who"),
    [
        (A.CANCEL, "teacher"),
        (A.MOVE, "teacher"),
        (A.MOVE, "cooperative"),
        (A.WITHDRAW, "cooperative"),
        (A.DECLINE, "mediator"),
    ],
)
def test_what_does_not_happen_leaves_both_calendars(
    place: MeetingPlace, database: Session, action: MeetingAction, who: str
) -> None:
    request = place.walked_to(S.CONFIRMED)
    uid = event_of(to(place.paola, take_out(database)))[1]["uid"]
    family = services.links.make(purpose=LinkPurpose.FAMILY_ANSWER, request_id=request.id, expires_at=STARTS)
    services.meetings.take_step(getattr(place, who), request.id, action, at=NOW, reason="Sciopero")
    sent = take_out(database)
    for person in (place.paola, place.nadia):
        method, event = event_of(to(person, sent))
        assert (method, event["status"], event["sequence"], event["uid"]) == ("CANCEL", "CANCELLED", 2, uid)
    assert "Sciopero" not in "".join(message.body for message in sent)
    with pytest.raises(LinkGone):
        services.links.look(family, LinkPurpose.FAMILY_ANSWER)


def test_another_mediator_gets_another_entry_and_another_link(place: MeetingPlace, database: Session) -> None:
    request = place.walked_to(S.PROPOSED)
    first = to(place.nadia, take_out(database))
    services.meetings.take_step(place.mediator, request.id, A.DECLINE, at=NOW, reason="Lavoro")
    declined = take_out(database)
    assert event_of(to(place.nadia, declined))[0] == "CANCEL"
    omar = factories.make_mediator(place.provider)
    services.meetings.take_step(
        place.cooperative, request.id, A.PROPOSE, at=NOW, offer=place.offer(mediator_id=omar.id)
    )
    second = to(omar, take_out(database))
    assert event_of(second)[1]["uid"] != event_of(first)[1]["uid"]
    assert services.links.look(secret_in(second), LinkPurpose.MEDIATOR_ANSWER).user_id == omar.id
    with pytest.raises(LinkGone):
        services.links.look(secret_in(first), LinkPurpose.MEDIATOR_ANSWER)


def test_a_request_that_was_moved_names_no_old_time(place: MeetingPlace, database: Session) -> None:
    request = place.walked_to(S.CONFIRMED)
    services.meetings.take_step(place.teacher, request.id, A.MOVE, at=NOW, reason="Sciopero")
    take_out(database)
    slots = place.wish().slots
    services.meetings.take_step(place.teacher, request.id, A.RESCHEDULE, at=NOW, slots=slots)
    (message,) = take_out(database)
    assert message.to_address == place.marco.email
    assert "Quando" not in message.body


def test_a_call_stands_in_the_calendar_as_one(place: MeetingPlace, database: Session) -> None:
    place.walked_to(S.PROPOSED, mode=MeetingMode.PHONE)
    message = to(place.nadia, take_out(database))
    assert event_of(message)[1]["location"] == "Al telefono"
    assert "Come: Al telefono" in message.body


def test_the_addresses_in_messages_are_pages(app: Flask) -> None:
    pages = app.url_map.bind("localhost")
    assert pages.match(meeting_messages.page_of(7)) == ("meetings.page", {"request_id": 7})
    assert pages.match(meeting_messages.ANSWER_PAGE.format(secret="x")) == ("links.question", {"token": "x"})


def test_each_reads_in_the_language_they_chose(place: MeetingPlace, database: Session) -> None:
    place.nadia.locale = "en"
    place.walked_to(S.PROPOSED)
    message = to(place.nadia, take_out(database))
    assert message.locale == "en"
    assert "When: Thursday 3 December 2026, 16:30–17:30" in message.body
    assert "Language: Arabic" in message.body
    assert str(event_of(message)[1]["summary"]).startswith("Meeting with a mediator, request 2026-")


def test_links_bear_the_fixed_address_whatever_a_request_calls_us(
    app: Flask, place: MeetingPlace, database: Session
) -> None:
    app.config["BASE_URL"] = "https://laboratori.example.org"
    try:
        with app.test_request_context("/", headers={"Host": "evil.example.net"}):
            services.meetings.take_step(place.teacher, place.draft().id, A.SEND, at=NOW)
    finally:
        app.config["BASE_URL"] = "http://localhost"
    (message,) = take_out(database)
    assert "https://laboratori.example.org/meetings/" in message.body
    assert "evil" not in message.body


def test_no_message_of_a_whole_way_names_the_pupil_the_class_or_the_case(
    place: MeetingPlace, database: Session
) -> None:
    place.pupil.first_name, place.pupil.last_name = "Zuleika", "Benbarka"
    place.pupil.called_name = "Zuzu"
    place.school_class.name = "5QX"
    request = place.walked_to(S.REPORTED, note="la mamma è sola")
    services.meetings.take_step(place.teacher, request.id, A.DISPUTE, at=NOW, reason="L’ora di fine")
    case = place.service_draft()
    services.meetings.take_step(place.social_worker, case.id, A.SEND, at=NOW)
    services.meetings.take_step(
        place.cooperative,
        case.id,
        A.PROPOSE,
        at=NOW,
        offer=place.offer(starts_at=STARTS.replace(hour=8), ends_at=STARTS.replace(hour=9)),
    )
    sent = take_out(database)
    assert len(sent) >= 8
    said = "".join(f"{message.subject} {message.body} {message.calendar}" for message in sent)
    for hidden in ("Zuleika", "Benbarka", "Zuzu", "5QX", "TM-2026-14", "Tutela", "mamma", "L’ora di fine"):
        assert hidden not in said
    assert DAY.year == 2026
