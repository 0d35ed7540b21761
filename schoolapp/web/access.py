"""Who may open which page. A route declares its rule; one that declares nothing is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from schoolapp import clock
from schoolapp.domain.actors import Actor, Grant
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import writing

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class AccessRule:
    """Open to everyone, to whoever is signed in, or to holders of any of the permissions."""

    everyone: bool = False
    permissions: frozenset[Permission] = frozenset()


EVERYONE = AccessRule(everyone=True)
SIGNED_IN = AccessRule()

# The views of the sign-in library cannot carry our declaration, so it stands here.
LIBRARY_RULES: dict[str, AccessRule] = {
    "security.login": EVERYONE,
    "security.forgot_password": EVERYONE,
    "security.reset_password": EVERYONE,
    "security.logout": SIGNED_IN,
    "security.change_password": SIGNED_IN,
}

# Hashing a password takes long: these must not hold SQLite's one write lock meanwhile, and have nothing to write.
NOTHING_TO_WRITE = {"security.login", "security.logout", "security.forgot_password"}


def requires(*permissions: Permission) -> Callable[[View], View]:
    """The route is for people who hold any of `permissions`; where they hold it is the query's business."""

    def declare(view: View) -> View:
        view.access_rule = AccessRule(permissions=frozenset(permissions))  # type: ignore[attr-defined]
        return view

    return declare


def everyone(view: View) -> View:
    """The route is open to the world."""
    view.access_rule = EVERYONE  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """The route is for any person who has signed in."""
    view.access_rule = SIGNED_IN  # type: ignore[attr-defined]
    return view


def rule_of(endpoint: str) -> AccessRule | None:
    """The declared rule of an endpoint, None where it declares nothing."""
    if endpoint in LIBRARY_RULES:
        return LIBRARY_RULES[endpoint]
    return getattr(current_app.view_functions[endpoint], "access_rule", None)


def signed_in_user() -> Actor:
    """The person of this request with the roles valid today. Answers 401 where there is none."""
    actor = actor_or_none()
    if actor is None:
        abort(401)
    return actor


def actor_or_none() -> Actor | None:
    """The person of this request, None where nobody has signed in."""
    if "actor" not in g:
        g.actor = _actor() if current_user.is_authenticated else None
    actor: Actor | None = g.actor
    return actor


def actor_if_known() -> Actor | None:
    """The person of this request if someone asked for it already: for logs, which ask the database nothing."""
    actor: Actor | None = g.get("actor")
    return actor


def _actor() -> Actor:
    day = clock.today()
    user = current_user._get_current_object()  # asked once for all: the proxy looks for the person at each word
    held = user.held  # read with the owner of the session; who signs in just now has none yet
    return Actor(
        user_id=user.id,
        name=user.name,
        grants=tuple(
            Grant(
                role=membership.role,
                institute_id=membership.institute_id,
                ambito_id=membership.ambito_id,
                provider_id=membership.provider_id,
                service_id=membership.service_id,
                place=membership.place,
            )
            for membership in (user.memberships if held is None else held)
            if membership.valid_from <= day and (membership.valid_to is None or day <= membership.valid_to)
        ),
    )


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such page: the error page answers
    rule = rule_of(request.endpoint)
    if rule is None:
        abort(403)
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        writing.set(request.endpoint not in NOTHING_TO_WRITE)
    else:
        writing.set(False)
    if rule.everyone:
        return None
    actor = actor_or_none()
    if actor is None:
        if request.method == "GET" and request.accept_mimetypes.accept_html:
            return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
        abort(401)
    if rule.permissions and not any(actor.may(permission) for permission in rule.permissions):
        abort(403)
    return None


def init_app(app: Flask) -> None:
    """Ask who may come in before anything else is asked."""
    app.before_request(_check)
