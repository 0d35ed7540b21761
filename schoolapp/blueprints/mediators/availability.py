"""When a mediator can come: weekly times and days away, written by who coordinates or by the mediator."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from schoolapp import clock, queries, services
from schoolapp.blueprints.mediators.forms import AwayForm, WeekForm, week_of
from schoolapp.blueprints.mediators.routes import bp, draw_card
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.mediators import week_mark
from schoolapp.domain.meetings import LANGUAGE_LEVEL_NAMES
from schoolapp.domain.permissions import Permission
from schoolapp.queries.mediators import MANAGE, OWN
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation


@bp.get("/mediators/own")
@access.requires(Permission.MEETINGS_ANSWER)
def own() -> ResponseReturnValue:
    """The mediator's own availability."""
    return _draw_own(AwayForm(formdata=None))


@bp.route("/mediators/<int:person_id>/week", methods=["GET", "POST"])
@access.requires(Permission.MEDIATORS_MANAGE, Permission.MEETINGS_ANSWER)
def week(person_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    today = clock.today()
    mediator = queries.mediators.current(actor, person_id, MANAGE, OWN)
    form = WeekForm(data=week_of(mediator, today))
    if "add_slot" in request.form:
        form.add_slot()
    elif form.validate_on_submit():
        try:
            with transaction(actor):
                services.mediators.set_week(actor, person_id, times=form.times(), on=today, read=form.read.data)
        except RuleViolation as violation:
            form.refuse(violation)
            form.read.data = week_mark(mediator.weekly)  # what changed meanwhile has been said
        else:
            flash(_("Orari salvati."), "success")
            return _back(person_id)
    page = render_template("mediators/week.html", mediator=mediator, form=form, is_own=_is_own(person_id))
    return page, 422 if form.errors else 200


@bp.post("/mediators/<int:person_id>/away")
@access.requires(Permission.MEDIATORS_MANAGE, Permission.MEETINGS_ANSWER)
def add_days_away(person_id: int) -> ResponseReturnValue:
    """The days are kept; meetings that stand on them are said, and stay."""
    actor = access.signed_in_user()
    queries.mediators.current(actor, person_id, MANAGE, OWN)
    form = AwayForm()
    if form.validate_on_submit():
        first_day = form.first_day.data or clock.today()
        last_day = form.last_day.data or first_day
        try:
            with transaction(actor):
                services.mediators.add_days_away(
                    actor, person_id, first_day=first_day, last_day=last_day, on=clock.today()
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            hit = queries.mediators.on_days(actor, person_id, first_day, last_day)
            if hit:
                sentence = ngettext(
                    "Assenza segnata. In quei giorni c’è 1 colloquio, che non è annullato: lo trovi qui sotto.",
                    "Assenza segnata. In quei giorni ci sono %(num)s colloqui, che non sono annullati:"
                    " li trovi qui sotto.",
                    hit,
                )
                flash(sentence, "warning")
            else:
                flash(_("Assenza segnata."), "success")
            return _back(person_id)
    return (_draw_own(form) if _is_own(person_id) else draw_card(person_id, form)), 422


@bp.post("/mediators/<int:person_id>/away/<int:away_id>/remove")
@access.requires(Permission.MEDIATORS_MANAGE, Permission.MEETINGS_ANSWER)
def remove_days_away(person_id: int, away_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    queries.mediators.current(actor, person_id, MANAGE, OWN)
    with transaction(actor):
        services.mediators.remove_days_away(actor, person_id, away_id, on=clock.today())
    flash(_("Assenza tolta."), "success")
    return _back(person_id)


def _is_own(person_id: int) -> bool:
    """A mediator goes back to the own page, also one who coordinates the cooperative."""
    actor = access.signed_in_user()
    return person_id == actor.user_id and actor.may(Permission.MEETINGS_ANSWER)


def _back(person_id: int) -> Response:
    address = url_for(".own") if _is_own(person_id) else url_for(".card", person_id=person_id)
    return redirect(address, 303)


def _draw_own(form: AwayForm) -> str:
    actor = access.signed_in_user()
    return render_template(
        "mediators/own.html",
        mediator=queries.mediators.card(actor, actor.user_id, OWN),
        form=form,
        levels=LANGUAGE_LEVEL_NAMES,
        today=clock.today(),
    )
