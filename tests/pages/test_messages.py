"""What has not gone, by number, for who keeps the installation running."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from schoolapp import clock
from schoolapp.domain.roles import Role
from tests import factories
from tests.support.page import Browser

GIVEN_UP = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def admin(browser: Browser) -> Browser:
    return browser.sign_in(factories.make_user(Role.ADMINISTRATOR))


def test_where_all_has_gone_the_page_says_so(admin: Browser, database: Session) -> None:
    factories.make_outbox_message(sent_at=GIVEN_UP)
    page = admin.get("/").follow("Messaggi")
    assert "Nessun messaggio in attesa" in page.text
    assert "Non c’è un server di posta." in page.text


def test_messages_are_counted_and_numbered_and_nothing_more(admin: Browser, database: Session) -> None:
    waiting = factories.make_outbox_message()
    given_up = factories.make_outbox_message(given_up_at=GIVEN_UP, attempts=9, last_error="SMTPDataError 451")
    page = admin.get("/messages")
    assert "1 messaggio in attesa · 1 non consegnato" in page.text
    first, second = page.rows("Messaggi")
    assert first[0] == f"n. {given_up.id}"
    assert first[2:5] == ["Non consegnato", "9", "SMTPDataError 451"]
    assert second[:3] == [f"n. {waiting.id}", "20/11/2026, 12:00", "Tenuto"]
    for hidden in ("amina", "Un colloquio", "Ciao"):
        assert hidden not in page.text


@pytest.mark.parametrize(
    ("minutes", "stands_still", "remark"),
    [
        (14, False, "the worker sweeps each minute and may be sending"),
        (16, True, "nobody sends"),
        (-60, False, "it is tried again in an hour"),
    ],
)
def test_where_nobody_sends_the_page_says_so(
    app: Flask, admin: Browser, database: Session, minutes: int, stands_still: bool, remark: str
) -> None:
    app.config["SMTP_URL"] = "smtp://localhost"
    try:
        factories.make_outbox_message(next_attempt_at=clock.now() - timedelta(minutes=minutes))
        page = admin.get("/messages")
    finally:
        app.config["SMTP_URL"] = ""
    assert ("La posta è ferma." in page.text) is stands_still, remark
    assert "Non c’è un server di posta." not in page.text


def test_one_that_was_given_up_is_tried_again(admin: Browser, database: Session) -> None:
    message = factories.make_outbox_message(given_up_at=GIVEN_UP, attempts=9)
    page = admin.get("/messages").form(f"Riprova il n. {message.id}").send()
    assert f"Il messaggio n. {message.id} torna tra quelli da mandare." in page.text
    database.refresh(message)
    assert (message.given_up_at, message.attempts) == (None, 0)


def test_one_that_waits_cannot_be_hurried(admin: Browser, database: Session) -> None:
    given_up = factories.make_outbox_message(given_up_at=GIVEN_UP)
    waiting = factories.make_outbox_message()
    form = admin.get("/messages").form(f"Riprova il n. {given_up.id}")
    form.node.attributes["action"] = f"/messages/{waiting.id}/try-again"
    form.button.attributes.pop("formaction", None)
    assert form.send().status == 404
