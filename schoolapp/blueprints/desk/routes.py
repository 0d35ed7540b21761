"""The information desk: its sessions, and writing one down."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.desk.forms import LANGUAGES, SessionForm
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation

bp = Blueprint("desk", __name__)


@bp.route("/desks/<int:service_id>", methods=["GET", "POST"])
@access.requires(Permission.MEETINGS_COUNT)
def sessions(service_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    desk = queries.desk.get(actor, service_id)
    today = clock.today()
    form = SessionForm(mediators=queries.desk.mediators(desk, on=today), data={"day": today})
    if form.validate_on_submit():
        try:
            session = form.session()
            with transaction(actor):
                services.desk.record(actor, service_id, session=session, at=clock.now())
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Sportello scritto. Le ore sono nel monte ore."), "success")
            return redirect(url_for(".sessions", service_id=service_id), 303)
    page = render_template(
        "desk/sessions.html",
        desk=desk,
        found=queries.desk.sessions(desk, on=today, page=request.args.get("page", 1, type=int)),
        form=form,
        numbers=range(1, LANGUAGES + 1),
    )
    return page, 422 if form.is_submitted() else 200
