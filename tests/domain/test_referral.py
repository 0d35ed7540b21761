import pytest

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.referral import (
    REFERRAL_ACTION_NAMES,
    REFERRAL_STATE_NAMES,
    REFERRAL_STEPS,
    ReferralAction,
    ReferralState,
    actions_open_to,
    ensure_single_open_referral,
    next_state,
)
from schoolapp.domain.roles import Role

S = ReferralState
A = ReferralAction


@pytest.mark.parametrize(
    ("state", "action", "role", "expected", "remark"),
    [
        (S.REFERRED, A.REVIEW, Role.COORDINATOR, S.UNDER_REVIEW, "the coordinator begins"),
        (S.REFERRED, A.ASSIGN, Role.COORDINATOR, S.ASSIGNED, "there is a place at once"),
        (S.UNDER_REVIEW, A.WAIT, Role.COORDINATOR, S.WAITING, "the workshop is full"),
        (S.WAITING, A.ASSIGN, Role.COORDINATOR, S.ASSIGNED, "a place comes free"),
        (S.WAITING, A.SEND_ELSEWHERE, Role.COORDINATOR, S.SENT_ELSEWHERE, "the A-23 teacher takes the pupil"),
        (S.REFERRED, A.CLOSE_NOT_NEEDED, Role.TEACHER, S.NOT_NEEDED, "the teacher takes it back"),
        (S.NOT_NEEDED, A.REOPEN, Role.TEACHER, S.UNDER_REVIEW, "the need shows up later"),
        (S.ASSIGNED, A.REOPEN, Role.COORDINATOR, S.UNDER_REVIEW, "the enrolment came to nothing"),
        (S.REFERRED, A.ASSIGN, Role.TEACHER, None, "a teacher does not assign places"),
        (S.UNDER_REVIEW, A.CLOSE_NOT_NEEDED, Role.TEACHER, None, "the school is already at work on it"),
        (S.REFERRED, A.ASSIGN, Role.HEAD, None, "the head reads"),
        (S.ASSIGNED, A.WAIT, Role.COORDINATOR, None, "no such step"),
        (S.NOT_NEEDED, A.ASSIGN, Role.COORDINATOR, None, "reopen it first"),
    ],
)
def test_a_referral_goes_from_state_to_state(
    state: ReferralState, action: ReferralAction, role: Role, expected: ReferralState | None, remark: str
) -> None:
    if expected is None:
        with pytest.raises(RuleViolation):
            next_state(state, action, [role])
    else:
        assert next_state(state, action, [role]) is expected


def test_the_offered_actions_are_exactly_those_that_will_be_accepted() -> None:
    for role in Role:
        for state in ReferralState:
            accepted = []
            for action in ReferralAction:
                try:
                    next_state(state, action, [role])
                except RuleViolation:
                    continue
                accepted.append(action)
            assert actions_open_to(state, [role]) == tuple(accepted)


def test_no_state_is_a_dead_end_for_the_coordinator() -> None:
    assert all(actions_open_to(state, [Role.COORDINATOR]) for state in ReferralState)


def test_every_state_and_action_has_a_name_and_is_used() -> None:
    assert set(REFERRAL_STATE_NAMES) == set(ReferralState) == {state for state, _ in REFERRAL_STEPS}
    assert set(REFERRAL_ACTION_NAMES) == set(ReferralAction) == {action for _, action in REFERRAL_STEPS}


def test_a_pupil_has_one_referral_to_decide_at_a_time() -> None:
    ensure_single_open_referral([])
    ensure_single_open_referral([S.ASSIGNED, S.NOT_NEEDED])
    with pytest.raises(RuleViolation, match="c’è già una segnalazione da decidere"):
        ensure_single_open_referral([S.NOT_NEEDED, S.WAITING])
