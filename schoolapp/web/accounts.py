"""Sign-in, sign-out, password: Flask-Security on our tables, pages and mail."""

from typing import Any

from flask import Flask
from flask_security import RoleMixin, SQLAlchemyUserDatastore, UserMixin

from schoolapp import queries
from schoolapp.extensions import db, limiter, security
from schoolapp.models import User


class AccountStore(SQLAlchemyUserDatastore):
    """Accounts without the library's roles: ours are memberships with a scope and dates."""

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> UserMixin | None:
        if "fs_uniquifier" in kwargs:
            return queries.accounts.by_session_mark(kwargs["fs_uniquifier"])
        return super().find_user(case_insensitive=case_insensitive, **kwargs)


def init_app(app: Flask) -> None:
    security.init_app(app, AccountStore(db, User, RoleMixin))
    attempts = limiter.shared_limit("10 per minute; 100 per hour", scope="sign-in", methods=["POST"])
    for endpoint in ("security.login", "security.forgot_password", "security.reset_password"):
        app.view_functions[endpoint] = attempts(app.view_functions[endpoint])  # type: ignore[assignment]
