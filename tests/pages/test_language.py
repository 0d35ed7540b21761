"""The interface in English: chosen by a button, remembered, and whole; Italian where nobody chose."""

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from schoolapp.domain.roles import Role
from tests import factories
from tests.access.matrix import MATRIX, PUBLIC
from tests.access.worlds import World, make_world
from tests.support.page import Browser, Node, Page
from tools.translations import kept

VALUE = re.compile(r"%\(\w+\)[sd]|%[nt]\b")
LETTERS = 9  # shorter texts are looked for only where they stand alone: "Lingua %(number)s" is also a lingua franca
SPOKEN = ("aria-label", "placeholder", "title", "alt")
SWITCHES = ("/language", "/sign-out")
TYPED_BY_PEOPLE = {"Italiano per comunicare"}  # the title of the workshop in this world
CLOSED = "2026-12-08"  # a day on which this school is closed for elections


def _italian() -> dict[str, re.Pattern[str]]:
    """Each Italian text that has another one in English; a value stands for anything."""
    found = {}
    for message in filter(lambda message: message.id, kept()):
        english = {message.string} if isinstance(message.string, str) else set(message.string or ())
        for text in {message.id} if isinstance(message.id, str) else set(message.id):
            values = VALUE.findall(text)
            if text not in english | TYPED_BY_PEOPLE and (not values or len(VALUE.sub("", text)) >= LETTERS):
                parts = [re.escape(part.replace("%%", "%")) for part in VALUE.split(text)]
                found[text] = re.compile(".+?".join(parts))
    return found


ITALIAN = _italian()
WHOLE = {text for text in ITALIAN if not VALUE.search(text)}
WITH_VALUES = {text: pattern for text, pattern in ITALIAN.items() if text not in WHOLE}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _said_by(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            if node.get("type") == "application/json":
                yield from _strings(json.loads(child))
            else:
                yield " ".join(child.split())
    yield from (value for name, value in node.attributes.items() if name in SPOKEN or name.startswith("data-"))


@cache
def _italian_in(words: str) -> frozenset[str]:
    """The texts of the sources that these words may come from; most words stand on every page."""
    templates = {text for text, pattern in WITH_VALUES.items() if pattern.fullmatch(words)}
    return frozenset({words} & WHOLE | templates)


def _is_italian_by_design(node: Node | None) -> bool:
    """Whether a page says of this part that it is Italian, as it does beside a family's language."""
    while node is not None and node.tag != "html":
        if node.get("lang") == "it":
            return True
        node = node.parent
    return False


def italian_texts(page: Page) -> set[str]:
    """Texts of the sources left in Italian: read, heard, or given to the page's scripts."""
    said = {text for node in page.root.all() if not _is_italian_by_design(node) for text in _said_by(node)}
    return {text for words in said for text in _italian_in(words)}


@pytest.fixture
def world(database: Session) -> World:
    """Everybody in it has chosen English."""
    world = make_world()
    for person in world.people.values():
        person.locale = "en"
    return world


def _pages(app: Flask, world: World, role: Role) -> list[str]:
    """The address of each page that this role may open."""
    urls = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            allowed = MATRIX[rule.endpoint]
            if "GET" in (rule.methods or set()) and (allowed == PUBLIC or role in allowed):
                values = {name: world.values_for(role)[name] for name in rule.arguments}
                urls.append(adapter.build(rule.endpoint, values, method="GET"))
    return urls


def _emptied(form: Node) -> dict[str, str]:
    """A form sent back with nothing in it but its token."""
    names = {node.get("name"): node for node in form.all("input", "select", "textarea") if node.get("name")}
    return {name: node.get("value") if name == "csrf_token" else "" for name, node in names.items()}


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.TEACHER, Role.COORDINATOR, Role.HEAD, Role.ADMINISTRATOR])
def test_who_chose_english_meets_no_italian_text(role: Role, app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(world.people[role])
    left: dict[str, set[str]] = {}
    for url in _pages(app, world, role):
        response = browser.request("GET", url)
        if not response.content_type.startswith("text/html"):
            continue
        page = browser.read(response, url)
        left[url] = italian_texts(page)
        for form in page.main.all("form"):
            action = form.get("action") or url
            if form.get("method") == "post" and action not in SWITCHES:
                left[f"{action}, sent empty"] = italian_texts(browser.post(action, _emptied(form)))
    assert {url: texts for url, texts in left.items() if texts} == {}


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
