"""Accounts: the list, a new one, its roles, its link; and the page of one's own."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.accounts.forms import AccountForm, SearchForm
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import ROLE_PERMISSIONS, Permission
from schoolapp.domain.roles import ROLE_NAMES, Role
from schoolapp.domain.wording import N_
from schoolapp.transaction import transaction
from schoolapp.web import access, invitations
from schoolapp.web.forms import add_violation
from schoolapp.web.wording import sentence_of

bp = Blueprint("accounts", __name__)

PERMISSION_WORDS = {
    Permission.ACCOUNTS_MANAGE: N_("creare accessi e dare ruoli"),
    Permission.ASSESSMENTS_READ: N_("leggere le valutazioni degli alunni"),
    Permission.ASSESSMENTS_RECORD: N_("valutare gli alunni"),
    Permission.ASSESSMENTS_SHARE: N_("condividere le valutazioni con il consiglio di classe"),
    Permission.AUDIT_READ: N_("leggere il registro delle modifiche della scuola"),
    Permission.BUDGETS_MANAGE: N_("tenere i monte ore"),
    Permission.BUDGETS_READ: N_("vedere i monte ore"),
    Permission.CERTIFICATES_ISSUE: N_("emettere, sostituire e annullare gli attestati"),
    Permission.CERTIFICATES_READ: N_("leggere e stampare gli attestati"),
    Permission.CLASS_SHARES_READ: N_("vedere la quota di legge delle classi"),
    Permission.ENROLMENTS_MANAGE: N_("iscrivere gli alunni ai laboratori"),
    Permission.HOURS_COUNT: N_("contare le ore dell’Ambito, senza nomi"),
    Permission.HOURS_READ: N_("vedere le ore di mediazione"),
    Permission.INSTITUTES_MANAGE: N_("tenere in ordine scuole, plessi e classi"),
    Permission.INSTITUTES_REGISTER: N_("aggiungere una scuola e cambiarne il nome"),
    Permission.LESSONS_CORRECT: N_("correggere una lezione firmata, con il motivo"),
    Permission.LESSONS_COUNTERSIGN: N_("vistare le lezioni firmate"),
    Permission.LESSONS_READ: N_("leggere i registri delle lezioni"),
    Permission.LESSONS_RECORD: N_("fare l’appello e firmare"),
    Permission.MEDIATORS_MANAGE: N_("tenere l’elenco dei mediatori"),
    Permission.MEETINGS_ANSWER: N_("accettare o rifiutare un incontro"),
    Permission.MEETINGS_APPROVE: N_("approvare le richieste di mediazione della scuola"),
    Permission.MEETINGS_COUNT: N_("contare chi viene allo sportello"),
    Permission.MEETINGS_GRANT: N_("concedere le ore di mediazione"),
    Permission.MEETINGS_MATCH: N_("abbinare i mediatori alle richieste"),
    Permission.MEETINGS_READ: N_("leggere le richieste di mediazione"),
    Permission.MEETINGS_REQUEST: N_("chiedere un mediatore"),
    Permission.MESSAGES_READ: N_("vedere quanti messaggi non sono partiti"),
    Permission.PROJECTS_MANAGE: N_("tenere i progetti e le linee di finanziamento"),
    Permission.PUPILS_IMPORT: N_("importare l’elenco degli alunni"),
    Permission.PUPILS_MANAGE: N_("scrivere le schede degli alunni"),
    Permission.PUPILS_READ: N_("leggere le schede degli alunni"),
    Permission.REFERRALS_MAKE: N_("segnalare un alunno per un laboratorio"),
    Permission.REGISTERS_PRINT: N_("stampare i registri"),
    Permission.REPORTS_COUNTERSIGN: N_("vistare le relazioni"),
    Permission.REPORTS_READ: N_("leggere le relazioni"),
    Permission.REPORTS_WRITE: N_("scrivere le relazioni dei laboratori"),
    Permission.TRANSLATIONS_CHECK: N_("controllare le traduzioni"),
    Permission.WORKSHOPS_MANAGE: N_("aprire laboratori e farne l’orario"),
    Permission.WORKSHOPS_READ: N_("leggere i laboratori"),
}


@bp.get("/accounts")
@access.requires(Permission.ACCOUNTS_MANAGE)
def index() -> ResponseReturnValue:
    form = SearchForm(formdata=request.args)
    found = queries.accounts.list_accounts(
        access.signed_in_user(),
        day=clock.today(),
        text=(form.q.data or "")[:100],
        role=form.chosen_role,
        state=form.chosen_state,
        page=request.args.get("page", 1, type=int),
    )
    filters = {"q": form.q.data or None, "role": form.chosen_role, "state": form.state.data or None}
    return render_template(
        "accounts/index.html",
        search=form,
        found=found,
        filters={key: value for key, value in filters.items() if value},
        today=clock.today(),
        role_names=ROLE_NAMES,
    )


@bp.get("/accounts/roles")
@access.requires(Permission.ACCOUNTS_MANAGE)
def roles() -> ResponseReturnValue:
    """Which role may do what: the table of `domain/permissions.py`, in words."""
    used = [role for role in Role if ROLE_PERMISSIONS[role]]
    return render_template(
        "accounts/roles.html",
        roles=used,
        role_names=ROLE_NAMES,
        permissions=PERMISSION_WORDS,
        table_of_roles=ROLE_PERMISSIONS,
        others=[role for role in Role if role not in used],
    )


@bp.route("/accounts/new", methods=["GET", "POST"])
@access.requires(Permission.ACCOUNTS_MANAGE)
def new() -> ResponseReturnValue:
    form = AccountForm()
    if form.validate_on_submit():
        actor = access.signed_in_user()
        try:
            with transaction(actor):
                user = services.accounts.create(
                    email=form.email.data or "", name=form.name.data or "", password_hash=None
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            _hand_over(user.id)
            return redirect(url_for(".show", user_id=user.id), 303)
    return render_template("accounts/form.html", form=form, account=None), 422 if form.errors else 200


@bp.get("/accounts/<int:user_id>")
@access.requires(Permission.ACCOUNTS_MANAGE)
def show(user_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    account = queries.accounts.get(actor, user_id)
    return render_template(
        "accounts/show.html",
        account=account,
        today=clock.today(),
        role_names=ROLE_NAMES,
        link=invitations.kept_address(user_id),
        is_own=actor.user_id == user_id,
    )


@bp.route("/accounts/<int:user_id>/edit", methods=["GET", "POST"])
@access.requires(Permission.ACCOUNTS_MANAGE)
def edit(user_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    account = queries.accounts.get(actor, user_id)
    form = AccountForm(data={"name": account.name, "email": account.email})
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.accounts.change(user_id, name=form.name.data or "", email=form.email.data or "")
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Accesso cambiato."), "success")
            return redirect(url_for(".show", user_id=user_id), 303)
    return render_template("accounts/form.html", form=form, account=account), 422 if form.errors else 200


@bp.post("/accounts/<int:user_id>/switch-off")
@access.requires(Permission.ACCOUNTS_MANAGE)
def switch_off(user_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    queries.accounts.get(actor, user_id)
    try:
        with transaction(actor):
            services.accounts.switch_off(actor, user_id)
    except RuleViolation as violation:
        flash(sentence_of(violation), "error")
    else:
        flash(_("Accesso spento. La persona è fuori da tutti i dispositivi."), "success")
    return redirect(url_for(".show", user_id=user_id), 303)


@bp.post("/accounts/<int:user_id>/switch-on")
@access.requires(Permission.ACCOUNTS_MANAGE)
def switch_on(user_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    queries.accounts.get(actor, user_id)
    with transaction(actor):
        services.accounts.switch_on(user_id)
    flash(_("Accesso acceso."), "success")
    return redirect(url_for(".show", user_id=user_id), 303)


@bp.post("/accounts/<int:user_id>/link")
@access.requires(Permission.ACCOUNTS_MANAGE)
def link(user_id: int) -> ResponseReturnValue:
    """A new link to choose a password; for who has one already, the old password ends first."""
    actor = access.signed_in_user()
    account = queries.accounts.get(actor, user_id)
    try:
        if account.has_password:
            with transaction(actor):
                services.accounts.take_password(actor, user_id)
    except RuleViolation as violation:
        flash(sentence_of(violation), "error")
    else:
        _hand_over(user_id)
    return redirect(url_for(".show", user_id=user_id), 303)


@bp.get("/welcome/<token>")
@access.everyone
def welcome(token: str) -> ResponseReturnValue:
    """Where the link of an invitation leads. It changes nothing: mail scanners open links too."""
    address = invitations.password_page(token)
    if address is None:
        flash(
            _("Questo collegamento è già stato usato o è scaduto. Chiedine un altro a chi ti ha dato l’accesso."),
            "error",
        )
        return redirect(url_for("security.login"))
    return redirect(address)


@bp.get("/account")
@access.signed_in
def own() -> ResponseReturnValue:
    """The person's own page. It has no form of its own: a role is never one's own to change."""
    return render_template(
        "accounts/own.html",
        account=queries.accounts.own(access.signed_in_user()),
        today=clock.today(),
        role_names=ROLE_NAMES,
    )


def _hand_over(user_id: int) -> None:
    """The link for an account that is on."""
    account = queries.accounts.get(access.signed_in_user(), user_id)
    if not account.active:
        abort(400)
    invitations.hand_over(user_id, account.email)
