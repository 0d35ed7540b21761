"""What the worker deletes by itself when its time is over."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp import clock, services, worker
from schoolapp.domain.links import LinkPurpose
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState, Party
from schoolapp.extensions import db
from schoolapp.models import CulturalNote, MeetingEvent, MeetingRequest, OutboxMessage, PersonalLink
from tests import factories

pytestmark = pytest.mark.usefixtures("friday")

LAST_YEAR = date(2025, 11, 20)
"""Twelve months before the Friday of the tests."""


def request_on(*days: date) -> MeetingRequest:
    return factories.make_meeting_request(note="Serve una stanza", slots=[(day, time(16, 30)) for day in days])


def keep_note(written_at: datetime) -> CulturalNote:
    request = factories.make_meeting_request(state=MeetingState.HELD)
    note = CulturalNote(request_id=request.id, author_id=request.requester_id, words="…", written_at=written_at)
    db.session.add(note)
    db.session.flush()
    return note


@pytest.mark.parametrize(
    ("written_at", "kept", "remark"),
    [
        (datetime(2025, 11, 19, 22, 59, tzinfo=UTC), 0, "23:59 of the day before, at school"),
        (datetime(2025, 11, 19, 23, 0, tzinfo=UTC), 1, "the first minute of that day"),
        (datetime(2026, 11, 1, tzinfo=UTC), 1, "this month"),
    ],
)
def test_a_cultural_note_lives_twelve_months(database: Session, written_at: datetime, kept: int, remark: str) -> None:
    keep_note(written_at)
    deleted = services.retention.delete_notes(months=12)
    assert database.scalar(select(func.count(CulturalNote.request_id))) == kept, remark
    assert deleted["cultural_notes"] == 1 - kept


@pytest.mark.parametrize(
    ("days", "appointment", "kept", "remark"),
    [
        ([LAST_YEAR - timedelta(days=1)], None, False, "proposed more than a year ago"),
        ([LAST_YEAR], None, True, "a year ago today"),
        ([LAST_YEAR - timedelta(days=9), LAST_YEAR + timedelta(days=1)], None, True, "the last of its days counts"),
        ([LAST_YEAR - timedelta(days=9)], LAST_YEAR + timedelta(days=1), True, "held later than it was proposed"),
        ([LAST_YEAR - timedelta(days=9)], LAST_YEAR - timedelta(days=2), False, "held more than a year ago"),
    ],
)
def test_the_note_of_a_request_lives_twelve_months_after_its_last_day(
    database: Session, days: list[date], appointment: date | None, kept: bool, remark: str
) -> None:
    request = request_on(*days)
    if appointment is not None:
        start = datetime.combine(appointment, time(10), UTC)
        factories.make_appointment(request, starts_at=start, ends_at=start + timedelta(hours=1))
    deleted = services.retention.delete_notes(months=12)
    database.refresh(request)
    assert bool(request.note) is kept, remark
    assert deleted["request_notes"] == (not kept)


@pytest.mark.parametrize(
    ("day", "at", "kept", "remark"),
    [
        (LAST_YEAR - timedelta(days=1), datetime(2025, 11, 18, tzinfo=UTC), "", "over and said more than a year ago"),
        (LAST_YEAR, datetime(2025, 11, 18, tzinfo=UTC), "La madre è malata", "the meeting was a year ago today"),
        (LAST_YEAR - timedelta(days=1), datetime(2026, 10, 1, tzinfo=UTC), "La madre è malata", "said lately"),
    ],
)
def test_reasons_are_forgotten_with_the_notes_and_the_steps_stay(
    database: Session, day: date, at: datetime, kept: str, remark: str
) -> None:
    request = request_on(day)
    step = MeetingEvent(
        request_id=request.id,
        at=at,
        by_id=request.requester_id,
        party=Party.REQUESTER,
        action=MeetingAction.CANCEL,
        to_state=MeetingState.CANCELLED,
        reason="La madre è malata",
    )
    database.add(step)
    database.flush()
    deleted = services.retention.delete_notes(months=12)
    database.refresh(step)
    assert (step.reason, step.action) == (kept, MeetingAction.CANCEL), remark
    assert deleted["reasons"] == (not kept)


def test_how_many_months_is_a_parameter(app: Flask, database: Session) -> None:
    request = request_on(date(2026, 8, 1))
    app.config["MEETING_NOTES_MONTHS"] = 3
    try:
        worker.tidy()
    finally:
        app.config["MEETING_NOTES_MONTHS"] = 12
    database.refresh(request)
    assert request.note == ""


def test_links_that_open_nothing_go_after_a_month_and_a_familys_answer_stays(database: Session) -> None:
    user = factories.make_user()
    long_ago, lately = clock.now() - timedelta(days=31), clock.now() - timedelta(days=29)
    for purpose, expires_at in (
        (LinkPurpose.MEDIATOR_ANSWER, long_ago),
        (LinkPurpose.MEDIATOR_ANSWER, lately),
        (LinkPurpose.CALENDAR_FEED, long_ago),
        (LinkPurpose.CALENDAR_FEED, None),
        (LinkPurpose.FAMILY_ANSWER, long_ago),
    ):
        services.links.make(purpose=purpose, user_id=user.id, expires_at=expires_at)
    assert services.retention.delete_dead_links() == 2
    assert sorted(database.scalars(select(PersonalLink.purpose))) == [
        LinkPurpose.CALENDAR_FEED,
        LinkPurpose.FAMILY_ANSWER,
        LinkPurpose.MEDIATOR_ANSWER,
    ]


def test_one_night_does_all_of_it(database: Session) -> None:
    keep_note(datetime(2025, 1, 1, tzinfo=UTC))
    request = request_on(date(2025, 1, 1))
    factories.make_outbox_message(created_at=clock.now() - timedelta(days=31))
    worker.tidy()
    database.refresh(request)
    assert request.note == ""
    assert database.scalar(select(func.count(CulturalNote.request_id))) == 0
    assert database.scalar(select(func.count(OutboxMessage.id))) == 0
