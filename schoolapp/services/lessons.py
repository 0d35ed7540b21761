"""One lesson at a time: moved, cancelled, brought back, recovered, added. Roll call and signature are in attendance."""

from datetime import date, time

from sqlalchemy import select

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import (
    CancelledBy,
    LessonFacts,
    ensure_cancellable,
    ensure_lesson_day,
    ensure_lesson_times,
    ensure_movable,
    ensure_reason,
    ensure_recovers,
    minutes_between,
)
from schoolapp.domain.periods import Period
from schoolapp.domain.timetable import PlannedLesson, find_clashes, overlap
from schoolapp.domain.wording import N_, Sentence
from schoolapp.extensions import db
from schoolapp.models import Lesson, Workshop
from schoolapp.queries import facilitators as people
from schoolapp.queries import timetable as questions
from schoolapp.services import timetable, workshops


def move(
    *,
    workshop_id: int,
    lesson_id: int,
    day: date,
    start: time,
    end: time,
    place: str,
    facilitator_id: int | None,
    reason: str,
) -> list[Sentence]:
    """Give a lesson another day, time, place or person; the change of day, time or place asks for a reason.

    Returns warnings that block nothing.
    """
    workshop = workshops.locked(workshop_id)
    workshops.ensure_changeable(workshop)
    lesson = _locked(workshop, lesson_id)
    place = place.strip()
    moved = (day, start, end, place) != (lesson.day, lesson.start, lesson.end, lesson.place)
    if not moved and facilitator_id == lesson.facilitator_id:
        raise RuleViolation(N_("Cambia il giorno, l’ora, il luogo o la persona."), field="day")
    ensure_movable(
        _facts(lesson),
        day=day,
        start=start,
        end=end,
        workshop=Period(workshop.first_day, workshop.last_day),
        closures=questions.closures(workshop.institute_id, day, day) if day != lesson.day else [],
    )
    if moved:
        ensure_reason(reason)
    if facilitator_id != lesson.facilitator_id:
        _ensure_facilitator(workshop, facilitator_id)
    warnings = _ensure_free(
        workshop,
        PlannedLesson(day, start, end, place),
        facilitator_id=facilitator_id,
        lesson_id=lesson.id,
    )
    if moved:
        if lesson.moved_from_day is None:
            lesson.moved_from_day, lesson.moved_from_start = lesson.day, lesson.start
        lesson.moved_why = reason.strip()
    else:
        lesson.by_hand = True
    lesson.day, lesson.start, lesson.end = day, start, end
    lesson.minutes = minutes_between(start, end)
    lesson.place = place
    lesson.facilitator_id = facilitator_id
    db.session.flush()
    return warnings


def cancel(*, workshop_id: int, lesson_id: int, by: CancelledBy, reason: str) -> Lesson:
    """Cancel a lesson that is not signed: its minutes are without a date again."""
    workshop = workshops.locked(workshop_id)
    workshops.ensure_not_accounted(workshop)
    lesson = _locked(workshop, lesson_id)
    if by is CancelledBy.CLOSURE:
        raise RuleViolation(N_("Di’ chi annulla: la scuola o chi conduce."), field="by")
    ensure_cancellable(_facts(lesson), reason)
    lesson.cancelled_by = by
    lesson.cancelled_why = reason.strip()
    db.session.flush()
    return lesson


def restore(*, workshop_id: int, lesson_id: int) -> Lesson:
    """Bring a cancelled lesson back to its time, if the time is still free and nothing stands in for it."""
    workshop = workshops.locked(workshop_id)
    workshops.ensure_changeable(workshop)
    lesson = _locked(workshop, lesson_id)
    if lesson.cancelled_by is None:
        raise RuleViolation(N_("La lezione è già in calendario."))
    if _facts(lesson).recovered:
        raise RuleViolation(N_("La lezione ha già il suo recupero."))
    ensure_lesson_day(
        lesson.day,
        workshop=Period(workshop.first_day, workshop.last_day),
        closures=questions.closures(workshop.institute_id, lesson.day, lesson.day),
    )
    ensure_free(workshop, lesson)
    lesson.cancelled_by = None
    lesson.cancelled_why = None
    db.session.flush()
    return lesson


def recover(
    *,
    workshop_id: int,
    lesson_id: int,
    day: date,
    start: time,
    end: time,
    place: str,
    facilitator_id: int | None,
) -> tuple[Lesson, list[Sentence]]:
    """A new lesson that stands in for a cancelled one; with warnings that block nothing."""
    workshop = workshops.locked(workshop_id)
    cancelled = _locked(workshop, lesson_id)
    ensure_recovers(_facts(cancelled), day=day)
    return _added(workshop, PlannedLesson(day, start, end, place.strip()), facilitator_id, recovers_id=cancelled.id)


def add(
    *, workshop_id: int, day: date, start: time, end: time, place: str, facilitator_id: int | None
) -> tuple[Lesson, list[Sentence]]:
    """An extra lesson, outside the timetable; with warnings that block nothing."""
    workshop = workshops.locked(workshop_id)
    return _added(workshop, PlannedLesson(day, start, end, place.strip()), facilitator_id)


def ensure_free(workshop: Workshop, lesson: Lesson) -> None:
    """Refuse a time at which the lesson's person, place or workshop is taken."""
    _ensure_free(
        workshop,
        PlannedLesson(lesson.day, lesson.start, lesson.end, lesson.place),
        facilitator_id=lesson.facilitator_id,
        lesson_id=lesson.id,
    )


def _added(
    workshop: Workshop, planned: PlannedLesson, facilitator_id: int | None, recovers_id: int | None = None
) -> tuple[Lesson, list[Sentence]]:
    workshops.ensure_changeable(workshop)
    ensure_lesson_times(planned.start, planned.end)
    ensure_lesson_day(
        planned.day,
        workshop=Period(workshop.first_day, workshop.last_day),
        closures=questions.closures(workshop.institute_id, planned.day, planned.day),
    )
    _ensure_facilitator(workshop, facilitator_id)
    warnings = _ensure_free(workshop, planned, facilitator_id=facilitator_id)
    lesson = Lesson(
        workshop=workshop,
        day=planned.day,
        start=planned.start,
        end=planned.end,
        minutes=planned.minutes,
        place=planned.place,
        facilitator_id=facilitator_id,
        funding_line_id=workshop.funding_line_id,
        recovers_id=recovers_id,
        by_hand=True,
    )
    db.session.add(lesson)
    db.session.flush()
    return lesson, warnings


def _locked(workshop: Workshop, lesson_id: int) -> Lesson:
    """A lesson of this very workshop, as it is now: nobody signs it while it is changed."""
    return db.session.execute(
        select(Lesson)
        .where(Lesson.id == lesson_id, Lesson.workshop_id == workshop.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()


def _facts(lesson: Lesson) -> LessonFacts:
    return LessonFacts(
        day=lesson.day,
        start=lesson.start,
        end=lesson.end,
        marked=len(questions.marked_lessons([lesson.id])),
        signed=lesson.signed_at is not None,
        cancelled=lesson.cancelled_by is not None,
        recovered=db.session.scalar(select(Lesson.id).where(Lesson.recovers_id == lesson.id)) is not None,
    )


def _ensure_facilitator(workshop: Workshop, facilitator_id: int | None) -> None:
    if facilitator_id is None or facilitator_id not in people.at_institute(workshop.institute_id, [facilitator_id]):
        raise RuleViolation(N_("Scegli chi conduce la lezione."), field="facilitator_id")


def _ensure_free(
    workshop: Workshop, planned: PlannedLesson, *, facilitator_id: int | None, lesson_id: int | None = None
) -> list[Sentence]:
    timetable.hold_still(facilitator_ids=[facilitator_id], site_ids=[workshop.site_id])
    _ensure_own_time_free(workshop, planned, lesson_id)
    taken = questions.commitments(
        institute_id=workshop.institute_id,
        site_id=workshop.site_id,
        facilitator_ids=[] if facilitator_id is None else [facilitator_id],
        first_day=planned.day,
        last_day=planned.day,
        except_lessons=[] if lesson_id is None else [lesson_id],
    )
    clashes = find_clashes([planned], taken)
    if clashes:
        raise RuleViolation(
            N_("%(clash)s %(way_out)s"),
            field="start",
            clash=clashes[0].sentence,
            way_out=timetable.way_out_of(planned, taken),
        )
    return timetable.pupil_warnings(workshop.id, [planned])


def _ensure_own_time_free(workshop: Workshop, planned: PlannedLesson, lesson_id: int | None) -> None:
    own = db.session.scalars(
        select(Lesson).where(Lesson.workshop_id == workshop.id, Lesson.day == planned.day).order_by(Lesson.start)
    )
    for other in own:
        if other.id == lesson_id:
            continue
        times = {"start": f"{other.start:%H:%M}", "end": f"{other.end:%H:%M}"}
        if other.cancelled_by is None and overlap(planned.start, planned.end, other.start, other.end):
            raise RuleViolation(
                N_("Questo laboratorio ha già lezione quel giorno dalle %(start)s alle %(end)s."),
                field="start",
                **times,
            )
        if other.cancelled_by is not None and other.start == planned.start:
            raise RuleViolation(
                N_("Alle %(start)s di quel giorno c’è una lezione annullata: rimettila in calendario."),
                field="start",
                **times,
            )
