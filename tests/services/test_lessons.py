"""A single lesson is moved, cancelled, brought back, recovered or added."""

from datetime import date, time
from typing import Any

import pytest
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import clock, services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.roles import Role
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.models import Lesson, Workshop
from tests import factories
from tests.support.school import WEDNESDAY, School, lessons_of

pytestmark = pytest.mark.usefixtures("friday")


@pytest.fixture
def workshop(school: School) -> Workshop:
    return school.open()


@pytest.fixture
def lesson(database: Session, workshop: Workshop) -> Lesson:
    """Monday 23 November, 10:30–12:00, aula 4."""
    return lessons_of(database, workshop)[0]


def move(lesson: Lesson, **values: Any) -> list[Any]:
    return services.lessons.move(
        **{
            "workshop_id": lesson.workshop_id,
            "lesson_id": lesson.id,
            "day": lesson.day,
            "start": lesson.start,
            "end": lesson.end,
            "place": lesson.place,
            "facilitator_id": lesson.facilitator_id,
            "reason": "aula occupata",
            **values,
        }
    )


def new_time(lesson: Lesson, **values: Any) -> dict[str, Any]:
    return {
        "workshop_id": lesson.workshop_id,
        "day": date(2026, 11, 27),
        "start": time(10, 30),
        "end": time(12),
        "place": "aula 4",
        "facilitator_id": lesson.facilitator_id,
        **values,
    }


def test_a_moved_lesson_remembers_where_it_came_from_however_often_it_moves(lesson: Lesson) -> None:
    assert move(lesson, day=date(2026, 11, 24), start=time(9), end=time(10), reason="gita") == []
    move(lesson, place="biblioteca")
    assert (lesson.day, lesson.start, lesson.minutes, lesson.place) == (date(2026, 11, 24), time(9), 60, "biblioteca")
    assert (lesson.moved_from_day, lesson.moved_from_start) == (date(2026, 11, 23), time(10, 30))
    assert lesson.moved_why == "aula occupata"


def test_a_substitute_needs_no_reason_and_stays_when_the_timetable_is_saved_again(
    school: School, lesson: Lesson
) -> None:
    mara = factories.make_user(Role.FACILITATOR, school.institute)
    move(lesson, facilitator_id=mara.id, reason="")
    assert (lesson.facilitator_id, lesson.by_hand, lesson.moved_from_day) == (mara.id, True, None)
    services.workshops.change(school.coordinator, workshop_id=lesson.workshop_id, plan=school.plan())
    assert lesson.facilitator_id == mara.id


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({}, "day", "Cambia il giorno"),
        ({"day": date(2026, 11, 24), "reason": " "}, "reason", "Scrivi il motivo"),
        ({"day": date(2026, 11, 29)}, "day", "è domenica"),
        ({"day": date(2026, 12, 8)}, "day", "la scuola è chiusa: Immacolata"),
        ({"day": date(2027, 3, 1)}, "day", "scegli un giorno compreso"),
        ({"end": time(10)}, "end", "La fine viene prima"),
        ({"day": date(2026, 11, 25), "start": time(14, 30), "end": time(16)}, "start", "ha già lezione quel giorno"),
    ],
)
def test_a_move_that_cannot_be_is_refused(lesson: Lesson, values: dict[str, Any], field: str, sentence: str) -> None:
    factories.make_closure()
    with pytest.raises(RuleViolation, match=sentence) as refused:
        move(lesson, **values)
    assert refused.value.field == field
    assert lesson.day == date(2026, 11, 23)


def test_a_lesson_does_not_move_onto_another_one_of_its_person_or_its_room(school: School, lesson: Lesson) -> None:
    other = school.open(title="Studio", slots=(WEDNESDAY,), first_day=date(2027, 1, 11))
    factories.make_lesson(other, day=date(2026, 11, 27), start=time(9), end=time(11), facilitator_id=school.irene.id)
    with pytest.raises(
        RuleViolation, match=r"Irene Valsecca ha già una lezione.*Orario libero: il venerdì dalle 11:00"
    ):
        move(lesson, day=date(2026, 11, 27), start=time(10), end=time(11, 30), place="biblioteca")
    mara = factories.make_user(Role.FACILITATOR, school.institute)
    with pytest.raises(RuleViolation, match="aula 4: il 27/11/2026"):
        move(lesson, day=date(2026, 11, 27), start=time(10), end=time(11, 30), facilitator_id=mara.id)
    move(lesson, day=date(2026, 11, 27), start=time(11), end=time(12, 30))


def test_a_pupil_who_is_elsewhere_is_a_warning(school: School, lesson: Lesson, workshop: Workshop) -> None:
    other = factories.make_workshop(site=school.site, title="Studio", place="palestra")
    factories.make_lesson(other, day=date(2026, 11, 27), start=time(9), end=time(11))
    pupil = factories.make_enrolment(workshop).pupil
    factories.make_enrolment(other, pupil)
    assert len(move(lesson, day=date(2026, 11, 27), start=time(10), end=time(11))) == 1


def test_a_lesson_with_marks_or_a_signature_stays_where_it_is(lesson: Lesson, school: School) -> None:
    factories.make_mark(lesson, factories.make_enrolment(lesson.workshop).pupil)
    with pytest.raises(RuleViolation, match="appello è già cominciato"):
        move(lesson, place="biblioteca")
    lesson.signed_at, lesson.signed_by_id = clock.now(), school.irene.id
    with pytest.raises(RuleViolation, match="è firmata: non si può spostare"):
        move(lesson, place="biblioteca")
    with pytest.raises(RuleViolation, match="è firmata: non si può annullare"):
        services.lessons.cancel(
            workshop_id=lesson.workshop_id, lesson_id=lesson.id, by=CancelledBy.SCHOOL, reason="sciopero"
        )


def test_a_foreign_person_does_not_get_a_lesson(lesson: Lesson) -> None:
    stranger = factories.make_user(Role.FACILITATOR)
    with pytest.raises(RuleViolation) as refused:
        move(lesson, facilitator_id=stranger.id)
    assert refused.value.field == "facilitator_id"


def test_a_lesson_of_another_workshop_is_not_found(lesson: Lesson) -> None:
    with pytest.raises(NoResultFound):
        move(lesson, workshop_id=factories.make_workshop().id)


def test_a_cancelled_lesson_keeps_by_whom_and_why_and_can_come_back(lesson: Lesson) -> None:
    ids = {"workshop_id": lesson.workshop_id, "lesson_id": lesson.id}
    with pytest.raises(RuleViolation, match="Scrivi il motivo"):
        services.lessons.cancel(**ids, by=CancelledBy.SCHOOL, reason="--")
    with pytest.raises(RuleViolation, match="chi annulla"):
        services.lessons.cancel(**ids, by=CancelledBy.CLOSURE, reason="sciopero")
    services.lessons.cancel(**ids, by=CancelledBy.FACILITATOR, reason="malattia")
    assert (lesson.cancelled_by, lesson.cancelled_why) == (CancelledBy.FACILITATOR, "malattia")
    with pytest.raises(RuleViolation, match="è annullata"):
        move(lesson, place="biblioteca")
    services.lessons.restore(**ids)
    assert lesson.cancelled_by is None
    with pytest.raises(RuleViolation, match="già in calendario"):
        services.lessons.restore(**ids)


def test_a_lesson_does_not_come_back_to_a_time_that_was_taken(school: School, lesson: Lesson) -> None:
    ids = {"workshop_id": lesson.workshop_id, "lesson_id": lesson.id}
    services.lessons.cancel(**ids, by=CancelledBy.SCHOOL, reason="sciopero")
    other = factories.make_workshop(site=school.site, place="palestra", facilitator=school.irene)
    factories.make_lesson(other, day=lesson.day, start=time(11), end=time(12))
    with pytest.raises(RuleViolation, match="Irene Valsecca ha già"):
        services.lessons.restore(**ids)


def test_at_the_time_of_a_cancelled_lesson_one_is_brought_back_not_made(lesson: Lesson) -> None:
    services.lessons.cancel(
        workshop_id=lesson.workshop_id, lesson_id=lesson.id, by=CancelledBy.SCHOOL, reason="sciopero"
    )
    with pytest.raises(RuleViolation, match="c’è una lezione annullata: rimettila in calendario"):
        services.lessons.add(**new_time(lesson, day=lesson.day))


def test_a_cancelled_lesson_is_recovered_once_on_another_day(lesson: Lesson) -> None:
    with pytest.raises(RuleViolation, match="Si recupera solo una lezione annullata"):
        services.lessons.recover(lesson_id=lesson.id, **new_time(lesson))
    services.lessons.cancel(
        workshop_id=lesson.workshop_id, lesson_id=lesson.id, by=CancelledBy.SCHOOL, reason="sciopero"
    )
    with pytest.raises(RuleViolation, match="giorno diverso"):
        services.lessons.recover(lesson_id=lesson.id, **new_time(lesson, day=lesson.day, start=time(8)))
    made, _warnings = services.lessons.recover(lesson_id=lesson.id, **new_time(lesson))
    assert (made.recovers_id, made.minutes, made.by_hand) == (lesson.id, 90, True)
    assert made.funding_line_id == lesson.funding_line_id
    with pytest.raises(RuleViolation, match="già recuperata"):
        services.lessons.recover(lesson_id=lesson.id, **new_time(lesson, day=date(2026, 12, 4)))
    with pytest.raises(RuleViolation, match="già il suo recupero"):
        services.lessons.restore(workshop_id=lesson.workshop_id, lesson_id=lesson.id)


def test_an_extra_lesson_keeps_to_the_same_rules_and_outlives_the_timetable(
    school: School, lesson: Lesson, database: Session
) -> None:
    with pytest.raises(RuleViolation, match="è domenica"):
        services.lessons.add(**new_time(lesson, day=date(2026, 11, 29)))
    extra, _warnings = services.lessons.add(**new_time(lesson))
    services.workshops.change(school.coordinator, workshop_id=lesson.workshop_id, plan=school.plan(slots=(WEDNESDAY,)))
    lessons = lessons_of(database, lesson.workshop)
    assert extra in lessons
    assert sum(each.minutes for each in lessons) == 9 * 60


def test_nothing_changes_in_a_workshop_that_is_accounted(lesson: Lesson, workshop: Workshop) -> None:
    workshop.status = WorkshopStatus.ACCOUNTED
    for act in (
        lambda: move(lesson, place="biblioteca"),
        lambda: services.lessons.add(**new_time(lesson)),
        lambda: services.lessons.cancel(
            workshop_id=workshop.id, lesson_id=lesson.id, by=CancelledBy.SCHOOL, reason="sciopero"
        ),
    ):
        with pytest.raises(RuleViolation, match="non si cambia più"):
            act()
