"""What pupils did in workshops so far. For questions and actions that have asked already whose workshops they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.certificates import Path
from schoolapp.domain.periods import Period
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.extensions import db
from schoolapp.models import Enrolment, Lesson, Mark

CONCLUDED = frozenset({WorkshopStatus.CONCLUDED, WorkshopStatus.ACCOUNTED})
Key = tuple[int, int]
"""Workshop and pupil."""

_NOTHING = AttendanceFigure(attended=0, offered=0)


@dataclass(frozen=True)
class WalkedPath:
    """A path with its first day, and the last one on which something was offered (the first where nothing was)."""

    path: Path
    first_day: date
    last_day: date


def of_workshops(
    statuses: dict[int, WorkshopStatus], *, today: date, only_ended: bool = False
) -> dict[Key, WalkedPath]:
    """The paths of all pupils of the workshops whose `statuses` are given, in three statements at most.

    `only_ended` spares the marks of workshops in which nobody's path has ended: their figures are then 0 of 0.
    """
    periods = _periods(statuses)
    ended = {
        key
        for key, own in periods.items()
        if statuses[key[0]] in CONCLUDED or all(period.last_day and period.last_day <= today for period in own)
    }
    ids = {workshop_id for workshop_id, _ in (ended if only_ended else periods)}
    walked = _figures(ids, today)
    to_sign = _days_to_sign(ids, today)
    paths = {}
    for key, own in periods.items():
        figure, last_day = walked.get(key, (_NOTHING, own[0].first_day))
        path = Path(
            figure=figure,
            ended=key in ended,
            lessons_to_sign=_count(to_sign.get(key[0], ()), own),
            cancelled=statuses[key[0]] is WorkshopStatus.CANCELLED,
        )
        paths[key] = WalkedPath(path, own[0].first_day, last_day)
    return paths


def _count(days: Iterable[date], periods: list[Period]) -> int:
    return sum(any(period.covers(day) for period in periods) for day in days)


def _periods(workshop_ids: Collection[int]) -> dict[Key, list[Period]]:
    rows = db.session.execute(
        select(Enrolment.workshop_id, Enrolment.pupil_id, Enrolment.first_day, Enrolment.last_day)
        .where(Enrolment.workshop_id.in_(sorted(workshop_ids)))
        .order_by(Enrolment.first_day, Enrolment.id)
    )
    periods: defaultdict[Key, list[Period]] = defaultdict(list)
    for workshop_id, pupil_id, first_day, last_day in rows:
        periods[workshop_id, pupil_id].append(Period(first_day, last_day))
    return periods


def _figures(workshop_ids: Collection[int], today: date) -> dict[Key, tuple[AttendanceFigure, date]]:
    if not workshop_ids:
        return {}
    rows = db.session.execute(
        select(
            Lesson.workshop_id,
            Mark.pupil_id,
            func.sum(Mark.attended_minutes),
            func.sum(Mark.offered_minutes),
            func.max(Lesson.day),
        )
        .join(Mark, Mark.lesson_id == Lesson.id)
        .where(Lesson.workshop_id.in_(sorted(workshop_ids)), Lesson.day <= today, Lesson.cancelled_by.is_(None))
        .group_by(Lesson.workshop_id, Mark.pupil_id)
    )
    return {(row[0], row[1]): (AttendanceFigure(int(row[2]), int(row[3])), row[4]) for row in rows}


def _days_to_sign(workshop_ids: Collection[int], today: date) -> dict[int, list[date]]:
    if not workshop_ids:
        return {}
    rows = db.session.execute(
        select(Lesson.workshop_id, Lesson.day).where(
            Lesson.workshop_id.in_(sorted(workshop_ids)),
            Lesson.day <= today,
            Lesson.signed_at.is_(None),
            Lesson.cancelled_by.is_(None),
        )
    )
    days: defaultdict[int, list[date]] = defaultdict(list)
    for workshop_id, day in rows:
        days[workshop_id].append(day)
    return days
