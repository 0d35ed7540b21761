"""Enrolments in workshops, and the pupils who could be enrolled."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload

from schoolapp.domain.actors import Actor
from schoolapp.domain.permissions import Permission
from schoolapp.domain.referral import STATES_TO_DECIDE, ReferralState
from schoolapp.domain.workshops import STATUSES_OPEN_TO_ENROLMENT, WorkshopKind
from schoolapp.extensions import db
from schoolapp.models import Enrolment, Pupil, Referral, Site, Workshop
from schoolapp.queries import pupils, scope

MOST_CANDIDATES = 12


@dataclass(frozen=True)
class Candidate:
    """A pupil who may be enrolled; with `referral_state` where a teacher asked for it."""

    pupil: pupils.PupilRow
    referral_state: ReferralState | None = None


@dataclass(frozen=True)
class Candidates:
    """The first who fit the search, those referred before the others; `more` says that there are others."""

    found: list[Candidate]
    more: bool


@dataclass(frozen=True)
class Places:
    """The workshop as a form of enrolment tells it."""

    workshop_id: int
    title: str
    site_name: str
    capacity: int
    enrolled: int

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.enrolled)


def workshop(actor: Actor, workshop_id: int) -> Workshop:
    """The workshop in which the person may enrol pupils. Raises NoResultFound elsewhere."""
    statement = (
        select(Workshop)
        .options(joinedload(Workshop.site))
        .where(Workshop.id == workshop_id, scope.workshops(actor, Permission.ENROLMENTS_MANAGE))
    )
    return db.session.scalars(statement).one()


def get(actor: Actor, enrolment_id: int) -> Enrolment:
    """The enrolment with its pupil and workshop. Raises NoResultFound outside the person's scope."""
    statement = (
        select(Enrolment)
        .join(Workshop, Workshop.id == Enrolment.workshop_id)
        .options(joinedload(Enrolment.pupil), joinedload(Enrolment.workshop).joinedload(Workshop.site))
        .where(Enrolment.id == enrolment_id, scope.enrolments(actor, Permission.ENROLMENTS_MANAGE))
    )
    return db.session.scalars(statement).one()


def count_enrolled(workshop_id: int, *, on: date) -> int:
    """Places taken on a day."""
    statement = select(func.count()).where(
        Enrolment.workshop_id == workshop_id,
        Enrolment.first_day <= on,
        or_(Enrolment.last_day.is_(None), Enrolment.last_day >= on),
    )
    return db.session.scalar(statement) or 0


def list_candidates(actor: Actor, into: Workshop, *, text: str, pupil_id: int | None, on: date) -> Candidates:
    """Pupils of the workshop's institute who are not in it on `on`; `pupil_id`, once chosen, stands first."""
    open_referral = (
        select(Referral.state)
        .where(Referral.pupil_id == Pupil.id, Referral.state.in_(STATES_TO_DECIDE))
        .order_by(Referral.id)
        .limit(1)
        .scalar_subquery()
    )
    inside = exists().where(
        Enrolment.pupil_id == Pupil.id,
        Enrolment.workshop_id == into.id,
        or_(Enrolment.last_day.is_(None), Enrolment.last_day >= on),
    )
    statement = (
        pupils.select_rows()
        .where(
            scope.pupils(actor, Permission.PUPILS_READ),
            Pupil.institute_id == into.institute_id,
            Pupil.archived_at.is_(None),
            ~inside,
            *pupils.search_condition(text),
        )
        .order_by(Pupil.id != pupil_id, open_referral.is_(None), Pupil.sort_key, Pupil.id)
        .limit(MOST_CANDIDATES + 1)
    )
    found = pupils.rows(statement)
    referred = select(Referral.pupil_id, Referral.state).where(
        Referral.pupil_id.in_([row.id for row in found]), Referral.state.in_(STATES_TO_DECIDE)
    )
    states = dict(db.session.execute(referred).all())
    return Candidates(
        [Candidate(row, states.get(row.id)) for row in found[:MOST_CANDIDATES]], more=len(found) > MOST_CANDIDATES
    )


def list_open_workshops(actor: Actor, *, institute_id: int, kind: WorkshopKind, on: date) -> list[Places]:
    """Workshops of the institute that take pupils and are not over on the day, with the places taken on it.

    Those of the kind stand first.
    """
    taken = (
        select(func.count())
        .where(
            Enrolment.workshop_id == Workshop.id,
            Enrolment.first_day <= on,
            or_(Enrolment.last_day.is_(None), Enrolment.last_day >= on),
        )
        .scalar_subquery()
    )
    statement = (
        select(Workshop.id, Workshop.title, Site.name, Workshop.capacity, taken)
        .join(Site, Site.id == Workshop.site_id)
        .where(
            scope.workshops(actor, Permission.ENROLMENTS_MANAGE),
            Workshop.institute_id == institute_id,
            Workshop.last_day >= on,
            Workshop.status.in_(STATUSES_OPEN_TO_ENROLMENT),
        )
        .order_by(Workshop.kind != kind, Workshop.title, Site.name, Workshop.id)
    )
    return [Places(*row) for row in db.session.execute(statement)]
