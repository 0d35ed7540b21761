"""What is asked about workshops and their lessons, by whom, and in how many statements."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
import time_machine
from sqlalchemy.exc import NoResultFound

from schoolapp import clock, queries
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.domain.timetable import ClashKind
from schoolapp.domain.workshop_cards import LessonState
from schoolapp.domain.workshops import WorkshopKind, WorkshopStatus
from schoolapp.queries.workshops import WorkshopFilters
from tests import factories
from tests.support.school import School

EVERYTHING = WorkshopFilters()


def titles(actor: Any, filters: WorkshopFilters = EVERYTHING) -> list[str]:
    return [line.title for line in queries.workshops.list_page(actor, filters).lines]


def test_the_school_sees_all_its_workshops_a_facilitator_the_own_ones_and_others_none(school: School) -> None:
    factories.make_workshop(site=school.site, title="A", facilitator=school.irene)
    factories.make_workshop(site=school.site, title="B")
    other = School()
    assert titles(school.coordinator) == ["A", "B"]
    assert titles(factories.make_actor(Role.HEAD, school.institute)) == ["A", "B"]
    assert titles(factories.actor_of(school.irene)) == ["A"]
    assert titles(factories.make_actor(Role.TEACHER, school.institute)) == []
    assert titles(other.coordinator) == []


@pytest.mark.parametrize(
    ("filters", "expected", "remark"),
    [
        ({"status": WorkshopStatus.PLANNED}, ["B"], "by status"),
        ({"kind": WorkshopKind.FOR_STUDY}, ["B"], "by kind"),
        ({"site": True}, ["A"], "by site"),
        ({"year": True}, ["A", "B"], "by year"),
        ({"school_year_id": 0}, [], "a year that does not exist"),
    ],
)
def test_the_list_is_narrowed(school: School, filters: dict[str, Any], expected: list[str], remark: str) -> None:
    first = factories.make_workshop(site=school.site, title="A")
    factories.make_workshop(
        site=factories.make_site(school.institute),
        title="B",
        status=WorkshopStatus.PLANNED,
        kind=WorkshopKind.FOR_STUDY,
    )
    if filters.pop("site", None):
        filters["site_id"] = first.site_id
    if filters.pop("year", None):
        filters["school_year_id"] = first.school_year_id
    assert titles(school.coordinator, WorkshopFilters(**filters)) == expected


def test_hours_are_held_once_signed_and_a_cancelled_lesson_has_none(school: School) -> None:
    workshop = factories.make_workshop(site=school.site, facilitator=school.irene, planned_minutes=600)
    factories.make_lesson(workshop, day=date(2026, 11, 2), signed_by=school.irene)
    factories.make_lesson(workshop, day=date(2026, 11, 9))
    factories.make_lesson(workshop, day=date(2026, 11, 16), cancelled_by=CancelledBy.SCHOOL)
    factories.make_lesson(workshop, day=date(2026, 11, 23), start=time(10), end=time(11))
    with time_machine.travel("2026-11-20T11:00:00Z"):
        card = queries.workshops.get(school.coordinator, workshop.id)
    assert (card.hours.held, card.hours.scheduled, card.hours.without_date) == (90, 150, 360)
    assert (card.calendar.held_lessons, card.calendar.scheduled_lessons, card.calendar.to_sign_lessons) == (1, 2, 1)
    assert card.calendar.last_scheduled_day == date(2026, 11, 23)


def test_a_list_costs_the_same_statements_for_three_workshops_and_for_thirty(
    school: School, statements: Callable[[], Any]
) -> None:
    def make(count: int) -> None:
        for _number in range(count):
            workshop = factories.make_workshop(site=school.site, facilitator=school.irene)
            factories.make_lesson(workshop)
            factories.make_enrolment(workshop)

    def cost() -> int:
        with statements() as seen:
            queries.workshops.list_page(school.coordinator, EVERYTHING)
        return len(seen)

    make(3)
    few = cost()
    make(27)
    assert cost() == few == 5


def test_the_list_has_fifty_workshops_a_page(school: School) -> None:
    for number in range(51):
        factories.make_workshop(site=school.site, title=f"{number:03}", funding_line_id=school.funding_line_id)
    last = queries.workshops.list_page(school.coordinator, EVERYTHING, page=9)
    assert (last.count, last.page, last.last_page, [line.title for line in last.lines]) == (51, 2, 2, ["050"])


def test_a_workshop_of_another_school_is_missing(school: School) -> None:
    workshop = factories.make_workshop(site=school.site, facilitator=school.irene)
    stranger = School().coordinator
    for ask in (
        lambda: queries.workshops.get(stranger, workshop.id),
        lambda: queries.workshops.get(factories.actor_of(school.irene), workshop.id, Permission.WORKSHOPS_MANAGE),
        lambda: queries.timetable.lesson(school.coordinator, workshop.id, 0),
        lambda: queries.timetable.lesson(stranger, workshop.id, factories.make_lesson(workshop).id),
    ):
        with pytest.raises(NoResultFound):
            ask()
    assert queries.timetable.lessons(stranger, workshop.id) == []


def test_a_lesson_belongs_to_the_workshop_of_the_address(school: School) -> None:
    lesson = factories.make_lesson(factories.make_workshop(site=school.site))
    beside = factories.make_workshop(site=school.site)
    with pytest.raises(NoResultFound):
        queries.timetable.lesson(school.coordinator, beside.id, lesson.id)


def test_the_lessons_of_a_workshop_say_what_happened_to_them(school: School, statements: Callable[[], Any]) -> None:
    workshop = factories.make_workshop(site=school.site, facilitator=school.irene)
    signed = factories.make_lesson(workshop, day=date(2026, 11, 2), signed_by=school.irene)
    signed.countersigned_at, signed.countersigned_by_id = clock.now(), school.lucia.id
    factories.make_lesson(workshop, day=date(2026, 11, 9))
    gone = factories.make_lesson(workshop, day=date(2026, 11, 16), cancelled_by=CancelledBy.SCHOOL)
    factories.make_lesson(workshop, day=date(2026, 11, 20), recovers_id=gone.id)
    factories.make_lesson(workshop, day=date(2026, 11, 23), cancelled_by=CancelledBy.CLOSURE)
    factories.make_lesson(workshop, day=date(2026, 11, 25), moved_from_day=date(2026, 11, 24), moved_from_start=time(9))
    with time_machine.travel("2026-11-20T10:00:00Z"), statements() as seen:
        lines = queries.timetable.lessons(school.coordinator, workshop.id)
    assert len(seen) == 1
    assert [line.state for line in lines] == [
        LessonState.COUNTERSIGNED,
        LessonState.TO_SIGN,
        LessonState.CANCELLED,
        LessonState.IN_PROGRESS,
        LessonState.CLOSED,
        LessonState.MOVED,
    ]
    assert (lines[2].recovered_by_day, lines[3].recovers_day) == (date(2026, 11, 20), date(2026, 11, 16))
    assert [line.changeable for line in lines] == [False, True, False, True, False, True]
    assert [line.recoverable for line in lines] == [False, False, False, False, True, False]


def test_what_a_form_offers_is_of_ones_own_school(school: School) -> None:
    other = School()
    ours = factories.make_funding_line(ambito_id=school.institute.ambito_id, name="Comune", project_id=None)
    factories.make_funding_line(ambito_id=other.institute.ambito_id, project_id=None)
    gone = factories.make_user(None)
    factories.make_membership(gone, Role.FACILITATOR, school.institute, valid_to=date(2026, 10, 1))
    assert queries.workshops.sites(school.coordinator, Permission.WORKSHOPS_MANAGE) == [
        (school.site.id, "Primaria Ponte Alto")
    ]
    with time_machine.travel("2026-11-20T10:00:00Z"):
        assert queries.facilitators.choices(school.coordinator) == [(school.irene.id, "Irene Valsecca")]
    offered = dict(queries.facilitators.funding_choices(school.coordinator))
    assert set(offered) == {school.funding_line_id, other.funding_line_id, ours.id}, "own ambito, and of everybody"
    assert offered[ours.id] == "Comune"
    assert offered[school.funding_line_id].endswith("(PROG-2463)")


def test_commitments_are_of_the_person_anywhere_and_of_the_rooms_of_the_site(school: School) -> None:
    here = factories.make_workshop(site=school.site, title="Qui", place="aula 4")
    factories.make_lesson(here, place="aula 4")
    elsewhere = factories.make_workshop(facilitator=school.irene)
    factories.make_lesson(elsewhere, start=time(14), end=time(15))
    factories.make_lesson(elsewhere, start=time(16), end=time(17), cancelled_by=CancelledBy.SCHOOL)
    found = queries.timetable.commitments(
        institute_id=school.institute.id,
        site_id=school.site.id,
        facilitator_ids=[school.irene.id],
        first_day=date(2026, 11, 23),
        last_day=date(2026, 11, 23),
    )
    assert [(each.kind, each.who, str(each.where)) for each in found] == [
        (ClashKind.PLACE, "aula 4", "Qui"),
        (ClashKind.FACILITATOR, "Irene Valsecca", "in un’altra scuola"),
    ]


def test_pupils_are_busy_on_the_days_of_their_other_workshops_and_with_lessons_that_are_held(school: School) -> None:
    workshop, other = factories.make_workshop(site=school.site), factories.make_workshop(site=school.site, title="Là")
    for values in ({}, {"first_day": date(2026, 11, 24)}, {"last_day": date(2026, 11, 20)}):
        pupil = factories.make_pupil(school.institute, first_name="Salma", last_name="Benali")
        factories.make_enrolment(workshop, pupil)
        factories.make_enrolment(other, pupil, **values)
    factories.make_lesson(other)
    factories.make_lesson(other, start=time(14), end=time(15), cancelled_by=CancelledBy.SCHOOL)
    found = queries.timetable.pupil_commitments(
        workshop_id=workshop.id, first_day=date(2026, 11, 23), last_day=date(2026, 11, 23)
    )
    assert [(each.who, each.start, each.where) for each in found] == [("Salma Benali", time(10, 30), "Là")]


def test_who_may_run_lessons_holds_the_role_now_and_can_sign_in(school: School) -> None:
    gone = factories.make_user(None)
    factories.make_membership(gone, Role.FACILITATOR, school.institute, valid_to=date(2026, 10, 1))
    off = factories.make_user(Role.FACILITATOR, school.institute, active=False)
    with time_machine.travel("2026-11-20T10:00:00Z"):
        found = queries.facilitators.at_institute(school.institute.id, [school.irene.id, gone.id, off.id])
    assert found == {school.irene.id: "Irene Valsecca"}


def test_a_plesso_closed_long_ago_is_not_offered(school: School) -> None:
    factories.make_site(school.institute, name="Primaria Vecchia", valid_to=date(2025, 8, 31))
    factories.make_site(school.institute, name="Primaria Chiusa", valid_to=date(2026, 8, 31))
    with time_machine.travel("2026-11-20T10:00:00Z"):
        offered = queries.workshops.sites(school.coordinator, Permission.WORKSHOPS_READ)
    assert [name for _id, name in offered] == ["Primaria Chiusa", "Primaria Ponte Alto"]


def test_closures_are_the_regions_and_ones_own(school: School) -> None:
    regional = factories.make_closure()
    own = factories.make_closure(institute_id=school.institute.id, day=date(2026, 12, 9), name="Patrono")
    theirs = factories.make_closure(institute_id=School().institute.id)
    assert [line.id for line in queries.closures.list_from(school.coordinator, date(2026, 12, 8))] == [
        regional.id,
        own.id,
    ]
    assert queries.closures.get(school.coordinator, own.id).name == "Patrono"
    for foreign in (regional, theirs):
        with pytest.raises(NoResultFound):
            queries.closures.get(school.coordinator, foreign.id)
