"""The outbox: a message is written in the transaction that makes it true, and sent afterwards by the worker."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import NoResultFound

from schoolapp import clock
from schoolapp.domain.outbox import CLAIM, DIED, KEPT, WAITS, Outgoing, next_attempt
from schoolapp.extensions import db
from schoolapp.models import OutboxMessage

QUEUED = "queued_messages"
"""Under this word the session keeps the ids of the messages that its transaction has written."""

_WAITING = (OutboxMessage.sent_at.is_(None), OutboxMessage.given_up_at.is_(None))


def queue(
    *,
    to: str,
    subject: str,
    body: str,
    calendar: str | None = None,
    request_id: int | None = None,
    locale: str = "it",
) -> OutboxMessage:
    """Write a message; it exists if and only if the rest of the transaction does."""
    now = clock.now()
    message = OutboxMessage(
        to_address=to,
        locale=locale,
        subject=subject[:160],
        body=body,
        calendar=calendar,
        request_id=request_id,
        created_at=now,
        next_attempt_at=now,
    )
    db.session.add(message)
    db.session.flush()
    db.session().info.setdefault(QUEUED, []).append(message.id)
    return message


def due(*, limit: int = 200) -> list[int]:
    """Ids of the messages whose time has come, the longest waiting first."""
    statement = (
        select(OutboxMessage.id)
        .where(*_WAITING, OutboxMessage.next_attempt_at <= clock.now())
        .order_by(OutboxMessage.next_attempt_at, OutboxMessage.id)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def claim(message_id: int) -> Outgoing | None:
    """Take a message to send it now; None where it has gone, was given up, is not due, or another one sends it.

    The claim is kept before anything is sent, so no transaction is open while a mail server is slow. Who claims and
    then dies leaves the message to be sent again: twice is better than never, though not for ever.
    """
    now = clock.now()
    message = db.session.scalar(
        select(OutboxMessage)
        .where(OutboxMessage.id == message_id, *_WAITING, OutboxMessage.next_attempt_at <= now)
        .with_for_update(skip_locked=True)
    )
    if message is None:
        return None
    if message.attempts > len(WAITS):
        message.given_up_at, message.last_error = now, DIED
        db.session.flush()
        return None
    message.attempts += 1
    message.next_attempt_at = now + CLAIM
    db.session.flush()
    return Outgoing(message.id, message.to_address, message.subject, message.body, message.calendar)


def was_sent(message_id: int) -> None:
    """The server has it. Its words are not kept any longer: they hold links that act."""
    message = _claimed(message_id)
    if message is not None:
        message.sent_at = clock.now()
        message.last_error = ""
        _forget_words(message)


def was_not_sent(message_id: int, *, error: str, for_good: bool) -> datetime | None:
    """When it is tried again; None where it was given up. `error` is a kind and a number, never a server's words."""
    message = _claimed(message_id)
    if message is None:
        return None
    message.last_error = error[:200]
    again_at = None if for_good else next_attempt(message.attempts, clock.now())
    if again_at is None:
        message.given_up_at = clock.now()
    else:
        message.next_attempt_at = again_at
    db.session.flush()
    return again_at


def try_again(message_id: int) -> OutboxMessage:
    """Try a message that was given up anew, from the beginning. Raises NoResultFound for any other."""
    message = db.session.scalar(
        select(OutboxMessage)
        .where(OutboxMessage.id == message_id, OutboxMessage.given_up_at.is_not(None))
        .with_for_update()
    )
    if message is None:
        raise NoResultFound
    message.given_up_at = None
    message.attempts = 0
    message.next_attempt_at = clock.now()
    db.session.flush()
    db.session().info.setdefault(QUEUED, []).append(message.id)
    return message


def delete_old() -> int:
    """Delete what is older than thirty days, sent or not: an appointment of then is over. The number of rows."""
    deleted = db.session.execute(delete(OutboxMessage).where(OutboxMessage.created_at < clock.now() - KEPT))
    return int(deleted.rowcount)  # type: ignore[attr-defined]


def _claimed(message_id: int) -> OutboxMessage | None:
    return db.session.scalar(
        select(OutboxMessage)
        .where(OutboxMessage.id == message_id, *_WAITING)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _forget_words(message: OutboxMessage) -> None:
    message.body = ""
    message.calendar = None
    db.session.flush()
