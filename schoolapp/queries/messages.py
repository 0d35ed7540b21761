"""The outbox as the administration sees it: how many messages, which numbers, and no word of them.

On the page of a request stands whom its messages could not reach.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from schoolapp.domain.actors import Actor
from schoolapp.domain.meeting_steps import Party
from schoolapp.domain.outbox import OVERDUE, OutboxFigures, OutboxLine
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import OutboxMessage, User
from schoolapp.queries.meetings import MeetingCard

LINES = 50

_NOT_SENT = OutboxMessage.sent_at.is_(None)


def outbox(actor: Actor, *, now: datetime) -> OutboxFigures:
    """What has not gone at this instant. Raises NoResultFound for who does not keep the installation."""
    if not actor.may(Permission.MESSAGES_READ):
        raise NoResultFound
    overdue = OutboxMessage.given_up_at.is_(None) & (OutboxMessage.next_attempt_at < now - OVERDUE)
    counts = db.session.execute(
        select(
            func.count(OutboxMessage.id),
            func.count(OutboxMessage.given_up_at),
            func.count(OutboxMessage.id).filter(overdue),
        ).where(_NOT_SENT)
    ).one()
    rows = db.session.execute(
        select(
            OutboxMessage.id,
            OutboxMessage.created_at,
            OutboxMessage.attempts,
            OutboxMessage.last_error,
            OutboxMessage.next_attempt_at,
            OutboxMessage.given_up_at,
        )
        .where(_NOT_SENT)
        .order_by(OutboxMessage.given_up_at.is_(None), OutboxMessage.id)
        .limit(LINES)
    )
    return OutboxFigures(
        waiting=counts[0] - counts[1],
        given_up=counts[1],
        overdue=counts[2],
        lines=tuple(OutboxLine(*row) for row in rows),
    )


def not_reached(card: MeetingCard) -> tuple[str, ...]:
    """Whom no message about a request has reached, by name: for those who can tell them by telephone.

    They are who asks, who approves and the cooperative; for the others it is empty.
    """
    if not card.parties & {Party.REQUESTER, Party.COORDINATOR, Party.PROVIDER}:
        return ()
    names = (
        select(User.name)
        .join(OutboxMessage, OutboxMessage.to_address == User.email)
        .where(OutboxMessage.request_id == card.id, OutboxMessage.given_up_at.is_not(None))
        .distinct()
        .order_by(User.name)
    )
    return tuple(db.session.scalars(names))
