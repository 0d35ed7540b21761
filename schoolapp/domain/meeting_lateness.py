"""What became of the times asked of mediators: which was agreed, which is given back too late to be free of charge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schoolapp.domain.meeting_steps import MeetingAction, Party
from schoolapp.domain.meeting_terms import MeetingTerms

_A = MeetingAction
_WHO_ASKS = (Party.REQUESTER, Party.COORDINATOR)


@dataclass(frozen=True)
class Taken:
    """A step of a request, as far as it matters here."""

    action: MeetingAction
    party: Party | None
    at: datetime


def given_back_late(
    story: Sequence[Taken], starts: Sequence[datetime], *, terms: MeetingTerms, at: datetime
) -> int | None:
    """Which of the times, by its place in `starts`, who asked pays by cancelling at this instant; None: nothing.

    `starts` are the times asked of mediators, in the order of their proposals. Who moves a meeting at the last moment
    and then cancels has given that time back at the last moment, whatever was tried in between, until another time was
    agreed.
    """
    asked, standing, late = -1, None, None
    for step in story:
        if step.action is _A.PROPOSE:
            asked += 1
        elif step.action is _A.ACCEPT:
            standing, late = asked, None
        elif step.action in (_A.MOVE, _A.WITHDRAW, _A.DECLINE) and standing is not None:
            if step.party in _WHO_ASKS and terms.is_late(starts_at=starts[standing], at=step.at):
                late = standing
            standing = None
    if standing is not None and terms.is_late(starts_at=starts[standing], at=at):
        return standing
    return late


def last_agreed(actions: Sequence[MeetingAction]) -> int | None:
    """Which of the times asked of mediators was agreed last, by its place among them; None: none was.

    A family was told of no other: neither of one that waits for an answer nor of one that was declined.
    """
    if _A.ACCEPT not in actions:
        return None
    last = len(actions) - 1 - list(reversed(actions)).index(_A.ACCEPT)
    return max(0, list(actions[:last]).count(_A.PROPOSE) - 1)
