"""What a person reads when a request cannot be answered. Out of scope reads exactly like missing."""

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import NoResultFound
from werkzeug.exceptions import HTTPException

PAGES = {400, 401, 403, 404, 405, 413, 429, 500}


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _answer(code: int) -> ResponseReturnValue:
    page = code if code in PAGES else (500 if code >= 500 else 400)
    if _wants_json():
        return jsonify(error=page), code
    return render_template(f"errors/{page}.html"), code


def _missing(_error: NoResultFound) -> ResponseReturnValue:
    return _answer(404)


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return _answer(400)


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    return _answer(code)


def init_app(app: Flask) -> None:
    app.register_error_handler(NoResultFound, _missing)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
