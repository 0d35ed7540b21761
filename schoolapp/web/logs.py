"""Structured logs of what happened: ids and times, never a name, a note, an address or a birth date."""

import logging
import sys
import time
from typing import Any

import structlog
from flask import Flask, Response, g, request

from schoolapp.web import access

request_log: Any = structlog.get_logger("request")


def _configure(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _start() -> None:
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    actor = access.actor_if_known()
    request_log.info(
        "request",
        method=request.method,
        endpoint=request.endpoint,  # the name of the route: a path may carry a search for a name
        ids=request.view_args,
        status=response.status_code,
        user=actor.user_id if actor else None,
        milliseconds=round((time.perf_counter() - g.started) * 1000, 1) if "started" in g else None,
    )
    return response


def init_app(app: Flask) -> None:
    _configure(app.config["LOG_LEVEL"])
    app.before_request(_start)
    app.after_request(_finish)
