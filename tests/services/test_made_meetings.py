"""The requests that tests make without taking their steps are those the steps would leave."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.domain.meeting_steps import MeetingState as S
from schoolapp.domain.meeting_wishes import Participant, Slot
from schoolapp.domain.meetings import MeetingMode
from schoolapp.models import Base, MeetingRequest
from tests.support.meetings import DAY, MeetingPlace

TOLD = {"outbox_message", "personal_link", "audit_event"}
"""What only steps leave behind."""
NEVER_THE_SAME = {"id", "request_id", "uid"}


WISH = {
    "minutes": 90,
    "mode": MeetingMode.VIDEO,
    "second_language": "fr",
    "participants": tuple(Participant)[:2],
    "same_mediator": True,
    "gender_wanted": "F",
    "note": "Meglio dopo le 16",
    "slots": (Slot(DAY, time(16, 30)), Slot(DAY, time(18))),
}


@pytest.mark.parametrize(
    ("state", "wish"),
    [
        (S.DRAFT, {}),
        (S.WITH_COORDINATOR, {}),
        (S.WITH_PROVIDER, {}),
        (S.PROPOSED, {}),
        (S.CONFIRMED, {}),
        (S.HELD, {}),
        (S.REPORTED, {}),
        (S.REPORTED, WISH),
    ],
)
def test_a_request_made_in_a_state_equals_one_that_was_brought_there(
    place: MeetingPlace, database: Session, state: S, wish: dict[str, Any]
) -> None:
    made = _left_by(lambda: place.request(state, **wish), database)
    assert made == _left_by(lambda: place.walked_to(state, **wish), database)


def _left_by(make: Callable[[], MeetingRequest], database: Session) -> dict[str, list[dict[str, Any]]]:
    """All that stands in the database afterwards, which is then undone."""
    with database.begin_nested() as savepoint:
        make()
        found = {
            table.name: [
                {name: value for name, value in row.items() if name not in NEVER_THE_SAME}
                for row in database.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in Base.metadata.sorted_tables
            if table.name not in TOLD
        }
        savepoint.rollback()
    return found
