"""Enrolling a pupil in a workshop, and changing or ending an enrolment."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.enrolments.forms import CandidateSearchForm, EnrolForm, EnrolmentForm
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.referral import REFERRAL_STATE_NAMES
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation
from schoolapp.web.wording import translate

bp = Blueprint("enrolments", __name__)


@bp.route("/workshops/<int:workshop_id>/enrolments/new", methods=["GET", "POST"])
@access.requires(Permission.ENROLMENTS_MANAGE)
def new(workshop_id: int) -> ResponseReturnValue:
    """Search, choose, enrol: one page, without scripts. `pupil` and `unlisted` in the address come from elsewhere."""
    actor = access.signed_in_user()
    workshop = queries.enrolments.workshop(actor, workshop_id)
    proposed = request.args.get("unlisted", type=int)
    unlisted = queries.referrals.get_unlisted(actor, proposed) if proposed else None
    search = CandidateSearchForm(formdata=request.args)
    form = EnrolForm(pupil=request.args.get("pupil", ""), unlisted=str(proposed or ""))
    if not form.is_submitted():
        form.first_day.data = unlisted.lesson.day if unlisted else _first_day(workshop.first_day)
    if form.validate_on_submit():
        pupil = queries.pupils.get(actor, form.pupil_id, Permission.PUPILS_MANAGE)
        unlisted = queries.referrals.get_unlisted(actor, form.unlisted_id) if form.unlisted.data else None
        assert form.first_day.data is not None
        try:
            with transaction(actor):
                enrolled = services.enrolments.enrol(
                    workshop_id=workshop.id,
                    pupil=pupil,
                    first_day=form.first_day.data,
                    by_id=actor.user_id,
                    at=clock.now(),
                    unlisted=unlisted,
                )
                clashes = [translate(sentence) for sentence in enrolled.clashes]
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            if clashes:
                flash(" ".join([_("Iscrizione salvata, con un orario da guardare."), *clashes]), "warning")
            else:
                flash(_("Iscrizione salvata. Le presenze si contano dal primo giorno."), "success")
            return redirect(url_for(".new", workshop_id=workshop_id), 303)
    on = form.first_day.data or clock.today()
    page = render_template(
        "enrolments/new.html",
        workshop=workshop,
        enrolled=queries.enrolments.count_enrolled(workshop_id, on=on),
        on=on,
        candidates=queries.enrolments.list_candidates(
            actor, workshop, text=search.q.data or "", pupil_id=form.pupil_id or None, on=on
        ),
        search=search,
        form=form,
        unlisted=unlisted,
        referral_names=REFERRAL_STATE_NAMES,
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/enrolments/<int:enrolment_id>", methods=["GET", "POST"])
@access.requires(Permission.ENROLMENTS_MANAGE)
def edit(enrolment_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    enrolment = queries.enrolments.get(actor, enrolment_id)
    form = EnrolmentForm(
        first_day=enrolment.first_day,
        last_day=enrolment.last_day,
        outcome=enrolment.outcome.value if enrolment.outcome else "",
    )
    if form.validate_on_submit():
        assert form.first_day.data is not None
        try:
            with transaction(actor):
                services.enrolments.change(
                    enrolment,
                    first_day=form.first_day.data,
                    last_day=form.last_day.data,
                    outcome=form.chosen_outcome,
                )
                pupil_id = enrolment.pupil_id
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Iscrizione salvata."), "success")
            return redirect(url_for("pupils.card", pupil_id=pupil_id), 303)
    page = render_template("enrolments/edit.html", enrolment=enrolment, form=form)
    return page, 422 if form.is_submitted() else 200


def _first_day(workshop_begins: date) -> date:
    """Today, or the first day of a workshop that has not begun."""
    return max(clock.today(), workshop_begins)
