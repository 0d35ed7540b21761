"""Mail by SMTP, as plain text. Without SCHOOLAPP_SMTP_URL there is none, and pages say what to do instead.

What concerns a meeting goes through the outbox (`services/messages.py`, `worker.py`). The messages of the sign-in are
sent from here at once: they hold a way in, which no table should keep.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.utils import make_msgid
from threading import Thread
from urllib.parse import SplitResult, unquote, urlsplit

import structlog
from flask import Flask, current_app

from schoolapp import clock
from schoolapp.domain.outbox import Outgoing
from schoolapp.exchange.letters_by_mail import compose

SECONDS = 10

mail_log = structlog.get_logger("mail")


class MailNotSent(Exception):
    """The mail server refused the message or did not answer."""

    def __init__(self, error: str, *, for_good: bool = False, unreachable: bool = False) -> None:
        super().__init__(error)
        self.error = error
        """Its kind and the server's number: never the server's words, which quote addresses."""
        self.for_good = for_good
        """The server will never take this message for this address."""
        self.unreachable = unreachable
        """There is no server to talk to: the next message would fare no better."""


def is_configured() -> bool:
    """Whether this installation can send mail."""
    return bool(current_app.config["SMTP_URL"])


def send(*, to: str, subject: str, text: str) -> None:
    """Hand the message to the mail server now. Raises MailNotSent."""
    _deliver(_server(), _message(to, subject, text))


def send_later(*, to: str, subject: str, text: str) -> None:
    """Hand the message over beside the answer, so that its time does not tell whether an address has an account."""
    Thread(target=_deliver_quietly, args=(_server(), _message(to, subject, text)), name="mail").start()


def send_queued(outgoing: Outgoing) -> None:
    """Hand a message of the outbox to the mail server now. Raises MailNotSent.

    Its Message-ID is always the same: one that goes out twice can be known as one.
    """
    message = compose(
        sender=_sender(),
        to=outgoing.to_address,
        subject=outgoing.subject,
        text=outgoing.body,
        calendar=outgoing.calendar,
        at=clock.local_now(),
        message_id=f"<outbox-{outgoing.id}@{_sender_domain() or 'localhost'}>",
    )
    _deliver(_server(), message)


def own_address(path: str) -> str:
    """The public address of a page for a message: never from the Host header, which anybody can forge."""
    return f"{current_app.config['BASE_URL']}{path}"


def _sender() -> str:
    return str(current_app.config["MAIL_SENDER"])


def _sender_domain() -> str:
    return _sender().rpartition("@")[2].strip(">")


def _server() -> SplitResult:
    return urlsplit(str(current_app.config["SMTP_URL"]))


def _message(to: str, subject: str, text: str) -> EmailMessage:
    return compose(
        sender=_sender(),
        to=to,
        subject=subject,
        text=text,
        at=clock.local_now(),
        message_id=make_msgid(domain=_sender_domain() or None),
    )


def _deliver(server: SplitResult, message: EmailMessage) -> None:
    try:
        with _connection(server) as connection:
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        failure = _failure(error)
        mail_log.error("mail not sent", error=failure.error)
        raise failure from error
    mail_log.info("mail sent")


def _failure(error: OSError) -> MailNotSent:
    """What went wrong, and whether trying again could help: a 4xx may pass, a 5xx to this address will not.

    A refused password, sender or greeting is the installation's fault, which somebody can mend meanwhile.
    """
    kind = type(error).__name__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return MailNotSent(f"{kind} {max(codes)}", for_good=min(codes) >= 500)
    if isinstance(error, smtplib.SMTPResponseException):
        return MailNotSent(
            f"{kind} {error.smtp_code}",
            for_good=isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500,
        )
    return MailNotSent(kind, unreachable=True)


def _deliver_quietly(server: SplitResult, message: EmailMessage) -> None:
    try:
        _deliver(server, message)
    except MailNotSent:
        return  # the log has it, and the answer to the person must not depend on it


@contextmanager
def _connection(server: SplitResult) -> Iterator[smtplib.SMTP]:
    """A session with the server: smtp:// encrypts where it can, smtp+tls:// or not at all, smtps:// from the start."""
    host = server.hostname or "localhost"
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            host, server.port or 465, timeout=SECONDS, context=ssl.create_default_context()
        )
    else:
        connection = smtplib.SMTP(host, server.port or 25, timeout=SECONDS)
    try:
        connection.ehlo()
        if server.scheme != "smtps" and connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo()
        elif server.scheme == "smtp+tls":
            raise smtplib.SMTPNotSupportedError("the server does not encrypt")
        elif server.scheme != "smtps" and server.username:
            raise smtplib.SMTPNotSupportedError("a password is not sent in clear")
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        yield connection
    finally:
        # Once the server has taken a message, how it says goodbye does not matter.
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()
        connection.close()


def init_app(app: Flask) -> None:
    app.jinja_env.globals["mail_is_configured"] = is_configured
    app.jinja_env.globals["own_address"] = own_address
