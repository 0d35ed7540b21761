"""The register of changes of the school: who changed what, when, old → new."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from schoolapp import queries
from schoolapp.blueprints.audit.forms import AuditForm
from schoolapp.domain.audit_words import ACTIONS, CORRECTED, OTHER_ACTION, SUBJECTS
from schoolapp.domain.permissions import Permission
from schoolapp.web import access

bp = Blueprint("audit", __name__)


@bp.get("/audit")
@access.requires(Permission.AUDIT_READ)
def index() -> ResponseReturnValue:
    actor = access.signed_in_user()
    form = AuditForm(queries.audit.authors(actor), formdata=request.args)
    form.validate()  # a day that does not exist is said at its field
    wanted = form.wanted(subject_id=request.args.get("id", type=int))
    page = queries.audit.list_events(actor, wanted, older_than=request.args.get("before", type=int))
    filters = {
        "author": wanted.author_id,
        "subject": wanted.subject,
        "id": wanted.subject_id,
        "first_day": wanted.first_day,
        "last_day": wanted.last_day,
        "corrections": "y" if wanted.only_corrections else None,
    }
    return (
        render_template(
            "audit/index.html",
            form=form,
            page=page,
            is_first="before" not in request.args,
            filters={name: value for name, value in filters.items() if value is not None},
            subjects=SUBJECTS,
            actions=ACTIONS,
            other_action=OTHER_ACTION,
            corrected=CORRECTED,
        ),
        422 if form.errors else 200,
    )
