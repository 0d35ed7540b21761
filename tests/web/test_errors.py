"""What a person reads when something cannot be answered, and what stays out of it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from flask import Flask, abort
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from schoolapp import create_app
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.web import access
from tests import factories
from tests.conftest import SETTINGS
from tests.support.page import Browser


@pytest.fixture
def broken_app(app: Flask, database: Session, database_url: str) -> Iterator[Flask]:
    """The application with a page that breaks, as on a server: no error reaches the caller."""
    made = create_app(
        {**SETTINGS, "SQLALCHEMY_DATABASE_URI": database_url, "TESTING": False, "PROPAGATE_EXCEPTIONS": False}
    )

    @access.everyone
    def broken() -> str:
        raise RuntimeError("Benali Salma, 14/03/2014")

    @access.everyone
    def closed() -> str:
        abort(503)

    made.add_url_rule("/broken", view_func=broken)
    made.add_url_rule("/closed", view_func=closed)
    yield made
    with made.app_context():
        db.engine.dispose()


def test_a_page_that_is_out_of_scope_reads_exactly_like_a_missing_one(browser: Browser) -> None:
    browser.sign_in(factories.make_user(Role.COORDINATOR))
    foreign = factories.make_institute(name="IC Segreto")
    answers = [browser.request("GET", f"/institutes/{number}") for number in (999_999_999, foreign.id)]
    assert [answer.status_code for answer in answers] == [404, 404]
    missing, hidden = (re.sub(r'name="csrf_token" value="[^"]*"', "", a.get_data(as_text=True)) for a in answers)
    assert missing == hidden
    assert "IC Segreto" not in hidden


def test_a_page_of_another_role_holds_nothing_of_what_was_asked_for(browser: Browser) -> None:
    """A8: forbidden, and nothing of the object in the body."""
    school = factories.make_institute(name="IC Tirano")
    user = factories.make_user(Role.HEAD, school)
    browser.sign_in(user)
    other = factories.make_user(name="Persona Nascosta", email="nascosta@example.org")
    page = browser.get(f"/accounts/{other.id}")
    assert page.status == 403
    assert page.h1 == "Questa pagina non è per il tuo ruolo"
    assert "Nascosta" not in page.text
    assert "nascosta@" not in page.text


@pytest.mark.parametrize(
    ("method", "path", "status", "heading"),
    [
        ("GET", "/language", 405, "Questa pagina non si apre così"),
        ("POST", "/language", 400, "Non abbiamo capito la richiesta"),
        ("GET", "/nowhere", 404, "Questa pagina non c’è"),
    ],
)
def test_errors_are_pages_with_a_sentence(method: str, path: str, status: int, heading: str, browser: Browser) -> None:
    response = browser.request(method, path)
    assert response.status_code == status
    assert heading in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("size", "parts", "remark"),
    [(7 * 1024 * 1024, 1, "more bytes than a file may have"), (10, 6_000, "more fields than any form has")],
)
def test_what_is_too_large_is_refused_before_it_is_read(size: int, parts: int, remark: str, browser: Browser) -> None:
    """E9."""
    boundary = "x"
    part = f'--{boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n{"y" * size}\r\n'
    response = browser.request(
        "POST",
        "/sign-in",
        data=part * parts + f"--{boundary}--\r\n",
        content_type=f"multipart/form-data; boundary={boundary}",
    )
    assert response.status_code == 413
    assert "Il file è troppo grande" in response.get_data(as_text=True)


def test_an_error_of_ours_shows_nothing_and_is_logged_without_its_message(broken_app: Flask) -> None:
    with capture_logs() as logs:
        answer = broken_app.test_client().get("/broken?q=Benali")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "Qualcosa non ha funzionato" in text
    for leak in ("Benali", "RuntimeError", "Traceback", "broken_app"):
        assert leak not in text
    (error,) = [line for line in logs if line["event"] == "error"]
    assert error["error"] == "RuntimeError"
    assert "broken" in error["where"][-1]
    assert "Benali" not in json.dumps(logs)


def test_what_is_not_there_for_a_while_reads_like_an_error_of_ours(broken_app: Flask) -> None:
    assert broken_app.test_client().get("/closed").status_code == 503


def test_programs_get_json(browser: Browser) -> None:
    response = browser.request("GET", "/nowhere", headers={"Accept": "application/json"})
    assert response.get_json() == {"error": 404}


@pytest.fixture
def app_without_database(app: Flask) -> Flask:
    settings = {**SETTINGS, "TESTING": False, "PROPAGATE_EXCEPTIONS": False}
    return create_app({**settings, "SQLALCHEMY_DATABASE_URI": "sqlite:////nowhere/at/all.db"})


def test_the_health_check_asks_the_database(browser: Browser) -> None:
    response = browser.request("GET", "/healthz")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})


def test_the_health_check_says_when_the_database_does_not_answer(app_without_database: Flask) -> None:
    with capture_logs() as logs:
        answer = app_without_database.test_client().get("/healthz")
    assert (answer.status_code, answer.get_json()) == (503, {"status": "the database does not answer"})
    told = {"event": "the database does not answer", "error": "OperationalError", "log_level": "error"}
    assert told in logs


def test_without_the_database_a_signed_in_person_gets_a_page_not_a_bare_error(app_without_database: Flask) -> None:
    client = app_without_database.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "m" * 64
    answer = client.get("/account")
    assert answer.status_code == 500
    assert "Qualcosa non ha funzionato" in answer.get_data(as_text=True)


def test_the_log_of_tests_is_the_log_of_servers() -> None:
    processors: list[Any] = structlog.get_config()["processors"]
    assert any(type(processor).__name__ == "JSONRenderer" for processor in processors)
