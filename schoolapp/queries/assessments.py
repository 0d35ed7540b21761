"""Assessments: the group of a workshop, one pupil's sheet, profiles over time, and what a service changes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import aliased, contains_eager

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.assessment import AssessmentState, Moment
from schoolapp.domain.assessment_sheets import (
    GroupLine,
    KeptAssessment,
    MomentCell,
    SheetFacts,
    WorkshopGroup,
    WorkshopProgress,
)
from schoolapp.domain.permissions import Permission
from schoolapp.domain.profiles import COMMUNICATIVE_SKILLS
from schoolapp.extensions import db
from schoolapp.models import (
    AssessedDescriptor,
    Assessment,
    AuditEvent,
    ClassMembership,
    Enrolment,
    Institute,
    Pupil,
    SchoolClass,
    SchoolYear,
    Site,
    User,
    Workshop,
)
from schoolapp.queries import profiles, scope
from schoolapp.queries.rows import read

AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class AssessedPupil:
    """The head of a sheet: who is assessed."""

    id: int
    institute_id: int
    institute_name: str
    first_name: str
    last_name: str
    class_name: str | None
    site_id: int | None
    site_name: str | None
    site_kind: str | None
    archived: bool

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


def get_pupil(actor: Actor, pupil_id: int, permission: Permission = Permission.ASSESSMENTS_READ) -> AssessedPupil:
    """A pupil whose levels the person may read or record. Raises NoResultFound elsewhere."""
    return AssessedPupil(*read(_head_of_pupil(actor, permission), {"pupil_id": pupil_id}).one())


@lru_cache(maxsize=scope.KEPT)
def _head_of_pupil(actor: Actor, permission: Permission) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Pupil.id,
            Pupil.institute_id,
            Institute.name,
            Pupil.first_name,
            Pupil.last_name,
            SchoolClass.name,
            Site.id,
            Site.name,
            Site.kind,
            Pupil.archived_at.is_not(None),
        )
        .join(Institute, Institute.id == Pupil.institute_id)
        .outerjoin(ClassMembership, (ClassMembership.pupil_id == Pupil.id) & ClassMembership.valid_to.is_(None))
        .outerjoin(SchoolClass, SchoolClass.id == ClassMembership.class_id)
        .outerjoin(Site, Site.id == SchoolClass.site_id)
        .where(Pupil.id == bindparam("pupil_id"), scope.assessed_pupils(actor, permission))
    )


def group(
    actor: Actor, workshop_id: int, *, on: date, permission: Permission = Permission.ASSESSMENTS_READ
) -> WorkshopGroup:
    """The pupils of a workshop with their assessments of its year. Four statements, whatever their number."""
    head = db.session.execute(
        select(
            Workshop.institute_id,
            Workshop.title,
            Site.name.label("site"),
            SchoolYear.id.label("year_id"),
            SchoolYear.first_day,
            SchoolYear.last_day,
        )
        .join(Site, Site.id == Workshop.site_id)
        .join(SchoolYear, SchoolYear.id == Workshop.school_year_id)
        .where(Workshop.id == workshop_id, scope.workshops(actor, permission))
    ).one()
    pupils = profiles.enrolled([workshop_id], on)
    cells = _cells([pupil.id for pupil in pupils], head.year_id)
    return WorkshopGroup(
        workshop_id=workshop_id,
        institute_id=head.institute_id,
        title=head.title,
        site=head.site,
        school_year_id=head.year_id,
        year_first_day=head.first_day,
        year_last_day=head.last_day,
        lines=tuple(
            GroupLine(
                pupil_id=pupil.id,
                name=f"{pupil.first_name} {pupil.last_name}".strip(),
                school_class=pupil.class_name or "",
                present=bool(pupil.present),
                cells=tuple(cells.get((pupil.id, moment), MomentCell(moment)) for moment in Moment),
            )
            for pupil in pupils
        ),
    )


def of_moment(actor: Actor, pupil_id: int, school_year_id: int | None, moment: Moment) -> KeptAssessment | None:
    """The assessment of a pupil at a moment of a year (None: this one), if it was begun and the person may read it."""
    if school_year_id is None:
        year = profiles.year_of(clock.today())
        school_year_id = year.id if year else None
    found = _kept(
        _assessments(actor).where(
            Assessment.pupil_id == pupil_id,
            Assessment.school_year_id == school_year_id,
            Assessment.moment == moment,
        )
    )
    return found[0] if found else None


def list_of(actor: Actor, pupil_id: int) -> list[KeptAssessment]:
    """The pupil's assessments that the person may read, the latest first. Three statements."""
    return _kept(
        _assessments(actor).where(Assessment.pupil_id == pupil_id).order_by(Assessment.day.desc(), Assessment.id.desc())
    )


def list_workshops(actor: Actor, *, on: date) -> list[WorkshopProgress]:
    """The workshops of this school year with how far their assessments are. Three statements."""
    rows = db.session.execute(
        select(Workshop.id, Workshop.title, Site.name.label("site"), Workshop.school_year_id)
        .join(Site, Site.id == Workshop.site_id)
        .join(SchoolYear, SchoolYear.id == Workshop.school_year_id)
        .where(
            scope.workshops(actor, Permission.ASSESSMENTS_READ), SchoolYear.first_day <= on, SchoolYear.last_day >= on
        )
        .order_by(Workshop.title, Workshop.id)
    ).all()
    ids = [row.id for row in rows]
    present = (
        select(Enrolment.workshop_id, Enrolment.pupil_id)
        .where(
            Enrolment.workshop_id.in_(ids),
            Enrolment.first_day <= on,
            or_(Enrolment.last_day.is_(None), Enrolment.last_day >= on),
        )
        .distinct()
        .subquery()
    )
    pupils = select(present.c.workshop_id, func.count()).group_by(present.c.workshop_id)
    enrolled: dict[int, int] = {row[0]: row[1] for row in db.session.execute(pupils)}
    counts: defaultdict[tuple[int, Moment, AssessmentState], int] = defaultdict(int)
    counted = db.session.execute(
        select(present.c.workshop_id, Assessment.moment, Assessment.state, func.count())
        .join(present, present.c.pupil_id == Assessment.pupil_id)
        .join(Workshop, Workshop.id == present.c.workshop_id)
        .where(Assessment.school_year_id == Workshop.school_year_id)
        .group_by(present.c.workshop_id, Assessment.moment, Assessment.state)
    )
    for workshop_id, moment, state, number in counted:
        counts[workshop_id, moment, state] = number

    def of_state(workshop_id: int, *states: AssessmentState, moments: Iterable[Moment] = Moment) -> int:
        return sum(counts[workshop_id, moment, state] for moment in moments for state in states)

    done = (AssessmentState.COMPLETE, AssessmentState.SHARED)
    return [
        WorkshopProgress(
            id=row.id,
            title=row.title,
            site=row.site,
            pupils=enrolled.get(row.id, 0),
            done={moment: of_state(row.id, *done, moments=[moment]) for moment in Moment},
            drafts={moment: of_state(row.id, AssessmentState.DRAFT, moments=[moment]) for moment in Moment},
            to_share=of_state(row.id, AssessmentState.COMPLETE),
        )
        for row in rows
    ]


def for_change(actor: Actor, assessment_ids: Collection[int], permission: Permission) -> Sequence[Assessment]:
    """Assessments held until the transaction ends. One that is not the person's refuses all (NoResultFound)."""
    wanted = sorted(set(assessment_ids))
    found = db.session.scalars(
        select(Assessment)
        .join(Assessment.pupil)
        .options(contains_eager(Assessment.pupil))
        .where(Assessment.id.in_(wanted), scope.assessments(actor, permission))
        .order_by(Assessment.id)
        .with_for_update(of=Assessment)
        .execution_options(populate_existing=True)
    ).all()
    if len(found) != len(wanted):
        raise NoResultFound
    return found


def pupil_of(actor: Actor, assessment_id: int, permission: Permission) -> int:
    """Whose assessment it is. Raises NoResultFound outside the person's scope."""
    return db.session.execute(
        select(Assessment.pupil_id)
        .join(Pupil, Pupil.id == Assessment.pupil_id)
        .where(Assessment.id == assessment_id, scope.assessments(actor, permission))
    ).scalar_one()


def last_author(actor: Actor, assessment_id: int) -> str | None:
    """Who wrote on an assessment last, None where the register of changes does not know."""
    return db.session.scalar(
        select(User.name)
        .join(AuditEvent, AuditEvent.user_id == User.id)
        .join(Assessment, (AuditEvent.subject == Assessment.__tablename__) & (AuditEvent.subject_id == Assessment.id))
        .join(Pupil, Pupil.id == Assessment.pupil_id)
        .where(Assessment.id == assessment_id, scope.assessments(actor, Permission.ASSESSMENTS_READ))
        .order_by(AuditEvent.id.desc())
        .limit(1)
    )


def _cells(pupil_ids: Collection[int], school_year_id: int) -> dict[tuple[int, Moment], MomentCell]:
    rows = db.session.execute(
        select(
            Assessment.id,
            Assessment.pupil_id,
            Assessment.moment,
            Assessment.state,
            Assessment.day,
            Assessment.overall_level,
        ).where(Assessment.pupil_id.in_(sorted(pupil_ids)), Assessment.school_year_id == school_year_id)
    ).all()
    levels = profiles.levels_of([row.id for row in rows])
    return {
        (row.pupil_id, row.moment): MomentCell(
            row.moment,
            row.id,
            row.state,
            row.day,
            row.overall_level,
            tuple(skill for skill in COMMUNICATIVE_SKILLS if skill not in levels.get(row.id, {})),
        )
        for row in rows
    }


@lru_cache(maxsize=scope.KEPT)
def _assessments(actor: Actor) -> Select[*tuple[Any, ...]]:
    assessor, sharer = aliased(User), aliased(User)
    return (
        select(Assessment, assessor.name, sharer.name)
        .join(Pupil, Pupil.id == Assessment.pupil_id)
        .join(assessor, assessor.id == Assessment.assessor_id)
        .outerjoin(sharer, sharer.id == Assessment.shared_by_id)
        .where(scope.assessments(actor, Permission.ASSESSMENTS_READ))
    )


_CODES = select(AssessedDescriptor.assessment_id, AssessedDescriptor.code).where(
    AssessedDescriptor.assessment_id.in_(bindparam("ids", expanding=True))
)


def _kept(statement: Select[*tuple[Any, ...]]) -> list[KeptAssessment]:
    rows = db.session.execute(statement).all()
    ids = [row[0].id for row in rows]
    levels = profiles.levels_of(ids)
    ticked: defaultdict[int, set[str]] = defaultdict(set)
    if ids:
        for assessment_id, code in read(_CODES, {"ids": ids}).all():
            ticked[assessment_id].add(code)
    return [
        KeptAssessment(
            id=item.id,
            pupil_id=item.pupil_id,
            workshop_id=item.workshop_id,
            moment=item.moment,
            state=item.state,
            scale_version=item.scale_version,
            version=item.version,
            facts=SheetFacts(
                day=item.day,
                levels=levels.get(item.id, {}),
                descriptors=frozenset(ticked[item.id]),
                literacy=item.literacy,
                overall=item.overall_level,
                overall_why=item.overall_why,
                note=item.note,
            ),
            assessor=assessor,
            completed_at=item.completed_at,
            shared_at=item.shared_at,
            shared_by=sharer,
        )
        for item, assessor, sharer in rows
    ]
