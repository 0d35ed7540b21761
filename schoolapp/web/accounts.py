"""Sign-in, sign-out, password: Flask-Security on our tables, pages, words and mail."""

from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, g, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import user_logged_in
from flask_security import (
    PasswordUtil,
    RoleMixin,
    Security,
    SQLAlchemyUserDatastore,
    UserMixin,
    password_changed,
    password_reset,
)
from flask_security.forms import LoginForm
from flask_security.mail_util import MailUtil
from wtforms import Form

from schoolapp import queries, services
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.passwords import SHORTEST, ensure_password
from schoolapp.extensions import db
from schoolapp.models import User
from schoolapp.transaction import transaction
from schoolapp.web import access, account_messages, attempts, mail
from schoolapp.web.wording import sentence_of


class AccountStore(SQLAlchemyUserDatastore):
    """Accounts without the library's roles: ours are memberships with a scope and dates."""

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> UserMixin | None:
        if "fs_uniquifier" in kwargs:
            return queries.accounts.by_session_mark(kwargs["fs_uniquifier"])
        return super().find_user(case_insensitive=case_insensitive, **kwargs)

    def commit(self) -> None:
        with transaction(access.actor_or_none()):
            pass


class SignInForm(LoginForm):
    """Without "remember me": tablets are shared, and a session lasts a school day."""

    remember = None  # type: ignore[assignment]


class PasswordRules(PasswordUtil):
    """Our rule in place of the library's."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        password = self.normalize(password)
        user = kwargs.get("user")
        try:
            ensure_password(password, name=getattr(user, "name", ""), email=getattr(user, "email", ""))
        except RuleViolation as violation:
            return [sentence_of(violation)], password
        return None, password


class Post(MailUtil):
    """The library's messages through our mail; where there is none, the pages say whom to ask."""

    def normalize(self, email: str) -> str:
        return str(super().normalize(email.strip()))

    def validate(self, email: str) -> str:
        return str(super().validate(email.strip()))

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        if mail.is_configured():
            mail.send_later(to=str(recipient), subject=str(subject), text=body or "")


security = Security(mail_util_cls=Post, password_util_cls=PasswordRules)


def _page(template: str, **context: Any) -> Any:
    """A page of the library; a refused form says each thing once and answers 422."""
    rendered = render_template(template, **context)
    forms = [value for value in context.values() if isinstance(value, Form)]
    if not (request.method == "POST" and any(form.errors for form in forms)):
        return rendered
    for form in forms:
        form.form_errors = list(dict.fromkeys(form.form_errors))
    return render_template(template, **context), 422


def _keep_password_change(_app: Flask, user: User, **_: Any) -> None:
    """A new password leaves its trace, in the name of its owner."""
    with transaction(Actor(user_id=user.id, name=user.name)):
        services.accounts.password_was_set(user)


def _new_token(_app: Flask, **_: Any) -> None:
    """Who signs in gets a new form token: one that was planted in the browser before is worth nothing."""
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)


def _stay_here(view: Any) -> Any:
    """Only a path of ours is an address to go on to: `next` with any other is as if it were not there."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        response: ResponseReturnValue = view(*args, **kwargs)
        location = getattr(response, "location", None)
        if location is not None and not _is_own_path(location):
            return redirect("/")
        return response

    return answer


def _is_own_path(location: str) -> bool:
    parts = urlsplit(location)
    return location.startswith("/") and not parts.scheme and not parts.netloc and "\\" not in location


def init_app(app: Flask) -> None:
    app.config.from_mapping(account_messages.SETTINGS)
    app.config["SECURITY_PASSWORD_LENGTH_MIN"] = SHORTEST
    security.init_app(
        app,
        AccountStore(db, User, RoleMixin),
        render_template=_page,
        login_form=SignInForm,
    )
    security.want_json(lambda _request: False)
    # People sign in by the page and are known by their session: no token in an address or a header stands for them.
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    app.view_functions["security.login"] = _stay_here(app.view_functions["security.login"])
    attempts.init_app(app)
    password_changed.connect(_keep_password_change, app)
    password_reset.connect(_keep_password_change, app)
    user_logged_in.connect(_new_token, app)
