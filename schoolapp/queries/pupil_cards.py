"""The card of a pupil: facts, conditions computed for a day, workshops with attendance, who opened it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Integer, Select, bindparam, func, or_, select
from sqlalchemy.orm import selectinload

from schoolapp.domain.actors import Actor
from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.enrolment import EnrolmentOutcome, EnrolmentState, enrolment_state
from schoolapp.domain.fami import find_fami_eligibility, italian_citizen
from schoolapp.domain.findings import Finding
from schoolapp.domain.languages import ITALIAN
from schoolapp.domain.nai import NaiFacts, NaiRule, find_nai
from schoolapp.domain.periods import Period
from schoolapp.domain.permissions import Permission
from schoolapp.domain.profile_history import ProfileHistory
from schoolapp.domain.pupil_matching import Person
from schoolapp.domain.pupils import ContactFacts, PupilFacts, age_on
from schoolapp.domain.referral import STATES_TO_DECIDE, ReferralState
from schoolapp.extensions import db
from schoolapp.models import (
    CardReading,
    Contact,
    Enrolment,
    Lesson,
    Mark,
    Pupil,
    Referral,
    Site,
    User,
    Workshop,
)
from schoolapp.queries import look_alikes, profiles, scope
from schoolapp.queries.look_alikes import LookAlike
from schoolapp.queries.pupil_classes import ClassOfPupil, class_on
from schoolapp.queries.rows import read

MOST_READINGS = 20


@dataclass(frozen=True)
class Attended:
    """A workshop of the pupil with the minutes attended of those offered."""

    enrolment_id: int
    workshop_id: int
    title: str
    site_name: str
    first_day: date
    last_day: date | None
    outcome: EnrolmentOutcome | None
    state: EnrolmentState
    threshold_percent: int
    figure: AttendanceFigure


@dataclass(frozen=True)
class Reading:
    """Somebody opened the card."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Card:
    """All that the page draws. Contacts, look-alikes and readings stay empty for who may not see them."""

    pupil: Pupil
    on: date
    age: int | None
    citizenships: tuple[str, ...]
    languages: tuple[str, ...]
    alphabets: tuple[str, ...] | None
    school_class: ClassOfPupil | None
    history: ProfileHistory
    """Completed profiles that the person may read."""
    lacks_entry: bool
    """Nobody has assessed the pupil yet, and the card is not in the archive."""
    contacts: Sequence[Contact]
    nai: dict[NaiRule, Finding]
    fami: Finding
    workshops: list[Attended]
    referral_state: ReferralState | None
    look_alikes: list[LookAlike]
    readings: list[Reading]

    @property
    def name(self) -> str:
        return f"{self.pupil.first_name} {self.pupil.last_name}".strip()


# Statements are made once: to make one takes longer than to ask it.
_PUPIL_ID = bindparam("pupil_id", type_=Integer())


@lru_cache(maxsize=scope.KEPT)
def _pupil(actor: Actor) -> Select[Pupil]:
    return (
        select(Pupil)
        .options(selectinload(Pupil.citizenships), selectinload(Pupil.languages))
        .where(Pupil.id == _PUPIL_ID, scope.pupils(actor, Permission.PUPILS_READ))
    )


def get(actor: Actor, pupil_id: int, *, on: date, today: date) -> Card:
    """The card, its conditions computed for the day `on`. Raises NoResultFound outside the person's scope."""
    pupil = db.session.scalars(_pupil(actor), {"pupil_id": pupil_id}).one()
    citizenships = tuple(item.country for item in pupil.citizenships)
    languages = tuple(item.language for item in pupil.languages)
    now = class_on(pupil.id, today)
    then = now if on == today else class_on(pupil.id, on)
    whole = pupil.institute_id in actor.institutes_with(Permission.PUPILS_READ, *scope.WHOLE_SCHOOL)
    every = profiles.profiles_of([pupil.id]).get(pupil.id, ProfileHistory(()))
    known = every.up_to(on).latest
    facts = NaiFacts(
        arrived=pupil.arrival_month,
        first_enrolled=pupil.first_enrolment,
        lowest_level=known.lowest_level if known else pupil.entry_level,
        skills_missing=bool(known and known.missing_skills),
        italian_citizen=italian_citizen(citizenships),
        italian_at_home=ITALIAN in languages if languages else None,
        in_infanzia=then.is_infanzia if then else False,
    )
    history = every if whole else profiles.history(actor, pupil.id)
    return Card(
        pupil=pupil,
        on=on,
        age=age_on(pupil.birth_date, today) if pupil.birth_date else None,
        citizenships=citizenships,
        languages=languages,
        alphabets=None if pupil.alphabets is None else tuple(pupil.alphabets.split()),
        school_class=now,
        history=history,
        lacks_entry=not history.profiles and pupil.archived_at is None,
        contacts=_contacts(pupil.id) if whole else [],
        nai={rule: find_nai(rule, facts, on) for rule in NaiRule},
        fami=find_fami_eligibility(citizenships),
        workshops=_workshops(pupil.id, today),
        referral_state=_referral_state(pupil.id),
        look_alikes=look_alikes.find(
            institute_id=pupil.institute_id,
            person=Person(pupil.last_name, pupil.first_name, pupil.birth_date, pupil.sex),
            but=pupil.id,
        )
        if whole
        else [],
        readings=_readings(pupil.id) if whole else [],
    )


def facts_of(pupil: Pupil) -> PupilFacts:
    """What is kept of the pupil, as a form shows it for change."""
    return PupilFacts(
        last_name=pupil.last_name,
        first_name=pupil.first_name,
        called_name=pupil.called_name,
        birth_date=pupil.birth_date,
        birth_place=pupil.birth_place,
        sex=pupil.sex,
        arrival_month=pupil.arrival_month,
        first_enrolment=pupil.first_enrolment,
        years_abroad=pupil.years_abroad,
        alphabets=None if pupil.alphabets is None else tuple(pupil.alphabets.split()),
        letters_language=pupil.letters_language,
        mediator_needed=pupil.mediator_needed,
        mediator_language=pupil.mediator_language,
        entry_level=pupil.entry_level,
        citizenships=tuple(item.country for item in pupil.citizenships),
        languages=tuple(item.language for item in pupil.languages),
        contacts=tuple(
            ContactFacts(contact.name, contact.relation, contact.phone, contact.email) for contact in pupil.contacts
        ),
    )


_CONTACTS = select(Contact).where(Contact.pupil_id == _PUPIL_ID).order_by(Contact.position)


def _contacts(pupil_id: int) -> Sequence[Contact]:
    return db.session.scalars(_CONTACTS, {"pupil_id": pupil_id}).all()


_MINUTES = (
    select(
        Enrolment.id.label("enrolment_id"),
        func.sum(Mark.attended_minutes).label("attended"),
        func.sum(Mark.offered_minutes).label("offered"),
    )
    .join(Lesson, Lesson.workshop_id == Enrolment.workshop_id)
    .join(Mark, (Mark.lesson_id == Lesson.id) & (Mark.pupil_id == Enrolment.pupil_id))
    .where(
        Enrolment.pupil_id == _PUPIL_ID,
        Lesson.cancelled_by.is_(None),
        Lesson.day >= Enrolment.first_day,
        or_(Enrolment.last_day.is_(None), Lesson.day <= Enrolment.last_day),
    )
    .group_by(Enrolment.id)
    .subquery()
)
_WORKSHOPS = (
    select(
        Enrolment.id,
        Workshop.id,
        Workshop.title,
        Site.name,
        Enrolment.first_day,
        Enrolment.last_day,
        Enrolment.outcome,
        Workshop.threshold_percent,
        func.coalesce(_MINUTES.c.attended, 0),
        func.coalesce(_MINUTES.c.offered, 0),
    )
    .join(Workshop, Workshop.id == Enrolment.workshop_id)
    .join(Site, Site.id == Workshop.site_id)
    .outerjoin(_MINUTES, _MINUTES.c.enrolment_id == Enrolment.id)
    .where(Enrolment.pupil_id == _PUPIL_ID)
    .order_by(Enrolment.first_day.desc(), Enrolment.id.desc())
)


def _workshops(pupil_id: int, today: date) -> list[Attended]:
    """The pupil's enrolments, the latest first, each with the marks of its own days."""
    rows = read(_WORKSHOPS, {"pupil_id": pupil_id}).all()
    return [
        Attended(
            enrolment_id=enrolment_id,
            workshop_id=workshop_id,
            title=title,
            site_name=site_name,
            first_day=first_day,
            last_day=last_day,
            outcome=outcome,
            state=enrolment_state(Period(first_day, last_day), today),
            threshold_percent=threshold,
            figure=AttendanceFigure(attended=int(attended), offered=int(offered)),
        )
        for (
            enrolment_id,
            workshop_id,
            title,
            site_name,
            first_day,
            last_day,
            outcome,
            threshold,
            attended,
            offered,
        ) in rows
    ]


_REFERRAL = (
    select(Referral.state)
    .where(Referral.pupil_id == _PUPIL_ID, Referral.state.in_(STATES_TO_DECIDE))
    .order_by(Referral.id)
    .limit(1)
)


def _referral_state(pupil_id: int) -> ReferralState | None:
    return read(_REFERRAL, {"pupil_id": pupil_id}).scalar()


_READINGS = (
    select(User.name, CardReading.at)
    .join(User, User.id == CardReading.user_id)
    .where(CardReading.pupil_id == _PUPIL_ID)
    .order_by(CardReading.at.desc(), CardReading.id.desc())
    .limit(MOST_READINGS)
)


def _readings(pupil_id: int) -> list[Reading]:
    return [Reading(*row) for row in read(_READINGS, {"pupil_id": pupil_id}).all()]
