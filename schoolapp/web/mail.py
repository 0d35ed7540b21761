"""Mail by SMTP, as plain text. Without SCHOOLAPP_SMTP_URL there is none, and pages say what to do instead."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from threading import Thread
from urllib.parse import SplitResult, unquote, urlsplit

import structlog
from flask import Flask, current_app

POLICY = SMTP.clone(cte_type="7bit")  # some servers spoil 8-bit lines
SECONDS = 10

mail_log = structlog.get_logger("mail")


class MailNotSent(Exception):
    """The mail server refused the message or did not answer."""


def is_configured() -> bool:
    """Whether this installation can send mail."""
    return bool(current_app.config["SMTP_URL"])


def send(*, to: str, subject: str, text: str) -> None:
    """Hand the message to the mail server now. Raises MailNotSent."""
    _deliver(urlsplit(current_app.config["SMTP_URL"]), _message(to, subject, text))


def send_later(*, to: str, subject: str, text: str) -> None:
    """Hand the message over beside the answer, so that its time does not tell whether an address has an account."""
    Thread(
        target=_deliver_quietly,
        args=(urlsplit(current_app.config["SMTP_URL"]), _message(to, subject, text)),
        name="mail",
    ).start()


def own_address(path: str) -> str:
    """The public address of a page for a message: never from the Host header, which anybody can forge."""
    return f"{current_app.config['BASE_URL']}{path}"


def _message(to: str, subject: str, text: str) -> EmailMessage:
    sender: str = current_app.config["MAIL_SENDER"]
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip(">") or None)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _deliver(server: SplitResult, message: EmailMessage) -> None:
    try:
        with _connection(server) as connection:
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        mail_log.error("mail not sent", error=type(error).__name__)
        raise MailNotSent from error
    mail_log.info("mail sent")


def _deliver_quietly(server: SplitResult, message: EmailMessage) -> None:
    try:
        _deliver(server, message)
    except MailNotSent:
        return  # the log has it, and the answer to the person must not depend on it


@contextmanager
def _connection(server: SplitResult) -> Iterator[smtplib.SMTP]:
    host = server.hostname or "localhost"
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            host, server.port or 465, timeout=SECONDS, context=ssl.create_default_context()
        )
    else:
        connection = smtplib.SMTP(host, server.port or 25, timeout=SECONDS)
    with connection:
        connection.ehlo()
        if server.scheme != "smtps" and connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo()
        elif server.scheme != "smtps" and server.username:
            raise smtplib.SMTPNotSupportedError("a password is not sent in clear")
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        yield connection


def init_app(app: Flask) -> None:
    app.jinja_env.globals["mail_is_configured"] = is_configured
    app.jinja_env.globals["own_address"] = own_address
