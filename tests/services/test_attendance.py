"""What the pages of a register do not try: the rule stands behind them too."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.attendance import MarkStatus
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.roles import Role
from schoolapp.domain.roll_call import MarkValue, Sent, SentMark
from schoolapp.models import AuditEvent, Lesson, Mark, Pupil, UnlistedPupil, User
from tests import factories

NOW = datetime(2026, 11, 23, 12, 10, tzinfo=SCHOOL_ZONE)
PRESENT, ABSENT = MarkValue(MarkStatus.PRESENT), MarkValue(MarkStatus.ABSENT)


@pytest.fixture
def facilitator(database: Session) -> User:
    return factories.make_user(Role.FACILITATOR)


@pytest.fixture
def lesson(facilitator: User) -> Lesson:
    workshop = factories.make_workshop(facilitator.memberships[0].institute, facilitator)
    return factories.make_lesson(workshop, topic="I mesi")


@pytest.fixture
def pupil(lesson: Lesson) -> Pupil:
    return factories.make_enrolment(lesson.workshop).pupil


@pytest.fixture
def signed(lesson: Lesson, pupil: Pupil, facilitator: User) -> Lesson:
    factories.make_mark(lesson, pupil, recorded_by=facilitator)
    lesson.signed_at, lesson.signed_by_id = NOW, facilitator.id
    return lesson


def correct(lesson: Lesson, user: User, sent: Sent) -> None:
    services.attendance.correct(
        factories.actor_of(user), lesson_id=lesson.id, sent=sent, reason="Ho scambiato due nomi", now=NOW
    )


def test_no_mark_is_taken_out_of_a_signed_register(signed: Lesson, pupil: Pupil, facilitator: User) -> None:
    taken = Sent({pupil.id: SentMark(None, 1, "P", cleared=True)})
    with pytest.raises(RuleViolation, match="ogni alunno ha la sua presenza"):
        correct(signed, facilitator, taken)


def test_two_people_do_not_correct_a_register_past_each_other(
    database: Session, signed: Lesson, pupil: Pupil, facilitator: User
) -> None:
    coordinator = factories.make_user(Role.COORDINATOR, facilitator.memberships[0].institute)
    correct(signed, coordinator, Sent({pupil.id: SentMark(ABSENT, 1, "P")}))
    late = MarkValue(MarkStatus.LATE, missed_minutes=5)
    with pytest.raises(RuleViolation, match="un’altra persona ha corretto"):
        correct(signed, facilitator, Sent({pupil.id: SentMark(late, 1, "P")}))
    assert database.scalars(select(Mark.status)).one() is MarkStatus.ABSENT


def test_corrected_activities_are_in_the_audit_old_and_new(
    database: Session, signed: Lesson, facilitator: User
) -> None:
    signed.activity = "ascolto"
    database.flush()
    correct(signed, facilitator, Sent({}, topic="", activities=("gioco",), read_activities=("ascolto",)))
    event = database.scalars(select(AuditEvent).where(AuditEvent.action == "corrected")).one()
    assert event.changes == {"activity": ["ascolto", "gioco"]}


def test_nobody_is_proposed_at_a_signed_lesson(database: Session, signed: Lesson, facilitator: User) -> None:
    with pytest.raises(RuleViolation, match="La lezione è firmata"):
        services.attendance.propose_unlisted(
            factories.actor_of(facilitator), lesson_id=signed.id, name="Omar", class_name="", now=NOW
        )
    assert database.scalars(select(UnlistedPupil)).all() == []


@pytest.mark.parametrize(
    ("name", "class_name", "field"),
    [("x" * 120, "c" * 20, None), ("x" * 121, "2B", "unlisted_name"), ("Omar", "c" * 21, "unlisted_class")],
)
def test_a_proposal_is_short(lesson: Lesson, facilitator: User, name: str, class_name: str, field: str | None) -> None:
    def propose() -> UnlistedPupil:
        return services.attendance.propose_unlisted(
            factories.actor_of(facilitator), lesson_id=lesson.id, name=name, class_name=class_name, now=NOW
        )

    if field is None:
        assert propose().name == name
        return
    with pytest.raises(RuleViolation) as refusal:
        propose()
    assert refusal.value.field == field


_SENT: dict[str, Callable[[Any, Lesson, Pupil], Any]] = {
    "record": lambda actor, lesson, pupil: services.attendance.record(
        actor, lesson_id=lesson.id, sent=Sent({pupil.id: SentMark(ABSENT)}), now=NOW
    ),
    "sign": lambda actor, lesson, pupil: services.attendance.sign(
        actor, lesson_id=lesson.id, sent=Sent({pupil.id: SentMark(ABSENT)}), now=NOW
    ),
    "correct": lambda actor, lesson, pupil: services.attendance.correct(
        actor, lesson_id=lesson.id, sent=Sent({pupil.id: SentMark(ABSENT)}), reason="Ho scambiato due nomi", now=NOW
    ),
    "propose": lambda actor, lesson, _pupil: services.attendance.propose_unlisted(
        actor, lesson_id=lesson.id, name="Omar", class_name="", now=NOW
    ),
}


@pytest.mark.parametrize("act", _SENT.values(), ids=_SENT)
def test_who_may_read_here_and_write_elsewhere_writes_nothing_here(
    database: Session, lesson: Lesson, pupil: Pupil, act: Callable[[Any, Lesson, Pupil], Any]
) -> None:
    head = factories.make_user(Role.HEAD, lesson.workshop.institute)
    factories.make_membership(head, Role.FACILITATOR)
    with pytest.raises(NoResultFound):
        act(factories.actor_of(head), lesson, pupil)
    assert database.scalars(select(Mark)).all() == []
