"""Figures and registers: the same minutes wherever they are read."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import queries
from schoolapp.domain.attendance import AttendanceFigure, MarkStatus
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.models import Workshop
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
