"""What term reports are made of, for workshops and pupils that the caller may read: a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Date, Row, Time, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain import timetable
from schoolapp.domain.attendance import STATUSES_NOT_OFFERED, MarkStatus
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.term_report_heads import ReportTerm
from schoolapp.domain.term_report_workshops import LessonOutcome, TermLesson
from schoolapp.domain.term_reports import MeetingsFigure
from schoolapp.models import (
    ClassMembership,
    Enrolment,
    Lesson,
    Mark,
    MeetingRequest,
    ProposedSlot,
    Pupil,
    PupilReport,
    SchoolClass,
    Site,
    Slot,
    User,
    WorkshopFacilitator,
)
from schoolapp.queries.rows import read

AnyRow = Row[*tuple[Any, ...]]

_STATUSES_NOT_THERE = STATUSES_NOT_OFFERED | {MarkStatus.ABSENT}

# Statements are made once: to make one takes longer than to ask it.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_DAY = bindparam("day", type_=Date())
_FIRST, _LAST = bindparam("first", type_=Date()), bindparam("last", type_=Date())
_IN_TERM = Lesson.day.between(_FIRST, _LAST)
_KEPT_LESSON = Lesson.cancelled_by.is_(None)


def _of(ids: Collection[int], term: ReportTerm) -> dict[str, Any]:
    return {"ids": sorted(ids), "first": term.first_day, "last": term.last_day}


_FACILITATORS = (
    select(WorkshopFacilitator.workshop_id, User.name)
    .join(User, User.id == WorkshopFacilitator.user_id)
    .where(
        WorkshopFacilitator.workshop_id.in_(_IDS),
        WorkshopFacilitator.valid_from <= _LAST,
        or_(WorkshopFacilitator.valid_to.is_(None), WorkshopFacilitator.valid_to >= _FIRST),
    )
    .order_by(WorkshopFacilitator.workshop_id, WorkshopFacilitator.valid_from, WorkshopFacilitator.id)
)


def facilitators(workshop_ids: Collection[int], term: ReportTerm) -> dict[int, tuple[str, ...]]:
    """Workshop → who ran it in the term, in the order in which they were named."""
    rows = read(_FACILITATORS, _of(workshop_ids, term))
    names: defaultdict[int, list[str]] = defaultdict(list)
    for workshop_id, name in rows.all():
        names[workshop_id].append(name)
    return {workshop_id: tuple(dict.fromkeys(found)) for workshop_id, found in names.items()}


_SLOTS = (
    select(Slot.workshop_id, Slot.weekday, Slot.start, Slot.end, Slot.valid_from, Slot.valid_to, Slot.place)
    .where(
        Slot.workshop_id.in_(_IDS),
        Slot.valid_from <= _DAY,
        or_(Slot.valid_to.is_(None), Slot.valid_to >= _DAY),
    )
    .order_by(Slot.workshop_id, Slot.weekday, Slot.start, Slot.id)
)


def slots(workshop_ids: Collection[int], on: date) -> dict[int, list[timetable.Slot]]:
    """Workshop → its weekly times on a day."""
    rows = read(_SLOTS, {"ids": sorted(workshop_ids), "day": on})
    found: defaultdict[int, list[timetable.Slot]] = defaultdict(list)
    for workshop_id, weekday, start, end, valid_from, valid_to, place in rows.all():
        found[workshop_id].append(timetable.Slot(weekday, start, end, valid_from, valid_to, place))
    return found


_recovery, _holder = aliased(Lesson), aliased(User)
_TODAY, _TIME = bindparam("today", type_=Date()), bindparam("time", type_=Time())
_LESSONS = (
    select(
        Lesson.workshop_id,
        Lesson.id,
        Lesson.day,
        Lesson.minutes,
        case(
            (Lesson.cancelled_by.is_not(None), LessonOutcome.CANCELLED.value),
            (Lesson.signed_at.is_not(None), LessonOutcome.HELD.value),
            ((Lesson.day < _TODAY) | ((Lesson.day == _TODAY) & (Lesson.end <= _TIME)), LessonOutcome.UNSIGNED.value),
            else_=LessonOutcome.PLANNED.value,
        ),
        _holder.name,
        Lesson.cancelled_by.is_not(None) & _recovery.id.is_not(None),
    )
    .outerjoin(_holder, _holder.id == Lesson.facilitator_id)
    .outerjoin(_recovery, _recovery.recovers_id == Lesson.id)
    .where(Lesson.workshop_id.in_(_IDS), _IN_TERM)
    .order_by(Lesson.workshop_id, Lesson.day, Lesson.start, Lesson.id)
)
_OUTCOMES = {outcome.value: outcome for outcome in LessonOutcome}
_PRESENT = (
    select(Mark.lesson_id, func.sum(case((Mark.status.in_(_STATUSES_NOT_THERE), 0), else_=1)))
    .join(Lesson, Lesson.id == Mark.lesson_id)
    .where(Lesson.workshop_id.in_(_IDS), _IN_TERM, _KEPT_LESSON)
    .group_by(Mark.lesson_id)
)


def lessons(
    workshop_ids: Collection[int], term: ReportTerm, now: datetime, *, with_presences: bool
) -> dict[int, list[TermLesson]]:
    """Workshop → the lessons of the term by day. One statement more tells how many pupils were at each."""
    asked, local = _of(workshop_ids, term), now.astimezone(SCHOOL_ZONE)
    rows = read(_LESSONS, asked | {"today": local.date(), "time": local.time()}).all()
    present: dict[int, int] = dict(read(_PRESENT, asked).all()) if with_presences else {}
    found: defaultdict[int, list[TermLesson]] = defaultdict(list)
    for workshop_id, lesson_id, day, minutes, outcome, name, recovered in rows:
        found[workshop_id].append(
            TermLesson(
                lesson_id=lesson_id,
                day=day,
                minutes=minutes,
                outcome=_OUTCOMES[outcome],
                present=present.get(lesson_id),
                facilitator=name or "",
                recovered=recovered,
            )
        )
    return found


_MINUTES = (
    select(
        Lesson.workshop_id,
        Mark.pupil_id,
        func.sum(Mark.attended_minutes).label("attended"),
        func.sum(Mark.offered_minutes).label("offered"),
    )
    .join(Mark, Mark.lesson_id == Lesson.id)
    .where(Lesson.workshop_id.in_(_IDS), _IN_TERM, _KEPT_LESSON)
    .group_by(Lesson.workshop_id, Mark.pupil_id)
    .subquery()
)
_PUPILS = (
    select(
        Enrolment.workshop_id,
        Pupil.id,
        Pupil.last_name,
        Pupil.first_name,
        func.min(Enrolment.first_day).label("first_day"),
        func.coalesce(_MINUTES.c.attended, 0).label("attended"),
        func.coalesce(_MINUTES.c.offered, 0).label("offered"),
        (PupilReport.words != "").label("has_words"),
    )
    .join(Pupil, Pupil.id == Enrolment.pupil_id)
    .outerjoin(
        _MINUTES, (_MINUTES.c.workshop_id == Enrolment.workshop_id) & (_MINUTES.c.pupil_id == Enrolment.pupil_id)
    )
    .outerjoin(
        PupilReport,
        (PupilReport.workshop_id == Enrolment.workshop_id)
        & (PupilReport.pupil_id == Enrolment.pupil_id)
        & (PupilReport.term_id == bindparam("term_id")),
    )
    .where(
        Enrolment.workshop_id.in_(_IDS),
        Enrolment.first_day <= _LAST,
        or_(Enrolment.last_day.is_(None), Enrolment.last_day >= _FIRST),
    )
    .group_by(
        Enrolment.workshop_id,
        Pupil.id,
        Pupil.last_name,
        Pupil.first_name,
        Pupil.sort_key,
        _MINUTES.c.attended,
        _MINUTES.c.offered,
        PupilReport.words,
    )
    .order_by(Enrolment.workshop_id, Pupil.sort_key, Pupil.id)
)


def pupils(workshop_ids: Collection[int], term: ReportTerm) -> dict[int, list[AnyRow]]:
    """Workshop → pupils enrolled in days of the term, each once, in the order of a register.

    Id, names, first day, minutes attended and offered (marks of cancelled lessons count nowhere), and whether the
    facilitator has written something.
    """
    rows = read(_PUPILS, _of(workshop_ids, term) | {"term_id": term.id})
    found: defaultdict[int, list[AnyRow]] = defaultdict(list)
    for row in rows.all():
        found[row.workshop_id].append(row)
    return found


_HELD = (MeetingState.HELD, MeetingState.REPORTED, MeetingState.VALIDATED)
_SENT_IN_TERM = ProposedSlot.day.between(_FIRST, _LAST)
_MEETINGS = (
    select(
        func.count(),
        func.sum(case((_SENT_IN_TERM, 1), else_=0)),
        func.sum(case((_SENT_IN_TERM & MeetingRequest.state.in_(_HELD), 1), else_=0)),
    )
    .select_from(MeetingRequest)
    .join(ProposedSlot, (ProposedSlot.request_id == MeetingRequest.id) & (ProposedSlot.position == 1))
    .where(
        MeetingRequest.institute_id == bindparam("institute_id"),
        MeetingRequest.school_year_id == bindparam("year_id"),
        MeetingRequest.state != MeetingState.DRAFT,
    )
)


def meetings(institute_id: int, term: ReportTerm) -> MeetingsFigure | None:
    """Requests of the school by the first day they proposed; None where it has asked for none in the whole year."""
    asked = {
        "institute_id": institute_id,
        "year_id": term.school_year_id,
        "first": term.first_day,
        "last": term.last_day,
    }
    in_year, requested, held = read(_MEETINGS, asked).one()
    return MeetingsFigure(held=int(held), requested=int(requested)) if in_year else None


_CLASSES = (
    select(ClassMembership.pupil_id, SchoolClass.id, SchoolClass.name, Site.name.label("site"))
    .join(SchoolClass, SchoolClass.id == ClassMembership.class_id)
    .join(Site, Site.id == SchoolClass.site_id)
    .where(ClassMembership.pupil_id.in_(_IDS), ClassMembership.valid_from <= _DAY)
    .order_by(ClassMembership.valid_from, ClassMembership.id)
)


def classes_of(pupil_ids: Collection[int], on: date) -> dict[int, AnyRow]:
    """Pupil → class on the day, or the last one before it."""
    rows = read(_CLASSES, {"ids": sorted(pupil_ids), "day": on})
    return {row.pupil_id: row for row in rows.all()}


_MARKS = (
    select(
        Mark.pupil_id,
        Lesson.day,
        Lesson.signed_at,
        Mark.status,
        Mark.reason,
        Mark.attended_minutes,
        Mark.offered_minutes,
    )
    .join(Lesson, Lesson.id == Mark.lesson_id)
    .where(
        Mark.pupil_id.in_(_IDS),
        _IN_TERM,
        _KEPT_LESSON,
    )
    .order_by(Mark.pupil_id, Lesson.day)
)


def marks(pupil_ids: Collection[int], term: ReportTerm) -> dict[int, Sequence[AnyRow]]:
    """Pupil → the marks of the term with their days."""
    rows = read(_MARKS, _of(pupil_ids, term))
    found: defaultdict[int, list[AnyRow]] = defaultdict(list)
    for row in rows.all():
        found[row.pupil_id].append(row)
    return dict(found)
