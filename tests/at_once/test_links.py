"""Links that are used while something else happens to the same request: nobody waits for ever for the other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError, local
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from schoolapp import services
from schoolapp.domain.letters.kinds import FamilyAnswer
from schoolapp.domain.links import LinkPurpose
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.extensions import db
from schoolapp.models import MeetingRequest, PersonalLink
from schoolapp.transaction import transaction
from tests import factories
from tests.support.at_once import at_once
from tests.support.letters import make_letter
from tests.support.meetings import NOW, STARTS, MeetingPlace

A, S = MeetingAction, MeetingState

pytestmark = pytest.mark.usefixtures("friday", "kept")


@contextmanager
def each_holding_its_first_row(app: Flask, people: int) -> Iterator[None]:
    """The worst moment: each has locked its first row before any asks for a second one.

    Who waits for a row that another one holds cannot come to the meeting: the others go on after a moment.
    """
    together, mine = Barrier(people, timeout=1), local()

    def wait(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "FOR UPDATE" in statement and not getattr(mine, "has_waited", False):
            mine.has_waited = True
            with suppress(BrokenBarrierError):
                together.wait()

    with app.app_context():
        engine = db.engine
    event.listen(engine, "after_cursor_execute", wait)
    try:
        yield
    finally:
        event.remove(engine, "after_cursor_execute", wait)


def told(app: Flask, *actions: Callable[[], object]) -> list[str]:
    with each_holding_its_first_row(app, len(actions)):
        return at_once(app, list(actions))


def letter_of(request: MeetingRequest) -> str:
    """The secret on a letter that was printed."""
    factories.make_family_letter(request, contents=make_letter())
    return services.links.make(
        purpose=LinkPurpose.FAMILY_ANSWER,
        request_id=request.id,
        appointment_id=request.appointments[0].id,
        expires_at=STARTS,
    )


def test_an_answer_and_a_withdrawal_at_once_do_not_wait_for_each_other(app: Flask) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        request = place.request(S.PROPOSED)
        request_id = request.id
        secret = services.links.make(
            purpose=LinkPurpose.MEDIATOR_ANSWER,
            appointment_id=request.appointments[0].id,
            user_id=place.nadia.id,
            expires_at=STARTS,
        )
        mediator, cooperative = place.mediator, place.cooperative

    def accept() -> None:
        services.meeting_answers.give(
            mediator, secret=secret, request_id=request_id, action=A.ACCEPT, reason="", at=NOW
        )

    def withdraw() -> None:
        services.meetings.take_step(cooperative, request_id, A.WITHDRAW, at=NOW, reason="Ne serve un altro")

    sentences = told(app, accept, withdraw)
    assert sentences[0] == ""
    with app.app_context():
        request = db.session.get_one(MeetingRequest, request_id)
        assert request.state is S.WITH_PROVIDER  # withdrawn before the answer, or after it
        assert set(sentences[1:]) <= {"", "Questo collegamento non vale più."}


def test_two_copies_of_a_letter_answered_at_once_give_one_answer(app: Flask) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        request_id = (request := place.request(S.CONFIRMED)).id
        secrets = [letter_of(request) for _ in range(2)]

    def answer(secret: str, words: FamilyAnswer) -> Callable[[], object]:
        return lambda: services.letters.answer(secret, words)

    yes, no = list(FamilyAnswer)[:2]
    sentences = told(app, answer(secrets[0], yes), answer(secrets[1], no))
    assert sentences == ["", "Questo collegamento non vale più."]
    with app.app_context():
        answers = db.session.scalars(select(PersonalLink.answer).where(PersonalLink.request_id == request_id)).all()
        assert sorted(map(bool, answers)) == [False, True]


def test_a_family_that_answers_while_the_meeting_is_moved_waits_for_nobody(app: Flask) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        request_id = (request := place.request(S.CONFIRMED)).id
        secret = letter_of(request)
        teacher = place.teacher

    def move() -> None:
        services.meetings.take_step(teacher, request_id, A.MOVE, at=NOW, reason="Sciopero")

    sentences = told(app, move, lambda: services.letters.answer(secret, FamilyAnswer.YES))
    assert sentences[0] == ""
    assert set(sentences[1:]) <= {"", "Questo collegamento non vale più."}
    with app.app_context():
        assert db.session.get_one(MeetingRequest, request_id).state is S.MOVED
