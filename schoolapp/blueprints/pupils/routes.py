"""The list of pupils, a pupil's card, and writing it down."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.pupils import filters
from schoolapp.blueprints.pupils.forms import PupilForm, pupil_values
from schoolapp.domain.assessment import MOMENT_NAMES
from schoolapp.domain.enrolment import ENROLMENT_OUTCOME_NAMES
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES
from schoolapp.domain.meeting_steps import MEETING_STATE_NAMES
from schoolapp.domain.meetings import MEETING_REASON_NAMES
from schoolapp.domain.nai import NAI_RULE_NAMES
from schoolapp.domain.permissions import Permission
from schoolapp.domain.pupil_matching import Person
from schoolapp.domain.pupils import PupilFacts
from schoolapp.domain.referral import REFERRAL_STATE_NAMES
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation
from schoolapp.web.wording import sentence_of

bp = Blueprint("pupils", __name__)

NAMES = {
    "level": LEVEL_NAMES,
    "meeting_reason": MEETING_REASON_NAMES,
    "meeting_state": MEETING_STATE_NAMES,
    "moment": MOMENT_NAMES,
    "nai": NAI_RULE_NAMES,
    "outcome": ENROLMENT_OUTCOME_NAMES,
    "referral": REFERRAL_STATE_NAMES,
    "skill": SKILL_NAMES,
}
"""What the card calls things."""


@bp.get("/pupils")
@access.requires(Permission.PUPILS_READ)
def index() -> ResponseReturnValue:
    actor = access.signed_in_user()
    classes = queries.school_classes.list_choices(actor, Permission.PUPILS_READ, on=clock.today())
    asked = filters.read(request.args.to_dict(), classes)
    page = queries.pupils.list_pupils(actor, asked.filters, page=request.args.get("page", 1, type=int))
    return render_template("pupils/index.html", asked=asked, page=page)


@bp.get("/pupils/<int:pupil_id>")
@access.requires(Permission.PUPILS_READ)
def card(pupil_id: int) -> ResponseReturnValue:
    """The one GET that writes: who opened a card leaves a trace, else no page."""
    actor = access.signed_in_user()
    today = clock.today()
    on, error = _day_asked(today)
    card = queries.pupil_cards.get(actor, pupil_id, on=on, today=today)
    page = render_template(
        "pupils/card.html",
        card=card,
        records_entry=card.lacks_entry
        and card.pupil.institute_id in actor.institutes_with(Permission.ASSESSMENTS_RECORD),
        meetings=queries.meeting_lists.list_of_pupil(actor, pupil_id),
        certificates=queries.certificates.list_of_pupil(actor, pupil_id),
        names=NAMES,
        day_error=error,
        day_typed=request.args.get("on", ""),
    )
    with transaction(actor, after_reading=True):
        services.pupils.note_reading(pupil_id=pupil_id, user_id=actor.user_id, at=clock.now())
    return page, 422 if error else 200


@bp.route("/pupils/new", methods=["GET", "POST"])
@access.requires(Permission.PUPILS_MANAGE)
def new() -> ResponseReturnValue:
    actor = access.signed_in_user()
    institutes = queries.school_classes.list_institutes(actor, Permission.PUPILS_MANAGE)
    classes = queries.school_classes.list_choices(actor, Permission.PUPILS_MANAGE, on=clock.today())
    form = PupilForm(classes, institutes)
    look_alikes: list[queries.look_alikes.LookAlike] = []
    if form.validate_on_submit():
        chosen = next((item.institute_id for item in classes if item.id == form.class_id.data), None)
        institute_id = chosen or (form.institute_id.data if "institute_id" in form else institutes[0].id)
        facts = form.facts()
        look_alikes = queries.look_alikes.find(institute_id=institute_id, person=_person(facts))
        found = {other.pupil_id for other in look_alikes}
        if found <= form.told_ids:
            try:
                with transaction(actor):
                    pupil = services.pupils.create(
                        institute_id=institute_id, facts=facts, class_id=form.class_id.data, today=clock.today()
                    )
            except RuleViolation as violation:
                add_violation(form, violation)
            else:
                flash(_("Scheda creata. Ora puoi iscrivere l’alunno a un laboratorio."), "success")
                return redirect(url_for(".card", pupil_id=pupil.id), 303)
        form.told.data = ",".join(str(number) for number in sorted(found))
    page = render_template("pupils/form.html", form=form, pupil=None, look_alikes=look_alikes)
    return page, 422 if form.is_submitted() else 200


@bp.route("/pupils/<int:pupil_id>/edit", methods=["GET", "POST"])
@access.requires(Permission.PUPILS_MANAGE)
def edit(pupil_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    today = clock.today()
    pupil = queries.pupils.get(actor, pupil_id, Permission.PUPILS_MANAGE)
    now = queries.pupil_classes.class_on(pupil.id, today)
    classes = queries.school_classes.list_choices(actor, Permission.PUPILS_MANAGE, on=today)
    offered = [item for item in classes if item.institute_id == pupil.institute_id]
    form = PupilForm(
        queries.school_classes.with_current(offered, now, pupil.institute_id),
        [],
        data=pupil_values(queries.pupil_cards.facts_of(pupil), now.id if now else None),
    )
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.pupils.update(pupil, facts=form.facts(), class_id=form.class_id.data, today=today)
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Scheda salvata."), "success")
            return redirect(url_for(".card", pupil_id=pupil_id), 303)
    page = render_template("pupils/form.html", form=form, pupil=pupil, look_alikes=[])
    return page, 422 if form.is_submitted() else 200


@bp.post("/pupils/<int:pupil_id>/archive")
@access.requires(Permission.PUPILS_MANAGE)
def archive(pupil_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    pupil = queries.pupils.get(actor, pupil_id, Permission.PUPILS_MANAGE)
    try:
        with transaction(actor):
            services.pupils.archive(pupil, at=clock.now())
    except RuleViolation as violation:
        flash(sentence_of(violation), "warning")
    else:
        flash(_("Scheda in archivio. Nei registri l’alunno resta com’era."), "success")
    return redirect(url_for(".card", pupil_id=pupil_id), 303)


@bp.post("/pupils/<int:pupil_id>/unarchive")
@access.requires(Permission.PUPILS_MANAGE)
def unarchive(pupil_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    pupil = queries.pupils.get(actor, pupil_id, Permission.PUPILS_MANAGE)
    with transaction(actor):
        services.pupils.unarchive(pupil)
    flash(_("Scheda di nuovo tra gli alunni."), "success")
    return redirect(url_for(".card", pupil_id=pupil_id), 303)


def _day_asked(today: date) -> tuple[date, str]:
    """The day in the address, today where there is none; and the sentence where it is no day."""
    typed = request.args.get("on", "").strip()
    if not typed:
        return today, ""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return today, _("Questo giorno non esiste. Scrivilo come anno-mese-giorno, per esempio 2026-11-23.")
    return day, ""


def _person(facts: PupilFacts) -> Person:
    return Person(facts.last_name, facts.first_name, facts.birth_date, facts.sex)
