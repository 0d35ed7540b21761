"""How often one may try: so few that a password is not guessed, so many that a school behind one address works.

An address is counted for its failures, not for its sign-ins: forty teachers may enter at eight o'clock. An account is
counted per address, so that a stranger cannot lock its owner out; a higher limit on the account alone stops many
addresses that guess together.
"""

from collections.abc import Callable
from functools import partial
from hashlib import blake2s

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_limiter import RouteLimit
from flask_limiter.util import get_remote_address
from flask_login import current_user

from schoolapp.extensions import limiter

ACCOUNT_FROM_ADDRESS = "10 per 15 minutes"
ACCOUNT = "60 per hour"
ADDRESS = "100 per 15 minutes"
MESSAGES_TO_ACCOUNT = "3 per hour"
MESSAGES_FROM_ADDRESS = "30 per hour"
CODES_FROM_ADDRESS = "30 per minute; 300 per hour"
"""Codes of papers: the certificates of a class are checked in a minute, and no code is met by trying."""


def _account() -> str:
    """The account that is named, as a digest: the store of the limits keeps no addresses."""
    return blake2s(request.form.get("email", "").strip().lower().encode(), digest_size=12).hexdigest()


def _account_from_address() -> str:
    return f"{_account()} {get_remote_address()}"


def _person() -> str:
    return str(getattr(current_user, "id", None) or get_remote_address())


def _failed(response: Response) -> bool:
    """A try that was refused. One that was not even looked at (429) does not count against the others of its school."""
    return response.status_code == 422


def checks_codes(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """A page that answers to anybody about a code: so often to one address, whatever the answer."""
    limited: Callable[..., ResponseReturnValue] = limiter.limit(CODES_FROM_ADDRESS)(view)
    return limited


def init_app(app: Flask) -> None:
    """Put the limits on the views of the sign-in library."""
    tried = partial(limiter.limit, methods=["POST"], deduct_when=_failed)
    sent = partial(limiter.limit, methods=["POST"])
    limits: dict[str, tuple[RouteLimit, ...]] = {
        "security.login": (
            tried(ACCOUNT_FROM_ADDRESS, key_func=_account_from_address),
            tried(ACCOUNT, key_func=_account),
            tried(ADDRESS, key_func=get_remote_address),
        ),
        "security.forgot_password": (
            sent(MESSAGES_TO_ACCOUNT, key_func=_account),
            sent(MESSAGES_FROM_ADDRESS, key_func=get_remote_address),
        ),
        "security.reset_password": (tried(ADDRESS, key_func=get_remote_address),),
        "security.change_password": (tried(ACCOUNT_FROM_ADDRESS, key_func=_person),),
    }
    for endpoint, decorators in limits.items():
        for decorate in decorators:
            app.view_functions[endpoint] = decorate(app.view_functions[endpoint])  # type: ignore[assignment]
