"""The dated lessons of a workshop, made from its weekly slots, and the clashes that forbid them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import Select, select

from schoolapp import clock
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import minutes_between
from schoolapp.domain.timetable import (
    ClashKind,
    Commitment,
    PlannedLesson,
    Slot,
    find_clashes,
    first_free_time,
    lessons_from_slots,
    lessons_to_add,
    tell_clashes,
    tell_free_time,
)
from schoolapp.domain.wording import N_, Sentence
from schoolapp.domain.workshops import STATUSES_WITH_LESSONS
from schoolapp.extensions import db
from schoolapp.models import Lesson, Site, User, Workshop
from schoolapp.models import Slot as KeptSlot
from schoolapp.queries import timetable as questions

SCHOOL_OPENS, SCHOOL_CLOSES = time(8), time(18)
"""Between these a way out of a clash is looked for."""


@dataclass(frozen=True)
class TimetableChange:
    """What making the lessons did; the warnings (a pupil in two workshops at once) block nothing."""

    made: int
    removed: int
    warnings: list[Sentence]


def hold_still(*, facilitator_ids: Iterable[int | None], site_ids: Iterable[int]) -> None:
    """Lock people and sites, in this order, until the transaction ends: no two lessons take the same time of theirs.

    Roll calls, which only name these rows, go on. SQLite lets one writer in at a time anyway.
    """
    people = sorted({user_id for user_id in facilitator_ids if user_id is not None})
    db.session.execute(select(User.id).where(User.id.in_(people)).order_by(User.id).with_for_update(key_share=True))
    db.session.execute(
        select(Site.id).where(Site.id.in_(sorted(site_ids))).order_by(Site.id).with_for_update(key_share=True)
    )


def usual_facilitator(workshop: Workshop, day: date) -> int | None:
    """Who runs the workshop on a day: the first of those without an end, else the first of that day."""
    that_day = [
        person
        for person in workshop.facilitators
        if person.valid_from <= day and (person.valid_to is None or day <= person.valid_to)
    ]
    without_end = [person for person in that_day if person.valid_to is None]
    return next((person.user_id for person in without_end + that_day), None)


def still_to_make(workshop_id: int) -> list[PlannedLesson]:
    """The lessons that the timetable would add to those that a workshop has now; nothing is written."""
    workshop = db.session.get_one(Workshop, workshop_id)
    existing = list(db.session.scalars(_of_workshop(workshop_id)))
    return _wanted(workshop, existing, kept=existing)


def make_lessons(workshop: Workshop) -> TimetableChange:
    """Bring the lessons to come into line with the slots, until the planned minutes are used up or the period ends.

    What was held, marked, moved, cancelled or decided by hand stays, and so does today. The first time all lessons
    of the period are made. A taken facilitator or place is refused at the slot (`slots-<number>-start`).
    """
    db.session.flush()
    hold_still(facilitator_ids=[person.user_id for person in workshop.facilitators], site_ids=[workshop.site_id])
    existing = _lessons(workshop)
    replaceable = _replaceable(existing)
    kept = [lesson for lesson in existing if lesson not in replaceable]
    wanted = _wanted(workshop, existing, kept)
    _ensure_free(workshop, wanted)
    before = {(lesson.day, lesson.start): lesson for lesson in replaceable}
    made = 0
    for planned in wanted:
        lesson = before.pop((planned.day, planned.start), None)
        if lesson is None:
            lesson = Lesson(workshop=workshop, day=planned.day, start=planned.start)
            made += 1
        lesson.end = planned.end
        lesson.minutes = planned.minutes
        lesson.place = planned.place
        lesson.facilitator_id = usual_facilitator(workshop, planned.day)
        lesson.funding_line_id = workshop.funding_line_id
        db.session.add(lesson)
    for lesson in before.values():
        db.session.delete(lesson)
    db.session.flush()
    return TimetableChange(made=made, removed=len(before), warnings=pupil_warnings(workshop.id, wanted))


def pupil_warnings(workshop_id: int, planned: Sequence[PlannedLesson]) -> list[Sentence]:
    """Pupils of the workshop who are in another one at the same time."""
    if not planned:
        return []
    days = [lesson.day for lesson in planned]
    taken = questions.pupil_commitments(workshop_id=workshop_id, first_day=min(days), last_day=max(days))
    return tell_clashes(find_clashes(planned, taken))


def _lessons(workshop: Workshop) -> list[Lesson]:
    question = _of_workshop(workshop.id).with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(question))


def _of_workshop(workshop_id: int) -> Select[Lesson]:
    return select(Lesson).where(Lesson.workshop_id == workshop_id).order_by(Lesson.day, Lesson.start, Lesson.id)


def _replaceable(lessons: Iterable[Lesson]) -> list[Lesson]:
    """Lessons to come that nobody has touched since the timetable made them."""
    today = clock.today()
    untouched = [
        lesson
        for lesson in lessons
        if lesson.day > today
        and lesson.signed_at is None
        and lesson.cancelled_by is None
        and lesson.moved_from_day is None
        and not lesson.by_hand
    ]
    marked = questions.marked_lessons(lesson.id for lesson in untouched)
    return [lesson for lesson in untouched if lesson.id not in marked]


def _wanted(workshop: Workshop, existing: Sequence[Lesson], kept: Sequence[Lesson]) -> list[PlannedLesson]:
    if workshop.status not in STATUSES_WITH_LESSONS:
        return []
    tomorrow = clock.today() + timedelta(days=1)
    first_day = max(workshop.first_day, tomorrow) if existing else workshop.first_day
    closures = questions.closures(workshop.institute_id, first_day, workshop.last_day)
    wanted = lessons_from_slots(_slots(workshop), first_day, workshop.last_day, closures)
    used = sum(lesson.minutes for lesson in kept if lesson.cancelled_by is None)
    return lessons_to_add(wanted, _occupied(kept), workshop.planned_minutes - used)


def _slots(workshop: Workshop) -> list[Slot]:
    return [
        Slot(slot.weekday, slot.start, slot.end, slot.valid_from, slot.valid_to, slot.place or workshop.place)
        for slot in workshop.slots
    ]


def _occupied(lessons: Iterable[Lesson]) -> list[PlannedLesson]:
    """The times of the lessons, and those from which they were moved away: they are not filled again."""
    times = []
    for lesson in lessons:
        times.append(PlannedLesson(lesson.day, lesson.start, lesson.end))
        if lesson.moved_from_day is not None and lesson.moved_from_start is not None:
            start = lesson.moved_from_start
            end = min(start.hour * 60 + start.minute + lesson.minutes, 24 * 60 - 1)
            times.append(PlannedLesson(lesson.moved_from_day, start, time(end // 60, end % 60)))
    return times


def _ensure_free(workshop: Workshop, wanted: Sequence[PlannedLesson]) -> None:
    """Refuse the first slot whose lessons find their facilitator or their place taken."""
    of_person: dict[int | None, list[PlannedLesson]] = {}
    for lesson in wanted:
        of_person.setdefault(usual_facilitator(workshop, lesson.day), []).append(lesson)
    for user_id, lessons in of_person.items():
        taken = questions.commitments(
            institute_id=workshop.institute_id,
            site_id=workshop.site_id,
            facilitator_ids=[] if user_id is None else [user_id],
            first_day=lessons[0].day,
            last_day=lessons[-1].day,
            except_workshop_id=workshop.id,
        )
        for number, slot in enumerate(workshop.slots):
            mine = [
                lesson
                for lesson in lessons
                if (lesson.day.weekday(), lesson.start, lesson.end) == (slot.weekday, slot.start, slot.end)
            ]
            clashes = find_clashes(mine, taken)
            if clashes:
                others = [other for other in workshop.slots if other is not slot]
                raise RuleViolation(
                    N_("%(clash)s %(way_out)s"),
                    field=f"slots-{number}-start",
                    clash=tell_clashes(clashes)[0],
                    way_out=_weekly_way_out(_slots(workshop)[number], taken + _weekly(others)),
                )


def _weekly(slots: Iterable[KeptSlot]) -> list[Commitment]:
    """The other slots of the same workshop, as times that are taken in a week."""
    monday = date(2024, 1, 1)
    return [
        Commitment(ClashKind.FACILITATOR, "", monday + timedelta(days=slot.weekday), slot.start, slot.end, "")
        for slot in slots
    ]


def way_out_of(planned: PlannedLesson, taken: Iterable[Commitment]) -> Sentence:
    """A free time on the day of a refused lesson, else the advice to change something else."""
    slot = Slot(planned.day.weekday(), planned.start, planned.end, place=planned.place)
    return _free_time(slot, taken, [(slot.weekday, slot.start), (slot.weekday, SCHOOL_OPENS)])


def _weekly_way_out(slot: Slot, taken: Iterable[Commitment]) -> Sentence:
    """A free time near the refused slot: later that weekday, earlier that weekday, another day."""
    tries = [(slot.weekday, slot.start), (slot.weekday, SCHOOL_OPENS)]
    return _free_time(slot, taken, tries + [((slot.weekday + step) % 5, SCHOOL_OPENS) for step in range(1, 5)])


def _free_time(slot: Slot, taken: Iterable[Commitment], tries: Iterable[tuple[int, time]]) -> Sentence:
    taken = list(taken)
    minutes = minutes_between(slot.start, slot.end)
    for weekday, not_before in tries:
        start = first_free_time(
            taken,
            weekday=weekday,
            minutes=minutes,
            not_before=not_before,
            closes=SCHOOL_CLOSES,
            place=slot.place,
        )
        if start is not None:
            return tell_free_time(weekday, start)
    return Sentence(N_("Scegli un altro giorno, un’altra persona o un altro luogo."))
