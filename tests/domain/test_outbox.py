"""When a message that could not be sent is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolapp.domain.outbox import WAITS, next_attempt

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "minutes", "remark"),
    [
        (1, 1, "a hiccup"),
        (2, 5, "a restart"),
        (3, 15, "a server that puts off whom it does not know"),
        (4, 60, ""),
        (8, 24 * 60, "the last wait"),
        (9, None, "two days are enough"),
    ],
)
def test_the_wait_grows_and_ends(attempts: int, minutes: int | None, remark: str) -> None:
    expected = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert next_attempt(attempts, NOW) == expected, remark


def test_each_wait_is_longer_than_the_one_before() -> None:
    assert list(WAITS) == sorted(set(WAITS))
