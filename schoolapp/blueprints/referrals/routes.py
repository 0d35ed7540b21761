"""Referrals: made from a pupil's card, decided from the waiting list; and pupils who turned up unlisted."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.referrals.forms import AssignForm, DecisionForm, ReferralForm
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.referral import (
    REFERRAL_ACTION_NAMES,
    REFERRAL_STATE_NAMES,
    ReferralAction,
    actions_open_to,
)
from schoolapp.domain.roles import Role
from schoolapp.domain.wording import N_
from schoolapp.domain.workshops import WORKSHOP_KIND_NAMES
from schoolapp.queries.referrals import ReferralLine
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation
from schoolapp.web.wording import sentence_of

bp = Blueprint("referrals", __name__)

NAMES = {"action": REFERRAL_ACTION_NAMES, "kind": WORKSHOP_KIND_NAMES, "state": REFERRAL_STATE_NAMES}
"""What the pages call things."""


@bp.get("/referrals")
@access.requires(Permission.PUPILS_READ)
def index() -> ResponseReturnValue:
    actor = access.signed_in_user()
    decided = request.args.get("show") == "decided"
    return render_template(
        "referrals/index.html",
        referrals=queries.referrals.list_referrals(actor, decided=decided, page=request.args.get("page", 1, type=int)),
        decided=decided,
        unlisted=[] if decided else queries.referrals.list_unlisted(actor),
        decides=actor.may(Permission.ENROLMENTS_MANAGE),
        names=NAMES,
    )


@bp.route("/pupils/<int:pupil_id>/referrals/new", methods=["GET", "POST"])
@access.requires(Permission.REFERRALS_MAKE)
def new(pupil_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    pupil = queries.pupils.get(actor, pupil_id, Permission.REFERRALS_MAKE)
    form = ReferralForm()
    if form.validate_on_submit():
        kind = form.chosen_kind
        try:
            if kind is None:
                raise RuleViolation(N_("Scegli il tipo di laboratorio."), field="wanted_kind")
            with transaction(actor):
                services.referrals.refer(
                    pupil, by_id=actor.user_id, wanted_kind=kind, note=form.note.data or "", at=clock.now()
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Segnalazione inviata. Qui vedi a che punto è."), "success")
            return redirect(url_for(".index"), 303)
    page = render_template(
        "referrals/new.html",
        form=form,
        pupil=pupil,
        school_class=queries.pupil_classes.class_on(pupil.id, clock.today()),
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/referrals/<int:referral_id>")
@access.requires(Permission.PUPILS_READ)
def page(referral_id: int) -> ResponseReturnValue:
    return _draw(access.signed_in_user(), referral_id, DecisionForm(formdata=None))


@bp.post("/referrals/<int:referral_id>/decision")
@access.requires(Permission.REFERRALS_MAKE)
def decide(referral_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    referral = queries.referrals.get(actor, referral_id)
    roles = _roles(actor, referral.institute_id)
    form = DecisionForm()
    if form.validate_on_submit():
        action = form.chosen_action
        try:
            if action is None:
                raise RuleViolation(N_("Scegli che cosa fare con la segnalazione."))
            with transaction(actor):
                services.referrals.act(
                    referral,
                    action=action,
                    roles=roles,
                    why=form.why.data or "",
                    by_id=actor.user_id,
                    at=clock.now(),
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Segnalazione aggiornata."), "success")
            return redirect(url_for(".page", referral_id=referral_id), 303)
    return _draw(actor, referral_id, form), 422


@bp.get("/referrals/<int:referral_id>/assign")
@access.requires(Permission.ENROLMENTS_MANAGE)
def assign(referral_id: int) -> ResponseReturnValue:
    """On to the page of enrolment, where the referral is settled with it."""
    actor = access.signed_in_user()
    line = queries.referrals.get_line(actor, referral_id)
    chosen = request.args.get("workshop", type=int)
    if chosen is None:
        return redirect(url_for(".page", referral_id=referral_id), 303)
    workshop = queries.enrolments.workshop(actor, chosen)
    return redirect(url_for("enrolments.new", workshop_id=workshop.id, pupil=line.pupil_id), 303)


@bp.post("/referrals/unlisted/<int:unlisted_id>/dismiss")
@access.requires(Permission.ENROLMENTS_MANAGE)
def dismiss_unlisted(unlisted_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    unlisted = queries.referrals.get_unlisted(actor, unlisted_id)
    try:
        with transaction(actor):
            services.enrolments.dismiss(unlisted)
    except RuleViolation as violation:
        flash(sentence_of(violation), "warning")
    else:
        flash(_("Proposta chiusa senza iscrizione."), "success")
    return redirect(url_for(".index"), 303)


def _roles(actor: Actor, institute_id: int) -> frozenset[Role]:
    """The roles held at the institute of the referral: those of another school decide nothing here."""
    return frozenset(
        grant.role for grant in actor.grants_with(Permission.REFERRALS_MAKE) if grant.institute_id == institute_id
    )


def _draw(actor: Actor, referral_id: int, form: DecisionForm) -> str:
    line = queries.referrals.get_line(actor, referral_id)
    actions = actions_open_to(line.state, _roles(actor, line.institute_id)) if _may_act(actor, line) else ()
    workshops = (
        queries.enrolments.list_open_workshops(
            actor, institute_id=line.institute_id, kind=line.wanted_kind, on=clock.today()
        )
        if ReferralAction.ASSIGN in actions
        else []
    )
    return render_template(
        "referrals/page.html",
        referral=line,
        actions=[action for action in actions if action is not ReferralAction.ASSIGN],
        may_assign=ReferralAction.ASSIGN in actions,
        assign=AssignForm(workshops) if workshops else None,
        form=form,
        names=NAMES,
    )


def _may_act(actor: Actor, line: ReferralLine) -> bool:
    whole = actor.institutes_with(Permission.REFERRALS_MAKE, Role.COORDINATOR)
    return line.institute_id in whole or line.referred_by_id == actor.user_id
