"""Whether a paper with our code holds. Open to the world, so it says the minimum, and not too often to one address."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from schoolapp import queries
from schoolapp.blueprints.verification.forms import CodeForm
from schoolapp.domain.verification import Checked, Validity, in_fours, typed_code
from schoolapp.domain.workshops import WORKSHOP_KIND_NAMES
from schoolapp.web import access
from schoolapp.web.attempts import checks_codes

bp = Blueprint("verification", __name__)


@bp.get("/verify")
@access.everyone
@checks_codes
def ask() -> ResponseReturnValue:
    form = CodeForm(request.args)
    asked = "code" in request.args
    if asked and form.validate():
        return redirect(url_for(".answer", code=typed_code(form.code.data or "")), 303)
    return _page("verification/ask.html", 422 if asked else 200, form=form)


@bp.get("/verify/<code>")
@access.everyone
@checks_codes
def answer(code: str) -> ResponseReturnValue:
    """Valid, revoked or unknown; what is no code at all is as unknown as one that nobody was given."""
    known = typed_code(code)
    checked = queries.verification.check(known) if known else Checked(Validity.UNKNOWN)
    shown = in_fours(known) if known else ""
    return _page("verification/answer.html", 200, checked=checked, code=shown, kinds=WORKSHOP_KIND_NAMES)


def _page(template: str, status: int, **values: object) -> Response:
    response = make_response(render_template(template, **values), status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
