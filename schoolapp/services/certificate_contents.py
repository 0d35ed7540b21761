"""What a certificate says, gathered once from what is kept: from then on it is the paper's own."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from schoolapp.domain.assessment import AssessmentState, Moment
from schoolapp.domain.certificates import CertificateContents, SkillReached
from schoolapp.domain.descriptors import level_words
from schoolapp.domain.institutes import school_kind_in_words
from schoolapp.domain.levels import Level, Skill
from schoolapp.extensions import db
from schoolapp.models import (
    AssessedLevel,
    Assessment,
    ClassMembership,
    Comune,
    FundingLine,
    Institute,
    Project,
    Pupil,
    SchoolClass,
    Site,
    User,
    Workshop,
    WorkshopFacilitator,
)
from schoolapp.queries import role_holders
from schoolapp.queries.workshop_paths import WalkedPath

_LEVELS_REACHED = (Moment.FINAL, Moment.INTERMEDIATE)
"""Where levels are read from, the best first; those of entry are where a pupil began."""


def gather(
    workshop: Workshop, paths: Mapping[int, WalkedPath], *, issue_day: date, verify_address: str
) -> dict[int, CertificateContents]:
    """Pupil → contents, without the number and the code that only the issue gives."""
    head = _head(workshop.id)
    facilitators = _facilitators(workshop.id)
    classes = _classes(paths)
    levels = _levels(paths, workshop.school_year_id)
    signer = role_holders.head_teacher(workshop.institute_id, issue_day)
    pupils = db.session.scalars(select(Pupil).where(Pupil.id.in_(sorted(paths))).order_by(Pupil.sort_key, Pupil.id))
    return {
        pupil.id: CertificateContents(
            number="",
            code="",
            verify_address=verify_address,
            replaces=None,
            issue_day=issue_day,
            place=head.comune or "",
            institute=head.institute,
            institute_address=head.address,
            institute_code=head.code,
            site=f"plesso «{head.site}»",
            first_name=pupil.first_name,
            last_name=pupil.last_name,
            birth_date=pupil.birth_date,
            birth_place=pupil.birth_place,
            school_class=classes.get(pupil.id, ""),
            kind=workshop.kind,
            level=workshop.level,
            first_day=paths[pupil.id].first_day,
            last_day=paths[pupil.id].last_day,
            attended_minutes=paths[pupil.id].path.figure.attended,
            offered_minutes=paths[pupil.id].path.figure.offered,
            levels=levels.get(pupil.id, ()),
            facilitators=_on(facilitators, paths[pupil.id].last_day),
            head=signer,
            printed_signature=head.printed_signature,
            project_title=head.project_title,
            project_code=head.project_code,
            cup=head.cup,
        )
        for pupil in pupils
    }


def _head(workshop_id: int) -> Row[*tuple[Any, ...]]:
    return db.session.execute(
        select(
            Institute.name.label("institute"),
            Institute.address,
            Institute.code,
            Institute.printed_signature,
            Comune.name.label("comune"),
            Site.name.label("site"),
            Project.title.label("project_title"),
            Project.code.label("project_code"),
            Project.cup,
        )
        .select_from(Workshop)
        .join(Institute, Institute.id == Workshop.institute_id)
        .join(Site, Site.id == Workshop.site_id)
        .join(FundingLine, FundingLine.id == Workshop.funding_line_id)
        .outerjoin(Comune, Comune.id == Institute.comune_id)
        .outerjoin(Project, Project.id == FundingLine.project_id)
        .where(Workshop.id == workshop_id)
    ).one()


def _facilitators(workshop_id: int) -> list[Row[*tuple[Any, ...]]]:
    return list(
        db.session.execute(
            select(User.name, WorkshopFacilitator.valid_from, WorkshopFacilitator.valid_to)
            .join(User, User.id == WorkshopFacilitator.user_id)
            .where(WorkshopFacilitator.workshop_id == workshop_id)
            .order_by(WorkshopFacilitator.valid_from, WorkshopFacilitator.id)
        )
    )


def _on(facilitators: list[Row[*tuple[Any, ...]]], day: date) -> tuple[str, ...]:
    """Who ran the workshop on the day, or the last who did."""
    there = [
        row.name for row in facilitators if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)
    ]
    return tuple(dict.fromkeys(there)) or tuple(row.name for row in facilitators[-1:])


def _classes(paths: Mapping[int, WalkedPath]) -> dict[int, str]:
    """Pupil → the class of the last day in the workshop with its kind of school, or the one entered next."""
    rows = db.session.execute(
        select(ClassMembership.pupil_id, ClassMembership.valid_from, SchoolClass.name, Site.kind)
        .join(SchoolClass, SchoolClass.id == ClassMembership.class_id)
        .join(Site, Site.id == SchoolClass.site_id)
        .where(ClassMembership.pupil_id.in_(sorted(paths)))
        .order_by(ClassMembership.valid_from, ClassMembership.id)
    )
    classes: dict[int, str] = {}
    for pupil_id, entered, name, kind in rows:
        if pupil_id not in classes or entered <= paths[pupil_id].last_day:
            classes[pupil_id] = ", ".join(text for text in (name, school_kind_in_words(kind)) if text)
    return classes


def _levels(pupil_ids: Collection[int], school_year_id: int) -> dict[int, tuple[SkillReached, ...]]:
    """Pupil → levels of the final assessment of the year, or of the intermediate one where there is no final."""
    rows = db.session.execute(
        select(
            Assessment.pupil_id, Assessment.moment, Assessment.scale_version, AssessedLevel.skill, AssessedLevel.level
        )
        .join(AssessedLevel, AssessedLevel.assessment_id == Assessment.id)
        .where(
            Assessment.pupil_id.in_(sorted(pupil_ids)),
            Assessment.school_year_id == school_year_id,
            Assessment.moment.in_(_LEVELS_REACHED),
            Assessment.state != AssessmentState.DRAFT,
        )
    )
    found: defaultdict[int, dict[Moment, dict[Skill, SkillReached]]] = defaultdict(lambda: defaultdict(dict))
    for pupil_id, moment, version, skill, level in rows:
        found[pupil_id][moment][skill] = _reached(skill, level, version)
    return {
        pupil_id: next(
            tuple(moments[moment][skill] for skill in Skill if skill in moments[moment])
            for moment in _LEVELS_REACHED
            if moment in moments
        )
        for pupil_id, moments in found.items()
    }


def _reached(skill: Skill, level: Level, version: int) -> SkillReached:
    return SkillReached(skill, level, level_words(skill, level, version).first_person)
