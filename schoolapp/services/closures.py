"""Closures of one institute, and the lessons that fall on them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from schoolapp import clock
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import CancelledBy, ensure_reason
from schoolapp.domain.periods import ensure_period
from schoolapp.domain.wording import N_, Sentence
from schoolapp.extensions import db
from schoolapp.models import Closure, Lesson, Workshop
from schoolapp.queries import timetable as questions
from schoolapp.services import lessons, school_years, timetable, workshops


@dataclass(frozen=True)
class Reopening:
    """What the end of a closure did: lessons back in the calendar, and those whose time is taken by now."""

    restored: int
    left_cancelled: int


def add(*, institute_id: int, first_day: date, last_day: date | None, name: str) -> tuple[Closure, int]:
    """Close the institute between two days; returns how many lessons to come it cancels."""
    last_day = last_day or first_day
    ensure_period(first_day, last_day)
    year = school_years.prepared(first_day)
    if last_day > year.last_day:
        raise RuleViolation(N_("Una chiusura finisce entro l’anno scolastico, il 31 agosto."), field="last_day")
    try:
        ensure_reason(name)
    except RuleViolation:
        raise RuleViolation(N_("Scrivi il motivo in poche parole, per esempio «Elezioni»."), field="name") from None
    for other in questions.closures(institute_id, first_day, last_day):
        if other.first_day <= first_day and last_day <= other.last_day:
            raise RuleViolation(
                N_("In quei giorni la scuola è già chiusa: %(name)s."), field="first_day", name=Sentence(other.name)
            )
    closure = Closure(
        school_year_id=year.id,
        institute_id=institute_id,
        first_day=first_day,
        last_day=last_day,
        name=name.strip(),
    )
    db.session.add(closure)
    db.session.flush()
    return closure, _cancel(closure)


def _cancel(closure: Closure) -> int:
    on_it = list(
        db.session.scalars(
            select(Lesson)
            .join(Workshop, Workshop.id == Lesson.workshop_id)
            .where(
                Workshop.institute_id == closure.institute_id,
                Lesson.day.between(max(closure.first_day, clock.today()), closure.last_day),
                Lesson.signed_at.is_(None),
                Lesson.cancelled_by.is_(None),
            )
            .order_by(Lesson.id)
            .with_for_update(of=Lesson)
            .execution_options(populate_existing=True)
        )
    )
    marked = questions.marked_lessons(lesson.id for lesson in on_it)
    cancelled = [lesson for lesson in on_it if lesson.id not in marked]
    for lesson in cancelled:
        lesson.cancelled_by = CancelledBy.CLOSURE
        lesson.cancelled_why = closure.name
    db.session.flush()
    return len(cancelled)


def remove(*, closure_id: int) -> Reopening:
    """Take a closure back: the lessons to come that it cancelled return, where their time is still free."""
    closure = db.session.get_one(Closure, closure_id)
    first_day, last_day, institute_id = closure.first_day, closure.last_day, closure.institute_id
    assert institute_id is not None
    db.session.delete(closure)
    db.session.flush()
    rows = db.session.execute(
        select(Lesson.id, Lesson.workshop_id, Lesson.facilitator_id, Workshop.site_id)
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .where(
            Workshop.institute_id == institute_id,
            Lesson.day.between(max(first_day, clock.today()), last_day),
            Lesson.cancelled_by == CancelledBy.CLOSURE,
        )
        .order_by(Lesson.workshop_id, Lesson.day, Lesson.start)
    ).all()
    for workshop_id in sorted({row.workshop_id for row in rows}):  # all locks in one order, before the first lesson
        workshops.locked(workshop_id)
    timetable.hold_still(facilitator_ids=[row.facilitator_id for row in rows], site_ids={row.site_id for row in rows})
    restored = 0
    for row in rows:
        try:
            lessons.restore(workshop_id=row.workshop_id, lesson_id=row.id)
        except RuleViolation:
            continue
        restored += 1
    return Reopening(restored=restored, left_cancelled=len(rows) - restored)
