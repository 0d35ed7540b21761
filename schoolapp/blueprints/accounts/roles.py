"""Roles of a person: given in a place, from one day to another."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.accounts.forms import EndForm, RoleForm
from schoolapp.blueprints.accounts.routes import bp
from schoolapp.domain.accounts import Place
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import ROLE_NAMES, ROLE_SCOPE, Role, ScopeKind
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation


@bp.route("/accounts/<int:user_id>/roles/new", methods=["GET", "POST"])
@access.requires(Permission.ACCOUNTS_MANAGE)
def give_role(user_id: int) -> ResponseReturnValue:
    """First the role and some letters of the place, in the address; then the place and the days."""
    actor = access.signed_in_user()
    account = queries.accounts.get(actor, user_id)
    role = Role(request.args["role"]) if request.args.get("role") in set(Role) else None
    text = request.args.get("place", "")[:100].strip()
    places: tuple[Place, ...] | None = None
    form = None
    if role is not None:
        if ROLE_SCOPE[role] is not ScopeKind.EVERYWHERE:
            places = queries.accounts.places(actor, ROLE_SCOPE[role], text)
        form = RoleForm(places, clock.today())
        if form.validate_on_submit():
            try:
                with transaction(actor):
                    services.accounts.grant_by(
                        actor,
                        user_id,
                        role=role,
                        place_id=form.chosen_place,
                        valid_from=form.valid_from.data or clock.today(),
                        valid_to=form.valid_to.data,
                    )
            except RuleViolation as violation:
                add_violation(form, violation)
            else:
                flash(_("Ruolo dato: %(role)s.", role=_(ROLE_NAMES[role])), "success")
                return redirect(url_for(".show", user_id=user_id), 303)
    refused = request.method == "POST" and (form is None or form.errors)
    return (
        render_template(
            "accounts/give_role.html",
            account=account,
            roles=ROLE_NAMES,
            role=role,
            text=text,
            places=places,
            places_limit=queries.accounts.PLACES,
            form=form,
        ),
        422 if refused else 200,
    )


@bp.route("/accounts/<int:user_id>/roles/<int:membership_id>/end", methods=["GET", "POST"])
@access.requires(Permission.ACCOUNTS_MANAGE)
def end_role(user_id: int, membership_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    account = queries.accounts.get(actor, user_id)
    held = queries.accounts.held_role(account, membership_id)
    form = EndForm(data={"last_day": clock.today()})
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.accounts.end_membership(
                    actor, user_id, membership_id, last_day=form.last_day.data or clock.today()
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Il ruolo ha una fine."), "success")
            return redirect(url_for(".show", user_id=user_id), 303)
    page = render_template("accounts/end_role.html", account=account, held=held, form=form, role_names=ROLE_NAMES)
    return page, 422 if form.errors else 200
