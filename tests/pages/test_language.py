"""The interface in English: chosen by a button, and remembered; Italian where nobody chose."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from schoolapp import clock
from schoolapp.domain.roles import Role
from tests import factories
from tests.access.worlds import World, make_world
from tests.support.italian import italian_texts
from tests.support.page import Browser
from tests.support.standing import again

CLOSED = "2026-12-08"  # a day on which this school is closed for elections


@pytest.fixture(scope="module")
def standing_world(stands: Callable[..., World]) -> World:
    return stands(make_world, at=clock.now())


@pytest.fixture
def world(standing_world: World, database: Session) -> World:
    return again(standing_world)


def test_italian_is_spoken_where_nobody_chose(browser: Browser) -> None:
    page = browser.get("/sign-in")
    assert page.root.all("html")[0].get("lang") == "it"
    assert page.h1 == "Entra"


def test_the_sign_in_and_its_refusal_are_in_the_chosen_language(browser: Browser) -> None:
    browser.get("/sign-in").form("English").send()
    page = browser.get("/sign-in")
    assert page.h1 == "Sign in"
    refused = page.form("Sign in").fill("E-mail", "nobody@example.org").fill("Password", "not this one").send()
    assert refused.errors() == ["The e-mail or the password is not right. Check capital letters too."]
    assert italian_texts(refused) == set()


def test_the_choice_is_kept_with_the_account_for_other_devices(browser: Browser, app: Flask, database: Session) -> None:
    person = factories.make_user()
    browser.sign_in(person).get("/help").form("English").send()
    assert browser.get("/help").h1 == "Help"
    other_device = Browser(app, database).sign_in(person)
    assert other_device.get("/help").h1 == "Help"
    other_device.get("/help").form("Italiano").send()
    assert Browser(app, database).sign_in(person).get("/help").h1 == "Aiuto"


def test_the_button_leads_back_to_the_same_page(browser: Browser) -> None:
    form = browser.get("/help?from=menu").form("English")
    values = {"csrf_token": form.values["csrf_token"], "language": "en"}
    headers = {"Referer": "http://localhost/help?from=menu"}
    answer = browser.request("POST", "/language", data=values, headers=headers)
    assert answer.headers["Location"] == "/help?from=menu"


def test_the_button_leads_to_no_page_that_another_site_names(browser: Browser) -> None:
    form = browser.get("/help?from=menu").form("English")
    values = {"csrf_token": form.values["csrf_token"], "language": "en"}
    headers = {"Referer": "http://example.net/pupils/7"}
    assert browser.request("POST", "/language", data=values, headers=headers).headers["Location"] == "/"


def test_a_language_we_do_not_speak_is_refused(browser: Browser) -> None:
    page = browser.get("/help")
    form = page.form("English")
    token = form.values["csrf_token"]
    assert browser.post("/language", {"language": "de", "csrf_token": token}).status == 400


@pytest.fixture(params=["en", "it"])
def coordinator(request: pytest.FixtureRequest, browser: Browser, world: World) -> tuple[Browser, str]:
    """The coordinator at work, and the language chosen."""
    person = world.people[Role.COORDINATOR]
    person.locale = request.param
    return browser.sign_in(person), request.param


def test_days_and_months_are_in_the_chosen_language(coordinator: tuple[Browser, str], world: World) -> None:
    browser, language = coordinator
    page = browser.get(f"/workshops/{world.url_values['workshop_id']}/lessons")
    assert {"en": "Monday 23 November", "it": "Lunedì 23 novembre"}[language] in page.text


def test_countries_and_languages_are_in_the_chosen_language(coordinator: tuple[Browser, str]) -> None:
    browser, language = coordinator
    options = {node.text for node in browser.get("/pupils/new").root.all("option")}
    assert {"en": {"Morocco", "Albanian"}, "it": {"Marocco", "albanese"}}[language] <= options


def test_a_rule_says_no_in_the_chosen_language(coordinator: tuple[Browser, str], world: World) -> None:
    browser, language = coordinator
    form = browser.get("/workshops/closures").form({"en": "Add the closure", "it": "Aggiungi la chiusura"}[language])
    refused = form.fill("first_day", CLOSED).fill("last_day", CLOSED).fill("name", "Neve").send()
    sentence = {
        "en": "The school is already closed on those days: Elezioni.",
        "it": "In quei giorni la scuola è già chiusa: Elezioni.",
    }
    assert refused.errors() == [sentence[language]]


def test_what_the_form_library_says_is_in_the_chosen_language(coordinator: tuple[Browser, str]) -> None:
    browser, language = coordinator
    form = browser.get("/pupils/new").form({"en": "Create the record", "it": "Crea la scheda"}[language])
    refused = form.fill("last_name", "Rossi").fill("called_name", "o" * 81).send()
    sentence = {
        "en": "Field cannot be longer than 80 characters.",
        "it": "Il valore non può essere più lungo di 80 caratteri.",
    }
    assert refused.errors() == [sentence[language]]
