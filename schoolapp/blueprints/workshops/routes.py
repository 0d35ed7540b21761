"""The list of workshops, one of them, and the form that opens and changes it."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from schoolapp import clock, queries, services
from schoolapp.blueprints.workshops.forms import WorkshopForm, values_of
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.workshops import (
    STATUSES_OPEN_TO_ENROLMENT,
    WORKSHOP_KIND_NAMES,
    WORKSHOP_STATUS_NAMES,
    WORKSHOP_TRANSITIONS,
    WorkshopKind,
    WorkshopStatus,
)
from schoolapp.queries.scope import WHOLE_SCHOOL
from schoolapp.queries.workshops import WorkshopFilters, YearChoice
from schoolapp.services.timetable import TimetableChange
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation
from schoolapp.web.wording import sentence_of, translate

bp = Blueprint("workshops", __name__)

MOST_WARNINGS_TOLD = 3


@bp.get("/workshops")
@access.requires(Permission.WORKSHOPS_READ)
def index() -> ResponseReturnValue:
    """The workshops of this school year, or what the filters ask for."""
    actor = access.signed_in_user()
    years = queries.workshops.school_years(actor)
    filters = _filters(years)
    found = queries.workshops.list_page(actor, filters, page=_number("page") or 1)
    return render_template(
        "workshops/index.html",
        found=found,
        filters=filters,
        years=years,
        sites=queries.workshops.sites(actor, Permission.WORKSHOPS_READ),
        kinds=[(kind.value, _(WORKSHOP_KIND_NAMES[kind])) for kind in WorkshopKind],
        statuses=[(status.value, _(WORKSHOP_STATUS_NAMES[status])) for status in WorkshopStatus],
        pupils=queries.workshop_pupils.count(actor) if not found.count and actor.may(Permission.PUPILS_READ) else 0,
    )


def _filters(years: list[YearChoice]) -> WorkshopFilters:
    """Only what is offered narrows the list; without a year it is the present one."""
    year = _number("year")
    present = next((choice.id for choice in years if choice.present), None)
    status, kind = request.args.get("status", ""), request.args.get("kind", "")
    return WorkshopFilters(
        school_year_id=year if year in {choice.id for choice in years} else present,
        site_id=_number("site"),
        status=WorkshopStatus(status) if status in set(WorkshopStatus) else None,
        kind=WorkshopKind(kind) if kind in set(WorkshopKind) else None,
    )


def _number(argument: str) -> int | None:
    text = request.args.get(argument, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@bp.get("/workshops/<int:workshop_id>")
@access.requires(Permission.WORKSHOPS_READ)
def show(workshop_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    card = queries.workshops.get(actor, workshop_id)
    return render_template(
        "workshops/show.html",
        workshop=card,
        pupils=queries.workshop_pupils.list_of(actor, workshop_id),
        next_lessons=queries.timetable.next_lessons(actor, workshop_id),
        today=clock.today(),
        manages=card.institute_id in actor.institutes_with(Permission.WORKSHOPS_MANAGE),
        enrols=card.status in STATUSES_OPEN_TO_ENROLMENT
        and card.institute_id in actor.institutes_with(Permission.ENROLMENTS_MANAGE),
        reads_cards=card.institute_id in actor.institutes_with(Permission.PUPILS_READ, *WHOLE_SCHOOL),
    )


@bp.route("/workshops/new", methods=["GET", "POST"])
@access.requires(Permission.WORKSHOPS_MANAGE)
def new() -> ResponseReturnValue:
    actor = access.signed_in_user()
    form = _form(actor)
    if "add_slot" in request.form:
        form.add_slot()
    elif form.validate_on_submit():
        try:
            with transaction(actor):
                workshop, change = services.workshops.create(actor, plan=form.plan())
                workshop_id = workshop.id
        except RuleViolation as violation:
            _refuse(form, violation)
        else:
            tell_change(_("Il laboratorio è aperto."), change)
            return redirect(url_for(".show", workshop_id=workshop_id), 303)
    return render_template("workshops/new.html", form=form), 422 if form.errors else 200


@bp.route("/workshops/<int:workshop_id>/edit", methods=["GET", "POST"])
@access.requires(Permission.WORKSHOPS_MANAGE)
def edit(workshop_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    card = queries.workshops.get(actor, workshop_id, Permission.WORKSHOPS_MANAGE)
    form = _form(actor, **values_of(card))
    if "add_slot" in request.form:
        form.add_slot()
    elif form.validate_on_submit():
        try:
            with transaction(actor):
                change = services.workshops.change(actor, workshop_id=workshop_id, plan=form.plan())
        except RuleViolation as violation:
            _refuse(form, violation)
        else:
            tell_change(_("Il laboratorio è cambiato."), change)
            return redirect(url_for(".show", workshop_id=workshop_id), 303)
    steps = [status for status in WorkshopStatus if status in WORKSHOP_TRANSITIONS[card.status]]
    page = render_template("workshops/edit.html", form=form, workshop=card, steps=steps)
    return page, 422 if form.errors else 200


@bp.post("/workshops/<int:workshop_id>/status")
@access.requires(Permission.WORKSHOPS_MANAGE)
def change_status(workshop_id: int) -> ResponseReturnValue:
    """Take the workshop a step along its way."""
    actor = access.signed_in_user()
    queries.workshops.get(actor, workshop_id, Permission.WORKSHOPS_MANAGE)
    status = request.form.get("status", "")
    if status not in set(WorkshopStatus):
        abort(400)
    try:
        with transaction(actor):
            change = services.workshops.change_status(workshop_id=workshop_id, status=WorkshopStatus(status))
    except RuleViolation as violation:
        flash(sentence_of(violation), "error")
        return redirect(url_for(".edit", workshop_id=workshop_id), 303)
    tell_change(_("Lo stato è cambiato."), change)
    return redirect(url_for(".show", workshop_id=workshop_id), 303)


def _form(actor: Actor, **values: Any) -> WorkshopForm:
    return WorkshopForm(
        sites=queries.workshops.sites(actor, Permission.WORKSHOPS_MANAGE),
        people=queries.facilitators.choices(actor),
        funding=queries.facilitators.funding_choices(actor),
        **values,
    )


def _refuse(form: WorkshopForm, violation: RuleViolation) -> None:
    """The rule counts the slots that were given; the form may hold empty ones between them."""
    if violation.field is not None and violation.field.startswith("slots-"):
        _list, number, field = violation.field.split("-")
        violation.field = f"slots-{form.given_slots()[int(number)][0]}-{field}"
    add_violation(form, violation)


def tell_change(done: str, change: TimetableChange) -> None:
    """What the page after it says: done, how many lessons, and what to look after."""
    words = [done]
    if change.made:
        words.append(
            ngettext("%(num)s lezione in più in calendario.", "%(num)s lezioni in più in calendario.", change.made)
        )
    if change.removed:
        words.append(ngettext("%(num)s lezione tolta.", "%(num)s lezioni tolte.", change.removed))
    flash(" ".join(words), "success")
    if change.warnings:
        told = [translate(warning) for warning in change.warnings[:MOST_WARNINGS_TOLD]]
        rest = len(change.warnings) - len(told)
        if rest:
            told.append(ngettext("E un altro caso.", "E altri %(num)s casi.", rest))
        flash(_("Controlla gli alunni.") + " " + " ".join(told), "warning")
