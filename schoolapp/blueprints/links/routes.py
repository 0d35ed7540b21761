"""What opens without signing in: the mediator's answer. The link's secret is the right to it, and no more than that."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.links.forms import AnswerForm
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.links import LinkGone, LinkPurpose
from schoolapp.domain.meeting_steps import MeetingAction
from schoolapp.domain.meetings import MEETING_MODE_NAMES
from schoolapp.queries.links import Question
from schoolapp.transaction import transaction
from schoolapp.web import access, links, locale
from schoolapp.web.forms import add_violation

bp = Blueprint("links", __name__)

ANSWER = LinkPurpose.MEDIATOR_ANSWER


@bp.get("/answer/<token>")
@links.personal
def question(token: str) -> ResponseReturnValue:
    """What the mediator is asked. Reading it changes nothing: mail scanners open links too."""
    _actor, asked = _asked(token)
    return _page(AnswerForm(), asked)


@bp.post("/answer/<token>")
@links.personal
def answer(token: str) -> ResponseReturnValue:
    actor, asked = _asked(token)
    form = AnswerForm()
    if form.accept.data == form.decline.data:
        abort(400)  # neither of the two buttons, or both
    action = MeetingAction.ACCEPT if form.accept.data else MeetingAction.DECLINE
    try:
        with transaction(actor):
            services.meeting_answers.give(
                actor,
                secret=token,
                request_id=asked.request_id,
                action=action,
                reason=form.reason.data or "",
                at=clock.now(),
            )
    except LinkGone:
        raise
    except RuleViolation as violation:
        add_violation(form, violation)
        return _page(form, asked), 422
    if action is MeetingAction.ACCEPT:
        flash(_("Hai detto di sì. Il colloquio è confermato: ti mandiamo l’appuntamento per il calendario."), "success")
    else:
        flash(_("Hai detto di no. La cooperativa cerca un’altra persona."), "success")
    return redirect(url_for(".answered"), 303)


@bp.get("/answered")
@access.everyone
def answered() -> ResponseReturnValue:
    """Where an answer leads: nothing of it stands in the address."""
    return render_template("links/answered.html")


def _page(form: AnswerForm, asked: Question) -> str:
    return render_template("links/answer.html", form=form, asked=asked, mode_names=MEETING_MODE_NAMES)


def _asked(token: str) -> tuple[Actor, Question]:
    """Who is asked, and what. Raises LinkGone also where the person or the question is no longer there."""
    link = services.links.look(token, ANSWER)
    actor = queries.accounts.actor_of(link.user_id, day=clock.today()) if link.user_id else None
    if actor is None or link.appointment_id is None:
        raise LinkGone
    locale.prefer(queries.accounts.locale_of(actor))
    return actor, queries.links.question(actor, link.appointment_id)
