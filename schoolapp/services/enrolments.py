"""Enrolment of pupils in workshops. The workshop's row is locked first: the last place is given once."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from schoolapp.domain.enrolment import (
    EnrolmentOutcome,
    ensure_enrolment_days,
    ensure_marks_inside,
    ensure_not_enrolled_twice,
    ensure_outcome_fits,
    ensure_within_capacity,
)
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.periods import Period
from schoolapp.domain.timetable import ClashKind, Commitment, PlannedLesson, find_clashes, tell_clashes
from schoolapp.domain.wording import N_, Sentence
from schoolapp.domain.workshops import ensure_open_to_enrolment
from schoolapp.extensions import db
from schoolapp.models import Enrolment, Lesson, Mark, Pupil, UnlistedPupil, UnlistedState, Workshop
from schoolapp.services import referrals, workshops


@dataclass(frozen=True)
class Enrolled:
    """The enrolment, and what the pupil's timetable says about it: to be told, not forbidden."""

    enrolment: Enrolment
    clashes: list[Sentence]


def enrol(
    *,
    workshop_id: int,
    pupil: Pupil,
    first_day: date,
    by_id: int,
    at: datetime,
    unlisted: UnlistedPupil | None = None,
) -> Enrolled:
    """Enrol the pupil from a day on. An open referral of the pupil is settled by it, and so is `unlisted`.

    Refused where the workshop is full or takes nobody, or where the pupil is in it already.
    """
    workshop = _locked(workshop_id)
    if pupil.institute_id != workshop.institute_id:
        raise RuleViolation(N_("Scegli un alunno dell’istituto del laboratorio."), field="pupil")
    if pupil.archived_at is not None:
        raise RuleViolation(N_("La scheda dell’alunno è in archivio: riportala prima tra gli alunni."), field="pupil")
    ensure_open_to_enrolment(workshop.status)
    period = Period(first_day)
    ensure_enrolment_days(period, workshop=_days(workshop))
    _ensure_place(workshop, pupil_id=pupil.id, period=period)
    enrolment = Enrolment(workshop=workshop, pupil=pupil, first_day=first_day)
    db.session.add(enrolment)
    db.session.flush()
    referrals.settle(pupil=pupil, enrolment=enrolment, by_id=by_id, at=at)
    if unlisted is not None:
        if unlisted.lesson.workshop_id != workshop.id:
            raise RuleViolation(N_("La proposta riguarda un altro laboratorio."), field="pupil")
        unlisted.state = UnlistedState.ENROLLED
        db.session.flush()
    return Enrolled(enrolment, _clashes(enrolment))


def change(
    enrolment: Enrolment, *, first_day: date, last_day: date | None, outcome: EnrolmentOutcome | None
) -> Enrolment:
    """Other days, or the end with its outcome. Days already marked stay inside; a place is asked for on new days only,
    so that who leaves a workshop whose places have become fewer can leave."""
    workshop = _locked(enrolment.workshop_id)
    workshops.ensure_not_accounted(workshop)
    period = Period(first_day, last_day)
    ensure_enrolment_days(period, workshop=_days(workshop))
    ensure_outcome_fits(last_day=last_day, outcome=outcome)
    _ensure_marks_stay(enrolment, period)
    for added in period.without(Period(enrolment.first_day, enrolment.last_day)):
        _ensure_place(workshop, pupil_id=enrolment.pupil_id, period=added, but=enrolment.id)
    enrolment.first_day, enrolment.last_day, enrolment.outcome = first_day, last_day, outcome
    db.session.flush()
    return enrolment


def dismiss(unlisted: UnlistedPupil) -> None:
    """The pupil who turned up is not to be enrolled."""
    if unlisted.state is not UnlistedState.PROPOSED:
        raise RuleViolation(N_("Su questa proposta è già stato deciso."))
    unlisted.state = UnlistedState.DISMISSED
    db.session.flush()


def _locked(workshop_id: int) -> Workshop:
    """The workshop, nobody else changing its enrolments until the transaction ends."""
    statement = (
        select(Workshop)
        .where(Workshop.id == workshop_id)
        .with_for_update(of=Workshop)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).one()


def _days(workshop: Workshop) -> Period:
    return Period(workshop.first_day, workshop.last_day)


def _ensure_place(workshop: Workshop, *, pupil_id: int, period: Period, but: int | None = None) -> None:
    statement = select(Enrolment.id, Enrolment.pupil_id, Enrolment.first_day, Enrolment.last_day).where(
        Enrolment.workshop_id == workshop.id
    )
    own: list[Period] = []
    others: list[Period] = []
    for enrolment_id, who, first_day, last_day in db.session.execute(statement):
        if enrolment_id != but:
            (own if who == pupil_id else others).append(Period(first_day, last_day))
    ensure_not_enrolled_twice(period, own)
    ensure_within_capacity(period, others, capacity=workshop.capacity)


def _ensure_marks_stay(enrolment: Enrolment, period: Period) -> None:
    before = Period(enrolment.first_day, enrolment.last_day)
    marked = db.session.scalars(
        select(Lesson.day)
        .join(Mark, Mark.lesson_id == Lesson.id)
        .where(Lesson.workshop_id == enrolment.workshop_id, Mark.pupil_id == enrolment.pupil_id)
    )
    ensure_marks_inside(period, [day for day in marked if before.covers(day)])


def _clashes(enrolment: Enrolment) -> list[Sentence]:
    """Lessons of the pupil's other workshops at the times of this one."""
    planned = db.session.execute(
        select(Lesson.day, Lesson.start, Lesson.end, Lesson.place).where(
            Lesson.workshop_id == enrolment.workshop_id,
            Lesson.day >= enrolment.first_day,
            Lesson.cancelled_by.is_(None),
        )
    )
    elsewhere = db.session.execute(
        select(Lesson.day, Lesson.start, Lesson.end, Workshop.title)
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .join(Enrolment, Enrolment.workshop_id == Workshop.id)
        .where(
            Enrolment.pupil_id == enrolment.pupil_id,
            Enrolment.workshop_id != enrolment.workshop_id,
            Lesson.day >= enrolment.first_day,
            Lesson.day >= Enrolment.first_day,
            Enrolment.last_day.is_(None) | (Lesson.day <= Enrolment.last_day),
            Lesson.cancelled_by.is_(None),
        )
    )
    name = f"{enrolment.pupil.first_name} {enrolment.pupil.last_name}".strip()
    return tell_clashes(
        find_clashes(
            [PlannedLesson(*row) for row in planned],
            [Commitment(ClashKind.PUPIL, name, day, start, end, title) for day, start, end, title in elsewhere],
        )
    )
