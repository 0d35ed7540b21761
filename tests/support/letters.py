"""A letter to a family as the office prints it, valid with no argument."""

from datetime import date, time
from typing import Any

from schoolapp.domain.letters.contents import LetterContents
from schoolapp.domain.letters.kinds import MEETING_KINDS, WITH_REPLY, LetterKind
from schoolapp.domain.meetings import MeetingMode


def make_letter(kind: LetterKind = LetterKind.INVITATION, language: str = "ar", **values: Any) -> LetterContents:
    """A meeting of one hour on Thursday 14 January 2027 at half past four; a workshop that begins on that day."""
    of_meeting = kind in MEETING_KINDS
    return LetterContents(
        **{
            "kind": kind,
            "language": language,
            "mode": MeetingMode.IN_PLACE,
            "institute": "Istituto Comprensivo «Valle Serena»",
            "institute_address": "Via dei Castagni 12, 23100 Sondrio",
            "phone": "0342 000000",
            "comune": "Sondrio",
            "printed_on": date(2027, 1, 7),
            "protocol": "0000112/I.1",
            "first_name": "Yasmine",
            "last_name": "El Amrani",
            "class_name": "2A",
            "day": None if kind is LetterKind.CERTIFICATE else date(2027, 1, 14),
            "start": None if kind is LetterKind.CERTIFICATE else time(16, 30),
            "place": ("Scuola «Ada Negri»", "Via dei Castagni 14", "piano terra, aula 3"),
            "minutes": 60 if of_meeting else None,
            "people": "Elena Bianchi" if of_meeting else "",
            "slots": ((0, time(10, 30), time(12, 0)), (3, time(8, 30), time(10, 0)))
            if kind is LetterKind.WORKSHOP
            else (),
            "reply_by": date(2027, 1, 11) if kind in WITH_REPLY else None,
            "head": "Marco Bellini",
            "project": "Lab’Impact · PROG-2463 · CUP E00E00000000000",
            "checked": False,
            **values,
        }
    )
