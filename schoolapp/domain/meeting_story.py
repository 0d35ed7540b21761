"""Where a request is, in words: the sentence on top, the line of what was, is and will be."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.wording import N_

_S, _A = MeetingState, MeetingAction

WHERE_WE_ARE: dict[MeetingState, str] = {
    _S.DRAFT: N_("È ancora una bozza"),
    _S.WITH_COORDINATOR: N_("Aspettiamo l’approvazione della scuola"),
    _S.WITH_DISTRICT: N_("Aspettiamo l’approvazione dell’Ambito"),
    _S.TO_COMPLETE: N_("Manca qualcosa: la richiesta è da completare"),
    _S.REJECTED: N_("La richiesta è stata respinta"),
    _S.WITH_PROVIDER: N_("La cooperativa cerca un mediatore"),
    _S.PROPOSED: N_("Aspettiamo la risposta del mediatore"),
    _S.CONFIRMED: N_("Il colloquio è confermato"),
    _S.MOVED: N_("Servono altri orari"),
    _S.HELD: N_("Il colloquio c’è stato: aspettiamo la relazione"),
    _S.FAMILY_ABSENT: N_("La famiglia non è venuta: aspettiamo la relazione"),
    _S.CANCELLED: N_("La richiesta è stata annullata"),
    _S.REPORTED: N_("La relazione è pronta: chi ha chiesto conferma le ore"),
    _S.VALIDATED: N_("Concluso: le ore sono confermate"),
}
"""The largest words of the page: what we wait for, and for whom."""

WHO_IS_AWAITED: dict[MeetingState, str] = {
    _S.DRAFT: N_("Nessuno la esamina finché non la invii."),
    _S.WITH_COORDINATOR: N_("Decide chi è referente intercultura."),
    _S.WITH_DISTRICT: N_("Decide l’Ufficio di Piano, che vede il numero e non i nomi."),
    _S.TO_COMPLETE: N_("Correggi la richiesta e inviala di nuovo."),
    _S.WITH_PROVIDER: N_("Le ore sono impegnate."),
    _S.MOVED: N_("Proponi altri orari, o annulla la richiesta."),
    _S.FAMILY_ABSENT: N_("Le ore del mediatore contano lo stesso."),
}

STEP_TAKEN: dict[MeetingAction, str] = {
    _A.SEND: N_("Richiesta inviata"),
    _A.APPROVE: N_("Approvata dalla scuola"),
    _A.GRANT: N_("Approvata dall’Ambito"),
    _A.RETURN: N_("Rimandata indietro da completare"),
    _A.REJECT: N_("Respinta"),
    _A.PROPOSE: N_("Mediatore proposto"),
    _A.ACCEPT: N_("Colloquio confermato"),
    _A.DECLINE: N_("Il mediatore non può"),
    _A.WITHDRAW: N_("La cooperativa cerca un altro mediatore"),
    _A.MOVE: N_("Colloquio rinviato"),
    _A.RESCHEDULE: N_("Proposti altri orari"),
    _A.CANCEL: N_("Richiesta annullata"),
    _A.HOLD: N_("Colloquio svolto"),
    _A.MISS: N_("Famiglia assente"),
    _A.REPORT: N_("Relazione scritta"),
    _A.DISPUTE: N_("Relazione da rivedere"),
    _A.VALIDATE: N_("Ore confermate"),
}

ACTION_NAMES: dict[MeetingAction, str] = {
    _A.SEND: N_("Invia la richiesta"),
    _A.APPROVE: N_("Approva"),
    _A.GRANT: N_("Approva"),
    _A.RETURN: N_("Chiedi di completare"),
    _A.REJECT: N_("Respingi"),
    _A.PROPOSE: N_("Proponi il mediatore"),
    _A.ACCEPT: N_("Accetta"),
    _A.DECLINE: N_("Non posso"),
    _A.WITHDRAW: N_("Cerca un altro mediatore"),
    _A.MOVE: N_("Rinvia il colloquio"),
    _A.RESCHEDULE: N_("Proponi altri orari"),
    _A.CANCEL: N_("Annulla la richiesta"),
    _A.HOLD: N_("Il colloquio c’è stato"),
    _A.MISS: N_("La famiglia non è venuta"),
    _A.REPORT: N_("Scrivi la relazione"),
    _A.DISPUTE: N_("Chiedi di rivedere la relazione"),
    _A.VALIDATE: N_("Conferma le ore"),
}
"""What the button says."""

CAN_COME_NO_MORE = N_("Non posso più venire")
ASK_FOR_OTHER_TIMES = N_("Chiedi altri orari")
OTHER_TIMES_ASKED = N_("Chiesti altri orari")
"""Moving a meeting that nobody has agreed to yet."""


def action_name(state: MeetingState, action: MeetingAction) -> str:
    """What the button of a step says in a state."""
    special = {(_S.WITH_PROVIDER, _A.MOVE): ASK_FOR_OTHER_TIMES, (_S.CONFIRMED, _A.DECLINE): CAN_COME_NO_MORE}
    return special.get((state, action), ACTION_NAMES[action])


def steps_taken(actions: Sequence[MeetingAction]) -> list[str]:
    """What was done by each step of a request's story."""
    return [
        OTHER_TIMES_ASKED
        if action is _A.MOVE and (not number or actions[number - 1] is not _A.ACCEPT)
        else STEP_TAKEN[action]
        for number, action in enumerate(actions)
    ]


class Ahead(StrEnum):
    """What is still to come, in its order."""

    SCHOOL = "school"
    DISTRICT = "district"
    MEDIATOR = "mediator"
    CONFIRMED = "confirmed"
    HELD = "held"
    REPORTED = "reported"


AHEAD_NAMES: dict[Ahead, str] = {
    Ahead.SCHOOL: N_("Approvazione della scuola"),
    Ahead.DISTRICT: N_("Approvazione dell’Ambito"),
    Ahead.MEDIATOR: N_("Mediatore proposto"),
    Ahead.CONFIRMED: N_("Colloquio confermato"),
    Ahead.HELD: N_("Colloquio svolto"),
    Ahead.REPORTED: N_("Relazione e ore confermate"),
}

_TO_COME: dict[MeetingState, Ahead | None] = {
    _S.DRAFT: Ahead.SCHOOL,
    _S.TO_COMPLETE: Ahead.SCHOOL,
    _S.WITH_COORDINATOR: Ahead.DISTRICT,
    _S.WITH_DISTRICT: Ahead.MEDIATOR,
    _S.WITH_PROVIDER: Ahead.MEDIATOR,
    _S.MOVED: Ahead.MEDIATOR,
    _S.PROPOSED: Ahead.CONFIRMED,
    _S.CONFIRMED: Ahead.HELD,
    _S.HELD: Ahead.REPORTED,
    _S.FAMILY_ABSENT: Ahead.REPORTED,
    _S.REPORTED: Ahead.REPORTED,
    _S.VALIDATED: None,
    _S.CANCELLED: None,
    _S.REJECTED: None,
}
"""The first thing that comes after a state."""

OVER = frozenset(state for state, ahead in _TO_COME.items() if ahead is None)
"""States in which nothing more happens."""


@dataclass(frozen=True)
class Moment:
    """A step that was taken (`step` is its place in the story), or one to come."""

    state: str
    """past, now or future."""
    step: int | None = None
    ahead: Ahead | None = None


def moments(
    state: MeetingState, actions: Sequence[MeetingAction], *, has_coordinator: bool, needs_grant: bool
) -> list[Moment]:
    """The line of a request: what was done, with the last of it as the present, and what will come."""
    over = state in OVER
    told = [
        Moment("now" if number == len(actions) - 1 and not over else "past", step=number)
        for number in range(len(actions))
    ]
    first = _TO_COME[state]
    if first is None:
        return told
    every = list(Ahead)
    to_come = every[every.index(first) :]
    if not has_coordinator and Ahead.SCHOOL in to_come:
        to_come.remove(Ahead.SCHOOL)
    if not needs_grant and Ahead.DISTRICT in to_come:
        to_come.remove(Ahead.DISTRICT)
    return told + [Moment("future", ahead=ahead) for ahead in to_come]
