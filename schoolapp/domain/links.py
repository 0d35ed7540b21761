"""Links that let a person do one thing without signing in: who holds the secret may."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_

SECRET_BYTES = 16
"""128 bits: not to be guessed, and still short enough for a QR code on a letter."""


class LinkPurpose(StrEnum):
    MEDIATOR_ANSWER = "mediator_answer"
    FAMILY_ANSWER = "family_answer"
    CALENDAR_FEED = "calendar_feed"


USED_MANY_TIMES = frozenset({LinkPurpose.CALENDAR_FEED})
"""A calendar is read every hour; the other links are good for one answer."""


class LinkGone(RuleViolation):
    """A link that is forged, expired, taken back or used: told alike, so that trying teaches nothing."""

    def __init__(self) -> None:
        super().__init__(N_("Questo collegamento non vale più."))


def hash_of(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain hash cannot be turned back."""
    return sha256(secret.encode()).hexdigest()


def is_good(*, purpose: LinkPurpose, expires_at: datetime | None, used_at: datetime | None, now: datetime) -> bool:
    """Whether a link still opens; the instant at which it expires is already too late."""
    if expires_at is not None and expires_at <= now:
        return False
    return used_at is None or purpose in USED_MANY_TIMES
