"""A forgotten password, with messages that really travel."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_security import hash_password
from sqlalchemy.orm import Session

from schoolapp.domain.roles import Role
from schoolapp.extensions import limiter
from schoolapp.models import User
from tests import factories
from tests.support.mailbox import Mailbox
from tests.support.page import Browser, Page

PASSWORD = "tetto verde lungo mare"
NEW = "quattro nuvole sul Bernina"


@pytest.fixture
def person(app: Flask, database: Session) -> User:
    return factories.make_user(
        Role.COORDINATOR, name="Irène Valsecca", email="irene@example.org", password=hash_password(PASSWORD)
    )


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    with Mailbox() as box:
        app.config["SMTP_URL"] = box.url
        app.config["BASE_URL"] = "https://laboratori.example.org"
        yield box
    app.config["SMTP_URL"] = ""
    app.config["BASE_URL"] = "http://localhost"


def ask(browser: Browser, email: str) -> Page:
    return browser.get("/password-reset").form("Manda il messaggio").fill("E-mail", email).send()


def link_in(text: str) -> str:
    found = re.search(r"https://laboratori\.example\.org(/\S+)", text)
    assert found is not None, text
    return found.group(1)


def choose(page: Page, password: str = NEW) -> Page:
    form = page.form("Salva la password").fill("Password nuova", password)
    return form.fill("Scrivila un’altra volta", password).send()


def test_the_message_leads_to_a_new_password(browser: Browser, person: User, mailbox: Mailbox) -> None:
    assert "Controlla la posta" in ask(browser, "irene@example.org").text
    message = mailbox.next()
    assert message["To"] == "irene@example.org"
    assert message["Subject"] == "Scegli una password nuova"
    text = message.get_content()
    assert "Ciao Irène Valsecca," in text
    done = choose(browser.get(link_in(text)))
    assert "Password salvata. Adesso entra con quella nuova." in done.text
    assert "password" in mailbox.next()["Subject"].lower()  # and the owner is told
    inside = browser.get("/sign-in").form("Entra").fill("E-mail", person.email).fill("Password", NEW).send()
    assert person.name in inside.text


def test_a_link_is_good_once(browser: Browser, person: User, mailbox: Mailbox) -> None:
    ask(browser, person.email)
    path = link_in(mailbox.next().get_content())
    choose(browser.get(path))
    again = browser.get(path)
    assert "già stato usato" in again.text
    assert again.url.endswith("/password-reset")


def test_a_new_password_ends_the_sessions(browser: Browser, app: Flask, person: User, mailbox: Mailbox) -> None:
    elsewhere = Browser(app, browser.database).sign_in(person)
    assert elsewhere.request("GET", "/account").status_code == 200
    ask(browser, person.email)
    choose(browser.get(link_in(mailbox.next().get_content())))
    assert elsewhere.request("GET", "/account", headers={"Accept": "text/html"}).status_code == 302


def test_a_bad_new_password_is_refused_and_the_link_stays_good(
    browser: Browser, person: User, mailbox: Mailbox
) -> None:
    ask(browser, person.email)
    path = link_in(mailbox.next().get_content())
    refused = choose(browser.get(path), "corta")
    assert refused.status == 422
    assert refused.errors() == ["La password ha meno di 10 caratteri: scrivine una più lunga."]
    assert "Adesso entra" in choose(browser.get(path)).text


def test_unknown_and_switched_off_addresses_get_the_same_answer_and_no_message(
    browser: Browser, person: User, mailbox: Mailbox
) -> None:
    factories.make_user(email="spenta@example.org", active=False, password=hash_password(PASSWORD))
    answers = {}
    for email in ("irene@example.org", "ignoto@example.org", "spenta@example.org"):
        page = ask(browser, email)
        text = page.response.get_data(as_text=True).replace(email, "…")
        answers[email] = (page.status, re.sub(r'(name="csrf_token"[^>]*value=")[^"]*', r"\1", text))
    assert len(set(answers.values())) == 1
    assert mailbox.next()["To"] == "irene@example.org"
    assert mailbox.is_empty()


def test_the_host_header_never_reaches_the_message(browser: Browser, person: User, mailbox: Mailbox) -> None:
    """B5: the link is made from the configured address."""
    form = browser.get("/password-reset").form("Manda il messaggio").fill("E-mail", person.email)
    browser.request(
        "POST", "/password-reset", data=form.values, headers={"Host": "localhost", "X-Forwarded-Host": "evil"}
    )
    text = mailbox.next().get_content()
    assert link_in(text).startswith("/password-reset/")
    assert "evil" not in text
    assert "localhost" not in text


def test_nobody_is_flooded_with_messages(browser: Browser, person: User, mailbox: Mailbox) -> None:
    """B10: three an hour to an address, whether it has an account or not."""
    limiter.enabled = True
    limiter.reset()
    try:
        for email in (person.email, "ignoto@example.org"):
            assert [ask(browser, email).status for _ in range(4)] == [200, 200, 200, 429]
    finally:
        limiter.reset()
        limiter.enabled = False
    assert [mailbox.next()["To"] for _ in range(3)] == [person.email] * 3
    assert mailbox.is_empty()


def test_a_mail_server_that_does_not_answer_changes_nothing_in_the_answer(
    browser: Browser, person: User, mailbox: Mailbox, app: Flask
) -> None:
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    assert "Controlla la posta" in ask(browser, person.email).text


def test_without_mail_the_page_says_whom_to_ask(browser: Browser, person: User) -> None:
    page = browser.get("/password-reset")
    assert "Chiedi a chi ti ha dato l’accesso" in page.text
    assert not page.main.all("form")


def test_messages_are_in_the_language_of_the_page(browser: Browser, person: User, mailbox: Mailbox) -> None:
    browser.get("/sign-in").form("English").send()
    page = browser.get("/password-reset")
    assert page.root.all("html")[0].get("lang") == "en"


# The language of who asks on the page is the one of the message; a first link speaks the language of who gets it.


def test_who_reads_in_english_gets_the_message_in_english(browser: Browser, person: User, mailbox: Mailbox) -> None:
    browser.get("/help").form("English").send()
    browser.get("/password-reset").form("Send the message").fill("E-mail", person.email).send()
    message = mailbox.next()
    assert message["Subject"] == "Choose a new password"
    assert "Hello Irène Valsecca," in message.get_content()


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        (None, "Il tuo accesso ai Laboratori di italiano L2"),
        ("en", "Your account for the Italian L2 workshops"),
    ],
)
def test_a_first_link_speaks_the_language_of_who_gets_it(
    browser: Browser, mailbox: Mailbox, language: str | None, subject: str
) -> None:
    user = factories.make_user(locale=language)
    browser.sign_in(factories.make_user(Role.ADMINISTRATOR, locale="en"))
    browser.get(f"/accounts/{user.id}").form("Send a new link").send()
    assert mailbox.next()["Subject"] == subject


def test_one_address_asks_for_so_many_messages_and_no_more(browser: Browser, mailbox: Mailbox) -> None:
    limiter.enabled = True
    limiter.reset()
    try:
        values = browser.get("/password-reset").form("Manda il messaggio").values
        answers = [
            browser.request("POST", "/password-reset", data={**values, "email": [f"nessuno{number}@example.org"]})
            for number in range(31)
        ]
    finally:
        limiter.reset()
        limiter.enabled = False
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
