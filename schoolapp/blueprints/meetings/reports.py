"""After a meeting: the mediator writes the report, who asked confirms it or sends it back."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.meetings.forms import StepForm
from schoolapp.blueprints.meetings.report_forms import ReportForm
from schoolapp.blueprints.meetings.routes import NAMES, REPORTABLE, bp, draw
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState, Party
from schoolapp.domain.permissions import Permission
from schoolapp.queries.meeting_reports import ReportCard
from schoolapp.queries.meetings import MeetingCard
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.formats import local_day
from schoolapp.web.forms import add_violation


@bp.route("/meetings/<int:request_id>/report", methods=["GET", "POST"])
@access.requires(Permission.MEETINGS_ANSWER)
def report(request_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    card = queries.meetings.card(actor, request_id)
    if card.state not in REPORTABLE or Party.MEDIATOR not in card.parties or card.appointment is None:
        return redirect(url_for(".page", request_id=request_id), 303)
    earlier = queries.meeting_reports.of_request(actor, card)
    form = ReportForm(at_school=card.institute_id is not None, data=_values(card, earlier))
    if form.validate_on_submit():
        try:
            facts = form.facts()
            with transaction(actor):
                services.meeting_reports.write(actor, request_id, facts, at=clock.now(), version=form.read_version)
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Relazione inviata. Le ore contano quando chi ha chiesto le conferma."), "success")
            return redirect(url_for(".page", request_id=request_id), 303)
    page = render_template(
        "meetings/report.html", form=form, meeting=card, day=local_day(card.appointment.starts_at), names=NAMES
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/meetings/<int:request_id>/confirm")
@access.requires(Permission.MEETINGS_REQUEST, Permission.MEETINGS_APPROVE)
def confirm(request_id: int) -> ResponseReturnValue:
    """Confirm the hours of the report, or send it back with the reason."""
    actor = access.signed_in_user()
    card = queries.meetings.card(actor, request_id)
    form = StepForm()
    disputes = form.action.data == MeetingAction.DISPUTE
    if form.validate_on_submit() and form.action.data in (MeetingAction.DISPUTE, MeetingAction.VALIDATE):
        try:
            with transaction(actor):
                if disputes:
                    services.meeting_reports.dispute(
                        actor, request_id, reason=form.reason.data or "", at=clock.now(), version=form.read_version
                    )
                else:
                    services.meeting_reports.confirm(actor, request_id, at=clock.now(), version=form.read_version)
        except RuleViolation as violation:
            add_violation(form, violation)
            card = queries.meetings.card(actor, request_id)
        else:
            flash(_("Il mediatore la rivede e te la rimanda.") if disputes else _("Ore confermate."), "success")
            return redirect(url_for(".page", request_id=request_id), 303)
    return draw(card, form, opened=MeetingAction.DISPUTE if disputes else None), 422


def _values(card: MeetingCard, earlier: ReportCard | None) -> dict[str, Any]:
    """The appointment as it stood, or the report that was sent back."""
    appointment = card.appointment
    assert appointment is not None
    starts, ends = (each.astimezone(SCHOOL_ZONE) for each in (appointment.starts_at, appointment.ends_at))
    values: dict[str, Any] = {
        "version": str(card.version),
        "family_came": "no" if card.state is MeetingState.FAMILY_ABSENT else "yes",
        "start": starts.time(),
        "end": ends.time(),
        "call_day": starts.date(),
        "debriefing_day": starts.date(),
    }
    if earlier is None:
        return values
    for name, kind in (("call", HoursKind.FAMILY_CALL), ("debriefing", HoursKind.DEBRIEFING)):
        line = earlier.line(kind)
        if line is not None:
            values |= {f"{name}_day": line.day, f"{name}_start": line.start, f"{name}_minutes": line.minutes}
    return values | {
        "family_came": "yes" if earlier.family_came else "no",
        "start": earlier.start,
        "end": earlier.end,
        "present": [each.value for each in earlier.present or ()],
        "agreements": earlier.agreements,
        "another_meeting": earlier.another_meeting,
        "cultural_note": earlier.note,
    }
