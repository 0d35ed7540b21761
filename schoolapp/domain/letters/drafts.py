"""A letter before it is printed: what is known already, and what the person who prints it chooses."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from schoolapp.domain.emblems import Emblem
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.letters import bank
from schoolapp.domain.letters.contents import LetterContents, Slot, plain
from schoolapp.domain.letters.kinds import WITH_REPLY, FamilyAnswer, LetterKind
from schoolapp.domain.meetings import MeetingMode
from schoolapp.domain.wording import N_

MOST_PHONE_LETTERS: Final = 30
MOST_PEOPLE_LETTERS: Final = 120
MOST_PROTOCOL_LETTERS: Final = 40
_LEAST_PHONE_DIGITS: Final = 5


@dataclass(frozen=True)
class PrintedLetter:
    """A letter that was printed."""

    kind: LetterKind
    language: str
    printed_at: datetime
    printed_by: str


@dataclass(frozen=True)
class GivenAnswer:
    """What a family answered, and when."""

    answer: FamilyAnswer
    at: datetime


@dataclass(frozen=True)
class LetterDraft:
    """What we know of a letter: of a meeting, or of a workshop of a pupil."""

    kinds: tuple[LetterKind, ...]
    """The letters that can be written now, the likeliest first; none where it is not the time for any."""
    institute_id: int
    pupil_id: int
    request_id: int | None
    label: str
    """The request's name on the phone; empty for a workshop."""
    appointment_id: int | None
    ends_at: datetime | None
    """Until when the family may answer on its page."""
    workshop_id: int | None
    workshop: str
    language: str | None
    """Of the family's letters, where it is one of ours."""
    mode: MeetingMode
    institute: str
    institute_address: str
    comune: str
    phone: str
    first_name: str
    last_name: str
    class_name: str
    day: date | None
    start: time | None
    place: tuple[str, ...]
    minutes: int | None
    people: str
    slots: tuple[Slot, ...]
    reply_by: date | None
    head: str
    project: str
    emblems: tuple[Emblem, ...]
    printed: tuple[PrintedLetter, ...]
    answers: tuple[GivenAnswer, ...]

    @property
    def pupil(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class LetterChoices:
    """What is chosen when a letter is printed."""

    kind: LetterKind
    language: str
    phone: str
    people: str = ""
    protocol: str = ""
    reply_by: date | None = None


def contents_of(draft: LetterDraft, choices: LetterChoices, *, printed_on: date, checked: bool) -> LetterContents:
    """What the paper will say. Raises RuleViolation where a choice does not fit the letter."""
    _ensure(draft, choices, printed_on)
    with_reply = choices.kind in WITH_REPLY
    without_day = choices.kind is LetterKind.CERTIFICATE
    return LetterContents(
        kind=choices.kind,
        language=choices.language,
        mode=draft.mode,
        institute=draft.institute,
        institute_address=draft.institute_address,
        phone=plain(choices.phone),
        comune=draft.comune,
        printed_on=printed_on,
        protocol=plain(choices.protocol),
        first_name=plain(draft.first_name),
        last_name=plain(draft.last_name),
        class_name=plain(draft.class_name),
        day=None if without_day else draft.day,
        start=None if without_day else draft.start,
        place=tuple(plain(line) for line in draft.place),
        minutes=draft.minutes if with_reply else None,
        people=plain(choices.people) if with_reply else "",
        slots=draft.slots if choices.kind is LetterKind.WORKSHOP else (),
        reply_by=choices.reply_by if with_reply else None,
        head=draft.head,
        project=draft.project,
        checked=checked,
    )


def _ensure(draft: LetterDraft, choices: LetterChoices, today: date) -> None:
    if choices.kind not in draft.kinds:
        raise RuleViolation(N_("Questa lettera ora non serve: guarda a che punto è la richiesta."), field="kind")
    if choices.language not in bank.LETTER_LANGUAGES:
        raise RuleViolation(N_("Scegli la lingua della lettera."), field="language")
    if sum(sign.isdigit() for sign in choices.phone) < _LEAST_PHONE_DIGITS:
        raise RuleViolation(N_("Scrivi il telefono della scuola: le famiglie lo chiamano."), field="phone")
    for field, text, most in (
        ("phone", choices.phone, MOST_PHONE_LETTERS),
        ("people", choices.people, MOST_PEOPLE_LETTERS),
        ("protocol", choices.protocol, MOST_PROTOCOL_LETTERS),
    ):
        if len(text) > most:
            raise RuleViolation(N_("Al massimo %(most)s lettere."), field=field, most=most)
    if choices.kind in WITH_REPLY and choices.reply_by is not None and draft.day is not None:
        if choices.reply_by < today:
            raise RuleViolation(N_("Questo giorno è già passato."), field="reply_by")
        if choices.reply_by > draft.day:
            raise RuleViolation(N_("La risposta serve prima dell’incontro."), field="reply_by")


@dataclass(frozen=True)
class FamilyPage:
    """All that the page behind the letter's QR shows: first name, day, time and place."""

    language: str
    first_name: str
    day: date
    start: time
    place: tuple[str, ...]


@dataclass(frozen=True)
class SentenceLine:
    """A sentence as a mediator checks it: the Italian, the translation, and who found it right."""

    name: str
    version: int
    italian: tuple[bank.Part, ...]
    translation: tuple[bank.Part, ...]
    checked_at: datetime | None = None
    checked_by: str = ""


@dataclass(frozen=True)
class SentencePage:
    """The sentences of one language that a mediator checks."""

    language: str
    languages: tuple[str, ...]
    """Those of the person."""
    lines: tuple[SentenceLine, ...]

    @property
    def checked(self) -> int:
        return sum(line.checked_at is not None for line in self.lines)
