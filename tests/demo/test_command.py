"""`flask demo` prints the accounts, also when they are there already, and only with the password that opens them."""

from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

from schoolapp import create_app, demo
from schoolapp.extensions import db
from tests import factories
from tests.conftest import SETTINGS


@pytest.fixture
def own_app(tmp_path: Path) -> Flask:
    """An application on an empty file of its own: the command begins and ends its transaction by itself."""
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'demo.db'}"})
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    return app


def ran(app: Flask, monkeypatch: pytest.MonkeyPatch, password: str) -> str:
    monkeypatch.setenv("SCHOOLAPP_DEMO_PASSWORD", password)
    done = app.test_cli_runner().invoke(args=["demo"])
    assert done.exit_code == 0, done.output
    with app.app_context():
        db.engine.dispose()
    return done.output


def test_the_accounts_are_printed_at_each_start_but_only_with_the_password_that_opens_them(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ran(own_app, monkeypatch, "una parola lunga")
    again = ran(own_app, monkeypatch, "una parola lunga")
    for printed in (first, again):
        assert "Password: una parola lunga" in printed
        assert all(f"{name}@example.org" in printed for name, _role, _school in demo.ADDRESSES)
    assert "I dati ci sono già" in again
    assert "Password" not in ran(own_app, monkeypatch, "un’altra parola")


def test_a_real_school_is_left_alone(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with own_app.app_context():
        factories.make_institute()
        db.session.commit()
        db.session.remove()
    printed = ran(own_app, monkeypatch, "una parola lunga")
    assert "I dati ci sono già" in printed
    assert "Password" not in printed
