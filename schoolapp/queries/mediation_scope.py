"""Who sees which requests for a mediator, appointments and hours: schools, services, cooperatives and the Ambito.

Conditions and rules as in `scope`, with the same promise: what is outside does not exist for the person.
"""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, false, or_, select

from schoolapp import parameters
from schoolapp.domain.actors import Actor
from schoolapp.domain.meeting_steps import MeetingState, Party
from schoolapp.domain.meetings import OPEN_APPOINTMENTS
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.models import Appointment, HourBudget, MeetingRequest, Membership, User
from schoolapp.queries import scope

REPORT_IS_DUE = (MeetingState.CONFIRMED, MeetingState.HELD, MeetingState.FAMILY_ABSENT)


def meeting_requests(actor: Actor, *permissions: Permission, now: datetime) -> ColumnElement[bool]:
    """Requests for a mediator, by each of the permissions where it is held:

    all of the school's for coordinator and head, the own ones for a teacher, those of the service for who asks for it,
    those given to their cooperative for its coordinator, those of the Ambito that were sent for its office, and for a
    mediator the own appointments that stand, until the days after them are over or as long as a report is due.
    """
    branches: list[ColumnElement[bool]] = []
    for permission in permissions:
        school = scope.whole_or_own(
            actor, permission, MeetingRequest.institute_id, Role.TEACHER, MeetingRequest.requester_id == actor.user_id
        )
        if actor.institutes_with(permission, *scope.WHOLE_SCHOOL, Role.TEACHER):
            branches.append(school)
        services, providers, districts = _elsewhere(actor, permission)
        if services:
            branches.append(scope.among(MeetingRequest.service_id, services))
        if providers:
            branches.append(scope.among(MeetingRequest.provider_id, providers))
        if districts:
            branches.append(
                scope.among(MeetingRequest.ambito_id, districts) & (MeetingRequest.state != MeetingState.DRAFT)
            )
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
    whole = actor.institutes_with(Permission.MEETINGS_READ, *scope.WHOLE_SCHOOL)
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
    whole = actor.institutes_with(Permission.MEETINGS_READ, *scope.WHOLE_SCHOOL)
    if institute_id in whole or actor.user_id == requester_id:
        return True
    return actor.user_id == mediator_id and ends_at is not None and ends_at >= _seen_since(now)


@lru_cache(maxsize=scope.KEPT)
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
                branches.append(scope.among(column, ids))
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
        Membership.role == Role.MEDIATOR, scope.among(Membership.provider_id, provider_ids)
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
