"""When a link that acts without signing in still opens."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolapp.domain.links import LinkPurpose, hash_of, is_good

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANSWER, FEED = LinkPurpose.MEDIATOR_ANSWER, LinkPurpose.CALENDAR_FEED


@pytest.mark.parametrize(
    ("purpose", "expires_at", "used_at", "good", "remark"),
    [
        (ANSWER, NOW + HOUR, None, True, "not yet used, not yet expired"),
        (ANSWER, NOW, None, False, "expires at this very instant"),
        (ANSWER, NOW - HOUR, None, False, "expired"),
        (ANSWER, NOW + HOUR, NOW - HOUR, False, "an answer is given once"),
        (ANSWER, None, None, True, "without an end it lasts until it is used"),
        (FEED, None, NOW - HOUR, True, "a calendar is read again and again"),
        (FEED, NOW - HOUR, None, False, "a calendar that was taken back"),
    ],
)
def test_a_link_opens(
    purpose: LinkPurpose, expires_at: datetime | None, used_at: datetime | None, good: bool, remark: str
) -> None:
    assert is_good(purpose=purpose, expires_at=expires_at, used_at=used_at, now=NOW) is good, remark


def test_the_hash_of_a_secret_is_long_and_does_not_hold_it() -> None:
    assert len(hash_of("abc")) == 64
    assert hash_of("abc") != hash_of("abd")
