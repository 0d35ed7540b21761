"""Schools: the administration's list of institutes, and each school's own plessi."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.institutes.forms import PapersForm, SchoolForm, SiteForm
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation

bp = Blueprint("institutes", __name__)


@bp.get("/institutes")
@access.requires(Permission.INSTITUTES_MANAGE)
def index() -> ResponseReturnValue:
    text = request.args.get("q", "")[:100].strip()
    found = queries.institutes.list_institutes(
        access.signed_in_user(), text=text, page=request.args.get("page", 1, type=int)
    )
    return render_template("institutes/index.html", found=found, text=text, today=clock.today())


@bp.route("/institutes/new", methods=["GET", "POST"])
@access.requires(Permission.INSTITUTES_REGISTER)
def new() -> ResponseReturnValue:
    form = SchoolForm()
    if form.validate_on_submit():
        try:
            with transaction(access.signed_in_user()):
                institute = services.institutes.create(form.facts())
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Scuola aggiunta."), "success")
            return redirect(url_for(".show", institute_id=institute.id), 303)
    return render_template("institutes/form.html", form=form, institute=None), 422 if form.errors else 200


@bp.get("/institutes/<int:institute_id>")
@access.requires(Permission.INSTITUTES_MANAGE)
def show(institute_id: int) -> ResponseReturnValue:
    institute = queries.institutes.get(access.signed_in_user(), institute_id)
    return render_template("institutes/show.html", institute=institute, today=clock.today())


@bp.route("/institutes/<int:institute_id>/edit", methods=["GET", "POST"])
@access.requires(Permission.INSTITUTES_REGISTER)
def edit(institute_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    institute = queries.institutes.get(actor, institute_id, Permission.INSTITUTES_REGISTER)
    form = SchoolForm(obj=institute)
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.institutes.change(institute_id, form.facts())
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Scuola cambiata."), "success")
            return redirect(url_for(".show", institute_id=institute_id), 303)
    return render_template("institutes/form.html", form=form, institute=institute), 422 if form.errors else 200


@bp.route("/institutes/<int:institute_id>/papers", methods=["GET", "POST"])
@access.requires(Permission.INSTITUTES_MANAGE)
def papers(institute_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    institute = queries.institutes.get(actor, institute_id)
    form = PapersForm(obj=institute)
    if form.validate_on_submit():
        with transaction(actor):
            services.institutes.set_papers(
                institute_id, address=form.address.data or "", printed_signature=form.printed_signature.data
            )
        flash(_("Documenti della scuola salvati."), "success")
        return redirect(url_for(".show", institute_id=institute_id), 303)
    return render_template("institutes/papers.html", form=form, institute=institute), 422 if form.errors else 200


@bp.route("/institutes/<int:institute_id>/sites/new", methods=["GET", "POST"])
@access.requires(Permission.INSTITUTES_MANAGE)
def new_site(institute_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    institute = queries.institutes.get(actor, institute_id)
    form = SiteForm()
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.institutes.create_site(institute_id, form.facts())
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Plesso aggiunto."), "success")
            return redirect(url_for(".show", institute_id=institute_id), 303)
    page = render_template("institutes/site_form.html", form=form, institute=institute, site=None)
    return page, 422 if form.errors else 200


@bp.route("/institutes/<int:institute_id>/sites/<int:site_id>/edit", methods=["GET", "POST"])
@access.requires(Permission.INSTITUTES_MANAGE)
def edit_site(institute_id: int, site_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    institute = queries.institutes.get(actor, institute_id)
    site = queries.institutes.site(actor, institute_id, site_id)
    form = SiteForm(obj=site)
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.institutes.change_site(institute_id, site_id, form.facts())
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Plesso cambiato."), "success")
            return redirect(url_for(".show", institute_id=institute_id), 303)
    page = render_template("institutes/site_form.html", form=form, institute=institute, site=site)
    return page, 422 if form.errors else 200
