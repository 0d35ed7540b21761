"""One lesson: moved, cancelled, brought back, recovered."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import queries, services
from schoolapp.blueprints.workshops.forms import CancelForm, LessonForm, values_of_lesson
from schoolapp.blueprints.workshops.routes import bp
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.permissions import Permission
from schoolapp.domain.wording import Sentence
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation
from schoolapp.web.wording import sentence_of, translate


def tell_lesson(done: str, warnings: Sequence[Sentence]) -> None:
    """What the page after it says, and what to look after."""
    flash(done, "success")
    if warnings:
        flash(_("Controlla gli alunni.") + " " + " ".join(translate(warning) for warning in warnings), "warning")


@bp.route("/workshops/<int:workshop_id>/lessons/<int:lesson_id>/move", methods=["GET", "POST"])
@access.requires(Permission.WORKSHOPS_MANAGE)
def move(workshop_id: int, lesson_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    card = queries.workshops.get(actor, workshop_id, Permission.WORKSHOPS_MANAGE)
    lesson = queries.timetable.lesson(actor, workshop_id, lesson_id)
    people = queries.facilitators.at_site_of(actor, card.institute_id)
    form = LessonForm(people=people, asks_reason=True, **values_of_lesson(lesson))
    if form.validate_on_submit():
        try:
            with transaction(actor):
                warnings = services.lessons.move(
                    workshop_id=workshop_id, lesson_id=lesson_id, reason=form.reason.data or "", **form.times
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            tell_lesson(_("La lezione è cambiata."), warnings)
            return redirect(url_for(".lessons", workshop_id=workshop_id), 303)
    page = render_template("workshops/move_lesson.html", workshop=card, lesson=lesson, form=form)
    return page, 422 if form.errors else 200


@bp.route("/workshops/<int:workshop_id>/lessons/<int:lesson_id>/cancel", methods=["GET", "POST"])
@access.requires(Permission.WORKSHOPS_MANAGE)
def cancel(workshop_id: int, lesson_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    card = queries.workshops.get(actor, workshop_id, Permission.WORKSHOPS_MANAGE)
    lesson = queries.timetable.lesson(actor, workshop_id, lesson_id)
    form = CancelForm()
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.lessons.cancel(
                    workshop_id=workshop_id,
                    lesson_id=lesson_id,
                    by=CancelledBy(form.by.data),
                    reason=form.reason.data or "",
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("La lezione è annullata. Le sue ore sono di nuovo senza data."), "success")
            return redirect(url_for(".lessons", workshop_id=workshop_id), 303)
    page = render_template("workshops/cancel_lesson.html", workshop=card, lesson=lesson, form=form)
    return page, 422 if form.errors else 200


@bp.post("/workshops/<int:workshop_id>/lessons/<int:lesson_id>/restore")
@access.requires(Permission.WORKSHOPS_MANAGE)
def restore(workshop_id: int, lesson_id: int) -> ResponseReturnValue:
    """Bring a cancelled lesson back."""
    actor = access.signed_in_user()
    queries.timetable.lesson(actor, workshop_id, lesson_id)
    try:
        with transaction(actor):
            services.lessons.restore(workshop_id=workshop_id, lesson_id=lesson_id)
    except RuleViolation as violation:
        flash(sentence_of(violation), "error")
    else:
        flash(_("La lezione è di nuovo in calendario."), "success")
    return redirect(url_for(".lessons", workshop_id=workshop_id), 303)


@bp.route("/workshops/<int:workshop_id>/lessons/<int:lesson_id>/recover", methods=["GET", "POST"])
@access.requires(Permission.WORKSHOPS_MANAGE)
def recover(workshop_id: int, lesson_id: int) -> ResponseReturnValue:
    """A new lesson that stands in for a cancelled one."""
    actor = access.signed_in_user()
    card = queries.workshops.get(actor, workshop_id, Permission.WORKSHOPS_MANAGE)
    lesson = queries.timetable.lesson(actor, workshop_id, lesson_id)
    values = values_of_lesson(lesson) | {"day": None}
    form = LessonForm(people=queries.facilitators.at_site_of(actor, card.institute_id), **values)
    if form.validate_on_submit():
        try:
            with transaction(actor):
                _made, warnings = services.lessons.recover(workshop_id=workshop_id, lesson_id=lesson_id, **form.times)
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            tell_lesson(_("Il recupero è in calendario."), warnings)
            return redirect(url_for(".lessons", workshop_id=workshop_id), 303)
    page = render_template("workshops/recover_lesson.html", workshop=card, lesson=lesson, form=form)
    return page, 422 if form.errors else 200
