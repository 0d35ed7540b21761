"""The requests that tests make without taking their steps are those the steps would leave."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.domain.meeting_steps import MeetingState as S
from schoolapp.models import Base, MeetingRequest
from tests.support.meetings import MeetingPlace

TOLD = {"outbox_message", "personal_link", "audit_event"}
"""What only steps leave behind."""
NEVER_THE_SAME = {"id", "request_id", "uid"}


@pytest.mark.parametrize(
    "state", [S.DRAFT, S.WITH_COORDINATOR, S.WITH_PROVIDER, S.PROPOSED, S.CONFIRMED, S.HELD, S.REPORTED]
)
def test_a_request_made_in_a_state_equals_one_that_was_brought_there(
    place: MeetingPlace, database: Session, state: S
) -> None:
    assert _left_by(place.request, state, database) == _left_by(place.walked_to, state, database)


def _left_by(make: Callable[[S], MeetingRequest], state: S, database: Session) -> dict[str, list[dict[str, Any]]]:
    """All that stands in the database afterwards, which is then undone."""
    with database.begin_nested() as savepoint:
        make(state)
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
