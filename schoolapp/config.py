"""Defaults that are safe in production; every setting is an environment variable SCHOOLAPP_*."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

INSTANCE_PATH = Path(__file__).resolve().parent.parent / "instance"


class MissingBaseUrl(RuntimeError):
    """Mail holds links, and a link must not be made from what a stranger says our address is."""

    def __init__(self) -> None:
        super().__init__(
            "SCHOOLAPP_SMTP_URL is set and SCHOOLAPP_BASE_URL is not. Set the public address of this service, "
            "for example https://laboratori.example.org"
        )


class MissingSecretKey(RuntimeError):
    """The application refuses to start without a secret of its own."""

    def __init__(self) -> None:
        super().__init__(
            "SCHOOLAPP_SECRET_KEY is not set. Make one with: "
            "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )


def _is_on(value: str) -> bool:
    return value.strip().lower() in {"1", "true", "yes", "on"}


def trusted_hosts(base_url: str) -> list[str] | None:
    """The names by which this service answers: its own, and this machine's for health checks; any if it has no name."""
    host = urlsplit(base_url).hostname
    return [host, "localhost", "127.0.0.1", "[::1]"] if host else None


def from_environment() -> dict[str, Any]:
    """Configuration read from the environment. Raises MissingSecretKey, MissingBaseUrl."""
    secret_key = os.environ.get("SCHOOLAPP_SECRET_KEY", "")
    if not secret_key:
        raise MissingSecretKey
    database_url = os.environ.get("SCHOOLAPP_DATABASE_URL", f"sqlite:///{INSTANCE_PATH / 'schoolapp.db'}")
    if database_url.startswith(("postgres://", "postgresql://")):
        database_url = "postgresql+psycopg://" + database_url.split("://", 1)[1]
    base_url = os.environ.get("SCHOOLAPP_BASE_URL", "").rstrip("/")
    smtp_url = os.environ.get("SCHOOLAPP_SMTP_URL", "")
    if smtp_url and not base_url:
        raise MissingBaseUrl
    https = _is_on(os.environ.get("SCHOOLAPP_HTTPS", "1"))
    return {
        "SECRET_KEY": secret_key,
        "SECURITY_PASSWORD_SALT": secret_key,
        "SQLALCHEMY_DATABASE_URI": database_url,
        "BASE_URL": base_url,
        "TRUSTED_HOSTS": trusted_hosts(base_url),
        "HTTPS": https,
        "SESSION_COOKIE_SECURE": https,
        "REMEMBER_COOKIE_SECURE": https,
        "PROXIES": int(os.environ.get("SCHOOLAPP_PROXIES", "0")),
        "RATELIMIT_STORAGE_URI": os.environ.get("SCHOOLAPP_RATELIMIT_STORAGE", "memory://"),
        "SMTP_URL": smtp_url,
        "MAIL_SENDER": os.environ.get("SCHOOLAPP_MAIL_SENDER", "schoolapp@localhost"),
        "TASKS_FILE": os.environ.get("SCHOOLAPP_TASKS_FILE", str(INSTANCE_PATH / "tasks.db")),
        "OWNER_NAME": os.environ.get("SCHOOLAPP_OWNER_NAME", ""),
        "LOG_LEVEL": os.environ.get("SCHOOLAPP_LOG_LEVEL", "INFO"),
        "MEETING_NOTICE_DAYS": int(os.environ.get("SCHOOLAPP_MEETING_NOTICE_DAYS", "15")),
        "MEETING_FREE_CANCELLATION_HOURS": int(os.environ.get("SCHOOLAPP_MEETING_FREE_CANCELLATION_HOURS", "48")),
        "MEETING_MEDIATOR_DAYS": int(os.environ.get("SCHOOLAPP_MEETING_MEDIATOR_DAYS", "30")),
        "MEETING_NOTES_MONTHS": int(os.environ.get("SCHOOLAPP_MEETING_NOTES_MONTHS", "12")),
        "NEW_PUPILS_SHARE_PERCENT": int(os.environ.get("SCHOOLAPP_NEW_PUPILS_SHARE_PERCENT", "20")),
    }


DEFAULTS: dict[str, Any] = {
    "COMMANDS": False,  # True where the commands of `flask` are called from Python, as tests do
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "REMEMBER_COOKIE_HTTPONLY": True,
    "REMEMBER_COOKIE_SAMESITE": "Lax",
    "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
    "MAX_CONTENT_LENGTH": 6 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
    "MAX_FORM_PARTS": 5_000,
    "WTF_CSRF_TIME_LIMIT": None,  # the token lives as long as the session: a register stays open all morning
    "BABEL_DEFAULT_LOCALE": "it",
    "BABEL_DEFAULT_TIMEZONE": "Europe/Rome",
    "RATELIMIT_STORAGE_URI": "memory://",
    "RATELIMIT_HEADERS_ENABLED": False,
    "HTTPS": False,
    "PROXIES": 0,
    "BASE_URL": "",
    "SMTP_URL": "",
    "MAIL_SENDER": "schoolapp@localhost",
    "TASKS_FILE": str(INSTANCE_PATH / "tasks.db"),
    "OWNER_NAME": "",
    "LOG_LEVEL": "INFO",
    "MEETING_NOTICE_DAYS": 15,
    "MEETING_FREE_CANCELLATION_HOURS": 48,
    "MEETING_MEDIATOR_DAYS": 30,
    "MEETING_NOTES_MONTHS": 12,
    "NEW_PUPILS_SHARE_PERCENT": 20,
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    # What a link to a new password holds of the old: a digest of its salted hash, which nobody guesses. The library’s
    # choice, slow as if it were a password, took a third of a second, and only for addresses that have an account.
    "SECURITY_HASHING_SCHEMES": ["hex_sha256", "sha256_crypt"],
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_RECOVERABLE": True,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_TRACKABLE": False,
    "SECURITY_REGISTERABLE": False,
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_CONFIRMABLE": False,
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_RESET_URL": "/password-reset",
    "SECURITY_CHANGE_URL": "/password",
    "SECURITY_FRESHNESS": timedelta(seconds=-1),  # no page asks for the password again
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/sign-in",
    "SECURITY_POST_CHANGE_VIEW": "/account",
    "SECURITY_POST_RESET_VIEW": "/sign-in",
    "SECURITY_AUTO_LOGIN_AFTER_RESET": False,
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=2),
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    "SECURITY_EMAIL_HTML": False,
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
    "SECURITY_REDIRECT_ALLOW_SUBDOMAINS": False,
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
}
