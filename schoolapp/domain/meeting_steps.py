"""The way of a request, as one table: state × action → who may, what it becomes, whether a reason is due.

There is no official procedure; this one is built from how schools, the Ambito and the cooperative work.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_


class MeetingState(StrEnum):
    DRAFT = "draft"
    WITH_COORDINATOR = "with_coordinator"
    WITH_DISTRICT = "with_district"
    TO_COMPLETE = "to_complete"
    REJECTED = "rejected"
    WITH_PROVIDER = "with_provider"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    HELD = "held"
    FAMILY_ABSENT = "family_absent"
    CANCELLED = "cancelled"
    REPORTED = "reported"
    VALIDATED = "validated"


MEETING_STATE_NAMES: dict[MeetingState, str] = {
    MeetingState.DRAFT: N_("Bozza"),
    MeetingState.WITH_COORDINATOR: N_("Inviata al referente"),
    MeetingState.WITH_DISTRICT: N_("Inoltrata all’Ufficio di Piano"),
    MeetingState.TO_COMPLETE: N_("Da integrare"),
    MeetingState.REJECTED: N_("Respinta"),
    MeetingState.WITH_PROVIDER: N_("Alla cooperativa"),
    MeetingState.PROPOSED: N_("Mediatore proposto"),
    MeetingState.CONFIRMED: N_("Confermata"),
    MeetingState.MOVED: N_("Rinviata"),
    MeetingState.HELD: N_("Svolta"),
    MeetingState.FAMILY_ABSENT: N_("Famiglia assente"),
    MeetingState.CANCELLED: N_("Annullata"),
    MeetingState.REPORTED: N_("Relazionata"),
    MeetingState.VALIDATED: N_("Ore confermate"),
}


class Party(StrEnum):
    """What a person is to one request; a person may be several."""

    REQUESTER = "requester"
    COORDINATOR = "coordinator"
    DISTRICT = "district"
    PROVIDER = "provider"
    MEDIATOR = "mediator"


class MeetingAction(StrEnum):
    SEND = "send"
    APPROVE = "approve"
    GRANT = "grant"
    RETURN = "return"
    REJECT = "reject"
    PROPOSE = "propose"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    MOVE = "move"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    HOLD = "hold"
    MISS = "miss"
    REPORT = "report"
    DISPUTE = "dispute"
    VALIDATE = "validate"


@dataclass(frozen=True)
class Step:
    """One way on: who may take it, where it leads, whether it needs a reason."""

    parties: frozenset[Party]
    to: MeetingState
    with_reason: bool = False


@dataclass(frozen=True)
class Route:
    """What decides where a request goes after it is sent or approved."""

    has_coordinator: bool
    """A school's request passes its coordinator; a service has none."""
    needs_grant: bool
    """The budget asks the Ambito's approval for each request."""


_S, _A = MeetingState, MeetingAction
_ASKING = frozenset({Party.REQUESTER, Party.COORDINATOR})
_PROVIDER = frozenset({Party.PROVIDER})
_MEDIATOR = frozenset({Party.MEDIATOR})

STEPS: dict[tuple[MeetingState, MeetingAction], Step] = {
    (_S.DRAFT, _A.SEND): Step(_ASKING, _S.WITH_COORDINATOR),
    (_S.TO_COMPLETE, _A.SEND): Step(_ASKING, _S.WITH_COORDINATOR),
    (_S.WITH_COORDINATOR, _A.APPROVE): Step(frozenset({Party.COORDINATOR}), _S.WITH_PROVIDER),
    (_S.WITH_COORDINATOR, _A.RETURN): Step(frozenset({Party.COORDINATOR}), _S.TO_COMPLETE, with_reason=True),
    (_S.WITH_COORDINATOR, _A.REJECT): Step(frozenset({Party.COORDINATOR}), _S.REJECTED, with_reason=True),
    (_S.WITH_DISTRICT, _A.GRANT): Step(frozenset({Party.DISTRICT}), _S.WITH_PROVIDER),
    (_S.WITH_DISTRICT, _A.RETURN): Step(frozenset({Party.DISTRICT}), _S.TO_COMPLETE, with_reason=True),
    (_S.WITH_DISTRICT, _A.REJECT): Step(frozenset({Party.DISTRICT}), _S.REJECTED, with_reason=True),
    (_S.WITH_PROVIDER, _A.PROPOSE): Step(_PROVIDER, _S.PROPOSED),
    (_S.WITH_PROVIDER, _A.MOVE): Step(_ASKING | _PROVIDER, _S.MOVED, with_reason=True),
    (_S.PROPOSED, _A.ACCEPT): Step(_MEDIATOR, _S.CONFIRMED),
    (_S.PROPOSED, _A.DECLINE): Step(_MEDIATOR, _S.WITH_PROVIDER, with_reason=True),
    (_S.CONFIRMED, _A.DECLINE): Step(_MEDIATOR, _S.WITH_PROVIDER, with_reason=True),
    (_S.PROPOSED, _A.WITHDRAW): Step(_PROVIDER, _S.WITH_PROVIDER, with_reason=True),
    (_S.CONFIRMED, _A.WITHDRAW): Step(_PROVIDER, _S.WITH_PROVIDER, with_reason=True),
    (_S.CONFIRMED, _A.MOVE): Step(_ASKING | _PROVIDER, _S.MOVED, with_reason=True),
    (_S.MOVED, _A.RESCHEDULE): Step(_ASKING, _S.WITH_PROVIDER),
    (_S.CONFIRMED, _A.HOLD): Step(_MEDIATOR, _S.HELD),
    (_S.CONFIRMED, _A.MISS): Step(_MEDIATOR, _S.FAMILY_ABSENT),
    (_S.HELD, _A.REPORT): Step(_MEDIATOR, _S.REPORTED),
    (_S.FAMILY_ABSENT, _A.REPORT): Step(_MEDIATOR, _S.REPORTED),
    (_S.REPORTED, _A.DISPUTE): Step(_ASKING, _S.HELD, with_reason=True),
    (_S.REPORTED, _A.VALIDATE): Step(_ASKING, _S.VALIDATED),
    (_S.VALIDATED, _A.DISPUTE): Step(_ASKING, _S.HELD, with_reason=True),
    **{
        (state, _A.CANCEL): Step(_ASKING, _S.CANCELLED, with_reason=state not in (_S.DRAFT, _S.TO_COMPLETE))
        for state in (
            _S.DRAFT,
            _S.WITH_COORDINATOR,
            _S.WITH_DISTRICT,
            _S.TO_COMPLETE,
            _S.WITH_PROVIDER,
            _S.PROPOSED,
            _S.CONFIRMED,
            _S.MOVED,
        )
    },
}


def next_state(
    state: MeetingState, action: MeetingAction, parties: Collection[Party], route: Route, *, reason: str = ""
) -> MeetingState:
    """What a request becomes. Raises RuleViolation where the step is not there, not theirs, or lacks its reason."""
    step = STEPS.get((state, action))
    if step is None:
        raise RuleViolation(N_("Intanto la richiesta è cambiata: guarda a che punto è."))
    if not step.parties & set(parties):
        raise RuleViolation(N_("Questo passo spetta a un’altra persona."))
    if step.with_reason and not reason.strip():
        raise RuleViolation(N_("Scrivi il motivo, in poche parole."), field="reason")
    if action is MeetingAction.SEND and not route.has_coordinator:
        return MeetingState.WITH_DISTRICT if route.needs_grant else MeetingState.WITH_PROVIDER
    if action is MeetingAction.APPROVE and route.needs_grant:
        return MeetingState.WITH_DISTRICT
    return step.to


def ensure_its_time(state: MeetingState, action: MeetingAction, *, begun: bool) -> None:
    """Raises RuleViolation where a step of a confirmed meeting comes too early or too late.

    Nobody but its mediator says how a meeting went that has `begun`: who asked could else make the worked hour
    disappear. Where the mediator did not come, the cooperative withdraws.
    """
    if state is not MeetingState.CONFIRMED:
        return
    if action in _ONCE_IT_HAS_BEGUN and not begun:
        raise RuleViolation(N_("Il colloquio deve ancora cominciare."))
    if action in _UNTIL_IT_BEGINS and begun:
        raise RuleViolation(
            N_("Il colloquio è già cominciato: lo racconta il mediatore. Se non è venuto, avvisa la cooperativa.")
        )


_ONCE_IT_HAS_BEGUN = frozenset({_A.HOLD, _A.MISS})
_UNTIL_IT_BEGINS = frozenset({_A.DECLINE, _A.MOVE, _A.CANCEL})


def open_actions(
    state: MeetingState, parties: Collection[Party], *, begun: bool | None = None
) -> tuple[MeetingAction, ...]:
    """What a person may do now, in the order of the list of actions. `begun`: whether the meeting has."""
    mine = set(parties)
    theirs = tuple(action for action in MeetingAction if (step := STEPS.get((state, action))) and step.parties & mine)
    if state is not MeetingState.CONFIRMED or begun is None:
        return theirs
    return tuple(each for each in theirs if each not in (_UNTIL_IT_BEGINS if begun else _ONCE_IT_HAS_BEGUN))
