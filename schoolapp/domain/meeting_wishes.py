"""What a person asks for when asking for a mediator, and what such a wish must hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.languages import ITALIAN, language_names
from schoolapp.domain.meetings import REASONS_OF, InvitedBy, MeetingContext, MeetingMode, MeetingReason
from schoolapp.domain.wording import N_

MOST_SLOTS = 3
MOST_NOTE_LETTERS = 200
MOST_PLACE_LETTERS = 120
LEAST_MINUTES, MOST_MINUTES = 10, 480
EARLIEST = time(6)
"""Who writes 3:30 means the afternoon; and no meeting falls into the hour that a night skips or repeats."""

MOST_FAMILIES = 200

_CASE_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9./_-]{1,39}")


class Participant(StrEnum):
    """Who will be there beside family and mediator."""

    REQUESTER = "requester"
    OTHER_TEACHERS = "other_teachers"
    PUPIL = "pupil"


PARTICIPANT_NAMES: dict[Participant, str] = {
    Participant.REQUESTER: N_("Chi chiede"),
    Participant.OTHER_TEACHERS: N_("Altri docenti"),
    Participant.PUPIL: N_("L’alunno"),
}


@dataclass(frozen=True)
class Slot:
    """A time that suits who asks."""

    day: date
    start: time


@dataclass(frozen=True)
class MeetingWish:
    """A request as it is typed. `pupil_id` and `class_id` are a school's, `case_code` a service's."""

    reason: MeetingReason
    language: str
    minutes: int
    mode: MeetingMode
    invited_by: InvitedBy
    slots: tuple[Slot, ...]
    second_language: str | None = None
    place: str = ""
    participants: tuple[Participant, ...] = ()
    same_mediator: bool = False
    gender_wanted: str | None = None
    note: str = ""
    pupil_id: int | None = None
    class_id: int | None = None
    case_code: str | None = None
    families: int | None = None
    budget_id: int | None = None


def ensure_wish(wish: MeetingWish, context: MeetingContext, *, today: date) -> None:
    """Raises RuleViolation where the wish does not say what the context needs, or says too much."""
    if wish.reason not in REASONS_OF[context]:
        raise RuleViolation(N_("Scegli il motivo dall’elenco."), field="reason")
    _ensure_about(wish, context)
    _ensure_languages(wish)
    ensure_slots(wish.slots, today=today, minutes=wish.minutes)
    if not LEAST_MINUTES <= wish.minutes <= MOST_MINUTES:
        raise RuleViolation(N_("Scegli la durata dall’elenco."), field="minutes")
    if wish.families is not None and not 1 <= wish.families <= MOST_FAMILIES:
        raise RuleViolation(N_("Scrivi quante famiglie aspettate, per esempio 12."), field="families")
    if len(wish.place) > MOST_PLACE_LETTERS:
        raise RuleViolation(N_("È troppo lungo: accorcialo un po’."), field="place")
    if len(wish.note) > MOST_NOTE_LETTERS:
        raise RuleViolation(
            N_("Al massimo %(most)s lettere: bastano poche parole."), field="note", most=MOST_NOTE_LETTERS
        )


def ensure_slots(slots: Sequence[Slot], *, today: date, minutes: int) -> None:
    """One to three times to come, each once, by day and over before midnight."""
    if not slots:
        raise RuleViolation(N_("Proponi almeno un orario: giorno e ora."), field="slot1_day")
    if len(slots) > MOST_SLOTS:
        raise RuleViolation(N_("Bastano tre orari."), field="slot3_day")
    for number, slot in enumerate(slots, 1):
        if slot.day < today:
            raise RuleViolation(N_("Questo giorno è già passato: proponine uno che deve venire."), field=_day(number))
        if slot in slots[: number - 1]:
            raise RuleViolation(N_("Questo orario c’è già: proponine un altro."), field=_day(number))
        if slot.start < EARLIEST:
            raise RuleViolation(N_("I colloqui cominciano dalle 6 in poi: controlla l’ora."), field=_start(number))
        if slot.start.hour * 60 + slot.start.minute + minutes >= 24 * 60:
            raise RuleViolation(N_("Deve finire prima di mezzanotte."), field=_start(number))


def ensure_in_year(slots: Sequence[Slot], *, first_day: date, last_day: date) -> None:
    """All in the school year whose hours pay."""
    for number, slot in enumerate(slots, 1):
        if not first_day <= slot.day <= last_day:
            raise RuleViolation(
                N_("È un altro anno scolastico: per quel giorno fai una richiesta nuova."), field=_day(number)
            )


def _day(number: int) -> str:
    return f"slot{number}_day"


def _start(number: int) -> str:
    return f"slot{number}_start"


def _ensure_about(wish: MeetingWish, context: MeetingContext) -> None:
    if context is MeetingContext.SCHOOL:
        if wish.reason is MeetingReason.CLASS_ASSEMBLY:
            if wish.class_id is None:
                raise RuleViolation(N_("Scegli la classe dell’assemblea."), field="class_id")
        elif wish.pupil_id is None:
            raise RuleViolation(N_("Scegli per quale alunno."), field="pupil_id")
        return
    if wish.case_code is None:
        if context is MeetingContext.SOCIAL:
            raise RuleViolation(N_("Scrivi il codice del caso, mai un nome."), field="case_code")
    elif not _CASE_CODE.fullmatch(wish.case_code):
        raise RuleViolation(
            N_("Il codice è fatto di lettere e cifre senza spazi, per esempio TM-2026-14. Mai un nome."),
            field="case_code",
        )


def _ensure_languages(wish: MeetingWish) -> None:
    known = language_names()
    if wish.language not in known or wish.language == ITALIAN:
        raise RuleViolation(N_("Scegli la lingua del mediatore."), field="language")
    if wish.second_language is not None and wish.second_language not in known:
        raise RuleViolation(N_("Scegli la lingua dall’elenco."), field="second_language")
    if wish.second_language == wish.language:
        raise RuleViolation(N_("È la stessa lingua: scegline un’altra, o lascia vuoto."), field="second_language")
