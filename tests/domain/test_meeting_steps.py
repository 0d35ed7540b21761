"""The way of a request: every state, every action, every party."""

import pytest

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_steps import STEPS, MeetingAction, MeetingState, Party, Route, next_state, open_actions

SCHOOL = Route(has_coordinator=True, needs_grant=False)
A, S, P = MeetingAction, MeetingState, Party

# state, action, who may, what it becomes, whether a reason is due
TABLE: list[tuple[MeetingState, MeetingAction, set[Party], MeetingState, bool]] = [
    (S.DRAFT, A.SEND, {P.REQUESTER, P.COORDINATOR}, S.WITH_COORDINATOR, False),
    (S.DRAFT, A.CANCEL, {P.REQUESTER, P.COORDINATOR}, S.CANCELLED, False),
    (S.TO_COMPLETE, A.SEND, {P.REQUESTER, P.COORDINATOR}, S.WITH_COORDINATOR, False),
    (S.TO_COMPLETE, A.CANCEL, {P.REQUESTER, P.COORDINATOR}, S.CANCELLED, False),
    (S.WITH_COORDINATOR, A.APPROVE, {P.COORDINATOR}, S.WITH_PROVIDER, False),
    (S.WITH_COORDINATOR, A.RETURN, {P.COORDINATOR}, S.TO_COMPLETE, True),
    (S.WITH_COORDINATOR, A.REJECT, {P.COORDINATOR}, S.REJECTED, True),
    (S.WITH_COORDINATOR, A.CANCEL, {P.REQUESTER, P.COORDINATOR}, S.CANCELLED, True),
    (S.WITH_DISTRICT, A.GRANT, {P.DISTRICT}, S.WITH_PROVIDER, False),
    (S.WITH_DISTRICT, A.RETURN, {P.DISTRICT}, S.TO_COMPLETE, True),
    (S.WITH_DISTRICT, A.REJECT, {P.DISTRICT}, S.REJECTED, True),
    (S.WITH_DISTRICT, A.CANCEL, {P.REQUESTER, P.COORDINATOR}, S.CANCELLED, True),
    (S.WITH_PROVIDER, A.PROPOSE, {P.PROVIDER}, S.PROPOSED, False),
    (S.WITH_PROVIDER, A.MOVE, {P.REQUESTER, P.COORDINATOR, P.PROVIDER}, S.MOVED, True),
    (S.WITH_PROVIDER, A.CANCEL, {P.REQUESTER, P.COORDINATOR}, S.CANCELLED, True),
    (S.PROPOSED, A.ACCEPT, {P.MEDIATOR}, S.CONFIRMED, False),
    (S.PROPOSED, A.DECLINE, {P.MEDIATOR}, S.WITH_PROVIDER, True),
    (S.CONFIRMED, A.DECLINE, {P.MEDIATOR}, S.WITH_PROVIDER, True),
    (S.PROPOSED, A.WITHDRAW, {P.PROVIDER}, S.WITH_PROVIDER, True),
    (S.PROPOSED, A.CANCEL, {P.REQUESTER, P.COORDINATOR}, S.CANCELLED, True),
    (S.CONFIRMED, A.WITHDRAW, {P.PROVIDER}, S.WITH_PROVIDER, True),
    (S.CONFIRMED, A.MOVE, {P.REQUESTER, P.COORDINATOR, P.PROVIDER}, S.MOVED, True),
    (S.CONFIRMED, A.CANCEL, {P.REQUESTER, P.COORDINATOR}, S.CANCELLED, True),
    (S.CONFIRMED, A.HOLD, {P.MEDIATOR}, S.HELD, False),
    (S.CONFIRMED, A.MISS, {P.MEDIATOR}, S.FAMILY_ABSENT, False),
    (S.MOVED, A.RESCHEDULE, {P.REQUESTER, P.COORDINATOR}, S.WITH_PROVIDER, False),
    (S.MOVED, A.CANCEL, {P.REQUESTER, P.COORDINATOR}, S.CANCELLED, True),
    (S.HELD, A.REPORT, {P.MEDIATOR}, S.REPORTED, False),
    (S.FAMILY_ABSENT, A.REPORT, {P.MEDIATOR}, S.REPORTED, False),
    (S.REPORTED, A.DISPUTE, {P.REQUESTER, P.COORDINATOR}, S.HELD, True),
    (S.REPORTED, A.VALIDATE, {P.REQUESTER, P.COORDINATOR}, S.VALIDATED, False),
    (S.VALIDATED, A.DISPUTE, {P.REQUESTER, P.COORDINATOR}, S.HELD, True),
]
WAYS = {(state, action): (parties, to, reason) for state, action, parties, to, reason in TABLE}


@pytest.mark.parametrize("state", MeetingState)
@pytest.mark.parametrize("action", MeetingAction)
@pytest.mark.parametrize("party", Party)
def test_each_state_action_and_party(state: MeetingState, action: MeetingAction, party: Party) -> None:
    parties, to, _ = WAYS.get((state, action), (set(), state, False))
    if party in parties:
        assert next_state(state, action, {party}, SCHOOL, reason="motivo") is to
        assert action in open_actions(state, {party})
    else:
        with pytest.raises(RuleViolation):
            next_state(state, action, {party}, SCHOOL, reason="motivo")
        assert action not in open_actions(state, {party})


@pytest.mark.parametrize(("state", "action"), sorted(WAYS))
def test_a_step_that_closes_a_door_for_another_says_why(state: MeetingState, action: MeetingAction) -> None:
    parties, to, with_reason = WAYS[state, action]
    if with_reason:
        with pytest.raises(RuleViolation) as refused:
            next_state(state, action, parties, SCHOOL, reason="  ")
        assert refused.value.field == "reason"
    else:
        assert next_state(state, action, parties, SCHOOL) is to


@pytest.mark.parametrize(
    ("route", "after_send", "after_approval"),
    [
        (Route(has_coordinator=True, needs_grant=False), S.WITH_COORDINATOR, S.WITH_PROVIDER),
        (Route(has_coordinator=True, needs_grant=True), S.WITH_COORDINATOR, S.WITH_DISTRICT),
        (Route(has_coordinator=False, needs_grant=True), S.WITH_DISTRICT, S.WITH_DISTRICT),
        (Route(has_coordinator=False, needs_grant=False), S.WITH_PROVIDER, S.WITH_PROVIDER),
    ],
)
def test_budget_and_kind_of_requester_decide_where_a_request_goes(
    route: Route, after_send: MeetingState, after_approval: MeetingState
) -> None:
    assert next_state(S.DRAFT, A.SEND, {P.REQUESTER}, route) is after_send
    assert next_state(S.WITH_COORDINATOR, A.APPROVE, {P.COORDINATOR}, route) is after_approval


def test_no_state_is_a_dead_end_before_its_end() -> None:
    ends = {S.REJECTED, S.CANCELLED}  # a report that was confirmed by mistake can be corrected
    assert {state for state, _ in STEPS} == set(MeetingState) - ends
