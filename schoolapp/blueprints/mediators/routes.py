"""Mediators of a cooperative: the list, a card, a new one, the end of a collaboration; and a family too near."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.mediators.forms import AwayForm, DayForm, MediatorForm, SearchForm, values_of
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.languages import language_names
from schoolapp.domain.matching import GENDER_NAMES
from schoolapp.domain.mediators import in_groups
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meetings import LANGUAGE_LEVEL_NAMES
from schoolapp.domain.permissions import Permission
from schoolapp.queries.mediator_lists import Collaboration
from schoolapp.queries.mediators import MANAGE
from schoolapp.transaction import transaction
from schoolapp.web import access, invitations, locale
from schoolapp.web.forms import add_violation
from schoolapp.web.wording import sentence_of

bp = Blueprint("mediators", __name__)


@bp.get("/mediators")
@access.requires(Permission.MEDIATORS_MANAGE)
def index() -> ResponseReturnValue:
    search = SearchForm(formdata=request.args)
    language = request.args.get("language", "")
    names = language_names(locale.chosen())
    found = queries.mediator_lists.list_mediators(
        access.signed_in_user(),
        text=(search.q.data or "")[:100],
        language=language if language in names else "",
        state=search.chosen_state,
        page=request.args.get("page", 1, type=int),
    )
    search.offer([(code, names.get(code, code)) for code in found.languages])
    filters = {"q": search.q.data, "language": search.language.data, "state": search.state.data}
    return render_template(
        "mediators/index.html",
        search=search,
        found=found,
        former=search.chosen_state is Collaboration.FORMER,
        filters={key: value for key, value in filters.items() if value},
        in_groups=in_groups,
        levels=LANGUAGE_LEVEL_NAMES,
        today=clock.today(),
    )


@bp.get("/mediators/<int:person_id>")
@access.requires(Permission.MEDIATORS_MANAGE)
def card(person_id: int) -> ResponseReturnValue:
    return draw_card(person_id, AwayForm(formdata=None))


def draw_card(person_id: int, form: AwayForm) -> str:
    """The card for who coordinates, with the days away as they were typed."""
    return render_template(
        "mediators/card.html",
        mediator=queries.mediators.card(access.signed_in_user(), person_id, MANAGE),
        form=form,
        genders=GENDER_NAMES,
        levels=LANGUAGE_LEVEL_NAMES,
        link=invitations.kept_address(person_id),
        today=clock.today(),
    )


@bp.route("/mediators/new", methods=["GET", "POST"])
@access.requires(Permission.MEDIATORS_MANAGE)
def new() -> ResponseReturnValue:
    actor = access.signed_in_user()
    providers = _providers(actor)
    form = MediatorForm(providers=providers)
    if "add_language" in request.form:
        form.add_language()
    elif form.validate_on_submit():
        try:
            with transaction(actor):
                user = services.mediators.enrol(
                    actor,
                    provider_id=form.provider_id.data if "provider_id" in form else providers[0][0],
                    name=form.name.data or "",
                    email=form.email.data or "",
                    facts=form.facts(),
                    on=clock.today(),
                )
                person_id, email = user.id, user.email
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            flash(_("Scheda creata. Ora scrivi quando la persona può venire."), "success")
            invitations.hand_over(person_id, email)
            return redirect(url_for(".card", person_id=person_id), 303)
    page = render_template("mediators/form.html", form=form, mediator=None, comuni=queries.mediators.comuni_of(actor))
    return page, 422 if form.errors else 200


@bp.route("/mediators/<int:person_id>/edit", methods=["GET", "POST"])
@access.requires(Permission.MEDIATORS_MANAGE)
def edit(person_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    mediator = queries.mediators.current(actor, person_id, MANAGE)
    names = mediator.is_ours_alone
    address = names and not mediator.has_password
    form = MediatorForm(names=names, address=address, data=values_of(mediator))
    if "add_language" in request.form:
        form.add_language()
    elif form.validate_on_submit():
        try:
            with transaction(actor):
                services.mediators.change(
                    actor,
                    person_id,
                    name=form.name.data if names else None,
                    email=form.email.data if address else None,
                    facts=form.facts(),
                    on=clock.today(),
                )
        except RuleViolation as violation:
            form.refuse(violation)
        else:
            flash(_("Scheda salvata."), "success")
            return redirect(url_for(".card", person_id=person_id), 303)
    page = render_template(
        "mediators/form.html", form=form, mediator=mediator, comuni=queries.mediators.comuni_of(actor)
    )
    return page, 422 if form.errors else 200


@bp.route("/mediators/<int:person_id>/collaboration", methods=["GET", "POST"])
@access.requires(Permission.MEDIATORS_MANAGE)
def collaboration(person_id: int) -> ResponseReturnValue:
    """Where it goes on, its last day; where it is over, the day from which it goes on again."""
    actor = access.signed_in_user()
    today = clock.today()
    mediator = queries.mediators.card(actor, person_id, MANAGE)
    ends = mediator.is_current(today)
    form = DayForm(data={"day": (mediator.until or today) if ends else today})
    if form.validate_on_submit():
        day = form.day.data or today
        try:
            with transaction(actor):
                if ends:
                    services.mediators.end(actor, person_id, last_day=day, on=today)
                else:
                    services.mediators.resume(actor, person_id, first_day=day, on=today)
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(
                _("La collaborazione ha una fine. Scheda, ore e colloqui restano.")
                if ends
                else _("La collaborazione riprende. La scheda è quella di prima: controllala."),
                "success",
            )
            return redirect(url_for(".card", person_id=person_id), 303)
    page = render_template("mediators/collaboration.html", mediator=mediator, form=form, ends=ends, today=today)
    return page, 422 if form.errors else 200


@bp.post("/mediators/<int:person_id>/link")
@access.requires(Permission.MEDIATORS_MANAGE)
def link(person_id: int) -> ResponseReturnValue:
    """Once more the link with which a mediator who never entered chooses a password."""
    mediator = queries.mediators.current(access.signed_in_user(), person_id, MANAGE)
    if mediator.may_be_invited:
        invitations.hand_over(person_id, mediator.email)
    else:
        flash(_("Questa persona ha già un accesso suo: il collegamento lo manda l’amministrazione."), "error")
    return redirect(url_for(".card", person_id=person_id), 303)


@bp.post("/mediators/conflict/<int:request_id>")
@access.requires(Permission.MEETINGS_ANSWER)
def declare_conflict(request_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    queries.meetings.card(actor, request_id)
    try:
        with transaction(actor):
            state = services.mediators.declare_conflict(actor, request_id, at=clock.now())
    except RuleViolation as violation:
        flash(sentence_of(violation), "error")
        return redirect(url_for("meetings.page", request_id=request_id), 303)
    if state is MeetingState.WITH_PROVIDER:
        flash(_("Grazie. La cooperativa cerca un’altra persona; la scuola non sa perché."), "success")
        return redirect(url_for("meetings.index"), 303)
    flash(_("Grazie. Avvisa la cooperativa: il colloquio è ancora confermato."), "success")
    return redirect(url_for("meetings.page", request_id=request_id), 303)


def _providers(actor: Actor) -> list[tuple[int, str]]:
    """The person's own cooperatives, with their names."""
    return [
        (grant.provider_id, grant.place)
        for grant in actor.grants_with(Permission.MEDIATORS_MANAGE)
        if grant.provider_id is not None
    ]
