"""Hour budgets: read by schools and services, granted and raised by the Ambito; and the Ambito's services."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.budgets.forms import ChangeForm, GrantForm, ServiceForm
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meetings import MEETING_CONTEXT_NAMES, MeetingContext
from schoolapp.domain.permissions import Permission
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation

bp = Blueprint("budgets", __name__)


@bp.get("/budgets")
@access.requires(Permission.BUDGETS_READ)
def index() -> ResponseReturnValue:
    actor = access.signed_in_user()
    grants = actor.may(Permission.BUDGETS_MANAGE)
    return render_template(
        "budgets/index.html",
        budgets=queries.budgets.list_budgets(actor, on=clock.today()),
        services=queries.budgets.list_services(actor) if grants else [],
        contexts=MEETING_CONTEXT_NAMES,
    )


@bp.get("/budgets/<int:budget_id>")
@access.requires(Permission.BUDGETS_READ)
def page(budget_id: int) -> ResponseReturnValue:
    card = queries.budgets.card(access.signed_in_user(), budget_id)
    return render_template("budgets/page.html", budget=card.line, changes=card.changes, form=ChangeForm(formdata=None))


@bp.post("/budgets/<int:budget_id>/changes")
@access.requires(Permission.BUDGETS_MANAGE)
def change(budget_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    card = queries.budgets.card(actor, budget_id)
    form = ChangeForm()
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.budgets.change(
                    actor, budget_id, minutes=form.signed_minutes, reason=form.reason.data or "", at=clock.now()
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Monte ore aggiornato."), "success")
            return redirect(url_for(".page", budget_id=budget_id), 303)
    return render_template("budgets/page.html", budget=card.line, changes=card.changes, form=form), 422


@bp.post("/budgets/<int:budget_id>/approval")
@access.requires(Permission.BUDGETS_MANAGE)
def ask_each(budget_id: int) -> ResponseReturnValue:
    """The other of the two ways: each request approved by the Ambito, or the budget alone."""
    actor = access.signed_in_user()
    card = queries.budgets.card(actor, budget_id)
    with transaction(actor):
        services.budgets.ask_each(actor, budget_id, needs_grant=not card.line.needs_grant)
    flash(_("Modo di approvare cambiato."), "success")
    return redirect(url_for(".page", budget_id=budget_id), 303)


@bp.route("/budgets/new", methods=["GET", "POST"])
@access.requires(Permission.BUDGETS_MANAGE)
def new() -> ResponseReturnValue:
    actor = access.signed_in_user()
    institutes, own_services = queries.budgets.owners(actor)
    form = GrantForm(
        institutes=institutes,
        services=own_services,
        lines=queries.budgets.funding_lines(actor),
        years=queries.budgets.years(clock.today()),
    )
    if form.validate_on_submit():
        try:
            with transaction(actor):
                budget = services.budgets.grant(
                    actor,
                    **form.chosen_owner,
                    funding_line_id=int(form.funding_line_id.data),
                    school_year_id=int(form.school_year_id.data),
                    minutes=form.minutes.data or 0,
                    needs_grant=form.needs_grant.data,
                    at=clock.now(),
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Monte ore assegnato."), "success")
            return redirect(url_for(".page", budget_id=budget.id), 303)
    return render_template("budgets/new.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/budgets/services/new", methods=["GET", "POST"])
@access.requires(Permission.BUDGETS_MANAGE)
def new_service() -> ResponseReturnValue:
    actor = access.signed_in_user()
    form = ServiceForm(ambiti=queries.budgets.ambiti(actor))
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.budgets.open_service(
                    actor,
                    ambito_id=form.chosen_ambito_id,
                    name=form.name.data or "",
                    context=MeetingContext(form.context.data),
                    place=form.place.data or "",
                    on=clock.today(),
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Servizio aggiunto. Ora puoi assegnargli un monte ore."), "success")
            return redirect(url_for(".index"), 303)
    return render_template("budgets/service.html", form=form), 422 if form.is_submitted() else 200
