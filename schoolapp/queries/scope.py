"""Who sees which rows. Read this first: every question about pupils, workshops and lessons starts here.

Requests for a mediator, which pass through several houses, have a scope of their own: `mediation_scope`.

Each function gives a condition for a WHERE. What is outside it does not exist for the person: 404, never 403.
A permission counts only where the role that gives it is held.
"""

from functools import lru_cache

from sqlalchemy import ColumnElement, exists, false, or_, select, true
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import InstrumentedAttribute

from schoolapp.domain.actors import Actor
from schoolapp.domain.assessment import AssessmentState
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.models import (
    Assessment,
    AuditEvent,
    ClassMembership,
    ClassTeacher,
    Enrolment,
    Institute,
    Lesson,
    Membership,
    Project,
    Pupil,
    Referral,
    SchoolClass,
    User,
    Workshop,
    WorkshopFacilitator,
)

KEPT = 512
"""Conditions kept ready: making one costs as much as asking the database, and a person asks all morning."""

WHOLE_SCHOOL = (Role.COORDINATOR, Role.HEAD)
"""Roles that see all of their institute, not only their own workshops or classes."""


def accounts(actor: Actor) -> ColumnElement[bool]:
    """Every account, for who manages them; none else."""
    return User.id.is_not(None) if actor.may(Permission.ACCOUNTS_MANAGE) else false()


def ensure_gives_roles(actor: Actor) -> None:
    """Places to give roles in are asked by who manages accounts only. Raises NoResultFound."""
    if not actor.may(Permission.ACCOUNTS_MANAGE):
        raise NoResultFound


def audit_events(actor: Actor) -> ColumnElement[bool]:
    """What was changed in the institutes whose register of changes the person reads."""
    return among(AuditEvent.institute_id, actor.institutes_with(Permission.AUDIT_READ))


def memberships(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Roles held in the institutes in which the person holds the permission."""
    return among(Membership.institute_id, actor.institutes_with(permission))


def projects(actor: Actor) -> ColumnElement[bool]:
    """Every project, for who manages them; none else."""
    return Project.id.is_not(None) if actor.may(Permission.PROJECTS_MANAGE) else false()


@lru_cache(maxsize=KEPT)
def institutes(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Institutes in which the person holds the permission; an administrator's is every one."""
    if any(grant.role is Role.ADMINISTRATOR for grant in actor.grants_with(permission)):
        return Institute.id.is_not(None)
    return among(Institute.id, actor.institutes_with(permission))


@lru_cache(maxsize=KEPT)
def workshops(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """All of the school's for coordinator and head, the person's own for a facilitator."""
    own = exists().where(WorkshopFacilitator.workshop_id == Workshop.id, WorkshopFacilitator.user_id == actor.user_id)
    return whole_or_own(actor, permission, Workshop.institute_id, Role.FACILITATOR, own)


@lru_cache(maxsize=KEPT)
def lessons(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Lessons of the workshops above; a facilitator's are those of the days on which the workshop was theirs.

    The question joins Lesson to Workshop.
    """
    own = or_(
        Lesson.facilitator_id == actor.user_id,
        exists().where(
            WorkshopFacilitator.workshop_id == Lesson.workshop_id,
            WorkshopFacilitator.user_id == actor.user_id,
            WorkshopFacilitator.valid_from <= Lesson.day,
            or_(WorkshopFacilitator.valid_to.is_(None), WorkshopFacilitator.valid_to >= Lesson.day),
        ),
    )
    return whole_or_own(actor, permission, Workshop.institute_id, Role.FACILITATOR, own)


@lru_cache(maxsize=KEPT)
def pupils(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """All of the school's for coordinator and head, those of the own classes for a teacher."""
    return whole_or_own(actor, permission, Pupil.institute_id, Role.TEACHER, _in_own_classes(actor))


@lru_cache(maxsize=KEPT)
def classes(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """All of the school's for coordinator and head, the own ones for a teacher."""
    own = exists().where(ClassTeacher.class_id == SchoolClass.id, ClassTeacher.user_id == actor.user_id)
    return whole_or_own(actor, permission, SchoolClass.institute_id, Role.TEACHER, own)


@lru_cache(maxsize=KEPT)
def enrolments(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Enrolments in the workshops above. The question joins Enrolment to Workshop."""
    return workshops(actor, permission) & (Enrolment.workshop_id == Workshop.id)


@lru_cache(maxsize=KEPT)
def referrals(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The school's for coordinator and head, the own ones for a teacher."""
    return whole_or_own(
        actor, permission, Referral.institute_id, Role.TEACHER, Referral.referred_by_id == actor.user_id
    )


@lru_cache(maxsize=KEPT)
def assessed_pupils(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Pupils whose levels are the person's to read or to record.

    All of the school's for coordinator and head; for a facilitator those of the own workshops, for a teacher those of
    the own classes.
    """
    return _of_assessed(actor, permission, Pupil.institute_id, true())


@lru_cache(maxsize=KEPT)
def assessments(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Assessments of the pupils above; a teacher reads those that were shared. The question joins Pupil."""
    return _of_assessed(actor, permission, Assessment.institute_id, Assessment.state == AssessmentState.SHARED)


def _of_assessed(
    actor: Actor,
    permission: Permission,
    institute_id: InstrumentedAttribute[int],
    for_teachers: ColumnElement[bool],
) -> ColumnElement[bool]:
    whole = actor.institutes_with(permission, *WHOLE_SCHOOL)
    branches = [among(institute_id, whole)] if whole else []
    if facilitates := actor.institutes_with(permission, Role.FACILITATOR) - whole:
        branches.append(among(institute_id, facilitates) & _in_own_workshops(actor))
    if teaches := actor.institutes_with(permission, Role.TEACHER) - whole:
        branches.append(among(institute_id, teaches) & _in_own_classes(actor) & for_teachers)
    return or_(*branches) if branches else false()


def _in_own_workshops(actor: Actor) -> ColumnElement[bool]:
    return exists(
        select(Enrolment.id)
        .join(WorkshopFacilitator, WorkshopFacilitator.workshop_id == Enrolment.workshop_id)
        .where(Enrolment.pupil_id == Pupil.id, WorkshopFacilitator.user_id == actor.user_id)
        .correlate(Pupil)
    )


def _in_own_classes(actor: Actor) -> ColumnElement[bool]:
    return exists(
        select(ClassMembership.pupil_id)
        .join(ClassTeacher, ClassTeacher.class_id == ClassMembership.class_id)
        .where(
            ClassMembership.pupil_id == Pupil.id,
            ClassMembership.valid_to.is_(None),
            ClassTeacher.user_id == actor.user_id,
        )
        .correlate(Pupil)
    )


def whole_or_own(
    actor: Actor,
    permission: Permission,
    institute_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    own_role: Role,
    own: ColumnElement[bool],
) -> ColumnElement[bool]:
    """Everything of the institutes of the whole school, and only `own` of those where the person has `own_role`.

    A branch that lets nothing through is left out, not written as "or false": databases read all rows for that.
    """
    whole = actor.institutes_with(permission, *WHOLE_SCHOOL)
    part = actor.institutes_with(permission, own_role) - whole
    if not part:
        return among(institute_id, whole)
    mine = among(institute_id, part) & own
    return or_(among(institute_id, whole), mine) if whole else mine


def among(
    column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], ids: frozenset[int]
) -> ColumnElement[bool]:
    """The column holds one of the ids."""
    if len(ids) == 1:
        return column == min(ids)
    return column.in_(sorted(ids)) if ids else false()
