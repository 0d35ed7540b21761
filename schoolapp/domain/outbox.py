"""When a message that could not be sent is tried again, and when nobody tries any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60))
"""After the first failed attempt, the second …: two days in all, as mail servers do."""

CLAIM = timedelta(minutes=10)
"""For so long a message that is being sent is left to who sends it; then it counts as not sent."""

DIED = "WorkerDied"
"""Instead of an error, where every attempt ended with nobody left to say why."""

OVERDUE = timedelta(minutes=15)
"""A worker that runs sweeps each minute and claims for ten: what waits longer than this waits for a worker."""

KEPT = timedelta(days=30)
"""A message's row is deleted after so many days, whatever became of it."""


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try again after `attempts` failures; None: give up."""
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None


@dataclass(frozen=True)
class Outgoing:
    """A message that is being sent."""

    id: int
    to_address: str
    subject: str
    body: str
    calendar: str | None


@dataclass(frozen=True)
class OutboxLine:
    """What the administration sees of a message that has not gone: neither to whom, nor about what."""

    id: int
    created_at: datetime
    attempts: int
    last_error: str
    next_attempt_at: datetime
    given_up_at: datetime | None


@dataclass(frozen=True)
class OutboxFigures:
    """How many messages wait, how many were given up; the oldest of them, given-up ones first."""

    waiting: int
    given_up: int
    overdue: int
    """Of those that wait, the ones whose time came long ago: nobody sends them."""
    lines: tuple[OutboxLine, ...]
