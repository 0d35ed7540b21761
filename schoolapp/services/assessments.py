"""Assessing a pupil: a draft, the completed profile, what the class council reads, a correction with its reason."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.assessment import (
    AssessmentState,
    Moment,
    ensure_about_italian,
    ensure_day,
    ensure_editable,
    ensure_note,
    ensure_shareable,
)
from schoolapp.domain.assessment_sheets import SheetFacts, ensure_descriptors
from schoolapp.domain.descriptors import SCALE_VERSION, by_code
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.permissions import Permission
from schoolapp.domain.profiles import LONGEST_OVERALL_WHY, ensure_overall, proposed_overall
from schoolapp.domain.pupils import tidy
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import AssessedDescriptor, AssessedLevel, Assessment, Pupil, SchoolYear
from schoolapp.queries import assessments as questions
from schoolapp.services import audit, school_years

VERSION_FIELD = "version"
"""The field of a refusal where somebody else saved the sheet meanwhile."""


def record(
    actor: Actor,
    *,
    pupil_id: int,
    moment: Moment,
    facts: SheetFacts,
    version: int,
    complete: bool,
    now: datetime,
    workshop_id: int | None = None,
    reason: str = "",
    scale: int | None = None,
) -> Assessment:
    """Keep the sheet of a pupil at a moment of the year, of the workshop's where one is given.

    `version` is the one that was read, 0 for a sheet nobody had begun; `scale` is the one whose words were ticked, None
    for the assessment's own. `complete` closes a draft; what is complete stays so and must stay valid. What is kept
    already, word for word, is not written again: a button that was pressed twice. Raises NoResultFound for a pupil or
    workshop that is not the person's.
    """
    facts = replace(facts, note=tidy(facts.note), overall_why=tidy(facts.overall_why))
    reason = tidy(reason)
    today = now.astimezone(SCHOOL_ZONE).date()
    questions.get_pupil(actor, pupil_id, Permission.ASSESSMENTS_RECORD)
    if workshop_id is None:
        year = school_years.prepared(today)
    else:
        group = questions.group(actor, workshop_id, on=today, permission=Permission.ASSESSMENTS_RECORD)
        if all(line.pupil_id != pupil_id for line in group.lines):
            raise NoResultFound
        year = db.session.get_one(SchoolYear, group.school_year_id)
    pupil = _locked(pupil_id)
    if pupil.archived_at is not None:
        raise RuleViolation(N_("La scheda dell’alunno è in archivio."))
    assessment = _found(pupil_id, year.id, moment)
    if (assessment.version if assessment else 0) != version:
        if assessment is not None and _says(assessment, facts, complete=complete):
            return assessment
        raise RuleViolation(
            N_("Intanto questa valutazione è stata salvata di nuovo: accanto ai tuoi livelli ci sono quelli salvati."),
            field=VERSION_FIELD,
        )
    state = assessment.state if assessment else AssessmentState.DRAFT
    ensure_editable(state, reason)
    ensure_day(facts.day, today=today, first_day=year.first_day, last_day=year.last_day)
    ensure_note(facts.note)
    ensure_about_italian(facts.overall_why, "overall_why")
    ensure_about_italian(reason, "reason")
    own_scale = assessment.scale_version if assessment else SCALE_VERSION
    ensure_descriptors(facts.descriptors, by_code(own_scale), same_scale=scale in {None, own_scale})
    completes = complete or state is not AssessmentState.DRAFT
    if completes:
        ensure_overall(facts.levels, facts.overall, facts.overall_why)
    if assessment is None:
        assessment = Assessment(
            institute_id=pupil.institute_id,
            pupil=pupil,
            school_year_id=year.id,
            workshop_id=workshop_id,
            moment=moment,
            day=facts.day,
            scale_version=own_scale,
            state=AssessmentState.DRAFT,
            assessor_id=actor.user_id,
        )
        db.session.add(assessment)
    with audit.because(reason), db.session.no_autoflush:
        changes = _write(assessment, facts)
        if completes and state is AssessmentState.DRAFT:
            assessment.state, assessment.completed_at = AssessmentState.COMPLETE, now
            assessment.assessor_id = actor.user_id
        assessment.version = version + 1
        db.session.flush()
        if changes:
            audit.record_many(
                db.session(),
                action="changed",
                subject=Assessment.__tablename__,
                institute_id=assessment.institute_id,
                changes={assessment.id: changes},
            )
    return assessment


def share(actor: Actor, *, assessment_ids: Collection[int], now: datetime) -> int:
    """Let the class council read completed assessments, all of them or none; returns how many were not shared yet."""
    if not assessment_ids:
        raise RuleViolation(N_("Scegli almeno una valutazione."), field="assessment_id")
    chosen = questions.for_change(actor, assessment_ids, Permission.ASSESSMENTS_SHARE)
    for assessment in chosen:
        pupil = assessment.pupil
        ensure_shareable(assessment.state, f"{pupil.first_name} {pupil.last_name}".strip())
    new = [assessment for assessment in chosen if assessment.state is AssessmentState.COMPLETE]
    for assessment in new:
        assessment.state = AssessmentState.SHARED
        assessment.shared_at, assessment.shared_by_id = now, actor.user_id
        assessment.version += 1
    db.session.flush()
    return len(new)


def _says(assessment: Assessment, facts: SheetFacts, *, complete: bool) -> bool:
    """Whether the assessment is kept as the facts say it already."""
    return (
        not (complete and assessment.state is AssessmentState.DRAFT)
        and (assessment.day, assessment.literacy, assessment.note) == (facts.day, facts.literacy, facts.note)
        and (assessment.overall_level, assessment.overall_why) == _overall(facts)
        and {row.skill: row.level for row in assessment.levels} == facts.levels
        and {row.code for row in assessment.descriptors} == facts.descriptors
    )


def _overall(facts: SheetFacts) -> tuple[Level | None, str]:
    """The overall level that is kept, and why it is not the proposed one."""
    proposed = proposed_overall(facts.levels)
    if proposed is None or facts.overall is None or facts.overall is proposed:
        return proposed, ""
    return facts.overall, facts.overall_why[:LONGEST_OVERALL_WHY]


def _write(assessment: Assessment, facts: SheetFacts) -> dict[str, list[Any]]:
    """Put the facts on the assessment; what changed of levels and evidence, for the audit: one row, not one a skill."""
    assert facts.day is not None
    assessment.day, assessment.literacy, assessment.note = facts.day, facts.literacy, facts.note
    assessment.overall_level, assessment.overall_why = _overall(facts)
    rows = {row.skill: row for row in assessment.levels}
    changes: dict[str, list[Any]] = {
        skill.value: [rows[skill].level if skill in rows else None, facts.levels.get(skill)]
        for skill in Skill
        if (rows[skill].level if skill in rows else None) is not facts.levels.get(skill)
    }
    for skill, row in rows.items():
        if skill not in facts.levels:
            assessment.levels.remove(row)
    for skill, level in facts.levels.items():
        if skill in rows:
            rows[skill].level = level
        else:
            assessment.levels.append(AssessedLevel(skill=skill, level=level))
    ticked = {row.code: row for row in assessment.descriptors}
    for code, descriptor in ticked.items():
        if code not in facts.descriptors:
            assessment.descriptors.remove(descriptor)
    for code in sorted(facts.descriptors - set(ticked)):
        assessment.descriptors.append(AssessedDescriptor(code=code))
    if facts.descriptors != set(ticked):
        changes["descriptors"] = [", ".join(sorted(ticked)), ", ".join(sorted(facts.descriptors))]
    return changes


def _locked(pupil_id: int) -> Pupil:
    """Two people who begin the same sheet wait for each other at the pupil's row."""
    return db.session.scalars(
        select(Pupil).where(Pupil.id == pupil_id).with_for_update(of=Pupil).execution_options(populate_existing=True)
    ).one()


def _found(pupil_id: int, school_year_id: int, moment: Moment) -> Assessment | None:
    return db.session.scalar(
        select(Assessment)
        .where(
            Assessment.pupil_id == pupil_id,
            Assessment.school_year_id == school_year_id,
            Assessment.moment == moment,
        )
        .with_for_update(of=Assessment)
        .execution_options(populate_existing=True)
    )
