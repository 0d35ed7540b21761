"""Closures of a school, and the lessons on them."""

from datetime import date, time
from typing import Any

import pytest
from sqlalchemy.orm import Session

from schoolapp import clock, services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import CancelledBy
from schoolapp.models import Closure, Lesson
from tests import factories
from tests.support.school import MONDAY, School, lessons_of

pytestmark = pytest.mark.usefixtures("friday")


def add(school: School, **values: Any) -> tuple[Closure, int]:
    return services.closures.add(
        **{
            "institute_id": school.institute.id,
            "first_day": date(2026, 11, 23),
            "last_day": date(2026, 11, 25),
            "name": "Elezioni",
            **values,
        }
    )


def test_a_closure_cancels_the_unsigned_lessons_to_come_of_its_own_school(school: School, database: Session) -> None:
    other = School()
    theirs = lessons_of(database, other.open())
    monday, wednesday, next_monday = lessons_of(database, school.open())[:3]
    wednesday.signed_at, wednesday.signed_by_id = clock.now(), school.irene.id
    _closure, cancelled = add(school)
    assert cancelled == 1
    assert (monday.cancelled_by, monday.cancelled_why) == (CancelledBy.CLOSURE, "Elezioni")
    assert wednesday.cancelled_by is None
    assert next_monday.cancelled_by is None
    assert all(lesson.cancelled_by is None for lesson in theirs)


def test_the_minutes_of_a_closure_have_no_date_until_lessons_are_added(school: School, database: Session) -> None:
    workshop = school.open(slots=(MONDAY,), planned_minutes=180)
    add(school)
    assert [lesson.day for lesson in services.timetable.still_to_make(workshop.id)] == [date(2026, 12, 7)]
    services.workshops.fill(workshop_id=workshop.id)
    assert [lesson.day for lesson in lessons_of(database, workshop)] == [
        date(2026, 11, 23),
        date(2026, 11, 30),
        date(2026, 12, 7),
    ]


def test_without_a_last_day_a_closure_is_one_day(school: School) -> None:
    assert add(school, last_day=None)[0].last_day == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("values", "field", "remark"),
    [
        ({"last_day": date(2026, 11, 22)}, "last_day", "ends before it begins"),
        ({"last_day": date(2027, 9, 2)}, "last_day", "beyond the year"),
        ({"name": "- "}, "name", "says nothing"),
        ({"first_day": date(2026, 12, 8), "last_day": None}, "first_day", "closed already"),
    ],
)
def test_a_closure_that_cannot_be_is_refused(school: School, values: dict[str, Any], field: str, remark: str) -> None:
    factories.make_closure()
    with pytest.raises(RuleViolation) as refused:
        add(school, **values)
    assert refused.value.field == field


def test_a_closure_taken_back_gives_back_the_lessons_whose_time_is_free(school: School, database: Session) -> None:
    monday, wednesday, *_rest = lessons_of(database, school.open())
    closure, _cancelled = add(school)
    other = factories.make_workshop(site=school.site, place="palestra", facilitator=school.irene)
    factories.make_lesson(other, day=wednesday.day, start=time(14), end=time(15))
    back = services.closures.remove(closure_id=closure.id)
    assert (back.restored, back.left_cancelled) == (1, 1)
    assert monday.cancelled_by is None
    assert wednesday.cancelled_by is CancelledBy.CLOSURE
    assert database.get(Closure, closure.id) is None
    assert database.query(Lesson).filter_by(cancelled_by=CancelledBy.CLOSURE).count() == 1


def test_a_closure_leaves_alone_what_is_past_begun_or_cancelled_before(school: School, database: Session) -> None:
    workshop = school.open(first_day=date(2026, 11, 16), planned_minutes=4 * 90)
    _monday, past, cancelled, to_come = lessons_of(database, workshop)
    today = factories.make_lesson(workshop, day=date(2026, 11, 20))
    factories.make_mark(today, factories.make_enrolment(workshop).pupil)
    services.lessons.cancel(
        workshop_id=workshop.id, lesson_id=cancelled.id, by=CancelledBy.FACILITATOR, reason="malattia"
    )
    assert add(school, first_day=date(2026, 11, 18))[1] == 1
    assert (past.cancelled_by, today.cancelled_by) == (None, None)
    assert (cancelled.cancelled_by, cancelled.cancelled_why) == (CancelledBy.FACILITATOR, "malattia")
    assert to_come.cancelled_by is CancelledBy.CLOSURE


def test_a_lesson_that_fell_out_stays_out_once_its_day_is_past(school: School, database: Session) -> None:
    workshop = school.open(first_day=date(2026, 11, 16))
    past = lessons_of(database, workshop)[1]
    past.cancelled_by, past.cancelled_why = CancelledBy.CLOSURE, "Elezioni"
    closure = factories.make_closure(
        first_day=date(2026, 11, 18), last_day=date(2026, 11, 20), institute_id=school.institute.id, name="Elezioni"
    )
    assert services.closures.remove(closure_id=closure.id) == services.closures.Reopening(0, 0)
    assert past.cancelled_by is CancelledBy.CLOSURE
