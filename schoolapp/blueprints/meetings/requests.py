"""Asking for a mediator: for whom, then the request itself; and completing one that is not sent yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from schoolapp import clock, parameters, queries, services
from schoolapp.blueprints.meetings.forms import SAME, USUAL_LENGTH, MeetingForm, values_of
from schoolapp.blueprints.meetings.routes import NAMES, bp
from schoolapp.blueprints.pupils.forms import whole
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState, Party
from schoolapp.domain.meeting_wishes import Participant
from schoolapp.domain.meetings import InvitedBy, MeetingContext, MeetingMode, MeetingReason
from schoolapp.domain.permissions import Permission
from schoolapp.queries.budgets import BudgetLine
from schoolapp.queries.meeting_forms import ServiceChoice, Subject
from schoolapp.queries.meetings import MeetingCard
from schoolapp.queries.pupils import PupilFilters
from schoolapp.queries.school_classes import ClassChoice
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation


@dataclass(frozen=True)
class Asking:
    """Who asks, and about whom: what stands in the address of the form and is checked with it."""

    context: MeetingContext
    subject: Subject | None = None
    service: ServiceChoice | None = None
    assembly: bool = False
    classes: Sequence[ClassChoice] = ()

    def institute_id(self, class_id: int | None) -> int | None:
        """The pupil's school, or that of the class that was chosen."""
        if self.subject is not None:
            return self.subject.institute_id
        chosen = next((each for each in self.classes if each.id == class_id), None)
        if chosen is None and self.assembly and self.classes:
            return self.classes[0].institute_id
        return chosen.institute_id if chosen else None


@bp.route("/meetings/new", methods=["GET", "POST"])
@access.requires(Permission.MEETINGS_REQUEST)
def new() -> ResponseReturnValue:
    actor = access.signed_in_user()
    asking = _asking(actor)
    if asking is None:
        return _choose(actor)
    budgets = _budgets(actor, asking, request.form.get("class_id", type=whole), clock.today())
    form = MeetingForm(
        context=asking.context,
        assembly=asking.assembly,
        classes=asking.classes,
        budgets=budgets,
        data=_proposed(asking),
    )
    if form.validate_on_submit():
        class_id = form.class_id.data if "class_id" in form else None
        budgets = _budgets(actor, asking, class_id, form.slot1_day.data or clock.today())
        try:
            wish = form.wish(pupil_id=asking.subject.pupil_id if asking.subject else None, budgets=budgets)
            with transaction(actor):
                made = services.meeting_drafts.draft(
                    actor,
                    institute_id=asking.institute_id(class_id) if asking.service is None else None,
                    service_id=asking.service.id if asking.service else None,
                    wish=wish,
                    at=clock.now(),
                )
                state = _send_where_asked(actor, made.id)
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            _tell(state, min(slot.day for slot in wish.slots))
            return redirect(url_for(".page", request_id=made.id), 303)
    page = render_template(
        "meetings/form.html", form=form, asking=asking, budgets=budgets, meeting=None, **_notice(), names=NAMES
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/meetings/<int:request_id>/edit", methods=["GET", "POST"])
@access.requires(Permission.MEETINGS_REQUEST)
def edit(request_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    card = queries.meetings.card(actor, request_id)
    if card.state not in services.meeting_drafts.TO_WRITE or not card.parties & {Party.REQUESTER, Party.COORDINATOR}:
        return redirect(url_for(".page", request_id=request_id), 303)
    asking = _asking_again(actor, card)
    first_day = card.slots[0].day if card.slots else clock.today()
    budgets = queries.budgets.of_asker(actor, institute_id=card.institute_id, service_id=card.service_id, on=first_day)
    form = MeetingForm(
        context=card.context,
        assembly=asking.assembly,
        classes=asking.classes,
        budgets=budgets,
        data=values_of(card, queries.meetings.class_id_of(actor, request_id)),
    )
    if form.validate_on_submit():
        try:
            wish = form.wish(pupil_id=card.pupil_id, budgets=budgets)
            with transaction(actor):
                services.meeting_drafts.edit(actor, request_id, version=form.read_version, wish=wish, at=clock.now())
                state = _send_where_asked(actor, request_id)
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            _tell(state, min(slot.day for slot in wish.slots))
            return redirect(url_for(".page", request_id=request_id), 303)
    page = render_template(
        "meetings/form.html", form=form, asking=asking, budgets=budgets, meeting=card, **_notice(), names=NAMES
    )
    return page, 422 if form.is_submitted() else 200


def _send_where_asked(actor: Actor, request_id: int) -> MeetingState:
    """The button says whether the draft is kept or goes on its way."""
    if request.form.get("do") != "send":
        return MeetingState.DRAFT
    return services.meetings.take_step(actor, request_id, MeetingAction.SEND, at=clock.now()).state


def _tell(state: MeetingState, first_day: date) -> None:
    if state is MeetingState.DRAFT:
        flash(_("Bozza salvata. Inviala quando è pronta."), "success")
        return
    flash(_("Richiesta inviata. Qui vedi a che punto è."), "success")
    short = parameters.meeting_terms().days_short(first_day, clock.today())
    if short is not None:
        flash(short_notice(short), "warning")


def short_notice(days: int) -> str:
    """What is said of a time that is near: nothing is forbidden."""
    usual = parameters.meeting_terms().notice_days
    return str(
        ngettext(
            "Manca un giorno: di solito ne servono %(usual)s. La risposta non è sicura.",
            "Mancano %(num)s giorni: di solito ne servono %(usual)s. La risposta non è sicura.",
            days,
            usual=usual,
        )
    )


def _notice() -> dict[str, object]:
    terms = parameters.meeting_terms()
    return {"usual_notice": terms.notice_days, "sure_from": clock.today() + timedelta(days=terms.notice_days)}


def _asking(actor: Actor) -> Asking | None:
    """From the address: ?pupil=, ?assembly=1 or ?service=; a person of one service need not say which.

    None where it says nothing of a school's request. Raises NoResultFound for what is not the person's.
    """
    own = queries.meeting_forms.services(actor)
    pupil_id, service_id = request.args.get("pupil", type=whole), request.args.get("service", type=whole)
    in_schools = bool(actor.institutes_with(Permission.MEETINGS_REQUEST))
    if pupil_id is not None:
        return Asking(MeetingContext.SCHOOL, subject=queries.meeting_forms.subject(actor, pupil_id))
    if in_schools and request.args.get("assembly"):
        return Asking(MeetingContext.SCHOOL, assembly=True, classes=_classes(actor))
    if service_id is None and len(own) == 1 and not in_schools:
        service_id = own[0].id
    if service_id is not None:
        service = queries.meeting_forms.service(actor, service_id)
        return Asking(service.context, service=service)
    return None


def _asking_again(actor: Actor, card: MeetingCard) -> Asking:
    if card.service_id is not None:
        return Asking(card.context, service=queries.meeting_forms.service(actor, card.service_id))
    if card.pupil_id is not None:
        return Asking(MeetingContext.SCHOOL, subject=queries.meeting_forms.subject(actor, card.pupil_id))
    return Asking(MeetingContext.SCHOOL, assembly=True, classes=_classes(actor))


def _classes(actor: Actor) -> list[ClassChoice]:
    return queries.school_classes.list_choices(actor, Permission.MEETINGS_REQUEST, on=clock.today())


def _budgets(actor: Actor, asking: Asking, class_id: int | None, on: date) -> list[BudgetLine]:
    return queries.budgets.of_asker(
        actor,
        institute_id=asking.institute_id(class_id) if asking.service is None else None,
        service_id=asking.service.id if asking.service else None,
        on=on,
    )


def _choose(actor: Actor) -> ResponseReturnValue:
    """For whom: the person's pupils by name, a class, or one of the services."""
    text = request.args.get("q", "").strip()[:80]
    in_schools = bool(actor.institutes_with(Permission.MEETINGS_REQUEST))
    return render_template(
        "meetings/choose.html",
        text=text,
        pupils=queries.pupils.list_pupils(actor, PupilFilters(text=text), page=request.args.get("page", 1, type=int))
        if in_schools
        else None,
        services=queries.meeting_forms.services(actor),
    )


def _proposed(asking: Asking) -> dict[str, object]:
    """What the form starts from."""
    subject = asking.subject
    return {
        "language": subject.language if subject else None,
        "second_language": subject.second_language if subject else None,
        "mode": MeetingMode.IN_PLACE.value,
        "minutes": USUAL_LENGTH,
        "place": (subject.site_name if subject else None) or (asking.service.place if asking.service else ""),
        "participants": [Participant.REQUESTER.value],
        "invited_by": InvitedBy.MEDIATOR.value,
        "same_mediator": SAME if subject and subject.met_before else "",
        "reason": MeetingReason.TALK.value if subject and subject.met_before else "",
    }
