"""What counts on a pupil's way to a certificate: the own days, the lessons held, the end."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from schoolapp.domain.attendance import AttendanceFigure, MarkStatus
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.queries import workshop_paths
from schoolapp.queries.workshop_paths import WalkedPath
from tests import factories
from tests.support.concluded import Concluded, concluded_workshop

TODAY = date(2027, 1, 20)


@pytest.fixture
def school(database: Session) -> Concluded:
    return concluded_workshop({"Awa": 4, "Ben": 3})


def walked(school: Concluded, name: str, *, today: date = TODAY) -> WalkedPath:
    found = workshop_paths.of_workshops({school.workshop.id: school.workshop.status}, today=today)
    return found[school.workshop.id, school.pupils[name].id]


def test_a_lesson_that_was_cancelled_afterwards_counts_for_nobody_and_waits_for_no_signature(school: Concluded) -> None:
    lesson = factories.make_lesson(school.workshop, day=date(2026, 12, 21), cancelled_by=CancelledBy.SCHOOL)
    factories.make_mark(lesson, school.pupils["Awa"], MarkStatus.ABSENT)
    path = walked(school, "Awa").path
    assert path.figure == AttendanceFigure(attended=360, offered=360)
    assert path.lessons_to_sign == 0


def test_a_lesson_still_to_come_counts_for_nobody(school: Concluded) -> None:
    lesson = factories.make_lesson(school.workshop, day=date(2027, 1, 21))
    factories.make_mark(lesson, school.pupils["Awa"], MarkStatus.ABSENT)
    found = walked(school, "Awa")
    assert (found.path.figure.offered, found.path.lessons_to_sign) == (360, 0)
    assert found.last_day == date(2026, 12, 14)


def test_a_lesson_to_sign_keeps_waiting_only_who_was_enrolled_on_its_day(school: Concluded) -> None:
    school.enrolments["Ben"].last_day = date(2026, 12, 15)
    factories.make_lesson(school.workshop, day=date(2026, 12, 16))
    assert walked(school, "Awa").path.lessons_to_sign == 1
    assert walked(school, "Ben").path.lessons_to_sign == 0


def test_who_comes_late_answers_for_the_lessons_from_the_own_first_day(school: Concluded) -> None:
    late = factories.make_pupil(school.institute, first_name="Zoe")
    factories.make_enrolment(school.workshop, late, first_day=date(2026, 12, 16))
    school.pupils["Zoe"] = late
    for day, status in (
        (date(2026, 12, 16), MarkStatus.PRESENT),
        (date(2026, 12, 17), MarkStatus.EXEMPT),
        (date(2026, 12, 18), MarkStatus.CLASS_ACTIVITY),
    ):
        lesson = factories.make_lesson(school.workshop, day=day, signed_by=school.coordinator)
        factories.make_mark(lesson, late, status)
    found = walked(school, "Zoe")
    assert found.path.figure == AttendanceFigure(attended=90, offered=90), "what was not offered is not missed"
    assert (found.first_day, found.last_day) == (date(2026, 12, 16), date(2026, 12, 18))


@pytest.mark.parametrize(
    ("last_days", "ended", "remark"),
    [
        ((date(2026, 12, 1), None), False, "left and came back"),
        ((date(2026, 12, 1), date(2027, 1, 21)), False, "leaves tomorrow"),
        ((date(2026, 12, 1), TODAY), True, "left for good"),
    ],
)
def test_a_path_ends_with_its_last_period(
    school: Concluded, last_days: tuple[Any, ...], ended: bool, remark: str
) -> None:
    school.workshop.status = WorkshopStatus.STARTED
    school.enrolments["Awa"].last_day, last_day = last_days
    factories.make_enrolment(
        school.workshop,
        school.pupils["Awa"],
        first_day=date(2027, 1, 7),
        **({"last_day": last_day} if last_day else {}),
    )
    assert walked(school, "Awa").path.ended is ended, remark
