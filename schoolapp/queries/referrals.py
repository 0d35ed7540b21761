"""Referrals: the waiting list of the coordinator, a teacher's own; and pupils who turned up without being enrolled."""

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased

from schoolapp.domain.actors import Actor
from schoolapp.domain.permissions import Permission
from schoolapp.domain.referral import STATES_TO_DECIDE, ReferralState
from schoolapp.domain.workshops import WorkshopKind
from schoolapp.extensions import db
from schoolapp.models import (
    ClassMembership,
    Enrolment,
    Lesson,
    Pupil,
    Referral,
    SchoolClass,
    Site,
    UnlistedPupil,
    UnlistedState,
    User,
    Workshop,
)
from schoolapp.queries import scope

PAGE_SIZE = 50
_ORDER = (ReferralState.REFERRED, ReferralState.UNDER_REVIEW, ReferralState.WAITING)


@dataclass(frozen=True)
class ReferralLine:
    """A referral as list and page tell it."""

    id: int
    pupil_id: int
    last_name: str
    first_name: str
    class_name: str | None
    site_name: str | None
    institute_id: int
    referred_by_id: int
    referred_by: str
    referred_at: datetime
    wanted_kind: WorkshopKind
    note: str
    state: ReferralState
    decided_at: datetime | None
    decided_by: str | None
    decision_why: str
    workshop: str | None

    @property
    def name(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()


@dataclass(frozen=True)
class ReferralPage:
    lines: list[ReferralLine]
    total: int
    page: int

    @property
    def last_page(self) -> int:
        return max(1, ceil(self.total / PAGE_SIZE))


@dataclass(frozen=True)
class UnlistedLine:
    """A pupil who turned up at a lesson and is not enrolled in its workshop."""

    id: int
    name: str
    class_name: str
    workshop_id: int
    workshop: str
    day: date


def list_referrals(actor: Actor, *, decided: bool = False, page: int = 1) -> ReferralPage:
    """Those to decide by state and then the oldest first; the decided ones, the latest first. Two statements."""
    conditions = [
        scope.referrals(actor, Permission.PUPILS_READ),
        Referral.state.not_in(STATES_TO_DECIDE) if decided else Referral.state.in_(STATES_TO_DECIDE),
    ]
    total = db.session.scalar(select(func.count()).select_from(Referral).where(*conditions)) or 0
    page = max(1, min(page, ceil(total / PAGE_SIZE)))
    order: tuple[Any, ...]
    if decided:
        order = (Referral.decided_at.desc(), Referral.id.desc())
    else:
        place = case({state: number for number, state in enumerate(_ORDER)}, value=Referral.state, else_=len(_ORDER))
        order = (place, Referral.referred_at, Referral.id)
    statement = _lines().where(*conditions).order_by(*order).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return ReferralPage([ReferralLine(*row) for row in db.session.execute(statement)], total, page)


def get_line(actor: Actor, referral_id: int) -> ReferralLine:
    """Raises NoResultFound outside the person's scope."""
    statement = _lines().where(Referral.id == referral_id, scope.referrals(actor, Permission.PUPILS_READ))
    return ReferralLine(*db.session.execute(statement).one())


def get(actor: Actor, referral_id: int) -> Referral:
    """The referral that the person may move on."""
    statement = select(Referral).where(Referral.id == referral_id, scope.referrals(actor, Permission.REFERRALS_MAKE))
    return db.session.scalars(statement).one()


def list_unlisted(actor: Actor) -> list[UnlistedLine]:
    """Proposals to decide in the workshops where the person may enrol, the oldest first."""
    statement = (
        select(UnlistedPupil.id, UnlistedPupil.name, UnlistedPupil.class_name, Workshop.id, Workshop.title, Lesson.day)
        .join(Lesson, Lesson.id == UnlistedPupil.lesson_id)
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .where(UnlistedPupil.state == UnlistedState.PROPOSED, scope.workshops(actor, Permission.ENROLMENTS_MANAGE))
        .order_by(Lesson.day, UnlistedPupil.id)
        .limit(PAGE_SIZE)
    )
    return [UnlistedLine(*row) for row in db.session.execute(statement)]


def get_unlisted(actor: Actor, unlisted_id: int) -> UnlistedPupil:
    statement = (
        select(UnlistedPupil)
        .join(Lesson, Lesson.id == UnlistedPupil.lesson_id)
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .where(UnlistedPupil.id == unlisted_id, scope.workshops(actor, Permission.ENROLMENTS_MANAGE))
    )
    return db.session.scalars(statement).one()


def _lines() -> Select[*tuple[Any, ...]]:
    decider = aliased(User)
    return (
        select(
            Referral.id,
            Referral.pupil_id,
            Pupil.last_name,
            Pupil.first_name,
            SchoolClass.name,
            Site.name,
            Referral.institute_id,
            Referral.referred_by_id,
            User.name,
            Referral.referred_at,
            Referral.wanted_kind,
            Referral.note,
            Referral.state,
            Referral.decided_at,
            decider.name,
            Referral.decision_why,
            Workshop.title,
        )
        .join(Pupil, Pupil.id == Referral.pupil_id)
        .join(User, User.id == Referral.referred_by_id)
        .outerjoin(ClassMembership, (ClassMembership.pupil_id == Pupil.id) & ClassMembership.valid_to.is_(None))
        .outerjoin(SchoolClass, SchoolClass.id == ClassMembership.class_id)
        .outerjoin(Site, Site.id == SchoolClass.site_id)
        .outerjoin(decider, decider.id == Referral.decided_by_id)
        .outerjoin(Enrolment, Enrolment.id == Referral.enrolment_id)
        .outerjoin(Workshop, Workshop.id == Enrolment.workshop_id)
    )
