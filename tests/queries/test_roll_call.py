"""Who stands on the roll of a lesson, and what stands beside it."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from schoolapp import clock, queries, services
from schoolapp.domain.actors import Actor
from schoolapp.domain.roles import Role
from schoolapp.domain.roll_call import Correction, RollCall
from schoolapp.models import Lesson, User, Workshop
from tests import factories

DAY = date(2026, 11, 23)


@pytest.fixture
def facilitator(database: Session) -> User:
    return factories.make_user(Role.FACILITATOR, name="Irene Valsecca")


@pytest.fixture
def workshop(facilitator: User) -> Workshop:
    return factories.make_workshop(facilitator.memberships[0].institute, facilitator)


@pytest.fixture
def lesson(workshop: Workshop) -> Lesson:
    return factories.make_lesson(workshop, day=DAY)


def roll_of(lesson: Lesson, actor: Actor | None = None) -> RollCall:
    return queries.roll_call.get(actor or factories.actor_of(lesson.workshop.facilitators[0].user), lesson.id)


@pytest.mark.parametrize(
    ("first_day", "last_day", "there", "remark"),
    [
        (DAY, None, True, "enrolled from that very day"),
        (date(2026, 11, 24), None, False, "from the next"),
        (date(2026, 10, 1), DAY, True, "until that very day"),
        (date(2026, 10, 1), date(2026, 11, 22), False, "until the day before"),
    ],
)
def test_the_roll_holds_who_is_enrolled_on_the_day(
    lesson: Lesson, first_day: date, last_day: date | None, there: bool, remark: str
) -> None:
    factories.make_enrolment(lesson.workshop, first_day=first_day, last_day=last_day)
    assert len(roll_of(lesson).rows) == there, remark


def test_the_roll_is_in_the_order_of_the_names_one_calls(lesson: Lesson) -> None:
    institute = lesson.workshop.institute
    for first, last in (("Zoe", "Abate"), ("Élodie", "Kone"), ("Ada", "Zani"), ("Fatou", "Ba")):
        pupil = factories.make_pupil(institute, first_name=first, last_name=last)
        factories.make_enrolment(lesson.workshop, pupil)
    assert [row.name for row in roll_of(lesson).rows] == ["Ada Z.", "Élodie K.", "Fatou B.", "Zoe A."]


def test_the_topic_to_go_on_from_is_that_of_the_last_lesson_before(
    lesson: Lesson, workshop: Workshop, facilitator: User
) -> None:
    for day, topic in ((16, "I mesi"), (18, "I giorni"), (20, ""), (25, "Le ore")):
        factories.make_lesson(workshop, day=date(2026, 11, day), topic=topic)
    other = factories.make_workshop(workshop.institute, facilitator)
    factories.make_lesson(other, day=date(2026, 11, 20), topic="Le fonti")
    assert roll_of(lesson).earlier_topic == (date(2026, 11, 18), "I giorni")


def test_of_the_pupils_who_turned_up_those_of_this_lesson_are_shown(lesson: Lesson, workshop: Workshop) -> None:
    factories.make_unlisted_pupil(lesson, name="Omar")
    factories.make_unlisted_pupil(factories.make_lesson(workshop, day=date(2026, 11, 25)), name="Selam")
    assert [case.name for case in roll_of(lesson).unlisted] == ["Omar"]


def test_the_corrections_are_those_of_this_lesson(
    database: Session, lesson: Lesson, facilitator: User, workshop: Workshop
) -> None:
    lesson.signed_at, lesson.signed_by_id = clock.now(), facilitator.id
    database.flush()
    database.info["actor_id"] = facilitator.id
    own = {"subject": "lesson", "subject_id": lesson.id, "action": "corrected"}
    for number, changed in enumerate(
        ({}, {"subject": "workshop"}, {"subject_id": lesson.id + 1000}, {"action": "recorded"})
    ):
        services.audit.record(
            database,
            **{**own, **changed},  # type: ignore[arg-type]
            institute_id=workshop.institute_id,
            changes={"topic": ["I mesi", f"I giorni {number}"], "activity": ["ascolto", "lettura, gioco"]},
            reason="Avevo scritto quello di ieri",
        )
    (correction,) = roll_of(lesson).corrections
    assert correction == Correction(
        correction.at,
        "Irene Valsecca",
        "Avevo scritto quello di ieri",
        topic=("I mesi", "I giorni 0"),
        activities=(("ascolto",), ("lettura", "gioco")),
    )


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.FACILITATOR, (True, True, False)),
        (Role.COORDINATOR, (False, True, True)),
        (Role.HEAD, (False, False, True)),
    ],
)
def test_what_one_may_do_with_a_register(
    lesson: Lesson, workshop: Workshop, role: Role, may: tuple[bool, bool, bool]
) -> None:
    actor = None if role is Role.FACILITATOR else factories.make_actor(role, workshop.institute)
    roll = roll_of(lesson, actor)
    assert (roll.may_record, roll.may_correct, roll.may_countersign) == may


@pytest.mark.parametrize(
    ("first_day", "last_day", "theirs"),
    [
        (DAY, DAY, True),
        (date(2026, 11, 24), None, False),
        (date(2026, 9, 21), date(2026, 11, 22), False),
    ],
)
def test_a_lesson_is_theirs_who_run_the_workshop_on_its_day(
    workshop: Workshop, first_day: date, last_day: date | None, theirs: bool
) -> None:
    factories.make_lesson(workshop, day=DAY)
    colleague = factories.make_user(Role.FACILITATOR, workshop.institute)
    factories.make_workshop_facilitator(workshop, colleague, valid_from=first_day, valid_to=last_day)
    plan = queries.lessons.day_plan(factories.actor_of(colleague), DAY, clock.local_now())
    assert plan.is_empty is not theirs


def test_a_lesson_is_theirs_who_hold_it_for_a_day(workshop: Workshop) -> None:
    substitute = factories.make_user(Role.FACILITATOR, workshop.institute)
    lesson = factories.make_lesson(workshop, day=DAY, facilitator_id=substitute.id)
    assert roll_of(lesson, factories.actor_of(substitute)).may_record
