"""Signing in, with real requests: nothing tells accounts apart, sessions end when they must."""

import re
import sys
from collections.abc import Iterator
from datetime import date
from http.cookies import SimpleCookie
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask_security import hash_password
from sqlalchemy.orm import Session

from schoolapp.domain.roles import Role
from schoolapp.extensions import limiter
from schoolapp.models import User
from tests import factories
from tests.support.page import Browser, Page

PASSWORD = "tetto verde lungo mare"


@pytest.fixture
def person(app: Flask, database: Session) -> User:
    return factories.make_user(Role.COORDINATOR, email="irene@example.org", password=hash_password(PASSWORD))


@pytest.fixture
def limits(app: Flask) -> Iterator[None]:
    """The limits, counted from nothing."""
    limiter.enabled = True
    limiter.reset()
    yield
    limiter.reset()
    limiter.enabled = False


def sign_in(
    browser: Browser, email: str = "irene@example.org", password: str = PASSWORD, url: str = "/sign-in"
) -> Page:
    return browser.get(url).form("Entra").fill("E-mail", email).fill("Password", password).send()


def is_inside(browser: Browser) -> bool:
    return browser.request("GET", "/", headers={"Accept": "text/html"}).headers.get("Location") != "/sign-in?next=/"


def test_the_password_is_kept_as_argon2(person: User) -> None:
    assert person.password is not None
    assert person.password.startswith("$argon2id$")


def test_with_the_right_password_one_is_inside(browser: Browser, person: User) -> None:
    page = sign_in(browser)
    assert page.status == 200
    assert person.name in page.text


def test_the_address_counts_in_any_case_and_with_spaces(browser: Browser, person: User) -> None:
    assert person.name in sign_in(browser, email=" Irene@Example.org ").text


@pytest.mark.parametrize(
    ("email", "password", "remark"),
    [
        ("irene@example.org", "un’altra password", "wrong password"),
        ("nessuno@example.org", PASSWORD, "unknown address"),
        ("spenta@example.org", PASSWORD, "right password of an account that is switched off"),
        ("invitata@example.org", PASSWORD, "an account that has no password yet"),
        ("non è un indirizzo", PASSWORD, "no address at all"),
        ("", "", "nothing"),
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(
    email: str, password: str, remark: str, browser: Browser, person: User
) -> None:
    factories.make_user(email="spenta@example.org", password=hash_password(PASSWORD), active=False)
    factories.make_user(email="invitata@example.org", password=None)
    page = sign_in(browser, email, password)
    assert page.status == 422
    assert page.errors() == ["E-mail o password non sono giuste. Controlla anche le maiuscole."]
    assert page.title.startswith("Errore:")
    assert not is_inside(browser)
    assert [node.get("value") for node in page.root.all("input") if node.get("name") == "password"] == [""]


def _without_what_was_typed(page: Page, email: str) -> str:
    text = page.response.get_data(as_text=True).replace(email, "…")
    return re.sub(r'(name="csrf_token"[^>]*value=")[^"]*', r"\1", text)


def test_a_wrong_password_and_an_unknown_address_give_the_same_page(browser: Browser, person: User) -> None:
    known = _without_what_was_typed(sign_in(browser, "irene@example.org", "sbagliata"), "irene@example.org")
    unknown = _without_what_was_typed(sign_in(browser, "ignoto@example.org", "sbagliata"), "ignoto@example.org")
    assert known == unknown


def _hashings(browser: Browser, form: Any) -> int:
    """How many times argon2 was run: the part of the answer that takes time."""
    calls = []

    def note(_frame: Any, event: str, argument: Any) -> None:
        if event == "call" and _frame.f_code.co_name in {"hash_secret_raw", "hash_secret", "verify_secret"}:
            calls.append(_frame.f_code.co_name)

    sys.setprofile(note)
    try:
        form.send()
    finally:
        sys.setprofile(None)
    return len(calls)


def test_an_unknown_address_costs_as_much_work_as_a_wrong_password(browser: Browser, person: User) -> None:
    def filled(email: str) -> Any:
        return browser.get("/sign-in").form("Entra").fill("E-mail", email).fill("Password", "sbagliata")

    known = _hashings(browser, filled("irene@example.org"))
    unknown = _hashings(browser, filled("ignoto@example.org"))
    assert known == unknown
    assert known >= 1


def test_after_ten_wrong_passwords_one_waits_and_the_colleagues_of_the_same_school_do_not(
    browser: Browser, person: User, limits: None
) -> None:
    factories.make_user(Role.TEACHER, email="collega@example.org", password=hash_password(PASSWORD))
    for _ in range(10):
        assert sign_in(browser, password="sbagliata").status == 422
    refused = sign_in(browser)
    assert refused.status == 429
    assert "Aspetta un quarto d’ora" in refused.text
    assert refused.response.headers["Retry-After"] == "900"
    assert not is_inside(browser)
    assert sign_in(browser, "collega@example.org").status == 200


def test_a_stranger_cannot_lock_a_person_out(browser: Browser, person: User, limits: None) -> None:
    for _ in range(11):
        token = browser.get("/sign-in").form("Entra").values["csrf_token"]
        browser.request(
            "POST",
            "/sign-in",
            data={"email": "irene@example.org", "password": "x", "csrf_token": token},
            environ_base={"REMOTE_ADDR": "203.0.113.9"},
        )
    assert sign_in(browser).status == 200


def test_many_addresses_that_guess_together_are_stopped_at_the_account(
    browser: Browser, person: User, limits: None
) -> None:
    values = {**browser.get("/sign-in").form("Entra").values, "email": ["irene@example.org"], "password": ["x"]}
    answers = [
        browser.request(
            "POST", "/sign-in", data=values, environ_base={"REMOTE_ADDR": f"203.0.113.{number}"}
        ).status_code
        for number in range(61)
    ]
    assert answers == [422] * 60 + [429]


def test_one_address_that_tries_many_accounts_is_stopped(browser: Browser, person: User, limits: None) -> None:
    values = {**browser.get("/sign-in").form("Entra").values, "password": ["x"]}
    answers = [
        browser.request("POST", "/sign-in", data={**values, "email": [f"nessuno{number}@example.org"]}).status_code
        for number in range(101)
    ]
    assert answers == [422] * 100 + [429]


def test_a_whole_school_signs_in_at_eight(app: Flask, browser: Browser, person: User, limits: None) -> None:
    for _ in range(15):
        assert sign_in(Browser(app, browser.database)).status == 200


def test_one_goes_on_to_the_page_that_was_asked_for(browser: Browser, person: User) -> None:
    response = browser.request("GET", "/account?x=1", headers={"Accept": "text/html"})
    assert response.headers["Location"] == "/sign-in?next=/account?x%3D1"
    assert sign_in(browser, url=response.headers["Location"]).url.endswith("/account?x=1")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " //evil.example",
        "\t//evil.example",
        "http://localhost/account",
        "http://localhost@evil.example/",
        "evil.example",
    ],
)
@pytest.mark.parametrize("place", ["address", "form"])
def test_next_leads_to_no_other_site(target: str, place: str, browser: Browser, person: User) -> None:
    form = browser.get("/sign-in").form("Entra")
    values = {**form.values, "email": ["irene@example.org"], "password": [PASSWORD]}
    query = {"next": target} if place == "address" else {}
    if place == "form":
        values["next"] = [target]
    response = browser.request("POST", "/sign-in", data=values, query_string=query)
    location = response.headers.get("Location", "/")
    assert re.fullmatch(r"/(?![/\\]).*|/", location), location
    assert "\\" not in location
    assert not location.startswith("/%09")


def test_without_the_token_of_the_form_nobody_signs_in(browser: Browser, person: User) -> None:
    response = browser.request("POST", "/sign-in", data={"email": "irene@example.org", "password": PASSWORD})
    assert response.status_code == 400
    assert not is_inside(browser)


def test_a_token_that_was_planted_before_the_sign_in_is_worth_nothing_after(browser: Browser, person: User) -> None:
    planted = browser.get("/sign-in").form("Entra").values["csrf_token"]
    sign_in(browser)
    response = browser.request("POST", "/language", data={"language": "en", "csrf_token": planted})
    assert response.status_code == 400


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser, person: User) -> None:
    form = browser.get("/sign-in").form("Entra").fill("E-mail", person.email).fill("Password", PASSWORD)
    form.values["remember"] = ["y"]
    response = browser.request("POST", "/sign-in", data=form.values)
    cookies = SimpleCookie()
    for header in response.headers.getlist("Set-Cookie"):
        cookies.load(header)
    assert list(cookies) == ["session"]  # and none to remember: tablets are shared
    assert cookies["session"]["httponly"]
    assert cookies["session"]["samesite"] == "Lax"
    assert not cookies["session"]["expires"]


def test_signing_out_takes_a_button_and_a_token(browser: Browser, person: User) -> None:
    sign_in(browser)
    assert browser.request("GET", "/sign-out").status_code == 405
    assert browser.request("POST", "/sign-out").status_code == 400
    assert is_inside(browser)
    browser.get("/account").form("Esci").send()
    assert not is_inside(browser)


def test_after_signing_out_the_back_button_finds_nothing_kept(browser: Browser, person: User) -> None:
    page = sign_in(browser)
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "Cookie" in page.response.headers["Vary"]


def test_a_cookie_that_was_copied_ends_with_the_sign_out_of_a_changed_password(
    app: Flask, browser: Browser, person: User
) -> None:
    other = Browser(app, browser.database)
    sign_in(browser)
    sign_in(other)
    page = browser.get("/password").form("Salva la password")
    page.fill("Password di adesso", PASSWORD).fill("Password nuova", "quattro nuvole sul Bernina")
    done = page.fill("Scrivila un’altra volta", "quattro nuvole sul Bernina").send()
    assert "Password salvata" in done.text
    assert is_inside(browser)
    assert not is_inside(other)
    assert sign_in(Browser(app, browser.database), password=PASSWORD).status == 422
    assert sign_in(Browser(app, browser.database), password="quattro nuvole sul Bernina").status == 200


@pytest.mark.parametrize(
    ("now", "new", "again", "sentence"),
    [
        ("sbagliata", "quattro nuvole sul Bernina", None, "Questa non è la tua password di adesso."),
        (PASSWORD, "corta", None, "La password ha meno di 10 caratteri: scrivine una più lunga."),
        (PASSWORD, "Password123", None, "Questa password è fra le prime che si provano."),
        (PASSWORD, PASSWORD, None, "La password nuova è uguale a quella di adesso"),
        (PASSWORD, "quattro nuvole sul Bernina", "altro", "Le due password non sono uguali"),
        (PASSWORD, "", "", "Scrivi la password."),
    ],
)
def test_a_new_password_that_will_not_do_is_refused_with_a_sentence(
    now: str, new: str, again: str | None, sentence: str, browser: Browser, person: User
) -> None:
    sign_in(browser)
    form = browser.get("/password").form("Salva la password")
    form.fill("Password di adesso", now).fill("Password nuova", new)
    page = form.fill("Scrivila un’altra volta", new if again is None else again).send()
    assert page.status == 422
    assert any(sentence in error for error in page.errors()), page.errors()


def test_the_password_of_an_unattended_tablet_is_not_guessed_on_the_password_page(
    browser: Browser, person: User, limits: None
) -> None:
    sign_in(browser)
    for _ in range(10):
        form = browser.get("/password").form("Salva la password")
        form.fill("Password di adesso", "provo").fill("Password nuova", "quattro nuvole sul Bernina")
        assert form.fill("Scrivila un’altra volta", "quattro nuvole sul Bernina").send().status == 422
    assert form.send().status == 429


def test_an_account_that_is_switched_off_is_outside_at_once(browser: Browser, person: User) -> None:
    sign_in(browser)
    person.active = False
    assert not is_inside(browser)


@pytest.mark.parametrize(
    ("day", "inside"),
    [(date(2026, 10, 1), False), (date(2026, 11, 1), True), (date(2026, 12, 31), True), (date(2027, 1, 1), False)],
)
def test_a_role_holds_between_its_dates_only_also_in_a_session_that_goes_on(
    day: date, inside: bool, browser: Browser, database: Session
) -> None:
    user = factories.make_user()
    factories.make_membership(user, Role.ADMINISTRATOR, valid_from=date(2026, 11, 1), valid_to=date(2026, 12, 31))
    with time_machine.travel(day, tick=False):
        browser.sign_in(user)
        assert browser.request("GET", "/accounts").status_code == (200 if inside else 403)


def test_who_has_no_role_today_is_told_so(browser: Browser, database: Session) -> None:
    browser.sign_in(factories.make_user())
    page = browser.get("/")
    assert page.status == 200
    assert "oggi non ha nessun ruolo" in page.text


@pytest.mark.parametrize("way", ["header", "address", "body"])
def test_no_token_stands_for_a_session(way: str, app: Flask, browser: Browser, person: User) -> None:
    """A7, B4: the library can sign in by a token of its own; here nobody can."""
    with app.test_request_context():
        token = person.get_auth_token()
    options: dict[str, Any] = {
        "header": {"headers": {"Authentication-Token": token}},
        "address": {"query_string": {"auth_token": token}},
        "body": {"json": {"auth_token": token}},
    }[way]
    assert browser.request("GET", "/account", **options).status_code in {302, 401}


def test_signing_in_by_json_gives_nothing_away(browser: Browser, person: User) -> None:
    token = browser.get("/sign-in").form("Entra").values["csrf_token"][0]
    response = browser.request(
        "POST",
        "/sign-in?include_auth_token",
        json={"email": person.email, "password": PASSWORD},
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )
    assert "token" not in response.get_data(as_text=True).replace("csrf_token", "")
    assert response.mimetype == "text/html"


def test_the_sign_in_page_speaks_english_where_that_was_chosen(browser: Browser, person: User) -> None:
    browser.get("/sign-in").form("English").send()
    assert browser.get("/sign-in").root.all("html")[0].get("lang") == "en"
