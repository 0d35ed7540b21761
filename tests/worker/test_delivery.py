"""Messages that really travel, to servers that refuse, delay and die."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from huey import Huey, PostgresHuey
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from schoolapp import services, worker
from schoolapp.domain.outbox import WAITS
from schoolapp.extensions import db
from schoolapp.models import OutboxMessage
from schoolapp.transaction import transaction
from schoolapp.web import mail
from tests.support.mail_servers import FULL, GONE, LATER, DyingServer, EncryptingServer, MoodyServer, SlowServer
from tests.support.mailbox import Mailbox


@pytest.fixture
def posting(app: Flask, database: Session, tmp_path: Path) -> Iterator[Callable[[Mailbox | None], Mailbox | None]]:
    """`posting(server)`: this installation's mail goes there."""
    app.config["TASKS_FILE"] = str(tmp_path / "tasks.db")

    def to(server: Mailbox | None) -> Mailbox | None:
        app.config["SMTP_URL"] = server.url if server else ""
        return server

    yield to
    app.config["SMTP_URL"] = ""
    found = app.extensions.pop(worker.EXTENSION, None)
    if found is not None:
        _forget(found.huey)


def _forget(queue: Huey) -> None:
    """Leave no tables in a database that other tests compare with the models."""
    queue.storage.flush_queue()
    if isinstance(queue, PostgresHuey):
        queue.storage.sql("DROP TABLE huey_kv, huey_schedule, huey_task, huey_counter")
    queue.storage.close()


def write(to: str = "amina@example.org") -> OutboxMessage:
    with transaction(None):
        return services.messages.queue(to=to, subject="Colloquio perché", body="Ciao, è giovedì.")


def last_error(message: OutboxMessage) -> str:
    db.session.refresh(message)
    return message.last_error


@contextmanager
def after_waits(message: OutboxMessage) -> Iterator[None]:
    """The moment at which the message is due again."""
    db.session.refresh(message)
    with time_machine.travel(message.next_attempt_at, tick=True):
        yield


def test_a_message_is_sent_once(posting: Callable[..., Mailbox], database: Session) -> None:
    with Mailbox() as server:
        posting(server)
        message = write()
        worker.sweep()
        arrived = server.next()
        assert (arrived["To"], arrived["Subject"]) == ("amina@example.org", "Colloquio perché")
        assert arrived.get_content().strip() == "Ciao, è giovedì."
        assert arrived["Message-ID"] == f"<outbox-{message.id}@localhost>"
        worker.sweep()
        assert server.is_empty()
    db.session.refresh(message)
    assert message.sent_at is not None
    assert message.body == ""


def test_without_a_mail_server_messages_stay_and_count_no_attempt(
    posting: Callable[..., None], database: Session
) -> None:
    posting(None)
    message = write()
    worker.sweep()
    db.session.refresh(message)
    assert (message.attempts, message.sent_at, message.given_up_at) == (0, None, None)


def test_an_address_that_is_refused_is_given_up_at_once(posting: Callable[..., Mailbox], database: Session) -> None:
    with MoodyServer(to_recipients=[GONE]) as server:
        posting(server)
        message = write()
        worker.sweep()
        assert last_error(message) == "SMTPRecipientsRefused 550"
        assert message.given_up_at is not None


def test_a_message_that_is_refused_is_given_up_at_once(posting: Callable[..., Mailbox], database: Session) -> None:
    with MoodyServer(to_data=[FULL]) as server:
        posting(server)
        message = write()
        worker.sweep()
        assert last_error(message) == "SMTPDataError 552"
        assert message.given_up_at is not None


@pytest.mark.parametrize("server", [MoodyServer(to_recipients=[LATER, LATER]), MoodyServer(to_data=[LATER, LATER])])
def test_a_server_that_asks_to_come_back_gets_it_later(
    posting: Callable[..., Mailbox], database: Session, server: MoodyServer
) -> None:
    with server:
        posting(server)
        message = write()
        worker.sweep()
        assert "451" in last_error(message)
        worker.sweep()  # not before its time
        assert message.attempts == 1
        with after_waits(message):
            worker.sweep()
            db.session.refresh(message)
            assert message.attempts == 2
            assert message.sent_at is None
            with after_waits(message):
                worker.sweep()
                assert server.next()["Subject"] == "Colloquio perché"
    db.session.refresh(message)
    assert message.sent_at is not None
    assert message.last_error == ""


def test_a_server_that_dies_before_it_answers_gets_the_message_again(
    posting: Callable[..., Mailbox], database: Session
) -> None:
    with DyingServer() as server:
        posting(server)
        message = write()
        worker.sweep()
        assert last_error(message) == "SMTPServerDisconnected"
        with after_waits(message):
            worker.sweep()
            assert server.next()["To"] == "amina@example.org"


def test_what_a_dying_server_took_without_saying_so_bears_the_same_id_when_it_comes_again(
    posting: Callable[..., Mailbox], database: Session
) -> None:
    with DyingServer(after_taking=True) as server:
        posting(server)
        message = write()
        worker.sweep()
        with after_waits(message):
            worker.sweep()
        assert server.next()["Message-ID"] == server.next()["Message-ID"]


def test_a_server_that_answers_too_late_is_not_waited_for_and_gets_the_same_message_again(
    posting: Callable[..., Mailbox], database: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have taken it: what comes twice bears one id, so that the reader's program shows it once."""
    monkeypatch.setattr(mail, "SECONDS", 0.3)
    with SlowServer(seconds=1) as server:
        posting(server)
        message = write()
        worker.sweep()
        assert last_error(message) in {"TimeoutError", "SMTPServerDisconnected"}
        assert message.sent_at is None
        with after_waits(message):
            worker.sweep()
        assert server.next()["Message-ID"] == server.next()["Message-ID"]
    db.session.refresh(message)
    assert message.sent_at is not None


def test_where_nobody_answers_each_message_keeps_its_attempts(
    posting: Callable[..., Mailbox], database: Session
) -> None:
    server = Mailbox()  # never started: the port is closed
    posting(server)
    messages = [write(), write("altra@example.org")]
    worker.sweep()
    for message in messages:
        db.session.refresh(message)
    assert [message.attempts for message in messages] == [1, 0]
    assert last_error(messages[0]) == "ConnectionRefusedError"


def test_one_refused_message_does_not_hold_up_the_others(posting: Callable[..., Mailbox], database: Session) -> None:
    with MoodyServer(to_recipients=[GONE]) as server:
        posting(server)
        write("nessuno@example.org")
        write()
        worker.sweep()
        assert server.next()["To"] == "amina@example.org"


def test_giving_up_is_said_in_the_log_by_id(posting: Callable[..., Mailbox], database: Session) -> None:
    tries = len(WAITS) + 1
    with MoodyServer(to_recipients=[LATER] * tries) as server, capture_logs() as lines:
        posting(server)
        message = write()
        for _ in range(tries):
            with after_waits(message):
                worker.sweep()
    db.session.refresh(message)
    assert message.given_up_at is not None
    assert [line["message"] for line in lines if line["event"] == "message given up"] == [message.id]
    assert "amina" not in str(lines)
    assert "Colloquio" not in str(lines)


@pytest.mark.parametrize("from_the_start", [False, True])
def test_mail_is_encrypted(
    posting: Callable[..., Mailbox],
    database: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    from_the_start: bool,
) -> None:
    with EncryptingServer(tmp_path, from_the_start=from_the_start) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        posting(server)
        write()
        worker.sweep()
        server.next()
        assert server.encrypted == [True]


def test_a_certificate_that_nobody_vouches_for_gets_no_mail(
    posting: Callable[..., Mailbox], database: Session, tmp_path: Path
) -> None:
    with EncryptingServer(tmp_path) as server:
        posting(server)
        message = write()
        worker.sweep()
        assert last_error(message) == "SSLCertVerificationError"
        assert server.is_empty()


def test_where_encryption_is_asked_for_a_server_without_it_gets_no_mail(
    app: Flask, posting: Callable[..., Mailbox], database: Session
) -> None:
    with Mailbox() as server:
        posting(server)
        app.config["SMTP_URL"] = server.url.replace("smtp://", "smtp+tls://")
        message = write()
        worker.sweep()
        assert last_error(message) == "SMTPNotSupportedError"
        assert server.is_empty()


def test_a_commit_hands_the_message_to_the_queue_and_a_rollback_does_not(
    app: Flask, posting: Callable[..., Mailbox], database: Session
) -> None:
    with Mailbox() as server:
        posting(server)
        message = write()
        with pytest.raises(RuntimeError):
            _write_and_fail()
        queue = worker.background(app).huey
        assert [list(task.args) for task in queue.pending()] == [[message.id]]


def test_a_queue_that_is_broken_does_not_break_the_page(
    app: Flask, posting: Callable[..., Mailbox], database: Session, tmp_path: Path
) -> None:
    with Mailbox() as server:
        posting(server)
        app.config["TASKS_FILE"] = str(tmp_path / "no" / "such" / "folder" / "tasks.db")
        if db.engine.dialect.name == "postgresql":
            pytest.skip("there the queue is the database itself")
        write()
        worker.sweep()
        assert server.next()["To"] == "amina@example.org"


def _write_and_fail() -> None:
    with transaction(None):
        services.messages.queue(to="x@example.org", subject="x", body="x")
        raise RuntimeError
