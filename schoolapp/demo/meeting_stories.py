"""The requests of the demo, one line each: which steps were taken, when the meeting is, how long, why."""

from datetime import time

from schoolapp.domain.meeting_steps import MeetingAction
from schoolapp.domain.meetings import MeetingReason as Reason

A = MeetingAction

_HELD = (A.SEND, A.APPROVE, A.PROPOSE, A.ACCEPT, A.HOLD)
_CONFIRMED = (A.SEND, A.APPROVE, A.PROPOSE, A.ACCEPT)

# The steps that were taken, days from today to the meeting, minutes, why.
OF_SCHOOL: tuple[tuple[tuple[MeetingAction, ...], int, int, Reason], ...] = (
    ((*_HELD, A.REPORT, A.VALIDATE), -45, 90, Reason.WELCOME),
    ((*_HELD, A.REPORT, A.VALIDATE), -38, 60, Reason.TALK),
    ((*_HELD, A.REPORT, A.VALIDATE), -31, 75, Reason.MOTHER_TONGUE),
    ((*_HELD, A.REPORT, A.VALIDATE), -24, 60, Reason.PERSONAL_PLAN),
    ((*_HELD, A.REPORT, A.VALIDATE), -17, 60, Reason.TALK),
    ((*_CONFIRMED, A.MISS, A.REPORT, A.VALIDATE), -12, 60, Reason.TALK),
    ((*_HELD, A.REPORT), -6, 60, Reason.ATTENDANCE),
    (_HELD, -3, 60, Reason.TALK),
    ((*_CONFIRMED, A.MISS), -4, 60, Reason.TALK),
    (_CONFIRMED, 3, 60, Reason.TALK),
    (_CONFIRMED, 6, 90, Reason.WELCOME),
    ((*_CONFIRMED, A.MOVE), 7, 60, Reason.PERSONAL_PLAN),
    ((A.SEND, A.APPROVE, A.PROPOSE), 11, 60, Reason.TALK),
    ((A.SEND, A.APPROVE), 12, 60, Reason.ORIENTATION),
    ((A.SEND, A.APPROVE), 16, 60, Reason.REPORT_CARD),
    ((A.SEND,), 13, 60, Reason.TALK),
    ((A.SEND,), 20, 30, Reason.PHONE_CALL),
    ((A.SEND, A.RETURN), 18, 60, Reason.TALK),
    ((A.SEND, A.REJECT), 9, 60, Reason.TRANSLATION),
    ((A.SEND, A.APPROVE, A.CANCEL), 5, 60, Reason.TALK),
    ((), 24, 60, Reason.WELCOME),
)
OF_SERVICE: tuple[tuple[tuple[MeetingAction, ...], int, int, Reason], ...] = (
    ((A.SEND, A.GRANT, A.PROPOSE, A.ACCEPT), 4, 60, Reason.CHILD_PROTECTION),
    ((A.SEND,), 15, 90, Reason.FRAGILITY),
    ((A.SEND, A.GRANT), 10, 60, Reason.JOB_PLACEMENT),
)

WHY = {
    A.RETURN: "Manca il luogo: scrivi in quale aula.",
    A.REJECT: "La traduzione si chiede allo sportello.",
    A.MOVE: "Sciopero dei trasporti.",
    A.CANCEL: "La famiglia ha trovato un altro modo.",
}
STARTS = (time(16, 30), time(14, 0), time(17, 15), time(8, 30))
