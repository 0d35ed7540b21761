"""The board of the cooperative's coordinator, and who can go to a meeting."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.board.forms import ProposalForm
from schoolapp.domain.board import Column
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.matching import CRITERION_NAMES, Criterion
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meetings import MEETING_MODE_NAMES, MEETING_REASON_NAMES
from schoolapp.domain.permissions import Permission
from schoolapp.domain.wording import N_
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.wording import sentence_of

bp = Blueprint("board", __name__)

COLUMN_NAMES = {
    Column.TO_MATCH: N_("Da abbinare"),
    Column.WAITING: N_("In attesa di risposta"),
    Column.CONFIRMED: N_("Confermati"),
    Column.TO_REPORT: N_("Da rendicontare"),
}

CARDS_SHOWN = 6
"""Of a column; the others are one tap away."""

PEOPLE_SHOWN = 3
"""Side by side; the others are one tap away."""

WITHIN = (7, 14, 30)
"""Days ahead that the board may be narrowed to."""


@bp.get("/board")
@access.requires(Permission.MEETINGS_MATCH)
def index() -> ResponseReturnValue:
    within = request.args.get("within", type=int)
    language, zone = request.args.get("language", ""), request.args.get("zone", "")
    within = within if within in WITHIN else None
    board = queries.board.of_provider(access.signed_in_user(), language=language, zone=zone, within=within)
    return render_template(
        "board/index.html",
        board=board,
        cards_shown=CARDS_SHOWN,
        chosen={"language": language, "zone": zone, "within": within},
        column_names=COLUMN_NAMES,
        reasons=MEETING_REASON_NAMES,
        within=WITHIN,
    )


@bp.get("/board/<int:request_id>")
@access.requires(Permission.MEETINGS_MATCH)
def choose(request_id: int) -> ResponseReturnValue:
    return _draw(request_id, ProposalForm(formdata=None))


@bp.post("/board/<int:request_id>/propose")
@access.requires(Permission.MEETINGS_MATCH)
def propose(request_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    form = ProposalForm()
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.proposals.propose(
                    actor,
                    request_id,
                    mediator_id=form.number("mediator_id"),
                    slot=form.number("slot"),
                    version=form.number("version"),
                    at=clock.now(),
                )
        except RuleViolation as violation:
            form.form_errors = [sentence_of(violation)]  # the fields stand once for each mediator
        else:
            flash(_("Proposta inviata. Il mediatore riceve un messaggio e risponde con un collegamento."), "success")
            return redirect(url_for(".index"), 303)
    return _draw(request_id, form), 422


def _draw(request_id: int, form: ProposalForm) -> str:
    choice = queries.matching.of_request(access.signed_in_user(), request_id)
    return render_template(
        "board/choose.html",
        choice=choice,
        criteria=[
            each
            for each in Criterion
            if any(line.criterion is each for match in choice.matches for line in match.lines)
        ],
        criterion_names=CRITERION_NAMES,
        form=form,
        modes=MEETING_MODE_NAMES,
        people_shown=PEOPLE_SHOWN,
        open=choice.state is MeetingState.WITH_PROVIDER,
        reasons=MEETING_REASON_NAMES,
    )
