"""One pupil: the sheet that an assessor fills in, and the profiles over time."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.assessments import forms
from schoolapp.blueprints.assessments.routes import bp, moment_asked
from schoolapp.domain.assessment import ASSESSMENT_STATE_NAMES, LITERACY_NAMES, MOMENT_NAMES, AssessmentState, Moment
from schoolapp.domain.assessment_sheets import KeptAssessment, SheetFacts, WorkshopGroup
from schoolapp.domain.descriptors import SCALE_VERSION, by_code, descriptors
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES, Level, Skill
from schoolapp.domain.permissions import Permission
from schoolapp.domain.profiles import COMMUNICATIVE_SKILLS, FEWEST_SKILLS, Profile, proposed_overall
from schoolapp.domain.workshops import WORKSHOP_KIND_NAMES
from schoolapp.queries.assessments import AssessedPupil
from schoolapp.queries.scope import WHOLE_SCHOOL
from schoolapp.services.assessments import VERSION_FIELD
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.wording import sentence_of

NAMES = {
    "level": LEVEL_NAMES,
    "literacy": LITERACY_NAMES,
    "moment": MOMENT_NAMES,
    "skill": SKILL_NAMES,
    "state": ASSESSMENT_STATE_NAMES,
}
"""What the pages of levels call things."""


@bp.get("/pupils/<int:pupil_id>/levels")
@access.requires(Permission.ASSESSMENTS_READ)
def pupil(pupil_id: int) -> ResponseReturnValue:
    """Profiles over time, then each assessment in words."""
    return _pupil(pupil_id)


@bp.post("/assessments/<int:assessment_id>/share")
@access.requires(Permission.ASSESSMENTS_SHARE)
def share_one(assessment_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    pupil_id = queries.assessments.pupil_of(actor, assessment_id, Permission.ASSESSMENTS_SHARE)
    try:
        with transaction(actor):
            services.assessments.share(actor, assessment_ids=[assessment_id], now=clock.now())
    except RuleViolation as violation:
        return _pupil(pupil_id, refusal=sentence_of(violation)), 422
    flash(_("Valutazione condivisa. Il consiglio di classe la può leggere."), "success")
    return redirect(url_for(".pupil", pupil_id=pupil_id), 303)


def _pupil(pupil_id: int, refusal: str = "") -> str:
    actor = access.signed_in_user()
    found = queries.assessments.get_pupil(actor, pupil_id)
    kept = queries.assessments.list_of(actor, pupil_id)
    history = queries.profiles.history(actor, pupil_id)
    whole = found.institute_id in actor.institutes_with(Permission.PUPILS_READ, *WHOLE_SCHOOL)
    return render_template(
        "assessments/pupil.html",
        pupil=found,
        history=history,
        assessments=kept,
        placement=queries.placements.suggest(actor, found, history),
        evidence={version: by_code(version) for version in {item.scale_version for item in kept}},
        names=NAMES,
        kind_names=WORKSHOP_KIND_NAMES,
        records=not found.archived and found.institute_id in actor.institutes_with(Permission.ASSESSMENTS_RECORD),
        shares=found.institute_id in actor.institutes_with(Permission.ASSESSMENTS_SHARE),
        reads_card=whole or actor.may(Permission.PUPILS_READ),
        sees_all_workshops=found.institute_id in actor.institutes_with(Permission.WORKSHOPS_READ, *WHOLE_SCHOOL),
        refusal=refusal,
    )


@bp.route("/pupils/<int:pupil_id>/levels/record", methods=["GET", "POST"])
@access.requires(Permission.ASSESSMENTS_RECORD)
def record(pupil_id: int) -> ResponseReturnValue:
    """The sheet of a moment: `?moment=`; `?workshop=` is the group whose next pupil comes after this one."""
    actor = access.signed_in_user()
    found = queries.assessments.get_pupil(actor, pupil_id, Permission.ASSESSMENTS_RECORD)
    moment, group = moment_asked(), _group_asked(pupil_id)
    if request.method == "GET":
        return _sheet(found, moment, group)
    completes = request.form.get("action") == "complete"
    try:
        with transaction(actor):
            kept = services.assessments.record(
                actor,
                pupil_id=pupil_id,
                moment=moment,
                facts=forms.read(request.form),
                version=forms.read_whole(request.form, "version"),
                complete=completes,
                now=clock.now(),
                workshop_id=group.workshop_id if group else None,
                reason=request.form.get("reason", ""),
                scale=forms.read_whole(request.form, "scale"),
            )
    except RuleViolation as violation:
        return _sheet(found, moment, group, violation), 409 if violation.field == VERSION_FIELD else 422
    if "reason" in request.form:
        flash(_("Correzione di %(name)s salvata.", name=found.name), "success")
        return redirect(_address(pupil_id, moment, group), 303)
    if not completes:
        is_draft = kept.state is AssessmentState.DRAFT
        saved = _("Bozza di %(name)s salvata.") if is_draft else _("Valutazione di %(name)s salvata.")
        flash(saved % {"name": found.name}, "success")
        return redirect(_address(pupil_id, moment, group), 303)
    flash(_("Valutazione di %(name)s completata.", name=found.name), "success")
    following = group.next_after(pupil_id, moment) if group else None
    if following is not None:
        return redirect(_address(following.pupil_id, moment, group), 303)
    if group is not None:
        return redirect(url_for(".workshop", workshop_id=group.workshop_id, moment=moment), 303)
    return redirect(url_for(".pupil", pupil_id=pupil_id), 303)


def _group_asked(pupil_id: int) -> WorkshopGroup | None:
    """The group in the address, None where there is none. One that is not the person's, or not the pupil's, is 404."""
    if "workshop" not in request.args:
        return None
    workshop_id = request.args.get("workshop", type=int)
    if workshop_id is None:
        abort(404)
    group = queries.assessments.group(
        access.signed_in_user(), workshop_id, on=clock.today(), permission=Permission.ASSESSMENTS_RECORD
    )
    if all(line.pupil_id != pupil_id for line in group.lines):
        abort(404)
    return group


def _address(pupil_id: int, moment: Moment, group: WorkshopGroup | None) -> str:
    return url_for(".record", pupil_id=pupil_id, moment=moment.value, workshop=group.workshop_id if group else None)


def _sheet(
    pupil: AssessedPupil, moment: Moment, group: WorkshopGroup | None, violation: RuleViolation | None = None
) -> str:
    """The sheet as it is kept, or as it was typed where a rule said no; shared, it is text until one corrects it."""
    actor = access.signed_in_user()
    kept = queries.assessments.of_moment(actor, pupil.id, group.school_year_id if group else None, moment)
    history = queries.profiles.history(actor, pupil.id)
    previous = _previous(history.profiles, kept)
    theirs = kept if kept and violation and violation.field == VERSION_FIELD else None
    if violation is None:
        sheet = forms.drawn(
            kept.facts if kept else SheetFacts(literacy=previous.literacy if previous else None),
            overall=_chosen_against(kept),
            version=kept.version if kept else 0,
            today=clock.today(),
        )
    else:
        read = kept.version if kept and theirs else forms.read_whole(request.form, "version")
        sheet = forms.typed(request.form, version=max(read, 0), ticked=violation.field != "seen")
    shared = kept is not None and kept.state is AssessmentState.SHARED
    return render_template(
        "assessments/sheet.html",
        pupil=pupil,
        moment=moment,
        group=group,
        kept=kept,
        sheet=sheet,
        previous=previous,
        theirs=theirs,
        their_name=(queries.assessments.last_author(actor, theirs.id) or theirs.assessor) if theirs else "",
        reads_only=shared and violation is None and "correct" not in request.args,
        form=forms.Refusal({violation.field or "": sentence_of(violation)}) if violation else None,
        following=group.next_after(pupil.id, moment) if group else None,
        address=_address(pupil.id, moment, group),
        descriptors=descriptors,
        evidence=by_code(kept.scale_version if kept else SCALE_VERSION),
        scale=kept.scale_version if kept else SCALE_VERSION,
        names=NAMES,
        skills=list(Skill),
        levels=list(Level),
        communicative=COMMUNICATIVE_SKILLS,
        fewest=FEWEST_SKILLS,
        proposed=_proposed_of(sheet),
    )


def _previous(profiles: tuple[Profile, ...], kept: KeptAssessment | None) -> Profile | None:
    """The latest completed profile before this sheet."""
    others = [profile for profile in profiles if kept is None or profile.assessment_id != kept.id]
    if kept is not None and kept.facts.day is not None:
        others = [profile for profile in others if profile.day <= kept.facts.day]
    return others[-1] if others else None


def _chosen_against(kept: KeptAssessment | None) -> Level | None:
    """The overall level where it is not the proposed one: only then the form shows a choice of its own."""
    if kept is None or kept.facts.overall is proposed_overall(kept.facts.levels):
        return None
    return kept.facts.overall


def _proposed_of(sheet: forms.DrawnSheet) -> Level | None:
    levels = {skill: Level(word) for skill, word in sheet.levels.items() if word in set(Level)}
    return proposed_overall(levels)
