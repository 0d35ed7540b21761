"""The answer that a mediator gives by the link of a message."""

from datetime import datetime

from sqlalchemy.exc import NoResultFound

from schoolapp.domain.actors import Actor
from schoolapp.domain.links import LinkGone, LinkPurpose
from schoolapp.domain.meeting_steps import MeetingAction
from schoolapp.services import links, meetings


def give(actor: Actor, *, secret: str, request_id: int, action: MeetingAction, reason: str, at: datetime) -> None:
    """Use the link and take the step, both or neither. Raises LinkGone, and RuleViolation where the reason is wrong.

    The request is held before its link, as by every other step: else two would wait for each other.
    """
    try:
        meetings.locked(actor, request_id, now=at, version=None)
    except NoResultFound:
        raise LinkGone from None
    links.use(secret, LinkPurpose.MEDIATOR_ANSWER, answer=action.value)
    meetings.take_step(actor, request_id, action, at=at, reason=reason)
