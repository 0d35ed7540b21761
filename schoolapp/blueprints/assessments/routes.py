"""How far the assessments are: the workshops, the group of one of them, what the class council reads."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from schoolapp import clock, queries, services
from schoolapp.domain.assessment import MOMENT_NAMES, Moment
from schoolapp.domain.assessment_sheets import moment_due
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import LEVEL_NAMES
from schoolapp.domain.permissions import Permission
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.wording import sentence_of

bp = Blueprint("assessments", __name__)

_MOMENTS = {moment.value: moment for moment in Moment}


def moment_asked() -> Moment:
    """The moment in the address, the one that is due where there is none. One that never was is 404."""
    word = request.args.get("moment", "")
    if word and word not in _MOMENTS:
        abort(404)
    return _MOMENTS[word] if word else moment_due(clock.today())


@bp.get("/levels")
@access.requires(Permission.ASSESSMENTS_READ)
def index() -> ResponseReturnValue:
    """The workshops with how far they are; for a teacher, the shared profiles of the own classes."""
    actor = access.signed_in_user()
    table = None if actor.may(Permission.WORKSHOPS_READ) else queries.profiles.levels_of_school(actor)
    return render_template(
        "assessments/index.html",
        workshops=queries.assessments.list_workshops(actor, on=clock.today()) if table is None else [],
        table_of_pupils=table,
        level_names=LEVEL_NAMES,
        due=moment_due(clock.today()),
        moment_names=MOMENT_NAMES,
    )


@bp.get("/workshops/<int:workshop_id>/levels")
@access.requires(Permission.WORKSHOPS_READ)
def workshop(workshop_id: int) -> ResponseReturnValue:
    return _group(workshop_id)


@bp.post("/workshops/<int:workshop_id>/levels/share")
@access.requires(Permission.ASSESSMENTS_SHARE)
def share(workshop_id: int) -> ResponseReturnValue:
    """Share the ticked assessments of the group with the class council."""
    actor = access.signed_in_user()
    group = queries.assessments.group(actor, workshop_id, on=clock.today(), permission=Permission.ASSESSMENTS_SHARE)
    inside = {cell.id for line in group.lines for cell in line.cells if cell.id is not None}
    chosen = {number for number in request.form.getlist("assessment_id", type=int) if number in inside}
    try:
        with transaction(actor):
            shared = services.assessments.share(actor, assessment_ids=chosen, now=clock.now())
    except RuleViolation as violation:
        return _group(workshop_id, refusal=sentence_of(violation)), 422
    told = ngettext(
        "%(num)s valutazione condivisa. Il consiglio di classe la può leggere.",
        "%(num)s valutazioni condivise. Il consiglio di classe le può leggere.",
        shared,
    )
    flash(told if shared else _("Le valutazioni scelte erano già condivise."), "success")
    return redirect(url_for(".workshop", workshop_id=workshop_id, moment=moment_asked()), 303)


def _group(workshop_id: int, refusal: str = "") -> str:
    actor = access.signed_in_user()
    group = queries.assessments.group(actor, workshop_id, on=clock.today())
    return render_template(
        "assessments/workshop.html",
        group=group,
        levels=queries.profiles.levels_of_workshop(actor, workshop_id),
        moment=moment_asked(),
        moment_names=MOMENT_NAMES,
        level_names=LEVEL_NAMES,
        records=group.institute_id in actor.institutes_with(Permission.ASSESSMENTS_RECORD),
        refusal=refusal,
    )
