"""Logs carry ids and times; never a name, an address, a birth date, a password or a token (E12)."""

import json
import logging
from datetime import date
from typing import Any

import pytest
import structlog
from flask import Flask
from flask_security import hash_password
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from schoolapp import create_app
from schoolapp.domain.roles import Role
from schoolapp.web.logs import REFUSALS_A_MINUTE, RefusalCount
from tests import factories
from tests.conftest import SETTINGS
from tests.support.page import Browser

SECRETS = ("Zzanetti", "Zzoe", "zzoe@example.org", "2013-07-19", "19/07/2013", "tetto verde lungo mare")


@pytest.fixture
def verbose() -> Any:
    """All lines, also those below the level of the tests."""
    kept = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG))
    yield
    structlog.configure(wrapper_class=kept)


def test_names_addresses_dates_and_passwords_stay_out(
    verbose: Any, app: Flask, browser: Browser, database: Session, caplog: pytest.LogCaptureFixture
) -> None:
    school = factories.make_institute()
    user = factories.make_user(
        Role.COORDINATOR, school, name="Zzoe Zzanetti", email="zzoe@example.org",
        password=hash_password("tetto verde lungo mare"),
    )  # fmt: skip
    pupil = factories.make_pupil(school, last_name="Zzanetti", first_name="Zzoe", birth_date=date(2013, 7, 19))
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logs:
        form = browser.get("/sign-in").form("Entra").fill("E-mail", user.email)
        form.fill("Password", "tetto verde lungo mare").send()
        browser.get("/pupils?q=Zzanetti")
        browser.get(f"/pupils/{pupil.id}")
        browser.get("/nowhere/Zzanetti?name=Zzoe")
        browser.request("POST", f"/pupils/{pupil.id}/edit", data={"last_name": "Zzanetti"})
    written = json.dumps(logs) + "".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("sqlalchemy")
    )
    assert logs, "nothing was logged at all"
    assert any(line.get("user") == user.id for line in logs)
    for secret in SECRETS:
        assert secret not in written


def test_the_token_of_a_link_stays_out(verbose: Any, browser: Browser) -> None:
    with capture_logs() as logs:
        browser.get("/welcome/secret-token")
        browser.get("/password-reset/secret-token")
    assert logs
    assert "secret-token" not in json.dumps(logs)


def test_refusals_of_strangers_do_not_fill_the_disk(verbose: Any) -> None:
    """B9: sixty lines a minute, then one that says how many were left out."""
    count = RefusalCount()
    with capture_logs() as logs:
        written = sum(count.may_write(minute=7) for _ in range(1_000))
        assert count.may_write(minute=8)
    assert written == REFUSALS_A_MINUTE
    assert [line["count"] for line in logs] == [1_000 - REFUSALS_A_MINUTE]


def test_a_probe_is_written_only_when_it_fails(verbose: Any, app: Flask) -> None:
    """Whoever watches the service asks every few seconds, for years."""
    dead = create_app({**SETTINGS, "LOG_LEVEL": "DEBUG", "SQLALCHEMY_DATABASE_URI": "sqlite:////nowhere/at/all.db"})
    with capture_logs() as logs:
        assert app.test_client().get("/healthz").status_code == 200
        assert logs == []
        assert dead.test_client().get("/healthz").status_code == 503
    assert [line["status"] for line in logs if line["event"] == "request"] == [503]
