"""Referrals on their way."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.referral import ReferralAction, ReferralState
from schoolapp.domain.roles import Role
from schoolapp.domain.workshops import WorkshopKind
from schoolapp.models import Pupil, Referral
from tests import factories

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
COORDINATOR = {Role.COORDINATOR}


def _refer(pupil: Pupil, note: str = "") -> Referral:
    by = factories.make_user()
    return services.referrals.refer(pupil, by_id=by.id, wanted_kind=WorkshopKind.FOR_STUDY, note=note, at=AT)


def _act(referral: Referral, action: ReferralAction, roles: set[Role] = COORDINATOR, why: str = "") -> Referral:
    by = factories.make_user()
    return services.referrals.act(referral, action=action, roles=roles, why=why, by_id=by.id, at=AT)


def test_a_teacher_refers_a_pupil_once(database: Session) -> None:
    pupil = factories.make_pupil()
    referral = _refer(pupil, "  Meglio   al mattino ")
    assert (referral.state, referral.note, referral.institute_id) == (
        ReferralState.REFERRED,
        "Meglio al mattino",
        pupil.institute_id,
    )
    with pytest.raises(RuleViolation, match="già una segnalazione"):
        _refer(pupil)


def test_after_a_decision_the_pupil_may_be_referred_again(database: Session) -> None:
    pupil = factories.make_pupil()
    _act(_refer(pupil), ReferralAction.CLOSE_NOT_NEEDED)
    assert _refer(pupil).state is ReferralState.REFERRED


def test_a_long_note_and_an_archived_pupil_are_refused(database: Session) -> None:
    with pytest.raises(RuleViolation) as refused:
        _refer(factories.make_pupil(), "a" * 201)
    assert refused.value.field == "note"
    with pytest.raises(RuleViolation):
        _refer(factories.make_pupil(archived_at=AT))


def test_a_referral_goes_through_the_waiting_list(database: Session) -> None:
    referral = _refer(factories.make_pupil())
    for action, state in (
        (ReferralAction.REVIEW, ReferralState.UNDER_REVIEW),
        (ReferralAction.WAIT, ReferralState.WAITING),
        (ReferralAction.CLOSE_NOT_NEEDED, ReferralState.NOT_NEEDED),
        (ReferralAction.REOPEN, ReferralState.UNDER_REVIEW),
    ):
        assert _act(referral, action).state is state
    assert referral.decided_at == AT


def test_who_sends_elsewhere_says_where(database: Session) -> None:
    referral = _refer(factories.make_pupil())
    with pytest.raises(RuleViolation) as refused:
        _act(referral, ReferralAction.SEND_ELSEWHERE)
    assert refused.value.field == "why"
    assert _act(referral, ReferralAction.SEND_ELSEWHERE, why="CPIA").decision_why == "CPIA"


def test_a_teacher_may_withdraw_but_not_decide(database: Session) -> None:
    referral = _refer(factories.make_pupil())
    with pytest.raises(RuleViolation):
        _act(referral, ReferralAction.WAIT, {Role.TEACHER})
    assert _act(referral, ReferralAction.CLOSE_NOT_NEEDED, {Role.TEACHER}).state is ReferralState.NOT_NEEDED


def test_assigning_is_done_by_enrolling(database: Session) -> None:
    with pytest.raises(RuleViolation) as refused:
        _act(_refer(factories.make_pupil()), ReferralAction.ASSIGN)
    assert refused.value.field == "workshop"


def test_a_decided_referral_is_not_reopened_beside_a_new_one(database: Session) -> None:
    pupil = factories.make_pupil()
    old = _act(_refer(pupil), ReferralAction.CLOSE_NOT_NEEDED)
    _refer(pupil)
    with pytest.raises(RuleViolation, match="già una segnalazione"):
        _act(old, ReferralAction.REOPEN)


def test_a_referral_reopened_is_answered_by_no_enrolment_any_more(database: Session) -> None:
    enrolment = factories.make_enrolment()
    referral = factories.make_referral(enrolment.pupil, state=ReferralState.ASSIGNED, enrolment_id=enrolment.id)
    assert _act(referral, ReferralAction.REOPEN).enrolment_id is None
