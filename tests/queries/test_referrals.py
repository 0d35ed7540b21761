"""The waiting list, and who sees what of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import queries
from schoolapp.domain.referral import ReferralState
from schoolapp.domain.roles import Role
from schoolapp.models import UnlistedPupil, UnlistedState
from tests import factories


def _at(day: int) -> datetime:
    return datetime(2026, 11, day, 9, 0, tzinfo=UTC)


def test_referrals_to_decide_stand_by_state_and_then_the_oldest_first(database: Session) -> None:
    institute = factories.make_institute()
    made = [
        factories.make_referral(factories.make_pupil(institute), referred_at=_at(day), state=state)
        for day, state in (
            (3, ReferralState.WAITING),
            (5, ReferralState.REFERRED),
            (4, ReferralState.REFERRED),
            (1, ReferralState.UNDER_REVIEW),
            (2, ReferralState.NOT_NEEDED),
        )
    ]
    factories.make_referral()
    actor = factories.make_actor(Role.COORDINATOR, institute)
    to_decide = queries.referrals.list_referrals(actor)
    assert [line.id for line in to_decide.lines] == [made[index].id for index in (2, 1, 3, 0)]
    assert [line.id for line in queries.referrals.list_referrals(actor, decided=True).lines] == [made[4].id]


def test_a_teacher_sees_the_own_referrals_only(database: Session) -> None:
    institute = factories.make_institute()
    teacher = factories.make_user(Role.TEACHER, institute)
    mine = factories.make_referral(factories.make_pupil(institute), teacher)
    other = factories.make_referral(factories.make_pupil(institute))
    actor = factories.actor_of(teacher)
    assert [line.id for line in queries.referrals.list_referrals(actor).lines] == [mine.id]
    with pytest.raises(NoResultFound):
        queries.referrals.get_line(actor, other.id)
    with pytest.raises(NoResultFound):
        queries.referrals.get(actor, other.id)


def test_pupils_who_turned_up_are_shown_to_the_coordinator_of_the_workshop(database: Session) -> None:
    workshop = factories.make_workshop()
    unlisted = UnlistedPupil(lesson=factories.make_lesson(workshop), name="Omar", class_name="2B")
    database.add(unlisted)
    database.flush()
    coordinator = factories.make_actor(Role.COORDINATOR, workshop.institute)
    assert [line.name for line in queries.referrals.list_unlisted(coordinator)] == ["Omar"]
    assert queries.referrals.get_unlisted(coordinator, unlisted.id) is unlisted
    for stranger in (factories.make_actor(Role.COORDINATOR), factories.make_actor(Role.HEAD, workshop.institute)):
        assert queries.referrals.list_unlisted(stranger) == []
        with pytest.raises(NoResultFound):
            queries.referrals.get_unlisted(stranger, unlisted.id)


def test_the_list_takes_two_statements_however_many_rows(database: Session, statements: Callable[[], Any]) -> None:
    institute = factories.make_institute()
    actor = factories.make_actor(Role.COORDINATOR, institute)
    for count in (1, 20):
        for _ in range(count):
            factories.make_referral(factories.make_pupil(institute))
        with statements() as seen:
            queries.referrals.list_referrals(actor)
        assert len(seen) == 2


def test_the_latest_decision_stands_first_and_a_page_beyond_the_last_is_the_last(database: Session) -> None:
    institute = factories.make_institute()
    made = [
        factories.make_referral(factories.make_pupil(institute), state=ReferralState.NOT_NEEDED, decided_at=_at(day))
        for day in (4, 9, 2)
    ]
    actor = factories.make_actor(Role.COORDINATOR, institute)
    found = queries.referrals.list_referrals(actor, decided=True, page=7)
    assert [line.id for line in found.lines] == [made[index].id for index in (1, 0, 2)]
    assert (found.page, found.last_page) == (1, 1)


def test_a_proposal_that_is_decided_waits_for_nobody(database: Session) -> None:
    waiting = factories.make_unlisted_pupil()
    lesson = waiting.lesson
    for state in (UnlistedState.ENROLLED, UnlistedState.DISMISSED):
        factories.make_unlisted_pupil(lesson, state=state)
    actor = factories.make_actor(Role.COORDINATOR, lesson.workshop.institute)
    assert [line.id for line in queries.referrals.list_unlisted(actor)] == [waiting.id]
