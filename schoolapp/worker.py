"""What is done beside the answers: messages of the outbox are sent, what has had its time is deleted.

The queue (huey) carries ids only, and is a matter of speed: a sweep each minute finds what was not handed to it, so
nothing is lost with it. It is loaded where it is first needed: most processes never need it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from schoolapp import parameters, services
from schoolapp.extensions import db
from schoolapp.transaction import transaction
from schoolapp.web import mail

if TYPE_CHECKING:
    from schoolapp.background import Background

worker_log = structlog.get_logger("worker")

EXTENSION = "schoolapp-background"

_making = Lock()
"""Two threads of a server that need the queue at once make one."""


def deliver(message_id: int) -> bool:
    """Send one message now if it is due; whether there was a server to talk to."""
    with transaction(None, after_reading=True):
        outgoing = services.messages.claim(message_id)
    if outgoing is None:
        return True
    try:
        mail.send_queued(outgoing)
    except mail.MailNotSent as failure:
        with transaction(None):
            again_at = services.messages.was_not_sent(message_id, error=failure.error, for_good=failure.for_good)
        if again_at is None:
            worker_log.error("message given up", message=message_id, error=failure.error)
        else:
            worker_log.warning("message waits", message=message_id, error=failure.error, until=again_at.isoformat())
        return not failure.unreachable
    with transaction(None):
        services.messages.was_sent(message_id)
    return True


def sweep() -> None:
    """Send every message whose time has come; where there is no mail they stay, and the administration sees them."""
    if not mail.is_configured():
        return
    for message_id in services.messages.due():
        if not deliver(message_id):
            return  # nobody answers: the next sweep tries the others, and each keeps its few attempts


def tidy() -> None:
    """Delete what has had its time."""
    with transaction(None):
        deleted = {
            "messages": services.messages.delete_old(),
            "links": services.retention.delete_dead_links(),
            **services.retention.delete_notes(months=parameters.meeting_terms().notes_months),
        }
    worker_log.info("tidied", **deleted)


def background(app: Flask) -> Background:
    """The queue of this application, loaded at its first use."""
    with _making:
        if EXTENSION not in app.extensions:
            from schoolapp.background import Background

            app.extensions[EXTENSION] = Background(
                app.config["SQLALCHEMY_DATABASE_URI"],
                app.config["TASKS_FILE"],
                deliver=_guarded(app, deliver),
                sweep=_guarded(app, sweep),
                tidy=_guarded(app, tidy),
            )
        found: Background = app.extensions[EXTENSION]
    return found


def run(app: Flask) -> None:
    """Work until a signal says to stop; what is being sent is finished first."""
    logging.getLogger("huey").setLevel(logging.CRITICAL)  # it writes what tasks raise, which may quote a person
    if not mail.is_configured():
        worker_log.info("no mail server is set: messages stay in the outbox")
    background(app).run()


def _guarded(app: Flask, work: Callable[..., Any]) -> Callable[..., None]:
    """`work` in the application's context; an error is written by kind and place, like those of the pages."""

    @wraps(work)
    def guarded(*args: int) -> None:
        with app.app_context():
            try:
                work(*args)
            except Exception as error:
                worker_log.error(
                    "task failed",
                    task=work.__name__,
                    ids=args,
                    error=type(error).__name__,
                    where=[
                        f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)[-12:]
                    ],
                )

    return guarded


@event.listens_for(db.session, "after_commit")
def _hand_over(session: Session) -> None:
    """Tell the worker of the messages that now exist. Where it cannot be told, its sweep finds them."""
    if session.in_nested_transaction():
        return
    message_ids = session.info.pop(services.messages.QUEUED, None)
    if not message_ids or not mail.is_configured():
        return
    try:
        background(current_app._get_current_object()).hand_over(message_ids)  # type: ignore[attr-defined]
    except Exception as error:
        worker_log.warning("messages not handed over", count=len(message_ids), error=type(error).__name__)


@event.listens_for(db.session, "after_rollback")
def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(services.messages.QUEUED, None)
