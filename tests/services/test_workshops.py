"""Opening and changing workshops, and the lessons that follow."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp import clock, services
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.roles import Role
from schoolapp.domain.timetable import Slot
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.models import AuditEvent, Lesson, Workshop
from tests import factories
from tests.support.school import FIRST, LAST, MONDAY, WEDNESDAY, School, lessons_of

pytestmark = pytest.mark.usefixtures("friday")


def days(lessons: list[Lesson]) -> list[str]:
    return [f"{lesson.day:%d/%m}" for lesson in lessons]


def test_a_new_workshop_has_the_lessons_of_its_timetable_until_its_hours_are_used_up(
    school: School, database: Session
) -> None:
    workshop, made = services.workshops.create(school.coordinator, plan=school.plan())
    lessons = lessons_of(database, workshop)
    assert days(lessons) == ["23/11", "25/11", "30/11", "02/12", "07/12", "09/12"]
    assert (made.made, made.removed, made.warnings) == (6, 0, [])
    first = lessons[0]
    assert (first.start, first.end, first.minutes, first.place) == (time(10, 30), time(12), 90, "aula 4")
    assert (first.facilitator_id, first.funding_line_id) == (school.irene.id, school.funding_line_id)
    assert workshop.status is WorkshopStatus.PLANNED


def test_lessons_skip_the_closures_of_the_region_and_of_the_school_but_not_those_of_another(
    school: School, database: Session
) -> None:
    factories.make_closure(first_day=date(2026, 12, 7), last_day=date(2026, 12, 8), name="Immacolata")
    factories.make_closure(day=date(2026, 11, 30), institute_id=school.institute.id, name="Elezioni")
    factories.make_closure(day=date(2026, 11, 25), institute_id=factories.make_institute().id, name="Patrono")
    workshop = school.open()
    assert days(lessons_of(database, workshop)) == ["23/11", "25/11", "02/12", "09/12", "14/12", "16/12"]


def test_lessons_end_with_the_period_where_hours_are_left(school: School, database: Session) -> None:
    workshop = school.open(last_day=date(2026, 12, 1))
    assert days(lessons_of(database, workshop)) == ["23/11", "25/11", "30/11"]


def test_a_slot_valid_for_a_time_gives_lessons_for_that_time(school: School, database: Session) -> None:
    until = Slot(0, time(10, 30), time(12), valid_to=date(2026, 11, 29))
    then = Slot(1, time(9), time(10, 30), valid_from=date(2026, 11, 30), place="biblioteca")
    lessons = lessons_of(database, school.open(slots=(until, then), planned_minutes=270))
    assert [(f"{lesson.day:%d/%m}", lesson.place) for lesson in lessons] == [
        ("23/11", "aula 4"),
        ("01/12", "biblioteca"),
        ("08/12", "biblioteca"),
    ]


def test_a_workshop_entered_late_gets_its_past_lessons_too(school: School, database: Session) -> None:
    lessons = lessons_of(database, school.open(first_day=date(2026, 11, 9), planned_minutes=180))
    assert days(lessons) == ["09/11", "11/11"]


def test_a_new_timetable_touches_only_lessons_to_come_that_nobody_has_touched(
    school: School, database: Session
) -> None:
    workshop = school.open(first_day=date(2026, 11, 16), planned_minutes=16 * 90)
    held, past, marked, moved, by_hand, cancelled, other = lessons_of(database, workshop)[:7]
    held.signed_at, held.signed_by_id = clock.now(), school.irene.id
    factories.make_mark(marked, factories.make_enrolment(workshop).pupil)
    moved.moved_from_day, moved.moved_from_start = moved.day, moved.start
    by_hand.by_hand = True
    cancelled.cancelled_by, cancelled.cancelled_why = CancelledBy.SCHOOL, "gita"
    untouched = [held.id, past.id, marked.id, moved.id, by_hand.id, cancelled.id]
    database.flush()
    friday_slot = Slot(4, time(8, 30), time(10))
    change = services.workshops.change(
        school.coordinator,
        workshop_id=workshop.id,
        plan=school.plan(first_day=date(2026, 11, 16), planned_minutes=16 * 90, slots=(friday_slot,)),
    )
    lessons = lessons_of(database, workshop)
    assert [lesson.id for lesson in lessons if lesson.day.weekday() != 4] == untouched
    made = [lesson for lesson in lessons if lesson.day.weekday() == 4]
    assert made[0].day == date(2026, 11, 27)
    assert sum(lesson.minutes for lesson in lessons if lesson.cancelled_by is None) <= 16 * 90
    assert change.removed == 10
    assert other.day == date(2026, 12, 7)


def test_a_timetable_that_is_saved_again_changes_nothing(school: School, database: Session) -> None:
    workshop = school.open()
    before = [lesson.id for lesson in lessons_of(database, workshop)]
    events = database.query(AuditEvent).count()
    change = services.workshops.change(school.coordinator, workshop_id=workshop.id, plan=school.plan())
    assert [lesson.id for lesson in lessons_of(database, workshop)] == before
    assert (change.made, change.removed) == (0, 0)
    assert database.query(AuditEvent).count() == events


def test_another_person_and_another_room_reach_the_lessons_to_come(school: School, database: Session) -> None:
    workshop = school.open(first_day=date(2026, 11, 16), planned_minutes=3 * 90)
    mara = factories.make_user(Role.FACILITATOR, school.institute, name="Mara Togni")
    services.workshops.change(
        school.coordinator,
        workshop_id=workshop.id,
        plan=school.plan(
            first_day=date(2026, 11, 16), planned_minutes=3 * 90, facilitator_ids=(mara.id,), place="palestra"
        ),
    )
    assert [(lesson.facilitator_id, lesson.place) for lesson in lessons_of(database, workshop)] == [
        (school.irene.id, "aula 4"),
        (school.irene.id, "aula 4"),
        (mara.id, "palestra"),
    ]
    assert [(person.user_id, person.valid_from, person.valid_to) for person in workshop.facilitators] == [
        (school.irene.id, date(2026, 11, 16), date(2026, 11, 19)),
        (mara.id, date(2026, 11, 20), None),
    ]


def test_who_was_named_and_never_ran_a_lesson_leaves_no_trace(school: School, database: Session) -> None:
    workshop = school.open()
    mara = factories.make_user(Role.FACILITATOR, school.institute)
    services.workshops.change(school.coordinator, workshop_id=workshop.id, plan=school.plan(facilitator_ids=(mara.id,)))
    assert [(person.user_id, person.valid_from, person.valid_to) for person in workshop.facilitators] == [
        (mara.id, FIRST, None)
    ]


def test_a_facilitator_who_is_busy_is_refused_with_a_way_out(school: School, database: Session) -> None:
    school.open(title="Italiano per lo studio", slots=(WEDNESDAY,))
    with pytest.raises(RuleViolation) as refused:
        school.open(place="aula 9", slots=(MONDAY, WEDNESDAY))
    assert str(refused.value) == (
        "Irene Valsecca ha già una lezione il mercoledì dalle 14:00 alle 15:30: Primaria Ponte Alto. "
        "Succede 3 volte, la prima il 25/11/2026. Orario libero: il mercoledì dalle 15:30."
    )
    assert refused.value.field == "slots-1-start"


def test_where_the_whole_day_is_taken_the_way_out_is_on_another(school: School, database: Session) -> None:
    school.open(slots=(Slot(2, time(8), time(13)), Slot(2, time(13), time(18))), planned_minutes=50 * 60)
    with pytest.raises(RuleViolation, match=r"Orario libero: il giovedì dalle 8:00\.$"):
        school.open(place="aula 9", slots=(WEDNESDAY,))


def test_a_facilitator_who_is_busy_at_another_school_is_refused_without_saying_where(
    school: School, database: Session
) -> None:
    other = School()
    factories.make_membership(school.irene, Role.FACILITATOR, other.institute)
    other.open(facilitator_ids=(school.irene.id,), slots=(WEDNESDAY,))
    with pytest.raises(RuleViolation, match="dalle 14:00 alle 15:30: in un’altra scuola"):
        school.open(slots=(WEDNESDAY,))


def test_a_room_that_is_taken_is_refused_however_it_is_written(school: School, database: Session) -> None:
    school.open(slots=(WEDNESDAY,))
    mara = factories.make_user(Role.FACILITATOR, school.institute)
    with pytest.raises(RuleViolation, match=r"^aula 4: il mercoledì .* c’è già un’altra lezione"):
        school.open(place="Aula 4 ", slots=(WEDNESDAY,), facilitator_ids=(mara.id,))
    assert school.open(place="aula 5", slots=(WEDNESDAY,), facilitator_ids=(mara.id,))
    elsewhere = factories.make_site(school.institute)
    nora = factories.make_user(Role.FACILITATOR, school.institute)
    assert school.open(site_id=elsewhere.id, slots=(WEDNESDAY,), facilitator_ids=(nora.id,))


def test_a_pupil_in_two_workshops_at_once_is_a_warning(school: School, database: Session) -> None:
    first = school.open(slots=(WEDNESDAY,))
    mara = factories.make_user(Role.FACILITATOR, school.institute)
    second = school.open(place="biblioteca", title="Studio", facilitator_ids=(mara.id,), slots=(MONDAY,))
    pupil = factories.make_pupil(school.institute, first_name="Salma", last_name="Benali")
    factories.make_enrolment(first, pupil)
    factories.make_enrolment(second, pupil)
    change = services.workshops.change(
        school.coordinator,
        workshop_id=second.id,
        plan=school.plan(
            place="biblioteca", title="Studio", facilitator_ids=(mara.id,), slots=(WEDNESDAY,), last_day=LAST
        ),
    )
    assert [str(warning) for warning in change.warnings] == [
        "Salma Benali ha già un laboratorio il mercoledì dalle 14:00 alle 15:30: Italiano per comunicare A1. "
        "Succede 6 volte, la prima il 25/11/2026."
    ]


@pytest.mark.parametrize(
    ("values", "field", "remark"),
    [
        ({"title": "  "}, "title", "no name"),
        ({"planned_minutes": 0}, "planned_hours", "no hours"),
        ({"capacity": 61}, "capacity", "too many places"),
        ({"threshold_percent": 101}, "threshold_percent", "more than all"),
        ({"last_day": FIRST - timedelta(days=1)}, "last_day", "ends before it begins"),
        ({"last_day": date(2027, 9, 1)}, "last_day", "beyond its school year"),
        ({"slots": (Slot(6, time(9), time(10)),)}, "slots-0-weekday", "on a Sunday"),
        ({"slots": (MONDAY, Slot(0, time(11), time(13)))}, "slots-1-start", "two at once"),
        ({"slots": (Slot(0, time(11), time(10)),)}, "slots-0-end", "ends before it begins"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(
    school: School, database: Session, values: dict[str, Any], field: str, remark: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        school.open(**values)
    assert refused.value.field == field


@pytest.mark.parametrize("foreign", ["site_id", "facilitator_ids", "funding_line_id"])
def test_what_belongs_to_another_school_is_refused(school: School, database: Session, foreign: str) -> None:
    other = School()
    values: dict[str, Any] = {
        "site_id": {"site_id": other.site.id},
        "facilitator_ids": {"facilitator_ids": (other.irene.id,)},
        "funding_line_id": {
            "funding_line_id": factories.make_funding_line(ambito_id=other.institute.ambito_id, project_id=None).id
        },
    }[foreign]
    with pytest.raises(RuleViolation) as refused:
        school.open(**values)
    assert refused.value.field == foreign
    assert database.scalar(select(Workshop.id)) is None


def test_a_workshop_does_not_move_to_another_school(school: School, database: Session) -> None:
    workshop = school.open()
    other = School()
    both = Actor(1, "", school.coordinator.grants + other.coordinator.grants)
    with pytest.raises(RuleViolation, match="plesso della stessa scuola"):
        services.workshops.change(both, workshop_id=workshop.id, plan=school.plan(site_id=other.site.id))


def test_the_period_must_hold_the_lessons_that_stay(school: School, database: Session) -> None:
    workshop = school.open(first_day=date(2026, 11, 16))
    with pytest.raises(RuleViolation, match="Il 16/11/2026 c’è già una lezione"):
        services.workshops.change(school.coordinator, workshop_id=workshop.id, plan=school.plan())


def test_the_period_must_hold_a_lesson_to_come_that_was_added_by_hand(school: School, database: Session) -> None:
    workshop = school.open()
    services.lessons.add(
        workshop_id=workshop.id,
        day=date(2027, 2, 25),
        start=time(9),
        end=time(10),
        place="aula 4",
        facilitator_id=school.irene.id,
    )
    with pytest.raises(RuleViolation, match="Il 25/02/2027 c’è già una lezione"):
        services.workshops.change(
            school.coordinator, workshop_id=workshop.id, plan=school.plan(last_day=date(2027, 2, 24))
        )


def test_places_are_not_fewer_than_the_pupils_enrolled(school: School, database: Session) -> None:
    workshop = school.open()
    factories.make_enrolment(workshop)
    factories.make_enrolment(workshop)
    factories.make_enrolment(workshop, first_day=date(2026, 11, 18), last_day=date(2026, 11, 19))
    with pytest.raises(RuleViolation, match="iscritti sono già 2"):
        services.workshops.change(school.coordinator, workshop_id=workshop.id, plan=school.plan(capacity=1))
    services.workshops.change(school.coordinator, workshop_id=workshop.id, plan=school.plan(capacity=2))
    assert workshop.capacity == 2


def test_a_workshop_that_is_suspended_leaves_the_calendar_and_comes_back(school: School, database: Session) -> None:
    workshop = school.open()
    services.workshops.change_status(workshop_id=workshop.id, status=WorkshopStatus.STARTED)
    extra, _warnings = services.lessons.add(
        workshop_id=workshop.id,
        day=date(2026, 11, 27),
        start=time(9),
        end=time(10),
        place="aula 4",
        facilitator_id=school.irene.id,
    )
    services.workshops.change_status(workshop_id=workshop.id, status=WorkshopStatus.SUSPENDED)
    assert [lesson.id for lesson in lessons_of(database, workshop)] == [extra.id]
    assert (extra.cancelled_by, extra.cancelled_why) == (CancelledBy.SCHOOL, "Sospeso")
    services.workshops.change_status(workshop_id=workshop.id, status=WorkshopStatus.STARTED)
    assert len(lessons_of(database, workshop)) == 7


def test_an_accounted_workshop_changes_no_more(school: School, database: Session) -> None:
    workshop = school.open()
    workshop.status = WorkshopStatus.ACCOUNTED
    database.flush()
    with pytest.raises(RuleViolation, match="chiuso e non si cambia più"):
        services.workshops.change(school.coordinator, workshop_id=workshop.id, plan=school.plan())
    with pytest.raises(RuleViolation, match="non passa"):
        services.workshops.change_status(workshop_id=workshop.id, status=WorkshopStatus.STARTED)


def test_a_school_year_that_nobody_has_used_is_made_with_its_closures(school: School, database: Session) -> None:
    workshop = school.open(first_day=date(2027, 9, 20), last_day=date(2028, 5, 31), slots=())
    assert workshop.school_year.label == "2027/28"
    assert [term.name for term in workshop.school_year.terms] == ["Primo quadrimestre", "Secondo quadrimestre"]
    assert services.school_years.prepared(date(2028, 1, 1)).id == workshop.school_year_id


def test_who_has_left_keeps_the_days_when_the_workshop_begins_later(school: School, database: Session) -> None:
    early = {"first_day": date(2026, 11, 16), "slots": ()}
    workshop = school.open(**early)
    mara = factories.make_user(Role.FACILITATOR, school.institute)
    for values in ({**early, "facilitator_ids": (mara.id,)}, {"slots": (), "facilitator_ids": (mara.id,)}):
        services.workshops.change(school.coordinator, workshop_id=workshop.id, plan=school.plan(**values))
    assert {person.user_id: (person.valid_from, person.valid_to) for person in workshop.facilitators} == {
        school.irene.id: (date(2026, 11, 16), date(2026, 11, 19)),
        mara.id: (date(2026, 11, 20), None),
    }


def test_the_lessons_are_of_who_stays_not_of_who_is_about_to_leave(school: School, database: Session) -> None:
    workshop = factories.make_workshop(site=school.site, first_day=FIRST)
    mara = factories.make_user(Role.FACILITATOR, school.institute)
    factories.make_workshop_facilitator(workshop, school.irene, valid_to=date(2026, 12, 31))
    factories.make_workshop_facilitator(workshop, mara)
    assert services.timetable.usual_facilitator(workshop, FIRST) == mara.id


def test_the_time_from_which_a_lesson_was_moved_away_is_not_filled_again(school: School, database: Session) -> None:
    workshop = school.open(slots=(MONDAY,))
    lesson = lessons_of(database, workshop)[0]
    services.lessons.move(
        workshop_id=workshop.id,
        lesson_id=lesson.id,
        day=date(2026, 11, 27),
        start=time(10, 30),
        end=time(12),
        place=lesson.place,
        facilitator_id=lesson.facilitator_id,
        reason="assemblea",
    )
    later = Slot(0, time(11, 30), time(13))
    services.workshops.change(school.coordinator, workshop_id=workshop.id, plan=school.plan(slots=(later,)))
    assert date(2026, 11, 23) not in {each.day for each in lessons_of(database, workshop)}
