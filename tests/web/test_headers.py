"""What every answer carries: what the browser may load, frame and keep."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from schoolapp import create_app
from schoolapp.config import MissingBaseUrl, MissingSecretKey, from_environment, trusted_hosts
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from tests import factories
from tests.conftest import SETTINGS
from tests.support.page import Browser


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/sign-in", 200),
        ("GET", "/healthz", 200),
        ("GET", "/help", 200),
        ("GET", "/account", 302),
        ("GET", "/there-is-no-such-page", 404),
        ("GET", "/language", 405),
        ("POST", "/sign-in", 400),
        ("POST", "/audit", 405),
    ],
)
def test_every_answer_carries_the_headers(method: str, path: str, status: int, browser: Browser) -> None:
    response = browser.request(method, path, headers={"Accept": "text/html"})
    assert response.status_code == status
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-store"
    assert "Cookie" in response.headers["Vary"]
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in response.headers  # the tests speak no HTTPS
    assert "Werkzeug" not in response.headers.get("Server", "")


@pytest.fixture
def strict_app(app: Flask, database: Session, database_url: str) -> Iterator[Flask]:
    made = create_app(
        {
            **SETTINGS,
            "SQLALCHEMY_DATABASE_URI": database_url,
            "HTTPS": True,
            "SESSION_COOKIE_SECURE": True,
            "PROXIES": 1,
            "BASE_URL": "https://laboratori.example.org",
            "TRUSTED_HOSTS": trusted_hosts("https://laboratori.example.org"),
        }
    )
    yield made
    with made.app_context():
        db.engine.dispose()


def test_with_https_the_browser_is_told_to_stay_with_it(strict_app: Flask) -> None:
    answer = strict_app.test_client().get("/healthz")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_with_https_the_session_travels_on_it_only(strict_app: Flask) -> None:
    answer = strict_app.test_client().get("/sign-in", base_url="https://laboratori.example.org")
    assert "Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("laboratori.example.org", 200),
        ("laboratori.example.org:443", 200),
        ("127.0.0.1:5000", 200),
        ("evil.example", 400),
        ("laboratori.example.org.evil.example", 400),
        ("evil.example/laboratori.example.org", 400),
    ],
)
def test_a_forged_host_is_refused(host: str, status: int, strict_app: Flask) -> None:
    """B5: the address of the service is configured, not told by who asks."""
    assert strict_app.test_client().get("/healthz", headers={"Host": host}).status_code == status
    forwarded = {"Host": "127.0.0.1", "X-Forwarded-Host": host}
    assert strict_app.test_client().get("/healthz", headers=forwarded).status_code == status


def test_the_client_behind_the_proxy_is_the_one_that_is_counted(strict_app: Flask) -> None:
    seen: list[Any] = []

    def note() -> None:
        from flask import request

        seen.append(request.remote_addr)

    strict_app.before_request_funcs.setdefault(None, []).append(note)
    client = strict_app.test_client()
    client.get("/healthz", headers={"X-Forwarded-For": "198.51.100.7, 203.0.113.5"})
    assert seen == ["203.0.113.5"]


def test_without_a_proxy_nobody_says_who_they_are(app: Flask, browser: Browser) -> None:
    with app.test_request_context("/", headers={"X-Forwarded-For": "203.0.113.5"}) as context:
        assert context.request.remote_addr != "203.0.113.5"


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({}, MissingSecretKey),
        ({"SCHOOLAPP_SECRET_KEY": ""}, MissingSecretKey),
        ({"SCHOOLAPP_SECRET_KEY": "x" * 40, "SCHOOLAPP_SMTP_URL": "smtp://localhost"}, MissingBaseUrl),
    ],
)
def test_it_does_not_start_half_configured(
    settings: dict[str, str], error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SCHOOLAPP_SECRET_KEY", "SCHOOLAPP_SMTP_URL", "SCHOOLAPP_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(error):
        from_environment()


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.git/HEAD",
        "/.env",
        "/instance/schoolapp.db",
        "/instance/secret-key",
        "/schoolapp/config.py",
        "/wsgi.py",
        "/static/../config.py",
        "/static/%2e%2e/config.py",
        "/static/..%2fconfig.py",
        "/static//etc/passwd",
        "/static/",
        "/static/manifest.json.bak",
        "/phpinfo.php",
        "/admin",
        "/console",
        "/debug",
        "/install",
        "/server-status",
        "/metrics",
        "/robots.txt~",
        "/login",
        "/confirm-password",
        "/us-signin",
        "/tf-setup",
        "/register",
    ],
)
def test_nothing_but_the_routes_is_reachable(path: str, browser: Browser) -> None:
    """E10."""
    browser.sign_in(factories.make_user(Role.ADMINISTRATOR))
    assert browser.request("GET", path).status_code == 404
