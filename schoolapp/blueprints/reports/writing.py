"""The facilitator's pages: the words about a workshop, with its figures beside, and about each pupil."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.reports.forms import PupilWordsForm, WorkshopWordsForm, number_of
from schoolapp.blueprints.reports.routes import bp, draw, term_asked
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.term_report_words import LONGEST_PUPIL_TEXT, LONGEST_WORKSHOP_TEXT, ReportState
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation

SIGNED = frozenset({ReportState.SIGNED, ReportState.COUNTERSIGNED})


@bp.route("/reports/workshops/<int:workshop_id>/words", methods=["GET", "POST"])
@access.requires(Permission.REPORTS_WRITE)
def write(workshop_id: int) -> ResponseReturnValue:
    actor, term = access.signed_in_user(), term_asked()
    report = queries.term_reports.of_workshop(
        actor, workshop_id, term, with_presences=False, permission=Permission.REPORTS_WRITE
    )
    form = WorkshopWordsForm(obj=report.words, version=str(report.version))
    if form.validate_on_submit():
        signs = request.form.get("action") == "sign"
        try:
            with transaction(actor):
                services.term_reports.write(
                    actor,
                    workshop_id=workshop_id,
                    term_id=term.id,
                    words=form.words,
                    version=number_of(form.version.data),
                    now=clock.now(),
                    sign=signs,
                    reason=form.reason.data or "",
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_saved(signs, report.state), "success")
            return redirect(url_for(".workshop", workshop_id=workshop_id, term=term.id), 303)
    page = draw(
        "reports/write.html",
        term,
        report=report,
        form=form,
        signed=report.state in SIGNED,
        most=LONGEST_WORKSHOP_TEXT,
    )
    return page, 422 if form.errors else 200


def _saved(signs: bool, before: ReportState) -> str:
    if signs:
        return str(_("Relazione firmata. La scuola può mettere il visto."))
    if before is ReportState.COUNTERSIGNED:
        return str(_("Relazione corretta. Il visto della scuola è da mettere di nuovo."))
    return str(_("Relazione salvata."))


@bp.route("/reports/workshops/<int:workshop_id>/pupils/<int:pupil_id>", methods=["GET", "POST"])
@access.requires(Permission.REPORTS_WRITE)
def write_pupil(workshop_id: int, pupil_id: int) -> ResponseReturnValue:
    actor, term = access.signed_in_user(), term_asked()
    report = queries.term_reports.of_workshop(
        actor, workshop_id, term, with_presences=False, permission=Permission.REPORTS_WRITE
    )
    sheet = queries.term_report_sheets.of_pupil(actor, pupil_id, term)
    kept = queries.term_report_sheets.written(pupil_id, workshop_id, term)
    form = PupilWordsForm(obj=kept, version=str(kept.version))
    following = report.following(pupil_id)
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.term_reports.write_pupil(
                    actor,
                    workshop_id=workshop_id,
                    pupil_id=pupil_id,
                    term_id=term.id,
                    words=form.words.data or "",
                    proposals=form.proposals.data or "",
                    version=number_of(form.version.data),
                    reason=form.reason.data or "",
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Scheda salvata. %(name)s.", name=sheet.name), "success")
            if following is not None and request.form.get("action") == "next":
                address = url_for(".write_pupil", workshop_id=workshop_id, pupil_id=following.pupil_id, term=term.id)
            else:
                address = url_for(".workshop", workshop_id=workshop_id, term=term.id)
            return redirect(address, 303)
    page = draw(
        "reports/write_pupil.html",
        term,
        report=report,
        sheet=sheet,
        form=form,
        following=following,
        asks_reason=bool(kept.version) and report.state in SIGNED,
        most=LONGEST_PUPIL_TEXT,
    )
    return page, 422 if form.errors else 200
