"""What a person reads when a request cannot be answered. Out of scope reads exactly like missing."""

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, NoResultFound
from werkzeug.exceptions import HTTPException, SecurityError

from schoolapp.extensions import db

PAGES = {400, 401, 403, 404, 405, 413, 429, 500}

BARE_PAGE = """<!DOCTYPE html>
<html lang="it">
<head><meta charset="utf-8"><title>Qualcosa non ha funzionato</title></head>
<body><main><h1>Qualcosa non ha funzionato</h1>
<p>È un problema del programma, non tuo. Riprova tra qualche minuto.</p></main></body>
</html>
"""
"""For when the frame of the page cannot be drawn either, as while the database does not answer."""


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _answer(code: int) -> ResponseReturnValue:
    page = code if code in PAGES else (500 if code >= 500 else 400)
    if _wants_json():
        return jsonify(error=page), code
    return render_template(f"errors/{page}.html"), code


def _missing(_error: NoResultFound) -> ResponseReturnValue:
    return _answer(404)


def _impossible_value(_error: Exception) -> ResponseReturnValue:
    """A number or a text was sent that no column can hold: nobody has typed it into a page of ours."""
    db.session.rollback()
    return _answer(400)


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return _answer(400)


def _broken(code: int) -> ResponseReturnValue:
    """The page of an error of ours; the log has it already."""
    try:
        db.session.rollback()
        return _answer(code)
    except Exception:
        g.pop("actor", None)
        return BARE_PAGE, code


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    if code >= 500:
        return _broken(code)
    return _answer(code)


def _forged_host(_error: SecurityError) -> ResponseReturnValue:
    """Asked for under a name that is not ours: no page, since its links would bear that name."""
    return Response("400", 400, mimetype="text/plain")


def _too_often(error: RateLimitExceeded) -> ResponseReturnValue:
    response = make_response(_answer(429))
    response.headers["Retry-After"] = str(error.limit.limit.get_expiry()) if error.limit else "900"
    return response


def init_app(app: Flask) -> None:
    app.register_error_handler(NoResultFound, _missing)
    app.register_error_handler(DataError, _impossible_value)  # PostgreSQL
    app.register_error_handler(OverflowError, _impossible_value)  # SQLite
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(RateLimitExceeded, _too_often)
    app.register_error_handler(SecurityError, _forged_host)
    app.register_error_handler(HTTPException, _http)
