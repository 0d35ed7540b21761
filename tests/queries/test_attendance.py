"""Figures and registers: the same minutes wherever they are read."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import queries
from schoolapp.domain.attendance import AttendanceFigure, MarkStatus
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.models import ClassMembership, Workshop
from tests import factories

TERM = {"first_day": date(2026, 9, 1), "last_day": date(2027, 1, 31)}


@pytest.fixture
def workshop(database: Session) -> Workshop:
    institute = factories.make_institute()
    facilitator = factories.make_user(Role.FACILITATOR, institute, name="Irene Valsecca")
    factories.make_user(Role.HEAD, institute, name="Paola Rocca")
    return factories.make_workshop(institute, facilitator)


def _facilitator(workshop: Workshop) -> Any:
    return factories.actor_of(workshop.facilitators[0].user)


def test_a_pupil_who_arrives_in_november_is_counted_from_november(workshop: Workshop) -> None:
    early, late = factories.make_enrolment(workshop), factories.make_enrolment(workshop, first_day=date(2026, 11, 23))
    for day in (date(2026, 11, 16), date(2026, 11, 23)):
        factories.make_mark(factories.make_lesson(workshop, day=day), early.pupil)
        if day >= late.first_day:
            lesson = factories.make_lesson(workshop, day=day, start=time(14), end=time(15))
            factories.make_mark(lesson, late.pupil, MarkStatus.LATE, missed_minutes=10)
    actor = _facilitator(workshop)
    assert queries.attendance.figures(actor, workshop_ids=[workshop.id], **TERM) == {
        (workshop.id, early.pupil_id): AttendanceFigure(attended=180, offered=180),
        (workshop.id, late.pupil_id): AttendanceFigure(attended=50, offered=60),
    }
    register = queries.attendance.register_of_workshop(actor, workshop.id, **TERM)
    by_pupil = {pupil.pupil_id: pupil for pupil in register.pupils}
    assert by_pupil[late.pupil_id].figure == AttendanceFigure(attended=50, offered=60)
    assert by_pupil[late.pupil_id].marks[0] is None  # not enrolled yet: a dash, not an absence
    assert by_pupil[late.pupil_id].first_day == date(2026, 11, 23)


def test_marks_of_a_cancelled_lesson_count_nowhere(workshop: Workshop) -> None:
    enrolment = factories.make_enrolment(workshop)
    lesson = factories.make_lesson(workshop, cancelled_by=CancelledBy.SCHOOL, cancelled_why="assemblea di plesso")
    factories.make_mark(lesson, enrolment.pupil)
    actor = _facilitator(workshop)
    assert queries.attendance.figures(actor, workshop_ids=[workshop.id], **TERM) == {}
    register = queries.attendance.register_of_workshop(actor, workshop.id, **TERM)
    assert register.lessons[0].cancelled == "assemblea di plesso"
    assert register.lessons[0].present is None
    assert register.figure == AttendanceFigure(attended=0, offered=0)


def test_figures_stop_at_the_days_that_are_asked_for(workshop: Workshop) -> None:
    pupil = factories.make_enrolment(workshop).pupil
    factories.make_mark(factories.make_lesson(workshop, day=date(2027, 2, 1)), pupil)
    assert queries.attendance.figures(_facilitator(workshop), workshop_ids=[workshop.id], **TERM) == {}


def test_figures_of_another_school_are_not_there(workshop: Workshop) -> None:
    factories.make_mark(factories.make_lesson(workshop), factories.make_enrolment(workshop).pupil)
    stranger = factories.make_actor(Role.COORDINATOR)
    assert queries.attendance.figures(stranger, workshop_ids=[workshop.id], **TERM) == {}
    with pytest.raises(NoResultFound):
        queries.attendance.register_of_workshop(stranger, workshop.id, **TERM)


def test_the_register_says_what_a_sheet_of_paper_must_say(workshop: Workshop) -> None:
    facilitator = workshop.facilitators[0].user
    site = workshop.site
    pupil = factories.make_pupil(
        workshop.institute, last_name="Benali", first_name="Salma", school_class=factories.make_class(site)
    )
    factories.make_enrolment(workshop, pupil)
    lesson = factories.make_lesson(workshop, topic="I mesi", activity="ascolto", signed_by=facilitator)
    factories.make_mark(lesson, pupil)
    register = queries.attendance.register_of_workshop(_facilitator(workshop), workshop.id, **TERM)
    assert register.countersigner == "Paola Rocca, dirigente scolastico"
    assert register.facilitators == ("Irene Valsecca",)
    assert (register.school_year, register.project_code) == ("2026/27", "PROG-2463")
    assert (register.held_minutes, register.held_minutes_from_start) == (90, 90)
    (line,) = register.lessons
    assert (line.topic, line.held, line.present, line.countersigned) == ("I mesi (ascolto)", True, 1, None)
    assert line.signed is not None
    assert line.signed.name == "Irene Valsecca"
    assert [(row.name, row.school_class) for row in register.pupils] == [("Benali Salma", "2B")]


def test_a_pupil_who_left_and_came_back_is_one_row(workshop: Workshop) -> None:
    pupil = factories.make_enrolment(workshop, last_day=date(2026, 10, 31)).pupil
    factories.make_enrolment(workshop, pupil, first_day=date(2026, 12, 1))
    factories.make_lesson(workshop, day=date(2026, 11, 16))
    (row,) = queries.attendance.register_of_workshop(_facilitator(workshop), workshop.id, **TERM).pupils
    assert (row.first_day, row.last_day) == (workshop.first_day, None)
    assert row.marks == (None,)


def _fill(workshop: Workshop, pupils: int, lessons: int) -> None:
    enrolled = [factories.make_enrolment(workshop).pupil for _ in range(pupils)]
    for number in range(lessons):
        lesson = factories.make_lesson(workshop, day=date(2026, 10, 1 + number))
        for pupil in enrolled:
            factories.make_mark(lesson, pupil)


@pytest.mark.parametrize(("pupils", "lessons"), [(1, 1), (12, 4)])
def test_a_longer_register_asks_no_more_statements(
    workshop: Workshop, statements: Callable[[], Any], pupils: int, lessons: int
) -> None:
    _fill(workshop, pupils, lessons)
    actor = _facilitator(workshop)
    with statements() as seen:
        queries.attendance.register_of_workshop(actor, workshop.id, **TERM)
    assert len(seen) == 9
    with statements() as seen:
        queries.attendance.figures(actor, workshop_ids=[workshop.id], **TERM)
    assert len(seen) == 1


def test_a_register_carries_the_emblems_of_its_project_in_their_order(workshop: Workshop, database: Session) -> None:
    project_id = workshop.funding_line.project_id
    for position, name in ((2, "Regione"), (1, "Unione europea")):
        factories.make_project_emblem(project_id=project_id, position=position, name=name)
    factories.make_project_emblem(name="di un altro progetto")
    register = queries.attendance.register_of_workshop(_facilitator(workshop), workshop.id, **TERM)
    assert [emblem.name for emblem in register.emblems] == ["Unione europea", "Regione"]
    stranger = factories.make_actor(Role.COORDINATOR)
    assert queries.emblems.of_workshop(stranger, workshop.id, Permission.REGISTERS_PRINT) == ()


def _register(workshop: Workshop, first_day: date = date(2026, 11, 1), last_day: date = date(2026, 11, 30)) -> Any:
    return queries.attendance.register_of_workshop(_facilitator(workshop), workshop.id, first_day, last_day)


@pytest.mark.parametrize(
    ("moves", "school_class", "remark"),
    [
        (((date(2026, 9, 1), "2A"),), "2A", "the same since September"),
        (((date(2026, 9, 1), "2A"), (date(2026, 11, 30), "2B")), "2B", "moved on the last day"),
        (((date(2026, 9, 1), "2A"), (date(2026, 12, 1), "2B")), "2A", "moved after it"),
    ],
)
def test_a_pupil_stands_in_the_class_of_the_last_day(
    workshop: Workshop, database: Session, moves: tuple[tuple[date, str], ...], school_class: str, remark: str
) -> None:
    pupil = factories.make_enrolment(workshop).pupil
    for (day, name), (until, _next) in zip(moves, (*moves[1:], (None, "")), strict=True):
        place = factories.make_class(workshop.site, name=name)
        last_day = until and until - timedelta(days=1)
        pupil.class_memberships.append(ClassMembership(school_class=place, valid_from=day, valid_to=last_day))
    database.flush()
    assert [row.school_class for row in _register(workshop).pupils] == [school_class], remark


@pytest.mark.parametrize(
    ("first_day", "last_day", "there"),
    [
        (date(2026, 11, 30), None, True),
        (date(2026, 12, 1), None, False),
        (date(2026, 9, 1), date(2026, 11, 30), True),
        (date(2026, 9, 1), date(2026, 11, 29), False),
    ],
)
def test_the_head_of_the_last_day_countersigns(
    workshop: Workshop, first_day: date, last_day: date | None, there: bool
) -> None:
    head = factories.make_user(name="Anna Succeduta")
    factories.make_membership(head, Role.HEAD, workshop.institute, valid_from=first_day, valid_to=last_day)
    assert (_register(workshop).countersigner or "").startswith("Anna Succeduta") is there


@pytest.mark.parametrize(
    ("first_day", "last_day", "there"),
    [
        (date(2026, 11, 30), None, True),
        (date(2026, 12, 1), None, False),
        (date(2026, 9, 21), date(2026, 11, 1), True),
        (date(2026, 9, 21), date(2026, 10, 31), False),
    ],
)
def test_a_register_names_who_ran_the_workshop_and_who_was_enrolled_in_its_days(
    workshop: Workshop, first_day: date, last_day: date | None, there: bool
) -> None:
    colleague = factories.make_user(Role.FACILITATOR, workshop.institute, name="Marco Dassi")
    factories.make_workshop_facilitator(workshop, colleague, valid_from=first_day, valid_to=last_day)
    factories.make_enrolment(workshop, first_day=first_day, last_day=last_day)
    register = _register(workshop)
    assert ("Marco Dassi" in register.facilitators) is there
    assert len(register.pupils) == there


def test_the_hours_from_the_start_are_those_signed_until_the_last_day(workshop: Workshop) -> None:
    facilitator = workshop.facilitators[0].user
    for day in (date(2026, 10, 5), date(2026, 11, 30), date(2026, 12, 1)):
        factories.make_lesson(workshop, day=day, topic="I mesi", signed_by=facilitator)
    factories.make_lesson(workshop, day=date(2026, 11, 16))
    register = _register(workshop)
    assert (register.held_minutes, register.held_minutes_from_start) == (90, 180)


def test_a_register_is_in_the_order_of_the_surnames(workshop: Workshop) -> None:
    for last, first in (("Zani", "Ada"), ("Élie", "Kone"), ("Abate", "Zoe")):
        pupil = factories.make_pupil(workshop.institute, last_name=last, first_name=first)
        factories.make_enrolment(workshop, pupil)
    assert [row.name for row in _register(workshop).pupils] == ["Abate Zoe", "Élie Kone", "Zani Ada"]


def test_a_class_activity_is_no_presence(workshop: Workshop) -> None:
    lesson = factories.make_lesson(workshop)
    for status in (MarkStatus.PRESENT, MarkStatus.CLASS_ACTIVITY, MarkStatus.EXEMPT, MarkStatus.ABSENT):
        factories.make_mark(lesson, factories.make_enrolment(workshop).pupil, status)
    assert _register(workshop).lessons[0].present == 1
