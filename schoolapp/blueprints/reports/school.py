"""The school's page, what is missing by facilitator, the visto in batches, and the page of a workshop."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from schoolapp import clock, queries, services
from schoolapp.blueprints.reports.forms import number_of
from schoolapp.blueprints.reports.routes import bp, draw, share_percent, term_asked
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.term_report_heads import ReportTerm
from schoolapp.domain.term_report_missing import MissingKind, missing_by_person
from schoolapp.domain.term_reports import SchoolTermReport
from schoolapp.exchange.term_report_tables import SCHOOL_TABLES, WORKSHOP_TABLES
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.wording import sentence_of


@bp.get("/reports/schools/<int:institute_id>")
@access.requires(Permission.REPORTS_COUNTERSIGN)
def school(institute_id: int) -> ResponseReturnValue:
    return _school(institute_id)


def _school(institute_id: int, error: str = "") -> str:
    actor, term = access.signed_in_user(), term_asked()
    report = _report(actor, institute_id, term)
    return draw(
        "reports/school.html",
        term,
        report=report,
        tables=SCHOOL_TABLES,
        several=len(actor.institutes_with(Permission.REPORTS_COUNTERSIGN)) > 1,
        threshold=share_percent(),
        error=error,
    )


def _report(actor: Actor, institute_id: int, term: ReportTerm) -> SchoolTermReport:
    """The pages of a school show no single lesson."""
    return queries.term_reports.of_school(
        actor, institute_id, term, threshold_percent=share_percent(), with_presences=False
    )


@bp.get("/reports/schools/<int:institute_id>/missing")
@access.requires(Permission.REPORTS_COUNTERSIGN)
def missing(institute_id: int) -> ResponseReturnValue:
    """What is still to be done before the scrutini, by who can do it."""
    term = term_asked()
    report = _report(access.signed_in_user(), institute_id, term)
    of_the_school = {MissingKind.CLASS_SIZE, MissingKind.PUPILS_WITHOUT_LESSONS, MissingKind.MEETINGS}
    return draw(
        "reports/missing.html",
        term,
        report=report,
        people=missing_by_person(report.workshops),
        school=[each for each in report.missing if each.kind in of_the_school],
    )


@bp.post("/reports/schools/<int:institute_id>/countersign")
@access.requires(Permission.REPORTS_COUNTERSIGN)
def countersign(institute_id: int) -> ResponseReturnValue:
    actor, term = access.signed_in_user(), term_asked()
    queries.term_reports.ensure_school(actor, institute_id)
    wanted = request.form.getlist("workshop_id", type=int)
    read = {workshop_id: number_of(request.form.get(f"version-{workshop_id}")) for workshop_id in wanted}
    try:
        with transaction(actor):
            count = services.term_reports.countersign(actor, term_id=term.id, read=read, now=clock.now())
    except RuleViolation as violation:
        return _school(institute_id, sentence_of(violation)), 422
    flash(ngettext("Visto messo su %(num)s relazione.", "Visto messo su %(num)s relazioni.", count), "success")
    return redirect(url_for(".school", institute_id=institute_id, term=term.id), 303)


@bp.get("/reports/workshops/<int:workshop_id>")
@access.requires(Permission.REPORTS_WRITE, Permission.REPORTS_COUNTERSIGN)
def workshop(workshop_id: int) -> ResponseReturnValue:
    actor, term = access.signed_in_user(), term_asked()
    report = queries.term_reports.of_workshop(actor, workshop_id, term)
    institute_id = report.head.institute_id
    return draw(
        "reports/workshop.html",
        term,
        report=report,
        tables=WORKSHOP_TABLES,
        writes=institute_id in actor.institutes_with(Permission.REPORTS_WRITE),
        reads_school=institute_id in actor.institutes_with(Permission.REPORTS_COUNTERSIGN),
    )
