"""The term that is looked at, and the first page: what each role finds under «Relazioni»."""

from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from schoolapp import clock, queries
from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES
from schoolapp.domain.permissions import Permission
from schoolapp.domain.term_report_heads import ReportTerm
from schoolapp.domain.term_report_missing import missing_by_person
from schoolapp.domain.term_report_words import REPORT_STATE_NAMES, REPORT_WORD_NAMES
from schoolapp.exchange.term_report_tables import TABLE_NAMES
from schoolapp.web import access

bp = Blueprint("reports", __name__)

NAMES = {
    "level": LEVEL_NAMES,
    "skill": SKILL_NAMES,
    "state": REPORT_STATE_NAMES,
    "table": TABLE_NAMES,
    "word": REPORT_WORD_NAMES,
}
"""What the pages of reports call things."""

READ_AT = {"reports.countersign": "reports.school"}
"""Where a page is read that another address draws again."""


def term_asked() -> ReportTerm:
    """The term of `?term=`, the latest one without it. Raises NoResultFound where there is no such term."""
    return queries.term_reports.chosen(terms(), request.args.get("term", type=int))


def terms() -> list[ReportTerm]:
    """The terms, asked once a request."""
    if "report_terms" not in g:
        g.report_terms = queries.term_reports.terms()
    found: list[ReportTerm] = g.report_terms
    return found


def share_percent() -> int:
    """The share that the law names, as this installation has it."""
    percent: int = current_app.config["NEW_PUPILS_SHARE_PERCENT"]
    return percent


def draw(template: str, term: ReportTerm, **values: Any) -> str:
    """A page of the term, with links to the same page of the others."""
    endpoint = READ_AT.get(request.endpoint or "", request.endpoint or "")
    return render_template(
        template,
        term=term,
        terms=[(each, url_for(endpoint, term=each.id, **(request.view_args or {}))) for each in terms()],
        names=NAMES,
        today=clock.today(),
        **values,
    )


@bp.get("/reports")
@access.requires(Permission.REPORTS_READ)
def index() -> ResponseReturnValue:
    """Coordinator and head: the school; facilitator: the own workshops; teacher: the own classes."""
    actor = access.signed_in_user()
    if not terms():
        return render_template("reports/no_terms.html")
    term, schools = term_asked(), queries.term_reports.schools(actor)
    reports = queries.term_reports.of_own_workshops(actor, term) if actor.may(Permission.REPORTS_WRITE) else ()
    classes = queries.term_report_sheets.classes(actor, term)
    if len(schools) == 1 and not reports:
        return redirect(url_for(".school", institute_id=schools[0].id, term=request.args.get("term", type=int)))
    return draw(
        "reports/index.html",
        term,
        schools=schools,
        reports=reports,
        missing=missing_by_person(reports),
        classes=classes,
        writes=actor.may(Permission.REPORTS_WRITE),
    )
