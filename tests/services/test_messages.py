"""The outbox: what is written with the truth it tells, claimed by one, tried again, given up."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import clock, services
from schoolapp.domain.outbox import CLAIM, KEPT, WAITS
from schoolapp.models import OutboxMessage
from schoolapp.transaction import transaction
from tests.support.at_once import at_once

pytestmark = pytest.mark.usefixtures("friday")


def write(**values: str) -> OutboxMessage:
    return services.messages.queue(
        **{"to": "amina@example.org", "subject": "Colloquio", "body": "Ciao.", "calendar": "METHOD:REQUEST", **values}
    )


@contextmanager
def later(wait: timedelta) -> Iterator[None]:
    with time_machine.travel(clock.now() + wait, tick=False):
        yield


def test_a_message_lives_and_dies_with_its_transaction(database: Session) -> None:
    def fail() -> None:
        with transaction(None):
            write()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert database.scalar(select(func.count(OutboxMessage.id))) == 0
    with transaction(None):
        write()
    assert database.scalar(select(func.count(OutboxMessage.id))) == 1


def test_a_message_is_due_at_once_and_claimed_once(database: Session) -> None:
    message = write()
    assert services.messages.due() == [message.id]
    claimed = services.messages.claim(message.id)
    assert claimed is not None
    assert (claimed.to_address, claimed.subject, claimed.body) == ("amina@example.org", "Colloquio", "Ciao.")
    assert services.messages.claim(message.id) is None
    assert services.messages.due() == []


def test_who_claims_and_dies_leaves_it_to_the_next(database: Session) -> None:
    message = write()
    services.messages.claim(message.id)
    with later(CLAIM):
        assert services.messages.due() == [message.id]
        assert services.messages.claim(message.id) is not None


def test_of_a_sent_message_no_words_are_kept(database: Session) -> None:
    message = write()
    services.messages.claim(message.id)
    services.messages.was_sent(message.id)
    assert (message.body, message.calendar, message.sent_at) == ("", None, clock.now())
    with later(timedelta(days=1)):
        assert services.messages.due() == []
        assert services.messages.claim(message.id) is None


def test_the_waits_grow_and_then_it_is_given_up(database: Session) -> None:
    message = write()
    waited = timedelta()
    for wait in WAITS:
        with later(waited):
            assert services.messages.claim(message.id) is not None
            again_at = services.messages.was_not_sent(message.id, error="SMTPDataError 451", for_good=False)
            assert again_at == clock.now() + wait
            assert services.messages.due() == []
        waited += wait
    with later(waited):
        assert services.messages.claim(message.id) is not None
        assert services.messages.was_not_sent(message.id, error="SMTPDataError 451", for_good=False) is None
        assert message.given_up_at == clock.now()
    with later(waited * 2):
        assert services.messages.due() == []


def test_what_will_never_be_taken_is_given_up_at_once(database: Session) -> None:
    message = write()
    services.messages.claim(message.id)
    assert services.messages.was_not_sent(message.id, error="SMTPRecipientsRefused 550", for_good=True) is None
    assert message.attempts == 1


def test_a_message_that_was_given_up_can_be_tried_anew(database: Session) -> None:
    message = write()
    with pytest.raises(NoResultFound):
        services.messages.try_again(message.id)
    services.messages.claim(message.id)
    services.messages.was_not_sent(message.id, error="SMTPRecipientsRefused 550", for_good=True)
    services.messages.try_again(message.id)
    assert services.messages.due() == [message.id]
    assert services.messages.claim(message.id) is not None


def test_after_thirty_days_a_message_is_gone(database: Session) -> None:
    write()
    with later(KEPT):
        assert services.messages.delete_old() == 0
    with later(KEPT + timedelta(seconds=1)):
        assert services.messages.delete_old() == 1


def test_two_workers_do_not_send_one_message_twice(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        message_id = write().id
    claims: list[bool] = []
    at_once(app, [lambda: claims.append(services.messages.claim(message_id) is not None)] * 4)
    assert sorted(claims) == [False, False, False, True]


def test_a_message_at_which_every_sender_dies_is_given_up_in_the_end(database: Session) -> None:
    message = write()
    waited = timedelta()
    for _ in range(len(WAITS) + 1):
        with later(waited):
            assert services.messages.claim(message.id) is not None
        waited += CLAIM
    with later(waited):
        assert services.messages.claim(message.id) is None
        assert message.given_up_at == clock.now()
        assert message.last_error == "WorkerDied"
        assert services.messages.due() == []
