"""Structured logs of what happened: ids and times, never a name, a note, an address or a birth date."""

import logging
import sys
import time
import traceback
from types import TracebackType
from typing import Any

import structlog
from flask import Flask, Response, g, request

from schoolapp.web import access

request_log: Any = structlog.get_logger("request")

PROBE = "home.health"
"""Asked every few seconds, as long as the service runs: only an answer other than 200 says something."""

REFUSALS_A_MINUTE = 60
"""Lines a minute about refused requests of people who have not signed in: more would only fill the disk."""


class RefusalCount:
    """How many refused requests of strangers were written in this minute, and how many were left out."""

    def __init__(self) -> None:
        self.minute = 0
        self.written = 0
        self.left_out = 0

    def may_write(self, minute: int) -> bool:
        """Whether one more line may be written; tells first how many were left out in the minutes before."""
        if minute != self.minute:
            if self.left_out:
                request_log.warning("refused requests left out of the log", count=self.left_out)
            self.minute, self.written, self.left_out = minute, 0, 0
        if self.written >= REFUSALS_A_MINUTE:
            self.left_out += 1
            return False
        self.written += 1
        return True


def _configure(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _start() -> None:
    g.started = time.perf_counter()


def _ids() -> dict[str, int]:
    """The numbers of the address: its words may be a token."""
    return {name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)}


def write_error(
    error: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
) -> None:
    """Which error, and where. Its message stays out: it may quote what a person typed or what a row holds."""
    kind, value, trace = error
    causes: list[str] = []
    cause = value.__cause__ or value.__context__ if value else None
    while cause is not None and len(causes) < 5:
        causes.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    request_log.error(
        "error",
        error=kind.__name__ if kind else None,
        causes=causes,
        where=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-12:]],
        method=request.method,
        endpoint=request.endpoint,
        ids=_ids(),
    )


def init_app(app: Flask) -> None:
    _configure(app.config["LOG_LEVEL"])
    refusals = RefusalCount()

    def finish(response: Response) -> Response:
        if request.endpoint == PROBE and response.status_code == 200:
            return response
        actor = access.actor_if_known()
        stranger_refused = actor is None and 400 <= response.status_code < 500
        if not stranger_refused or refusals.may_write(int(time.monotonic() // 60)):
            request_log.info(
                "request",
                method=request.method,
                endpoint=request.endpoint,  # the name of the route: a path may carry a search for a name
                ids=_ids(),
                status=response.status_code,
                user=actor.user_id if actor else None,
                milliseconds=round((time.perf_counter() - g.started) * 1000, 1) if "started" in g else None,
            )
        return response

    app.before_request(_start)
    app.after_request(finish)
    app.log_exception = write_error  # type: ignore[assignment,method-assign]
