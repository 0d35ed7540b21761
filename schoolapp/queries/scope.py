"""Who sees which rows. Read this first: every question about pupils, workshops and lessons starts here.

Each function gives a condition for a WHERE. What is outside it does not exist for the person: 404, never 403.
A permission counts only where the role that gives it is held.
"""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, exists, false, or_, select, true
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import InstrumentedAttribute

from schoolapp import parameters
from schoolapp.domain.actors import Actor
from schoolapp.domain.assessment import AssessmentState
from schoolapp.domain.meeting_steps import MeetingState, Party
from schoolapp.domain.meetings import OPEN_APPOINTMENTS
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.models import (
    Appointment,
    Assessment,
    AuditEvent,
    ClassMembership,
    ClassTeacher,
    Enrolment,
    HourBudget,
    Institute,
    Lesson,
    MeetingRequest,
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

REPORT_IS_DUE = (MeetingState.CONFIRMED, MeetingState.HELD, MeetingState.FAMILY_ABSENT)

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
    return _among(AuditEvent.institute_id, actor.institutes_with(Permission.AUDIT_READ))


def memberships(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Roles held in the institutes in which the person holds the permission."""
    return _among(Membership.institute_id, actor.institutes_with(permission))


def projects(actor: Actor) -> ColumnElement[bool]:
    """Every project, for who manages them; none else."""
    return Project.id.is_not(None) if actor.may(Permission.PROJECTS_MANAGE) else false()


@lru_cache(maxsize=KEPT)
def institutes(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Institutes in which the person holds the permission; an administrator's is every one."""
    if any(grant.role is Role.ADMINISTRATOR for grant in actor.grants_with(permission)):
        return Institute.id.is_not(None)
    return _among(Institute.id, actor.institutes_with(permission))


@lru_cache(maxsize=KEPT)
def workshops(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """All of the school's for coordinator and head, the person's own for a facilitator."""
    own = exists().where(WorkshopFacilitator.workshop_id == Workshop.id, WorkshopFacilitator.user_id == actor.user_id)
    return _whole_or_own(actor, permission, Workshop.institute_id, Role.FACILITATOR, own)


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
    return _whole_or_own(actor, permission, Workshop.institute_id, Role.FACILITATOR, own)


@lru_cache(maxsize=KEPT)
def pupils(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """All of the school's for coordinator and head, those of the own classes for a teacher."""
    return _whole_or_own(actor, permission, Pupil.institute_id, Role.TEACHER, _in_own_classes(actor))


@lru_cache(maxsize=KEPT)
def classes(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """All of the school's for coordinator and head, the own ones for a teacher."""
    own = exists().where(ClassTeacher.class_id == SchoolClass.id, ClassTeacher.user_id == actor.user_id)
    return _whole_or_own(actor, permission, SchoolClass.institute_id, Role.TEACHER, own)


@lru_cache(maxsize=KEPT)
def enrolments(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Enrolments in the workshops above. The question joins Enrolment to Workshop."""
    return workshops(actor, permission) & (Enrolment.workshop_id == Workshop.id)


@lru_cache(maxsize=KEPT)
def referrals(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The school's for coordinator and head, the own ones for a teacher."""
    return _whole_or_own(
        actor, permission, Referral.institute_id, Role.TEACHER, Referral.referred_by_id == actor.user_id
    )


def meeting_requests(actor: Actor, *permissions: Permission, now: datetime) -> ColumnElement[bool]:
    """Requests for a mediator, by each of the permissions where it is held:

    all of the school's for coordinator and head, the own ones for a teacher, those of the service for who asks for it,
    those given to their cooperative for its coordinator, those of the Ambito that were sent for its office, and for a
    mediator the own appointments that stand, until the days after them are over or as long as a report is due.
    """
    branches: list[ColumnElement[bool]] = []
    for permission in permissions:
        school = _whole_or_own(
            actor, permission, MeetingRequest.institute_id, Role.TEACHER, MeetingRequest.requester_id == actor.user_id
        )
        if actor.institutes_with(permission, *WHOLE_SCHOOL, Role.TEACHER):
            branches.append(school)
        services, providers, districts = _elsewhere(actor, permission)
        if services:
            branches.append(_among(MeetingRequest.service_id, services))
        if providers:
            branches.append(_among(MeetingRequest.provider_id, providers))
        if districts:
            branches.append(_among(MeetingRequest.ambito_id, districts) & (MeetingRequest.state != MeetingState.DRAFT))
        if any(grant.role is Role.MEDIATOR for grant in actor.grants_with(permission)):
            branches.append(MeetingRequest.id.in_(_own_appointments(actor, since=_seen_since(now))))
            branches.append(
                MeetingRequest.state.in_(REPORT_IS_DUE) & MeetingRequest.id.in_(_own_appointments(actor, since=None))
            )
    return or_(*branches) if branches else false()


def sees_by_the_hour(actor: Actor) -> bool:
    """Whether the requests that the person sees change as time goes on: a mediator's do, and nobody else's."""
    return any(grant.role is Role.MEDIATOR for grant in actor.grants)


def parties_of(actor: Actor, request: MeetingRequest) -> frozenset[Party]:
    """What the person is to the request. Read its appointments before in a list of requests."""
    found: set[Party] = set()
    if request.institute_id in actor.institutes_with(Permission.MEETINGS_APPROVE):
        found.add(Party.COORDINATOR)
    asks_here = request.institute_id in actor.institutes_with(Permission.MEETINGS_REQUEST)
    if asks_here and request.requester_id == actor.user_id:
        found.add(Party.REQUESTER)
    if request.service_id in _elsewhere(actor, Permission.MEETINGS_REQUEST)[0]:
        found.add(Party.REQUESTER)  # colleagues of a service stand in for each other: there is no coordinator
    if request.provider_id in _elsewhere(actor, Permission.MEETINGS_MATCH)[1]:
        found.add(Party.PROVIDER)
    if request.ambito_id in _elsewhere(actor, Permission.MEETINGS_GRANT)[2]:
        found.add(Party.DISTRICT)
    if actor.may(Permission.MEETINGS_ANSWER) and any(
        appointment.mediator_id == actor.user_id and appointment.state in OPEN_APPOINTMENTS
        for appointment in request.appointments
    ):
        found.add(Party.MEDIATOR)
    return frozenset(found)


def knows_the_pupil(actor: Actor, request: MeetingRequest, parties: frozenset[Party], *, now: datetime) -> bool:
    """Whether a name may stand on what the person reads of the request: for the school and for its mediator.

    To a mediator whose report is late the request is still there, without the name.
    """
    whole = actor.institutes_with(Permission.MEETINGS_READ, *WHOLE_SCHOOL)
    if parties & {Party.REQUESTER, Party.COORDINATOR} or request.institute_id in whole:
        return True
    since = _seen_since(now)
    return Party.MEDIATOR in parties and any(
        each.mediator_id == actor.user_id and each.state in OPEN_APPOINTMENTS and each.ends_at >= since
        for each in request.appointments
    )


def knows_who(
    actor: Actor,
    *,
    institute_id: int | None,
    requester_id: int,
    mediator_id: int | None,
    ends_at: datetime | None,
    now: datetime,
) -> bool:
    """The same for a line of a list, whose standing appointment is with `mediator_id` until `ends_at`."""
    whole = actor.institutes_with(Permission.MEETINGS_READ, *WHOLE_SCHOOL)
    if institute_id in whole or actor.user_id == requester_id:
        return True
    return actor.user_id == mediator_id and ends_at is not None and ends_at >= _seen_since(now)


@lru_cache(maxsize=KEPT)
def hour_budgets(actor: Actor, *permissions: Permission) -> ColumnElement[bool]:
    """Hour budgets of the institutes, services and Ambiti in which the person holds one of the permissions."""
    branches: list[ColumnElement[bool]] = []
    for permission in permissions:
        services, _, districts = _elsewhere(actor, permission)
        for column, ids in (
            (HourBudget.institute_id, actor.institutes_with(permission)),
            (HourBudget.service_id, services),
            (HourBudget.ambito_id, districts),
        ):
            if ids:
                branches.append(_among(column, ids))
    return or_(*branches) if branches else false()


def districts(actor: Actor, permission: Permission) -> frozenset[int]:
    """Ids of the Ambiti whose office the person is, with the permission."""
    return _elsewhere(actor, permission)[2]


def services(actor: Actor, permission: Permission) -> frozenset[int]:
    """Ids of the services for which the person holds the permission."""
    return _elsewhere(actor, permission)[0]


def providers(actor: Actor, permission: Permission) -> frozenset[int]:
    """Ids of the cooperatives that the person coordinates, with the permission."""
    return _elsewhere(actor, permission)[1]


def mediators(actor: Actor, *permissions: Permission) -> ColumnElement[bool]:
    """Those whose card the person may open; the question is about User.

    With MEDIATORS_MANAGE whoever is or was a mediator of the own cooperative, with MEETINGS_ANSWER oneself.
    """
    branches: list[ColumnElement[bool]] = []
    if Permission.MEDIATORS_MANAGE in permissions and (own := providers(actor, Permission.MEDIATORS_MANAGE)):
        branches.append(User.id.in_(mediators_of(own)))
    if Permission.MEETINGS_ANSWER in permissions and actor.may(Permission.MEETINGS_ANSWER):
        branches.append(User.id == actor.user_id)
    return or_(*branches) if branches else false()


def mediators_of(provider_ids: frozenset[int]) -> Select[int]:
    """Ids of whoever is or was a mediator of one of the cooperatives."""
    return select(Membership.user_id).where(
        Membership.role == Role.MEDIATOR, _among(Membership.provider_id, provider_ids)
    )


def _elsewhere(actor: Actor, permission: Permission) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Services, providers (for who coordinates one) and Ambiti (for their office) where the permission is held."""
    grants = actor.grants_with(permission)
    return (
        frozenset(grant.service_id for grant in grants if grant.service_id is not None),
        frozenset(
            grant.provider_id
            for grant in grants
            if grant.provider_id is not None and grant.role is Role.PROVIDER_COORDINATOR
        ),
        frozenset(
            grant.ambito_id for grant in grants if grant.ambito_id is not None and grant.role is Role.DISTRICT_OFFICER
        ),
    )


def _own_appointments(actor: Actor, *, since: datetime | None) -> Select[int]:
    statement = select(Appointment.request_id).where(
        Appointment.mediator_id == actor.user_id, Appointment.state.in_(OPEN_APPOINTMENTS)
    )
    return statement if since is None else statement.where(Appointment.ends_at >= since)


def _seen_since(now: datetime) -> datetime:
    return parameters.meeting_terms().seen_since(now)


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
    branches = [_among(institute_id, whole)] if whole else []
    if facilitates := actor.institutes_with(permission, Role.FACILITATOR) - whole:
        branches.append(_among(institute_id, facilitates) & _in_own_workshops(actor))
    if teaches := actor.institutes_with(permission, Role.TEACHER) - whole:
        branches.append(_among(institute_id, teaches) & _in_own_classes(actor) & for_teachers)
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


def _whole_or_own(
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
        return _among(institute_id, whole)
    mine = _among(institute_id, part) & own
    return or_(_among(institute_id, whole), mine) if whole else mine


def _among(
    column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], ids: frozenset[int]
) -> ColumnElement[bool]:
    if len(ids) == 1:
        return column == min(ids)
    return column.in_(sorted(ids)) if ids else false()
