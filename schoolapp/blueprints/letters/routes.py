"""Letters to a family: of a meeting, or about a pupil's workshop; printed at once."""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from schoolapp import clock, queries, services
from schoolapp.blueprints.letters.forms import LetterForm
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.letters.drafts import LetterDraft
from schoolapp.domain.letters.kinds import FAMILY_ANSWER_NAMES, LETTER_KIND_NAMES
from schoolapp.domain.permissions import Permission
from schoolapp.services.letters import Printing
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation
from schoolapp.web.public_address import public_address

bp = Blueprint("letters", __name__)

NAMES = {"kind": LETTER_KIND_NAMES, "answer": FAMILY_ANSWER_NAMES}


@bp.route("/meetings/<int:request_id>/letter", methods=["GET", "POST"])
@access.requires(Permission.PUPILS_READ)
def of_meeting(request_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    draft = queries.letters.of_meeting(actor, request_id)
    return _page(actor, "letters/of_meeting.html", [draft], pupil=draft.pupil, draft=draft)


@bp.route("/pupils/<int:pupil_id>/letter", methods=["GET", "POST"])
@access.requires(Permission.PUPILS_READ)
def of_pupil(pupil_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    drafts = queries.letters.of_pupil(actor, pupil_id)
    name = drafts[0].pupil if drafts else queries.letters.pupil_name(actor, pupil_id)
    draft = drafts[0] if drafts else None
    return _page(actor, "letters/of_pupil.html", drafts, pupil=name, pupil_id=pupil_id, draft=draft)


def _page(actor: Actor, template: str, drafts: Sequence[LetterDraft], **values: object) -> ResponseReturnValue:
    """The page that asks what is not known; the letter itself once that is said."""
    form = LetterForm(drafts) if drafts and drafts[0].kinds else None
    if form is not None and form.validate_on_submit():
        try:
            with transaction(actor):
                printing = Printing(by_id=actor.user_id, at=clock.now(), page_address=_page_address)
                letter, content = services.letters.print_letter(
                    _chosen(drafts, form), form.choices(), printing=printing
                )
                name = f"lettera-{letter.id}-{letter.language}.pdf"
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            headers = {"Content-Disposition": f'inline; filename="{name}"'}
            return Response(content, content_type="application/pdf", headers=headers)
    page = render_template(template, form=form, names=NAMES, **values)
    return page, 422 if form is not None and form.is_submitted() else 200


def _chosen(drafts: Sequence[LetterDraft], form: LetterForm) -> LetterDraft:
    """The draft of the workshop that was chosen; the form has refused one that is not the pupil's."""
    wanted = form.workshop_id.data if "workshop_id" in form else None
    return next(draft for draft in drafts if draft.workshop_id == wanted)


def _page_address(secret: str) -> str:
    return public_address(url_for("letters.answer", secret=secret))
