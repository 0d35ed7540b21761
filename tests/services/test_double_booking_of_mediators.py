"""The database itself refuses a mediator in two places at once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from schoolapp.domain.meetings import AppointmentState
from tests import factories

START, END = datetime(2026, 12, 3, 15, 30, tzinfo=UTC), datetime(2026, 12, 3, 16, 30, tzinfo=UTC)
LAST_MINUTE, LATER = END.replace(minute=29), END.replace(hour=18)


def test_two_open_appointments_of_a_mediator_do_not_overlap(database: Session) -> None:
    mediator = factories.make_mediator()
    factories.make_appointment(mediator=mediator, starts_at=START, ends_at=END)
    with pytest.raises(IntegrityError, match="ex_appointment_mediator"), database.begin_nested():
        factories.make_appointment(mediator=mediator, starts_at=START.replace(hour=16, minute=29), ends_at=LATER)


def test_one_may_begin_when_the_other_ends(database: Session) -> None:
    mediator = factories.make_mediator()
    factories.make_appointment(mediator=mediator, starts_at=START, ends_at=END)
    factories.make_appointment(mediator=mediator, starts_at=END, ends_at=LATER)


@pytest.mark.parametrize("state", [AppointmentState.DECLINED, AppointmentState.CANCELLED])
def test_a_time_that_was_given_back_is_free(database: Session, state: AppointmentState) -> None:
    mediator = factories.make_mediator()
    factories.make_appointment(mediator=mediator, starts_at=START, ends_at=END, state=state)
    factories.make_appointment(mediator=mediator, starts_at=START, ends_at=END)


def test_a_time_cannot_be_taken_again_while_another_holds_it(database: Session) -> None:
    mediator = factories.make_mediator()
    given_back = factories.make_appointment(
        mediator=mediator, starts_at=START, ends_at=END, state=AppointmentState.CANCELLED
    )
    factories.make_appointment(mediator=mediator, starts_at=START, ends_at=END)
    given_back.state = AppointmentState.CONFIRMED
    with pytest.raises(IntegrityError, match="ex_appointment_mediator"):
        database.flush()


def test_a_request_holds_one_open_appointment(database: Session) -> None:
    request = factories.make_meeting_request()
    factories.make_appointment(request)
    with pytest.raises(IntegrityError), database.begin_nested():
        factories.make_appointment(request)
