"""Projects and funding lines: who pays for the hours, with the codes for the documents."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import queries, services
from schoolapp.blueprints.projects.forms import EmblemForm, FundingLineForm, ProjectForm
from schoolapp.domain.emblems import MOST_EMBLEMS
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.projects import ProjectCard
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation

bp = Blueprint("projects", __name__)


@bp.get("/projects")
@access.requires(Permission.PROJECTS_MANAGE)
def index() -> ResponseReturnValue:
    return render_template("projects/index.html", projects=queries.projects.list_projects(access.signed_in_user()))


@bp.route("/projects/new", methods=["GET", "POST"])
@access.requires(Permission.PROJECTS_MANAGE)
def new() -> ResponseReturnValue:
    form = ProjectForm()
    if form.validate_on_submit():
        try:
            with transaction(access.signed_in_user()):
                project = services.projects.create(**_values(form))
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Progetto aggiunto. Adesso servono le sue linee di finanziamento."), "success")
            return redirect(url_for(".edit", project_id=project.id), 303)
    page = render_template("projects/form.html", form=form, project=None)
    return page, 422 if form.errors else 200


@bp.route("/projects/<int:project_id>", methods=["GET", "POST"])
@access.requires(Permission.PROJECTS_MANAGE)
def edit(project_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    project = queries.projects.get(actor, project_id)
    form = ProjectForm(obj=project)
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.projects.change(project_id, **_values(form))
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Progetto salvato."), "success")
            return redirect(url_for(".index"), 303)
    return page_of(project, form=form), 422 if form.errors else 200


@bp.post("/projects/<int:project_id>/lines")
@access.requires(Permission.PROJECTS_MANAGE)
def add_line(project_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    project = queries.projects.get(actor, project_id)
    line_form = FundingLineForm()
    if line_form.validate_on_submit():
        try:
            with transaction(actor):
                services.projects.add_line(project_id, name=line_form.name.data or "")
        except RuleViolation as violation:
            add_violation(line_form, violation)
        else:
            flash(_("Linea di finanziamento aggiunta."), "success")
            return redirect(url_for(".edit", project_id=project_id), 303)
    return page_of(project, line_form=line_form), 422


def page_of(
    project: ProjectCard,
    *,
    form: ProjectForm | None = None,
    line_form: FundingLineForm | None = None,
    emblem_form: EmblemForm | None = None,
) -> str:
    """The page of a project, with the form that was sent and the others as they are kept."""
    return render_template(
        "projects/form.html",
        project=project,
        form=form or ProjectForm(formdata=None, obj=project),
        line_form=line_form or FundingLineForm(formdata=None),
        emblem_form=emblem_form or EmblemForm(formdata=None),
        most_emblems=MOST_EMBLEMS,
    )


def _values(form: ProjectForm) -> dict[str, Any]:
    return {
        "title": form.title.data or "",
        "code": form.code.data or "",
        "cup": form.cup.data or "",
        "valid_from": form.valid_from.data,
        "valid_to": form.valid_to.data,
    }
