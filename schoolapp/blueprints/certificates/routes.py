"""Certificates of attendance: which workshops have some to issue, one workshop, one certificate and its end."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from schoolapp import clock, queries, services
from schoolapp.blueprints.certificates.forms import EndForm, IssueForm, ProtocolForm
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.verification import in_fours
from schoolapp.queries.workshops import YearChoice
from schoolapp.services.certificates import CertificatesRefused, Issuing
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation
from schoolapp.web.public_address import public_address
from schoolapp.web.wording import translate

bp = Blueprint("certificates", __name__)

READ, ISSUE = Permission.CERTIFICATES_READ, Permission.CERTIFICATES_ISSUE


@bp.get("/certificates")
@access.requires(READ)
def index() -> ResponseReturnValue:
    actor = access.signed_in_user()
    years = queries.workshops.school_years(actor)
    year_id, _label = year_asked(years)
    found = queries.certificates.list_workshops(
        actor, school_year_id=year_id, page=request.args.get("page", 1, type=int)
    )
    return render_template("certificates/index.html", found=found, years=years, year_id=year_id)


def year_asked(years: Sequence[YearChoice]) -> tuple[int, str]:
    """The school year in the address, if it is one of the person's; else the present one, or the last there is."""
    asked = request.args.get("year", type=int)
    chosen = next((year for year in years if year.id == asked), None)
    present = next((year for year in years if year.present), years[0] if years else None)
    year = chosen or present
    return (year.id, year.label) if year else (0, "")


@bp.get("/workshops/<int:workshop_id>/certificates")
@access.requires(READ)
def of_workshop(workshop_id: int) -> ResponseReturnValue:
    return _workshop_page(access.signed_in_user(), workshop_id, IssueForm(formdata=None), {})


@bp.post("/workshops/<int:workshop_id>/certificates")
@access.requires(ISSUE)
def issue(workshop_id: int) -> ResponseReturnValue:
    """Issue for the pupils that are ticked. Where one cannot be, none is: that one comes back without its tick."""
    actor = access.signed_in_user()
    queries.certificates.of_workshop(actor, workshop_id, ISSUE)
    form = IssueForm()
    refused: dict[int, str] = {}
    if form.validate_on_submit():
        try:
            with transaction(actor):
                issued = services.certificates.issue(
                    workshop_id, pupil_ids=form.pupil_ids.data or [], issuing=_issuing(actor, form)
                )
                count = len(issued)
        except CertificatesRefused as refusal:
            refused = {pupil_id: translate(sentence) for pupil_id, sentence in refusal.reasons.items()}
            add_violation(form, refusal)
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(ngettext("%(num)s attestato emesso.", "%(num)s attestati emessi.", count), "success")
            return redirect(url_for(".of_workshop", workshop_id=workshop_id), 303)
    return _workshop_page(actor, workshop_id, form, refused), 422


@bp.get("/certificates/<int:certificate_id>")
@access.requires(READ)
def show(certificate_id: int) -> ResponseReturnValue:
    return _certificate_page(access.signed_in_user(), certificate_id)


@bp.post("/certificates/<int:certificate_id>/protocol")
@access.requires(ISSUE)
def protocol(certificate_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    queries.certificates.get(actor, certificate_id, ISSUE)
    form = ProtocolForm()
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.certificates.give_protocol(
                    certificate_id,
                    number=form.protocol_number.data or "",
                    day=form.protocol_day.data,
                    today=clock.today(),
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Protocollo salvato."), "success")
            return redirect(url_for(".show", certificate_id=certificate_id), 303)
    return _certificate_page(actor, certificate_id, form), 422


@bp.route("/certificates/<int:certificate_id>/revocation", methods=["GET", "POST"])
@access.requires(ISSUE)
def revoke(certificate_id: int) -> ResponseReturnValue:
    def act(actor: Actor, why: str, at: datetime) -> int:
        services.certificates.revoke(certificate_id, why=why, by_id=actor.user_id, at=at)
        flash(_("Attestato annullato. Chi controlla il codice lo legge subito."), "success")
        return certificate_id

    return _end(certificate_id, "certificates/revoke.html", act)


@bp.route("/certificates/<int:certificate_id>/replacement", methods=["GET", "POST"])
@access.requires(ISSUE)
def replace(certificate_id: int) -> ResponseReturnValue:
    def act(actor: Actor, why: str, at: datetime) -> int:
        issuing = Issuing(by_id=actor.user_id, at=at, verify_address=_verify_address())
        new = services.certificates.replace_with_new(certificate_id, why=why, issuing=issuing)
        flash(_("Nuovo attestato emesso. Quello di prima non vale più."), "success")
        return new.id

    return _end(certificate_id, "certificates/replace.html", act)


def _end(certificate_id: int, template: str, act: Callable[[Actor, str, datetime], int]) -> ResponseReturnValue:
    """The page that asks why, then the act; afterwards the certificate that `act` names."""
    actor = access.signed_in_user()
    page = queries.certificates.get(actor, certificate_id, ISSUE)
    form = EndForm()
    if form.validate_on_submit():
        try:
            with transaction(actor):
                shown = act(actor, form.why.data or "", clock.now())
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            return redirect(url_for(".show", certificate_id=shown), 303)
    return render_template(template, form=form, page=page), 422 if form.is_submitted() else 200


def _issuing(actor: Actor, form: IssueForm) -> Issuing:
    return Issuing(
        by_id=actor.user_id,
        at=clock.now(),
        verify_address=_verify_address(),
        protocol_number=form.protocol_number.data or "",
        protocol_day=form.protocol_day.data,
    )


def _verify_address() -> str:
    return public_address(url_for("verification.ask"))


def _workshop_page(actor: Actor, workshop_id: int, form: IssueForm, refused: dict[int, str]) -> str:
    """`refused` are the sentences for pupils whose certificate could not be issued."""
    workshop = queries.certificates.of_workshop(actor, workshop_id)
    ticked = {line.pupil_id for line in workshop.to_issue}
    if form.is_submitted():
        ticked &= set(form.pupil_ids.data or ())
    return render_template(
        "certificates/workshop.html",
        workshop=workshop,
        form=form,
        refused=refused,
        ticked=ticked - set(refused),
        issues=actor.may(ISSUE),
        reads_cards=actor.may(Permission.PUPILS_READ),
    )


def _certificate_page(actor: Actor, certificate_id: int, form: ProtocolForm | None = None) -> str:
    page = queries.certificates.get(actor, certificate_id)
    return render_template(
        "certificates/show.html",
        page=page,
        form=form or ProtocolForm(formdata=None, obj=page.certificate),
        code=in_fours(page.certificate.contents.code),
        issues=actor.may(ISSUE) and page.certificate.revoked_at is None,
        reads_cards=actor.may(Permission.PUPILS_READ),
    )
