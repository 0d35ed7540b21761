"""A teacher's referral of a pupil (segnalazione): its states, and who moves it from one to the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.roles import Role
from schoolapp.domain.wording import N_, Sentence


class ReferralState(StrEnum):
    REFERRED = "referred"
    UNDER_REVIEW = "under_review"
    WAITING = "waiting"
    ASSIGNED = "assigned"
    NOT_NEEDED = "not_needed"
    SENT_ELSEWHERE = "sent_elsewhere"


REFERRAL_STATE_NAMES: dict[ReferralState, str] = {
    ReferralState.REFERRED: N_("Segnalato"),
    ReferralState.UNDER_REVIEW: N_("In valutazione"),
    ReferralState.WAITING: N_("In lista d’attesa"),
    ReferralState.ASSIGNED: N_("Assegnato a un laboratorio"),
    ReferralState.NOT_NEEDED: N_("Non necessita"),
    ReferralState.SENT_ELSEWHERE: N_("Rinviato ad altra risorsa"),
}

STATES_TO_DECIDE = frozenset({ReferralState.REFERRED, ReferralState.UNDER_REVIEW, ReferralState.WAITING})


class ReferralAction(StrEnum):
    REVIEW = "review"
    WAIT = "wait"
    ASSIGN = "assign"
    CLOSE_NOT_NEEDED = "close_not_needed"
    SEND_ELSEWHERE = "send_elsewhere"
    REOPEN = "reopen"


REFERRAL_ACTION_NAMES: dict[ReferralAction, str] = {
    ReferralAction.REVIEW: N_("Valuta"),
    ReferralAction.WAIT: N_("Metti in lista d’attesa"),
    ReferralAction.ASSIGN: N_("Assegna a un laboratorio"),
    ReferralAction.CLOSE_NOT_NEEDED: N_("Chiudi: non necessita"),
    ReferralAction.SEND_ELSEWHERE: N_("Rinvia ad altra risorsa"),
    ReferralAction.REOPEN: N_("Riapri"),
}


@dataclass(frozen=True)
class ReferralStep:
    """Where an action leads, and the roles that may take it."""

    target: ReferralState
    roles: frozenset[Role]


_S = ReferralState
_A = ReferralAction
_COORDINATOR = frozenset({Role.COORDINATOR})
_WHO_REFERS = frozenset({Role.COORDINATOR, Role.TEACHER})

REFERRAL_STEPS: dict[tuple[ReferralState, ReferralAction], ReferralStep] = {
    (_S.REFERRED, _A.REVIEW): ReferralStep(_S.UNDER_REVIEW, _COORDINATOR),
    (_S.REFERRED, _A.WAIT): ReferralStep(_S.WAITING, _COORDINATOR),
    (_S.REFERRED, _A.ASSIGN): ReferralStep(_S.ASSIGNED, _COORDINATOR),
    (_S.REFERRED, _A.CLOSE_NOT_NEEDED): ReferralStep(_S.NOT_NEEDED, _WHO_REFERS),
    (_S.REFERRED, _A.SEND_ELSEWHERE): ReferralStep(_S.SENT_ELSEWHERE, _COORDINATOR),
    (_S.UNDER_REVIEW, _A.WAIT): ReferralStep(_S.WAITING, _COORDINATOR),
    (_S.UNDER_REVIEW, _A.ASSIGN): ReferralStep(_S.ASSIGNED, _COORDINATOR),
    (_S.UNDER_REVIEW, _A.CLOSE_NOT_NEEDED): ReferralStep(_S.NOT_NEEDED, _COORDINATOR),
    (_S.UNDER_REVIEW, _A.SEND_ELSEWHERE): ReferralStep(_S.SENT_ELSEWHERE, _COORDINATOR),
    (_S.WAITING, _A.REVIEW): ReferralStep(_S.UNDER_REVIEW, _COORDINATOR),
    (_S.WAITING, _A.ASSIGN): ReferralStep(_S.ASSIGNED, _COORDINATOR),
    (_S.WAITING, _A.CLOSE_NOT_NEEDED): ReferralStep(_S.NOT_NEEDED, _COORDINATOR),
    (_S.WAITING, _A.SEND_ELSEWHERE): ReferralStep(_S.SENT_ELSEWHERE, _COORDINATOR),
    (_S.ASSIGNED, _A.REOPEN): ReferralStep(_S.UNDER_REVIEW, _COORDINATOR),
    (_S.NOT_NEEDED, _A.REOPEN): ReferralStep(_S.UNDER_REVIEW, _WHO_REFERS),
    (_S.SENT_ELSEWHERE, _A.REOPEN): ReferralStep(_S.UNDER_REVIEW, _COORDINATOR),
}
"""The whole way of a referral. What is not here is not allowed."""


def next_state(state: ReferralState, action: ReferralAction, roles: Iterable[Role]) -> ReferralState:
    """The state after the action of a person with these roles. Raises RuleViolation where there is no such step."""
    step = REFERRAL_STEPS.get((state, action))
    if step is None:
        raise RuleViolation(
            N_("La segnalazione è nello stato «%(state)s»: questo passo non è possibile."),
            field="action",
            state=Sentence(REFERRAL_STATE_NAMES[state]),
        )
    if step.roles.isdisjoint(roles):
        raise RuleViolation(N_("Questo passo spetta a chi è referente intercultura."), field="action")
    return step.target


def actions_open_to(state: ReferralState, roles: Iterable[Role]) -> tuple[ReferralAction, ...]:
    """The actions a person with these roles may take now, in the order of the enumeration."""
    held = frozenset(roles)
    return tuple(
        action
        for action in ReferralAction
        if (step := REFERRAL_STEPS.get((state, action))) is not None and not step.roles.isdisjoint(held)
    )


def ensure_single_open_referral(open_states: Iterable[ReferralState]) -> None:
    """A pupil has one referral to decide at a time; `open_states` are the states of the pupil's other referrals."""
    if any(state in STATES_TO_DECIDE for state in open_states):
        raise RuleViolation(N_("Per questo alunno c’è già una segnalazione da decidere."), field="pupil")
