"""What several files of pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

# The fixtures import what they need: see tests/conftest.py.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.support.roll_calls import Group


@pytest.fixture(scope="module")
def standing_group(stands: Callable[..., Any]) -> Group:
    from tests.support.roll_calls import NOW, Group

    group: Group = stands(Group, at=NOW)
    return group


@pytest.fixture
def group(standing_group: Group, database: Session) -> Group:
    """A lesson of today with its facilitator and three pupils."""
    from tests.support.standing import again

    return again(standing_group)
