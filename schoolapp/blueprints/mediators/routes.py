"""What mediators say of themselves."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.permissions import Permission
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.wording import sentence_of

bp = Blueprint("mediators", __name__)


@bp.post("/mediators/conflict/<int:request_id>")
@access.requires(Permission.MEETINGS_ANSWER)
def declare_conflict(request_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    queries.meetings.card(actor, request_id)
    try:
        with transaction(actor):
            state = services.mediators.declare_conflict(actor, request_id, at=clock.now())
    except RuleViolation as violation:
        flash(sentence_of(violation), "danger")
        return redirect(url_for("meetings.page", request_id=request_id), 303)
    if state is MeetingState.WITH_PROVIDER:
        flash(_("Grazie. La cooperativa cerca un’altra persona; la scuola non sa perché."), "success")
        return redirect(url_for("meetings.index"), 303)
    flash(_("Grazie. Avvisa la cooperativa: il colloquio è ancora confermato."), "success")
    return redirect(url_for("meetings.page", request_id=request_id), 303)
