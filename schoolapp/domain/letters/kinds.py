"""The letters we write to families: which sentences each one holds, in their order."""

from enum import StrEnum
from typing import Final

from schoolapp.domain.meetings import MeetingMode
from schoolapp.domain.wording import N_


class LetterKind(StrEnum):
    INVITATION = "invitation"
    MOVED = "moved"
    CANCELLED = "cancelled"
    WORKSHOP = "workshop"
    CERTIFICATE = "certificate"


LETTER_KIND_NAMES: dict[LetterKind, str] = {
    LetterKind.INVITATION: N_("Invito al colloquio"),
    LetterKind.MOVED: N_("Incontro spostato"),
    LetterKind.CANCELLED: N_("Incontro annullato"),
    LetterKind.WORKSHOP: N_("Inizio del laboratorio"),
    LetterKind.CERTIFICATE: N_("Attestato pronto"),
}

MEETING_KINDS: Final = (LetterKind.INVITATION, LetterKind.MOVED, LetterKind.CANCELLED)
PUPIL_KINDS: Final = (LetterKind.WORKSHOP, LetterKind.CERTIFICATE)

WITH_REPLY: Final = frozenset({LetterKind.INVITATION, LetterKind.MOVED})
"""Letters that the family answers: with the slip, or with the page behind the QR."""


class FamilyAnswer(StrEnum):
    """What a family says to an invitation."""

    YES = "yes"
    OTHER_DAY = "other_day"
    CALL = "call"


FAMILY_ANSWER_NAMES: dict[FamilyAnswer, str] = {
    FamilyAnswer.YES: N_("La famiglia viene"),
    FamilyAnswer.OTHER_DAY: N_("La famiglia chiede un altro giorno"),
    FamilyAnswer.CALL: N_("La famiglia chiede una telefonata del mediatore"),
}

ANSWER_SENTENCES: Final[dict[FamilyAnswer, str]] = {
    FamilyAnswer.YES: "reply_yes",
    FamilyAnswer.OTHER_DAY: "reply_other_day",
    FamilyAnswer.CALL: "reply_call",
}

FRAMED: Final = frozenset({"mediator_free", "workshop_free"})
"""Sentences that stand in a frame: what a family fears it must pay."""

_LABELS: Final = ("unchecked", "label_day", "label_time", "label_place")
_REPLY: Final = ("reply_cut", "reply_by", *ANSWER_SENTENCES.values(), "label_phone", "label_signature", "reply_online")
_PAGE: Final = ("page_title", "page_choose", "page_thanks", "page_over")

_BODIES: Final[dict[LetterKind, tuple[str, ...]]] = {
    LetterKind.INVITATION: ("normal", "mediator", "mediator_free", "from_school", "lasts", "cannot_come"),
    LetterKind.MOVED: ("moved", "moved_when", "mediator", "mediator_free", "from_school", "lasts", "cannot_come"),
    LetterKind.CANCELLED: ("cancelled", "cancelled_stay", "cancelled_again", "questions"),
    LetterKind.WORKSHOP: (
        "workshop",
        "workshop_times",
        "workshop_school_time",
        "workshop_why",
        "workshop_free",
        "questions",
    ),
    LetterKind.CERTIFICATE: ("certificate", "certificate_collect", "certificate_limits", "questions"),
}

_OPENINGS: Final[dict[MeetingMode, tuple[str, ...]]] = {
    MeetingMode.IN_PLACE: ("invite",),
    MeetingMode.PHONE: ("talk", "by_phone"),
    MeetingMode.VIDEO: ("talk", "by_video"),
}


def title(kind: LetterKind) -> str:
    """The name of the sentence that heads a letter."""
    return f"{kind.value}_title"


def body(kind: LetterKind, mode: MeetingMode = MeetingMode.IN_PLACE) -> tuple[str, ...]:
    """The names of a letter's sentences, from the greeting to the last."""
    opening = _OPENINGS[mode] if kind is LetterKind.INVITATION else ()
    how = _OPENINGS[mode][1:] if kind is LetterKind.MOVED else ()
    return ("greeting", *opening, *_BODIES[kind][:1], *how, *_BODIES[kind][1:])


def sentences_of(kind: LetterKind, mode: MeetingMode = MeetingMode.IN_PLACE) -> frozenset[str]:
    """Every sentence that a family reads on such a letter, and on the page it answers on: all must be checked."""
    answered = (*_REPLY, *_PAGE) if kind in WITH_REPLY else ()
    return frozenset((title(kind), *_LABELS[1:], *body(kind, mode), *answered))
