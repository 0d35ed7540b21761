"""The days on which the own school is closed, beside those of the region."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from schoolapp import clock, queries, services
from schoolapp.blueprints.workshops.forms import ClosureForm
from schoolapp.blueprints.workshops.routes import bp
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.school_year import SchoolYear
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation


@bp.route("/workshops/closures", methods=["GET", "POST"])
@access.requires(Permission.WORKSHOPS_MANAGE)
def closures() -> ResponseReturnValue:
    """The closures from today's school year on, and the form for one more."""
    actor = access.signed_in_user()
    institutes = queries.closures.institutes(actor)
    form = ClosureForm(institutes=institutes)
    if form.validate_on_submit():
        if form.institute_id.data not in dict(institutes):
            abort(404)
        assert form.first_day.data is not None
        try:
            with transaction(actor):
                _closure, cancelled = services.closures.add(
                    institute_id=form.institute_id.data,
                    first_day=form.first_day.data,
                    last_day=form.last_day.data,
                    name=form.name.data or "",
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Chiusura aggiunta.") + " " + _cancelled(cancelled), "success")
            return redirect(url_for(".closures"), 303)
    page = render_template(
        "workshops/closures.html",
        form=form,
        names=dict(institutes),
        closures=queries.closures.list_from(actor, SchoolYear.of(clock.today()).first_day),
        today=clock.today(),
    )
    return page, 422 if form.errors else 200


def _cancelled(count: int) -> str:
    if not count:
        return str(_("Nessuna lezione era in quei giorni."))
    return str(ngettext("%(num)s lezione annullata.", "%(num)s lezioni annullate.", count))


@bp.post("/workshops/closures/<int:closure_id>/remove")
@access.requires(Permission.WORKSHOPS_MANAGE)
def remove_closure(closure_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    queries.closures.get(actor, closure_id)
    with transaction(actor):
        back = services.closures.remove(closure_id=closure_id)
    words = [_("Chiusura tolta.")]
    if back.restored:
        words.append(
            ngettext(
                "%(num)s lezione di nuovo in calendario.", "%(num)s lezioni di nuovo in calendario.", back.restored
            )
        )
    if back.left_cancelled:
        words.append(
            ngettext(
                "%(num)s lezione resta annullata: il suo orario è occupato.",
                "%(num)s lezioni restano annullate: il loro orario è occupato.",
                back.left_cancelled,
            )
        )
    flash(" ".join(words), "success")
    return redirect(url_for(".closures"), 303)
