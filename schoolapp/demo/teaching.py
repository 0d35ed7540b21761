"""Workshops with their lessons, enrolments and marks, up to a given moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.demo import topics
from schoolapp.demo.calendar import KeptYear
from schoolapp.demo.pupils import DemoPupil
from schoolapp.demo.rows import Rows, kept
from schoolapp.domain.attendance import AbsenceReason, MarkStatus, mark_minutes
from schoolapp.domain.enrolment import EnrolmentOutcome
from schoolapp.domain.levels import LEVEL_NAMES, Level
from schoolapp.domain.roll_call import ACTIVITIES
from schoolapp.domain.timetable import PlannedLesson, Slot, lessons_from_slots
from schoolapp.domain.workshops import WORKSHOP_KIND_NAMES, WorkshopKind, WorkshopStatus

MARK_COLUMNS = (
    "lesson_id",
    "pupil_id",
    "status",
    "missed_minutes",
    "reason",
    "attended_minutes",
    "offered_minutes",
    "version",
    "recorded_by_id",
    "recorded_at",
)

_STATUSES = list(MarkStatus)
_WEIGHTS = [82, 9, 4, 2, 2, 1]
_REASONS = list(AbsenceReason)


@dataclass(frozen=True)
class Plan:
    """A workshop to be made. `slots`: weekday (0 is Monday), start, end."""

    institute_id: int
    site_id: int
    kind: WorkshopKind
    level: Level
    place: str
    facilitator_id: int
    slots: tuple[tuple[int, time, time], ...]
    planned_minutes: int | None = None
    """None plans a little more than the lessons of the whole year: some hours are still without a date."""
    capacity: int = 12
    intensive: bool = False
    """Ends with its planned hours, not with the school year."""


@dataclass(frozen=True)
class Moment:
    """The state to make: what had happened by `now` (aware)."""

    now: datetime
    funding_line_id: int
    countersigner_id: int | None
    countersigned_until: date
    left_open: int = 0
    """How many of the last lessons wait for their signature: the very last for its topic, the others for all."""


@dataclass(frozen=True)
class MadeWorkshop:
    id: int
    last_lesson_id: int | None
    """The last lesson held."""
    lessons_held: int
    first_days: dict[int, date]
    """Pupil → first day in the workshop."""
    concluded_on: date | None


def add_workshop(
    rows: Rows, random: Random, plan: Plan, year: KeptYear, pupils: Sequence[DemoPupil], moment: Moment
) -> MadeWorkshop:
    """A workshop of the year with its pupils, its lessons, and the marks of those held by then."""
    first_day = year.calendar.first_lesson_day + timedelta(days=8)
    last_day = year.calendar.last_lesson_day
    slots = [Slot(weekday, start, end) for weekday, start, end in plan.slots]
    lessons = lessons_from_slots(slots, first_day, last_day, year.calendar.closures, plan.planned_minutes)
    if plan.intensive:
        last_day = lessons[-1].day
    concluded = moment.now.date() > last_day
    planned_minutes = plan.planned_minutes or _whole_hours(sum(lesson.minutes for lesson in lessons)) + 180
    workshop_id = rows.add(
        "workshop",
        institute_id=plan.institute_id,
        site_id=plan.site_id,
        school_year_id=year.id,
        funding_line_id=moment.funding_line_id,
        title=f"{WORKSHOP_KIND_NAMES[plan.kind]} {LEVEL_NAMES[plan.level]}",
        kind=plan.kind.value,
        level=plan.level.value,
        status=(WorkshopStatus.CONCLUDED if concluded else WorkshopStatus.STARTED).value,
        place=plan.place,
        capacity=plan.capacity,
        planned_minutes=planned_minutes,
        threshold_percent=70,
        first_day=first_day,
        last_day=last_day,
    )
    rows.add("workshop_facilitator", workshop_id=workshop_id, user_id=plan.facilitator_id, valid_from=first_day)
    for weekday, start, end in plan.slots:
        rows.add("slot", workshop_id=workshop_id, weekday=weekday, start=start, end=end, place="", valid_from=first_day)
    group = _enrol(rows, random, workshop_id, pupils, (first_day, last_day), moment.now.date())
    held = [lesson for lesson in lessons if _ended(lesson) <= moment.now]
    lesson_id = None
    for number, lesson in enumerate(lessons):
        is_held = number < len(held)
        open_from_end = len(held) - number if is_held and number >= len(held) - moment.left_open else None
        made = _add_lesson(rows, random, workshop_id, plan, lesson, moment, held=is_held, open_from_end=open_from_end)
        if is_held:
            lesson_id = made
            if open_from_end is None or open_from_end == 1:
                _mark(rows, random, made, lesson, plan.facilitator_id, group)
    first_days = {pupil_id: start for pupil_id, start, _end, _care in group}
    return MadeWorkshop(workshop_id, lesson_id, len(held), first_days, last_day if concluded else None)


def _whole_hours(minutes: int) -> int:
    return -(-minutes // 60) * 60


def _ended(lesson: PlannedLesson) -> datetime:
    return datetime.combine(lesson.day, lesson.end, tzinfo=SCHOOL_ZONE)


def _enrol(
    rows: Rows, random: Random, workshop_id: int, pupils: Sequence[DemoPupil], days: tuple[date, date], today: date
) -> list[tuple[int, date, date, float]]:
    """Pupil, first and last day in the workshop, and how regular each is: most from the start, some later."""
    first_day, last_day = days
    group = []
    for pupil in pupils:
        late = random.random() < 0.25
        start = first_day + timedelta(days=random.choice((14, 21, 35, 50))) if late else first_day
        start = min(start, max(first_day, today), last_day - timedelta(days=14))
        leaves = not late and random.random() < 0.06 and today > first_day + timedelta(days=40)
        end = min(first_day + timedelta(days=35), last_day) if leaves else None
        rows.add(
            "enrolment",
            workshop_id=workshop_id,
            pupil_id=pupil.id,
            first_day=start,
            last_day=end,
            outcome=EnrolmentOutcome.TRANSFERRED.value if end else None,
        )
        group.append((pupil.id, start, end or date.max, random.choice((1.0, 1.0, 1.0, 0.9, 0.7))))
    return group


def _add_lesson(
    rows: Rows,
    random: Random,
    workshop_id: int,
    plan: Plan,
    lesson: PlannedLesson,
    moment: Moment,
    *,
    held: bool,
    open_from_end: int | None,
) -> int:
    signed = held and open_from_end is None
    countersigned = signed and moment.countersigner_id is not None and lesson.day <= moment.countersigned_until
    about = topics.TO_COMMUNICATE if plan.kind is WorkshopKind.TO_COMMUNICATE else topics.FOR_STUDY
    return rows.add(
        "lesson",
        workshop_id=workshop_id,
        facilitator_id=plan.facilitator_id,
        funding_line_id=moment.funding_line_id,
        day=lesson.day,
        start=lesson.start,
        end=lesson.end,
        minutes=lesson.minutes,
        place=plan.place,
        topic=random.choice(about) if signed else "",
        activity=", ".join(sorted(random.sample(ACTIVITIES, 2), key=ACTIVITIES.index)) if signed else "",
        signed_at=_ended(lesson) if signed else None,
        signed_by_id=plan.facilitator_id if signed else None,
        countersigned_at=_ended(lesson) + timedelta(days=7) if countersigned else None,
        countersigned_by_id=moment.countersigner_id if countersigned else None,
        version=1 if held else 0,
    )


def _mark(
    rows: Rows,
    random: Random,
    lesson_id: int,
    lesson: PlannedLesson,
    facilitator_id: int,
    group: Sequence[tuple[int, date, date, float]],
) -> None:
    recorded_at = kept(datetime.combine(lesson.day, lesson.start, tzinfo=SCHOOL_ZONE))
    minutes = lesson.minutes
    for pupil_id, first_day, last_day, regular in group:
        if not first_day <= lesson.day <= last_day:
            continue
        status = random.choices(_STATUSES, weights=_WEIGHTS)[0]
        if status is MarkStatus.PRESENT and random.random() > regular:
            status = MarkStatus.ABSENT
        missed = None
        if status in {MarkStatus.LATE, MarkStatus.LEFT_EARLY}:
            missed = random.choice((5, 10, 12, 15, 20))
        worth = mark_minutes(status, lesson_minutes=minutes, missed_minutes=missed)
        reason = random.choice(_REASONS).value if status is MarkStatus.ABSENT and random.random() < 0.7 else None
        rows.add_keyed(
            "mark",
            MARK_COLUMNS,
            (
                lesson_id,
                pupil_id,
                status.value,
                missed,
                reason,
                worth.attended,
                worth.offered,
                1,
                facilitator_id,
                recorded_at,
            ),
        )
