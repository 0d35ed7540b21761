"""Pages behind a link that acts without signing in: tried few times, kept by nobody, found by no search."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Response, after_this_request, render_template
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address

from schoolapp.domain.links import LinkGone
from schoolapp.extensions import limiter
from schoolapp.web import access

View = TypeVar("View", bound=Callable[..., Any])

TRIES = "60 per 15 minutes"
"""Dead links an address may open: a school's people share one, and old messages are opened again."""

GONE = 410


def personal(view: View) -> View:
    """The route is behind a personal link: the link's secret is the right to it, and guessing is cut short."""

    @wraps(view)
    def hidden(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        after_this_request(_keep_out_of_searches)
        answer: ResponseReturnValue = view(*args, **kwargs)
        return answer

    limited = limiter.limit(TRIES, key_func=get_remote_address, deduct_when=_is_gone)(hidden)
    return access.everyone(limited)  # type: ignore[return-value]


def _is_gone(response: Response) -> bool:
    return response.status_code == GONE


def _keep_out_of_searches(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _gone(_error: LinkGone) -> ResponseReturnValue:
    return render_template("errors/link.html"), GONE


def init_app(app: Flask) -> None:
    app.register_error_handler(LinkGone, _gone)
