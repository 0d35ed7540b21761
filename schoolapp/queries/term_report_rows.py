"""What term reports are made of, for workshops and pupils that the caller may read: a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, case, func, or_, select
from sqlalchemy.orm import aliased

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain import timetable
from schoolapp.domain.attendance import STATUSES_NOT_OFFERED, AttendanceFigure, MarkStatus
from schoolapp.domain.registers import Signature
from schoolapp.domain.roles import Role
from schoolapp.domain.term_report_heads import ReportTerm
from schoolapp.domain.term_report_words import ReportState, ReportWords
from schoolapp.domain.term_report_workshops import LessonOutcome, TermLesson
from schoolapp.extensions import db
from schoolapp.models import (
    ClassMembership,
    Enrolment,
    Lesson,
    Mark,
    Membership,
    Pupil,
    PupilReport,
    SchoolClass,
    Site,
    Slot,
    User,
    WorkshopFacilitator,
    WorkshopReport,
)

AnyRow = Row[*tuple[Any, ...]]

_STATUSES_NOT_THERE = STATUSES_NOT_OFFERED | {MarkStatus.ABSENT}


class KeptReport:
    """The kept words of a workshop in a term, or none yet."""

    def __init__(self, row: AnyRow | None) -> None:
        self.words = ReportWords(row.topics, row.progress, row.difficulties, row.proposals) if row else ReportWords()
        self.signed = Signature(row.signer, row.signed_at) if row and row.signed_at else None
        self.countersigned = (
            Signature(row.countersigner, row.countersigned_at) if row and row.countersigned_at else None
        )
        self.version: int = row.version if row else 0

    @property
    def state(self) -> ReportState:
        if self.countersigned:
            return ReportState.COUNTERSIGNED
        if self.signed:
            return ReportState.SIGNED
        return ReportState.DRAFT if self.words else ReportState.MISSING


def signers_of_school(institute_id: int, on: date) -> dict[Role, str]:
    """Who coordinates and who heads the school on a day."""
    rows = db.session.execute(
        select(Membership.role, User.name)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.institute_id == institute_id,
            Membership.role.in_((Role.COORDINATOR, Role.HEAD)),
            Membership.valid_from <= on,
            or_(Membership.valid_to.is_(None), Membership.valid_to >= on),
        )
        .order_by(Membership.valid_from, Membership.id)
    )
    return dict(rows.all())


def facilitators(workshop_ids: Collection[int], term: ReportTerm) -> dict[int, tuple[str, ...]]:
    """Workshop → who ran it in the term, in the order in which they were named."""
    rows = db.session.execute(
        select(WorkshopFacilitator.workshop_id, User.name)
        .join(User, User.id == WorkshopFacilitator.user_id)
        .where(
            WorkshopFacilitator.workshop_id.in_(sorted(workshop_ids)),
            WorkshopFacilitator.valid_from <= term.last_day,
            or_(WorkshopFacilitator.valid_to.is_(None), WorkshopFacilitator.valid_to >= term.first_day),
        )
        .order_by(WorkshopFacilitator.workshop_id, WorkshopFacilitator.valid_from, WorkshopFacilitator.id)
    )
    names: defaultdict[int, list[str]] = defaultdict(list)
    for workshop_id, name in rows:
        names[workshop_id].append(name)
    return {workshop_id: tuple(dict.fromkeys(found)) for workshop_id, found in names.items()}


def slots(workshop_ids: Collection[int], on: date) -> dict[int, list[timetable.Slot]]:
    """Workshop → its weekly times on a day."""
    rows = db.session.scalars(
        select(Slot)
        .where(
            Slot.workshop_id.in_(sorted(workshop_ids)),
            Slot.valid_from <= on,
            or_(Slot.valid_to.is_(None), Slot.valid_to >= on),
        )
        .order_by(Slot.workshop_id, Slot.weekday, Slot.start, Slot.id)
    )
    found: defaultdict[int, list[timetable.Slot]] = defaultdict(list)
    for slot in rows:
        found[slot.workshop_id].append(
            timetable.Slot(slot.weekday, slot.start, slot.end, slot.valid_from, slot.valid_to, slot.place)
        )
    return found


def lessons(workshop_ids: Collection[int], term: ReportTerm, now: datetime) -> dict[int, list[TermLesson]]:
    """Workshop → the lessons of the term by day, with how many pupils were there. Two statements."""
    recovery, holder = aliased(Lesson), aliased(User)
    wanted = (Lesson.workshop_id.in_(sorted(workshop_ids)), Lesson.day.between(term.first_day, term.last_day))
    rows = db.session.execute(
        select(
            Lesson.id,
            Lesson.workshop_id,
            Lesson.day,
            Lesson.end,
            Lesson.minutes,
            Lesson.signed_at,
            Lesson.cancelled_by,
            holder.name,
            recovery.id,
        )
        .outerjoin(holder, holder.id == Lesson.facilitator_id)
        .outerjoin(recovery, recovery.recovers_id == Lesson.id)
        .where(*wanted)
        .order_by(Lesson.workshop_id, Lesson.day, Lesson.start, Lesson.id)
    ).all()
    there = func.sum(case((Mark.status.in_(_STATUSES_NOT_THERE), 0), else_=1))
    present: dict[int, int] = dict(
        db.session.execute(
            select(Mark.lesson_id, there)
            .join(Lesson, Lesson.id == Mark.lesson_id)
            .where(*wanted, Lesson.cancelled_by.is_(None))
            .group_by(Mark.lesson_id)
        ).all()
    )
    local = now.astimezone(SCHOOL_ZONE)
    found: defaultdict[int, list[TermLesson]] = defaultdict(list)
    for lesson_id, workshop_id, day, end, minutes, signed_at, cancelled_by, name, recovered_by in rows:
        if cancelled_by is not None:
            outcome = LessonOutcome.CANCELLED
        elif signed_at is not None:
            outcome = LessonOutcome.HELD
        else:
            ended = datetime.combine(day, end, tzinfo=SCHOOL_ZONE) <= local
            outcome = LessonOutcome.UNSIGNED if ended else LessonOutcome.PLANNED
        found[workshop_id].append(
            TermLesson(
                lesson_id=lesson_id,
                day=day,
                minutes=minutes,
                outcome=outcome,
                present=present.get(lesson_id),
                facilitator=name or "",
                recovered=cancelled_by is not None and recovered_by is not None,
            )
        )
    return found


def figures(workshop_ids: Collection[int], term: ReportTerm) -> dict[tuple[int, int], AttendanceFigure]:
    """(workshop, pupil) → minutes of the term; marks of cancelled lessons count nowhere."""
    rows = db.session.execute(
        select(
            Lesson.workshop_id,
            Mark.pupil_id,
            func.sum(Mark.attended_minutes),
            func.sum(Mark.offered_minutes),
        )
        .join(Mark, Mark.lesson_id == Lesson.id)
        .where(
            Lesson.workshop_id.in_(sorted(workshop_ids)),
            Lesson.day.between(term.first_day, term.last_day),
            Lesson.cancelled_by.is_(None),
        )
        .group_by(Lesson.workshop_id, Mark.pupil_id)
    )
    return {
        (workshop_id, pupil_id): AttendanceFigure(attended=int(attended), offered=int(offered))
        for workshop_id, pupil_id, attended, offered in rows
    }


def enrolled(workshop_ids: Collection[int], term: ReportTerm) -> dict[int, list[AnyRow]]:
    """Workshop → pupils enrolled in days of the term, each once, in the order of a register."""
    rows = db.session.execute(
        select(
            Enrolment.workshop_id,
            Pupil.id,
            Pupil.last_name,
            Pupil.first_name,
            func.min(Enrolment.first_day).label("first_day"),
        )
        .join(Pupil, Pupil.id == Enrolment.pupil_id)
        .where(
            Enrolment.workshop_id.in_(sorted(workshop_ids)),
            Enrolment.first_day <= term.last_day,
            or_(Enrolment.last_day.is_(None), Enrolment.last_day >= term.first_day),
        )
        .group_by(Enrolment.workshop_id, Pupil.id, Pupil.last_name, Pupil.first_name, Pupil.sort_key)
        .order_by(Enrolment.workshop_id, Pupil.sort_key, Pupil.id)
    )
    found: defaultdict[int, list[AnyRow]] = defaultdict(list)
    for row in rows:
        found[row.workshop_id].append(row)
    return found


def reports(workshop_ids: Collection[int], term: ReportTerm) -> defaultdict[int, KeptReport]:
    """Workshop → what is kept of its report."""
    signer, countersigner = aliased(User), aliased(User)
    rows = db.session.execute(
        select(
            WorkshopReport.workshop_id,
            WorkshopReport.topics,
            WorkshopReport.progress,
            WorkshopReport.difficulties,
            WorkshopReport.proposals,
            WorkshopReport.signed_at,
            WorkshopReport.countersigned_at,
            WorkshopReport.version,
            signer.name.label("signer"),
            countersigner.name.label("countersigner"),
        )
        .outerjoin(signer, signer.id == WorkshopReport.signed_by_id)
        .outerjoin(countersigner, countersigner.id == WorkshopReport.countersigned_by_id)
        .where(WorkshopReport.term_id == term.id, WorkshopReport.workshop_id.in_(sorted(workshop_ids)))
    )
    found: defaultdict[int, KeptReport] = defaultdict(lambda: KeptReport(None))
    found.update((row.workshop_id, KeptReport(row)) for row in rows)
    return found


def pupil_words(term: ReportTerm, *, pupil_ids: Collection[int]) -> dict[tuple[int, int], AnyRow]:
    """(workshop, pupil) → words, proposals and their version."""
    rows = db.session.execute(
        select(
            PupilReport.workshop_id,
            PupilReport.pupil_id,
            PupilReport.words,
            PupilReport.proposals,
            PupilReport.version,
        ).where(PupilReport.term_id == term.id, PupilReport.pupil_id.in_(sorted(pupil_ids)))
    )
    return {(row.workshop_id, row.pupil_id): row for row in rows}


def classes_of(pupil_ids: Collection[int], on: date) -> dict[int, AnyRow]:
    """Pupil → class on the day, or the last one before it."""
    rows = db.session.execute(
        select(ClassMembership.pupil_id, SchoolClass.id, SchoolClass.name, Site.name.label("site"))
        .join(SchoolClass, SchoolClass.id == ClassMembership.class_id)
        .join(Site, Site.id == SchoolClass.site_id)
        .where(ClassMembership.pupil_id.in_(sorted(pupil_ids)), ClassMembership.valid_from <= on)
        .order_by(ClassMembership.valid_from, ClassMembership.id)
    )
    return {row.pupil_id: row for row in rows}


def marks(pupil_ids: Collection[int], term: ReportTerm) -> dict[int, Sequence[AnyRow]]:
    """Pupil → the marks of the term with their days."""
    rows = db.session.execute(
        select(Mark.pupil_id, Lesson.day, Mark.status, Mark.reason, Mark.attended_minutes, Mark.offered_minutes)
        .join(Lesson, Lesson.id == Mark.lesson_id)
        .where(
            Mark.pupil_id.in_(sorted(pupil_ids)),
            Lesson.day.between(term.first_day, term.last_day),
            Lesson.cancelled_by.is_(None),
        )
        .order_by(Mark.pupil_id, Lesson.day)
    )
    found: defaultdict[int, list[AnyRow]] = defaultdict(list)
    for row in rows:
        found[row.pupil_id].append(row)
    return dict(found)
