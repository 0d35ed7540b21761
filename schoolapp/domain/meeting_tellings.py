"""Who is told what at each step of a request, as one table. How it is written is in `meeting_messages.py`.

A step tells those who must act next and those whose day changes; where the request stands, everybody reads in the
pages. The words of a reason stay there too: they are written freely, and mail is read by others.
"""

from dataclasses import dataclass
from enum import StrEnum

from schoolapp.domain.calendar_entries import CalendarMethod
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState, Party
from schoolapp.domain.wording import N_


class Door(StrEnum):
    """Where the link of a message leads."""

    PAGE = "page"
    """The page of the request, after signing in."""
    ANSWER = "answer"
    """The mediator's answer, without signing in."""


@dataclass(frozen=True)
class Telling:
    """One message: to whom, in which words, with which change of the calendar."""

    to: Party
    subject: str
    words: str
    calendar: CalendarMethod | None = None
    door: Door = Door.PAGE


_S, _A, _P = MeetingState, MeetingAction, Party
_REQUEST, _CANCEL = CalendarMethod.REQUEST, CalendarMethod.CANCEL

_FOR_COORDINATOR = Telling(
    _P.COORDINATOR, N_("Richiesta %(label)s da approvare"), N_("una richiesta di mediatore aspetta la tua decisione.")
)
_FOR_DISTRICT = Telling(
    _P.DISTRICT, N_("Richiesta %(label)s da approvare"), N_("una richiesta di mediatore aspetta l’Ufficio di Piano.")
)
_FOR_PROVIDER = Telling(_P.PROVIDER, N_("Richiesta %(label)s: serve un mediatore"), N_("c’è un mediatore da proporre."))
_TO_COMPLETE = Telling(
    _P.REQUESTER,
    N_("Richiesta %(label)s da completare"),
    N_("alla tua richiesta manca qualcosa: nella pagina leggi che cosa."),
)
_NOT_APPROVED = Telling(
    _P.REQUESTER,
    N_("Richiesta %(label)s non approvata"),
    N_("la tua richiesta non è stata approvata: nella pagina leggi il motivo."),
)
_ASKED = Telling(
    _P.MEDIATOR,
    N_("Richiesta %(label)s: puoi venire?"),
    N_("ti chiediamo di mediare in questo colloquio."),
    _REQUEST,
    Door.ANSWER,
)
_CONFIRMED = (
    Telling(
        _P.REQUESTER,
        N_("Richiesta %(label)s: colloquio confermato"),
        N_("il mediatore viene. Ecco quando e dove."),
        _REQUEST,
    ),
    Telling(
        _P.MEDIATOR,
        N_("Richiesta %(label)s: colloquio confermato"),
        N_("grazie, ci conti la scuola e la famiglia."),
        _REQUEST,
    ),
    Telling(_P.PROVIDER, N_("Richiesta %(label)s: il mediatore ha accettato"), N_("il colloquio è confermato.")),
)
_DECLINED = (
    Telling(
        _P.PROVIDER,
        N_("Richiesta %(label)s: il mediatore non può"),
        N_("serve un altro mediatore: nella pagina leggi il motivo."),
    ),
    Telling(_P.MEDIATOR, N_("Richiesta %(label)s: hai risposto di no"), N_("l’incarico non è più tuo."), _CANCEL),
)
_TAKEN_FROM_MEDIATOR = Telling(
    _P.MEDIATOR,
    N_("Richiesta %(label)s: non serve più che tu venga"),
    N_("la cooperativa ha ritirato l’incarico."),
    _CANCEL,
)
FAMILY_ANSWERED = Telling(
    _P.REQUESTER,
    N_("Richiesta %(label)s: la famiglia ha risposto"),
    N_("la famiglia ha risposto alla lettera: nella pagina leggi che cosa."),
)
_SUSPENDED = Telling(
    _P.REQUESTER,
    N_("Richiesta %(label)s: il mediatore non può più"),
    N_("la cooperativa ne cerca un altro. Il colloquio di questo giorno non è più confermato."),
    _CANCEL,
)
_MOVED = (
    Telling(
        _P.REQUESTER,
        N_("Richiesta %(label)s: colloquio rinviato"),
        N_("il colloquio di questo giorno non si fa. Proponi altri orari nella pagina."),
        _CANCEL,
    ),
    Telling(
        _P.MEDIATOR,
        N_("Richiesta %(label)s: colloquio rinviato"),
        N_("il colloquio di questo giorno non si fa."),
        _CANCEL,
    ),
    Telling(_P.PROVIDER, N_("Richiesta %(label)s: colloquio rinviato"), N_("arriveranno altri orari.")),
)
_OTHER_TIMES = (
    Telling(
        _P.REQUESTER,
        N_("Richiesta %(label)s: servono altri orari"),
        N_("in questi orari non c’è un mediatore: proponi altri orari nella pagina."),
    ),
    Telling(
        _P.PROVIDER, N_("Richiesta %(label)s: gli orari cambiano"), N_("non cercare più: arriveranno altri orari.")
    ),
)
_CALLED_OFF_WORDS = N_("Richiesta %(label)s annullata")
_CALLED_OFF_IN_CALENDAR = Telling(
    _P.MEDIATOR, _CALLED_OFF_WORDS, N_("il colloquio di questo giorno non si fa."), _CANCEL
)
_REPORTED = Telling(
    _P.REQUESTER, N_("Richiesta %(label)s: la relazione è pronta"), N_("leggi la relazione e conferma le ore.")
)
_DISPUTED = Telling(
    _P.MEDIATOR,
    N_("Richiesta %(label)s: la relazione è da correggere"),
    N_("chi ha chiesto il colloquio non si ritrova in qualcosa: nella pagina leggi che cosa."),
)

_ARRIVALS: dict[MeetingState, tuple[Telling, ...]] = {
    _S.WITH_COORDINATOR: (_FOR_COORDINATOR,),
    _S.WITH_DISTRICT: (_FOR_DISTRICT,),
    _S.WITH_PROVIDER: (_FOR_PROVIDER,),
    _S.TO_COMPLETE: (_TO_COMPLETE,),
    _S.REJECTED: (_NOT_APPROVED,),
}
"""Whose turn it is where a request arrives by being sent on or back."""

_SENT_ON = frozenset({_A.SEND, _A.APPROVE, _A.GRANT, _A.RETURN, _A.REJECT, _A.RESCHEDULE})

_STEPS: dict[MeetingAction, tuple[Telling, ...]] = {
    _A.PROPOSE: (_ASKED,),
    _A.ACCEPT: _CONFIRMED,
    _A.DECLINE: _DECLINED,
    _A.MOVE: _MOVED,
    _A.REPORT: (_REPORTED,),
    _A.DISPUTE: (_DISPUTED,),
}

TELLS_NOBODY = frozenset({_A.HOLD, _A.MISS, _A.VALIDATE})
"""Who asked was there, and reads of it with the report; hours that are confirmed stand in the timesheet."""

_WAITED_FOR_IT: dict[MeetingState, Party] = {
    _S.WITH_COORDINATOR: _P.COORDINATOR,
    _S.WITH_DISTRICT: _P.DISTRICT,
    _S.WITH_PROVIDER: _P.PROVIDER,
    _S.PROPOSED: _P.PROVIDER,
    _S.CONFIRMED: _P.PROVIDER,
    _S.MOVED: _P.PROVIDER,
}


def tellings(action: MeetingAction, *, before: MeetingState, after: MeetingState) -> tuple[Telling, ...]:
    """The messages of a step that led from one state to another."""
    if action in _SENT_ON:
        return _ARRIVALS[after]
    if action is _A.WITHDRAW:
        return (_TAKEN_FROM_MEDIATOR, _SUSPENDED) if before is _S.CONFIRMED else (_TAKEN_FROM_MEDIATOR,)
    if action is _A.CANCEL:
        return _called_off(before)
    if action is _A.DECLINE and before is _S.CONFIRMED:
        return (*_DECLINED, _SUSPENDED)
    if action is _A.MOVE and before is _S.WITH_PROVIDER:
        return _OTHER_TIMES
    return _STEPS.get(action, ())


def _called_off(before: MeetingState) -> tuple[Telling, ...]:
    """Whoever had it in hand or in the calendar is told."""
    if before not in _WAITED_FOR_IT:
        return ()
    in_calendar = before is _S.CONFIRMED
    who_asked = Telling(
        _P.REQUESTER, _CALLED_OFF_WORDS, N_("la richiesta è stata annullata."), _CANCEL if in_calendar else None
    )
    in_hand = Telling(_WAITED_FOR_IT[before], _CALLED_OFF_WORDS, N_("la richiesta è stata annullata: non serve altro."))
    asked = (_CALLED_OFF_IN_CALENDAR,) if before in (_S.PROPOSED, _S.CONFIRMED) else ()
    return (who_asked, in_hand, *asked)


def is_about_a_time(action: MeetingAction, before: MeetingState) -> bool:
    """Whether the step concerns a time asked of a mediator, and not the request alone."""
    if action is _A.CANCEL:
        return before in (_S.PROPOSED, _S.CONFIRMED)
    if action is _A.MOVE:
        return before is _S.CONFIRMED
    return action not in _SENT_ON
