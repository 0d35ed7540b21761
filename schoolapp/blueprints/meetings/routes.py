"""Requests for a mediator: mine, one with where it is, the steps on its way, those the Ambito decides by number."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, parameters, queries, services
from schoolapp.blueprints.meetings.forms import StepForm
from schoolapp.domain import meeting_story
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.hours import HOURS_KIND_NAMES
from schoolapp.domain.letters.kinds import FAMILY_ANSWER_NAMES
from schoolapp.domain.meeting_reports import PRESENT_NAMES
from schoolapp.domain.meeting_steps import MEETING_STATE_NAMES, STEPS, MeetingAction, MeetingState, Party, open_actions
from schoolapp.domain.meeting_wishes import PARTICIPANT_NAMES
from schoolapp.domain.meetings import (
    MEETING_CONTEXT_NAMES,
    MEETING_MODE_NAMES,
    MEETING_REASON_NAMES,
    MeetingContext,
    invited_by_names,
)
from schoolapp.domain.permissions import Permission
from schoolapp.queries.meetings import MeetingCard
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation

bp = Blueprint("meetings", __name__)

NAMES = {
    "ahead": meeting_story.AHEAD_NAMES,
    "awaited": meeting_story.WHO_IS_AWAITED,
    "context": MEETING_CONTEXT_NAMES,
    "hours_kind": HOURS_KIND_NAMES,
    "family_answer": FAMILY_ANSWER_NAMES,
    "invited_by": invited_by_names,
    "mode": MEETING_MODE_NAMES,
    "participant": PARTICIPANT_NAMES,
    "present": PRESENT_NAMES,
    "reason": MEETING_REASON_NAMES,
    "state": MEETING_STATE_NAMES,
    "where": meeting_story.WHERE_WE_ARE,
}
"""What the pages call things."""

ON_THIS_PAGE = frozenset(MeetingAction) - {
    MeetingAction.PROPOSE,
    MeetingAction.REPORT,
    MeetingAction.DISPUTE,
    MeetingAction.VALIDATE,
}
"""Steps that need no more than a reason or other times; the others have pages of their own."""

FORWARD = frozenset({MeetingAction.SEND, MeetingAction.APPROVE, MeetingAction.GRANT, MeetingAction.ACCEPT})
"""The usual next step: the one filled button."""

BEFORE_IT_STANDS = frozenset(
    {MeetingState.DRAFT, MeetingState.TO_COMPLETE, MeetingState.WITH_COORDINATOR, MeetingState.WITH_DISTRICT}
)

REPORTABLE = frozenset({MeetingState.CONFIRMED, MeetingState.HELD, MeetingState.FAMILY_ABSENT})
"""When the mediator may write the report; of a confirmed meeting only once it has begun."""

HAS_LETTER = frozenset({MeetingState.CONFIRMED, MeetingState.MOVED, MeetingState.CANCELLED})
"""When there is something to write to the family."""


@dataclass(frozen=True)
class Button:
    """A step the person may take now."""

    action: MeetingAction
    name: str
    with_reason: bool
    with_slots: bool
    forward: bool


@bp.get("/meetings")
@access.requires(Permission.MEETINGS_READ)
def index() -> ResponseReturnValue:
    actor = access.signed_in_user()
    closed = request.args.get("show") == "closed"
    return render_template(
        "meetings/index.html",
        found=queries.meeting_lists.list_page(actor, closed=closed, page=request.args.get("page", 1, type=int)),
        closed=closed,
        desks=[each for each in queries.meeting_forms.services(actor) if each.context is MeetingContext.DESK],
        names=NAMES,
    )


@bp.get("/meetings/grants")
@access.requires(Permission.MEETINGS_GRANT)
def grants() -> ResponseReturnValue:
    actor = access.signed_in_user()
    decided = request.args.get("show") == "sent"
    return render_template(
        "meetings/grants.html",
        found=queries.meeting_lists.list_grants(actor, decided=decided, page=request.args.get("page", 1, type=int)),
        decided=decided,
        names=NAMES,
    )


@bp.get("/meetings/<int:request_id>")
@access.requires(Permission.MEETINGS_READ, Permission.MEETINGS_GRANT)
def page(request_id: int) -> ResponseReturnValue:
    card = queries.meetings.card(access.signed_in_user(), request_id)
    return draw(card, StepForm(formdata=None, version=str(card.version)))


@bp.post("/meetings/<int:request_id>/step")
@access.requires(
    Permission.MEETINGS_REQUEST,
    Permission.MEETINGS_APPROVE,
    Permission.MEETINGS_GRANT,
    Permission.MEETINGS_MATCH,
    Permission.MEETINGS_ANSWER,
)
def step(request_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    card = queries.meetings.card(actor, request_id)
    form = StepForm()
    chosen = next((each for each in ON_THIS_PAGE if each.value == form.action.data), None)
    if form.validate_on_submit() and chosen is not None:
        try:
            with transaction(actor):
                services.meetings.take_step(
                    actor,
                    request_id,
                    chosen,
                    at=clock.now(),
                    reason=form.reason.data or "",
                    version=form.read_version,
                    slots=form.slots() if chosen is MeetingAction.RESCHEDULE else (),
                )
        except RuleViolation as violation:
            add_violation(form, violation)
            card = queries.meetings.card(actor, request_id)
        else:
            done = meeting_story.steps_taken([*(event.action for event in card.events), chosen])[-1]
            flash(_(done) + ".", "success")
            if chosen is MeetingAction.DECLINE:  # the request is no longer the mediator's
                return redirect(url_for(".index"), 303)
            return redirect(url_for(".page", request_id=request_id), 303)
    return draw(card, form, opened=chosen), 422


def draw(card: MeetingCard, form: StepForm, *, opened: MeetingAction | None = None) -> str:
    today = clock.today()
    begun = _has_begun(card)
    actions = [each for each in open_actions(card.state, card.parties, begun=begun) if each in ON_THIS_PAGE]
    taken = [event.action for event in card.events]
    return render_template(
        "meetings/page.html",
        meeting=card,
        moments=meeting_story.moments(
            card.state,
            taken,
            has_coordinator=card.institute_id is not None,
            needs_grant=card.needs_grant,
        ),
        taken=meeting_story.steps_taken(taken),
        begun=begun and card.state is MeetingState.CONFIRMED and Party.MEDIATOR not in card.parties,
        buttons=[_button(card.state, action) for action in actions],
        may_edit=card.state in services.meeting_drafts.TO_WRITE and card.parties & {Party.REQUESTER, Party.COORDINATOR},
        days_short=days_short(card, today),
        terms=parameters.meeting_terms(),
        late=card.cancelling_uses_hours,
        form=form,
        opened=opened,
        family_answers=queries.letters.answers(card.id) if card.pupil_id and card.state in HAS_LETTER else (),
        has_letter=_has_letter(card),
        not_reached=queries.messages.not_reached(card),
        report=queries.meeting_reports.of_request(access.signed_in_user(), card),
        reports=_reports(card),
        confirms=MeetingAction.VALIDATE in open_actions(card.state, card.parties),
        disputes=MeetingAction.DISPUTE in open_actions(card.state, card.parties),
        viewer_id=access.signed_in_user().user_id,
        names=NAMES,
    )


def _has_letter(card: MeetingCard) -> bool:
    """Whether there is a letter to print for the family, by who of the school may."""
    of_school = card.pupil_id is not None and Party.MEDIATOR not in card.parties
    was_agreed = any(event.action is MeetingAction.ACCEPT for event in card.events)
    fell_through = was_agreed and card.state in queries.letters.FELL_THROUGH
    there_is_one = fell_through or card.state is MeetingState.CONFIRMED
    return of_school and there_is_one and access.signed_in_user().may(Permission.PUPILS_READ)


def _reports(card: MeetingCard) -> bool:
    """Whether the person is the mediator whose report is due."""
    return _has_begun(card) and card.state in REPORTABLE and Party.MEDIATOR in card.parties


def _has_begun(card: MeetingCard) -> bool:
    return card.appointment is not None and card.appointment.starts_at <= clock.now()


def days_short(card: MeetingCard, today: date) -> int | None:
    """Days until the first time that was proposed, where they are fewer than usual and nobody has agreed yet."""
    if card.state not in BEFORE_IT_STANDS or not card.slots:
        return None
    return parameters.meeting_terms().days_short(min(slot.day for slot in card.slots), today)


def _button(state: MeetingState, action: MeetingAction) -> Button:
    return Button(
        action=action,
        name=meeting_story.action_name(state, action),
        with_reason=STEPS[state, action].with_reason,
        with_slots=action is MeetingAction.RESCHEDULE,
        forward=action in FORWARD,
    )
