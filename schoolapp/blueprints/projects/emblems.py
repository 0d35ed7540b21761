"""The emblems of a project: added, looked at, taken away."""

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import queries, services
from schoolapp.blueprints.projects.forms import EmblemForm
from schoolapp.blueprints.projects.routes import bp, page_of
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation


@bp.post("/projects/<int:project_id>/emblems")
@access.requires(Permission.PROJECTS_MANAGE)
def add_emblem(project_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    project = queries.projects.get(actor, project_id)
    form = EmblemForm()
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.emblems.add(project_id, name=form.emblem_name.data or "", content=form.picture.data.read())
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Emblema aggiunto: sarà sui documenti del progetto."), "success")
            return redirect(url_for(".edit", project_id=project_id), 303)
    return page_of(project, emblem_form=form), 422


@bp.get("/projects/<int:project_id>/emblems/<int:emblem_id>/picture")
@access.requires(Permission.PROJECTS_MANAGE)
def emblem_picture(project_id: int, emblem_id: int) -> ResponseReturnValue:
    """The picture as we wrote it: nothing of the file that was sent."""
    emblem = queries.emblems.get(access.signed_in_user(), project_id, emblem_id)
    return Response(emblem.png, mimetype="image/png")


@bp.post("/projects/<int:project_id>/emblems/<int:emblem_id>/remove")
@access.requires(Permission.PROJECTS_MANAGE)
def remove_emblem(project_id: int, emblem_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    queries.projects.get(actor, project_id)
    with transaction(actor):
        emblem = services.emblems.remove(project_id, emblem_id=emblem_id)
        flash(_("Emblema tolto: %(name)s.", name=emblem.name), "success")
    return redirect(url_for(".edit", project_id=project_id), 303)
