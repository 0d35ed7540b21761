"""How each class stands to the legal share, who counts and why, and how many pupils the class has."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.domain.class_shares import SHARE_STATE_NAMES
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.school_year import SchoolYear
from schoolapp.domain.wording import N_
from schoolapp.exchange.class_shares import shares_csv, shares_xlsx
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.wording import sentence_of

bp = Blueprint("class_shares", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@bp.get("/classes/shares")
@access.requires(Permission.CLASS_SHARES_READ)
def index() -> ResponseReturnValue:
    today = clock.today()
    return render_template(
        "class_shares/index.html",
        shares=queries.class_shares.list_of_year(
            access.signed_in_user(), on=today, threshold_percent=_threshold_percent()
        ),
        threshold=_threshold_percent(),
        state_names=SHARE_STATE_NAMES,
        today=today,
        year=SchoolYear.of(today).label,
    )


@bp.get("/classes/<int:class_id>/share")
@access.requires(Permission.CLASS_SHARES_READ)
def show(class_id: int) -> ResponseReturnValue:
    return _draw(class_id)


@bp.post("/classes/<int:class_id>/share")
@access.requires(Permission.PUPILS_MANAGE)
def set_enrolled(class_id: int) -> ResponseReturnValue:
    """How many pupils the class has, all of them; empty takes the number back."""
    actor = access.signed_in_user()
    found = queries.school_classes.get(actor, class_id)
    typed = request.form.get("pupils_enrolled", "").strip()
    try:
        with transaction(actor):
            services.school_classes.set_pupils_enrolled(found, number=_number(typed))
    except RuleViolation as violation:
        return _draw(class_id, typed, sentence_of(violation)), 422
    flash(_("Numero salvato."), "success")
    return redirect(url_for(".show", class_id=class_id), 303)


@bp.get("/classes/shares.xlsx")
@access.requires(Permission.CLASS_SHARES_READ)
def spreadsheet() -> ResponseReturnValue:
    actor = access.signed_in_user()
    shares = queries.class_shares.list_of_year(actor, on=clock.today(), threshold_percent=_threshold_percent())
    institutes = queries.school_classes.list_institutes(actor, Permission.CLASS_SHARES_READ)
    names = ", ".join(institute.name for institute in institutes)
    return _file(shares_xlsx(shares, institute=names, read_at=clock.now()), XLSX, "quota-di-legge.xlsx")


@bp.get("/classes/shares.csv")
@access.requires(Permission.CLASS_SHARES_READ)
def table() -> ResponseReturnValue:
    shares = queries.class_shares.list_of_year(
        access.signed_in_user(), on=clock.today(), threshold_percent=_threshold_percent()
    )
    return _file(shares_csv(shares), CSV, "quota-di-legge.csv")


def _draw(class_id: int, typed: str | None = None, error: str = "") -> str:
    actor = access.signed_in_user()
    share = queries.class_shares.get(actor, class_id, on=clock.today(), threshold_percent=_threshold_percent())
    return render_template(
        "class_shares/show.html",
        share=share,
        state_names=SHARE_STATE_NAMES,
        manages=share.institute_id in actor.institutes_with(Permission.PUPILS_MANAGE),
        typed=str(share.enrolled or "") if typed is None else typed,
        error=error,
    )


def _number(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        raise RuleViolation(N_("Scrivi un numero, per esempio 24."), field="pupils_enrolled")
    return int(typed)


def _threshold_percent() -> int:
    threshold: int = current_app.config["NEW_PUPILS_SHARE_PERCENT"]
    return threshold


def _file(content: bytes, mimetype: str, name: str) -> Response:
    return Response(content, content_type=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
