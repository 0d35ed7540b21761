"""The services act on Friday 20 November 2026, at noon at school."""

from collections.abc import Iterator

import pytest
import time_machine


@pytest.fixture
def friday() -> Iterator[None]:
    with time_machine.travel("2026-11-20T11:00:00Z", tick=False):
        yield
