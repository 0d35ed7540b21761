"""All lessons of a workshop, and those that are added to it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.workshops.forms import LessonForm
from schoolapp.blueprints.workshops.lessons import tell_lesson
from schoolapp.blueprints.workshops.routes import bp, tell_change
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation
from schoolapp.web.wording import sentence_of

MOST_LESSONS = 40
"""In one table; more are parted by month."""


@bp.get("/workshops/<int:workshop_id>/lessons")
@access.requires(Permission.WORKSHOPS_READ)
def lessons(workshop_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    card = queries.workshops.get(actor, workshop_id)
    return render_template(
        "workshops/lessons.html",
        most_lessons=MOST_LESSONS,
        workshop=card,
        lessons=queries.timetable.lessons(actor, workshop_id),
        today=clock.today(),
        manages=card.institute_id in actor.institutes_with(Permission.WORKSHOPS_MANAGE),
        reads_all=actor.may(Permission.LESSONS_COUNTERSIGN),
        person=actor.user_id,
    )


@bp.route("/workshops/<int:workshop_id>/lessons/new", methods=["GET", "POST"])
@access.requires(Permission.WORKSHOPS_MANAGE)
def new_lesson(workshop_id: int) -> ResponseReturnValue:
    """What the timetable still gives, to add at once; and one lesson outside it."""
    actor = access.signed_in_user()
    card = queries.workshops.get(actor, workshop_id, Permission.WORKSHOPS_MANAGE)
    usual = next((person.user_id for person in card.facilitators if person.valid_to is None), None)
    form = LessonForm(
        people=queries.facilitators.at_site_of(actor, card.institute_id), place=card.place, facilitator_id=usual
    )
    if form.validate_on_submit():
        try:
            with transaction(actor):
                _lesson, warnings = services.lessons.add(workshop_id=workshop_id, **form.times)
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            tell_lesson(_("Lezione aggiunta."), warnings)
            return redirect(url_for(".lessons", workshop_id=workshop_id), 303)
    page = render_template(
        "workshops/new_lesson.html",
        workshop=card,
        form=form,
        proposed=services.timetable.still_to_make(workshop_id),
    )
    return page, 422 if form.errors else 200


@bp.post("/workshops/<int:workshop_id>/lessons/fill")
@access.requires(Permission.WORKSHOPS_MANAGE)
def fill(workshop_id: int) -> ResponseReturnValue:
    """Add the lessons that the timetable still gives."""
    actor = access.signed_in_user()
    queries.workshops.get(actor, workshop_id, Permission.WORKSHOPS_MANAGE)
    try:
        with transaction(actor):
            change = services.workshops.fill(workshop_id=workshop_id)
    except RuleViolation as violation:
        flash(sentence_of(violation), "error")
        return redirect(url_for(".new_lesson", workshop_id=workshop_id), 303)
    tell_change(_("Il calendario è aggiornato."), change)
    return redirect(url_for(".show", workshop_id=workshop_id), 303)
