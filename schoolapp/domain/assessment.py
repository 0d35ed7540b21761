"""Assessment of a pupil's Italian: when it is done, how far it is, and literacy as a fact of its own."""

import re
from datetime import date
from enum import StrEnum

from schoolapp.domain.calendar_words import short_day
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_


class Moment(StrEnum):
    """In the order of a school year."""

    ENTRY = "entry"
    INTERMEDIATE = "intermediate"
    FINAL = "final"


MOMENT_NAMES: dict[Moment, str] = {
    Moment.ENTRY: N_("ingresso"),
    Moment.INTERMEDIATE: N_("intermedia"),
    Moment.FINAL: N_("finale"),
}


class AssessmentState(StrEnum):
    DRAFT = "draft"
    COMPLETE = "complete"
    SHARED = "shared"
    """The class council reads it."""


ASSESSMENT_STATE_NAMES: dict[AssessmentState, str] = {
    AssessmentState.DRAFT: N_("In compilazione"),
    AssessmentState.COMPLETE: N_("Completata"),
    AssessmentState.SHARED: N_("Condivisa con il consiglio di classe"),
}


class Literacy(StrEnum):
    """What a pupil reads. Who reads no alphabet (ALFA) is not a reader at Pre-A1: they learn something else first."""

    ALFA = "alfa"
    OTHER_ALPHABET = "other_alphabet"
    LATIN = "latin"


LITERACY_NAMES: dict[Literacy, str] = {
    Literacy.ALFA: N_("Non legge ancora in nessuna lingua (ALFA)"),
    Literacy.OTHER_ALPHABET: N_("Legge, in un altro alfabeto"),
    Literacy.LATIN: N_("Legge l’alfabeto latino"),
}


LONGEST_NOTE = 500
LONGEST_REASON = 200


def ensure_editable(state: AssessmentState, reason: str) -> None:
    """What the class council has read changes only with a reason."""
    if len(reason) > LONGEST_REASON:
        raise RuleViolation(N_("Il motivo può avere al massimo %(most)s lettere."), field="reason", most=LONGEST_REASON)
    if state is AssessmentState.SHARED and not reason.strip():
        raise RuleViolation(
            N_("La valutazione è già condivisa: scrivi perché la correggi. Lo legge la scuola."), field="reason"
        )


def ensure_shareable(state: AssessmentState, pupil: str) -> None:
    if state is AssessmentState.DRAFT:
        raise RuleViolation(
            N_("La valutazione di %(pupil)s non è completata: prima completala, poi condividila."),
            field="assessment_id",
            pupil=pupil,
        )


def ensure_day(day: date | None, *, today: date, first_day: date, last_day: date) -> None:
    """An assessment is of a day of its school year that has come."""
    if day is None:
        raise RuleViolation(N_("Scrivi il giorno della valutazione."), field="day")
    if day > today:
        raise RuleViolation(N_("Il giorno della valutazione non è ancora arrivato."), field="day")
    if not first_day <= day <= last_day:
        raise RuleViolation(
            N_("Il giorno deve essere nell’anno scolastico, dal %(first)s al %(last)s."),
            field="day",
            first=short_day(first_day),
            last=short_day(last_day),
        )


GUARDED_WORDS = re.compile(
    r"\b("
    r"diagnos\w*|certificat[oaie] (medic|sanitari)\w*|disturb[oi]|dsa|adhd|autis\w*|disless\w*|disgraf\w*|discalcul\w*|"
    r"disabil\w*|l(?:egge|\.)? ?104|psicolog\w*|psichiatr\w*|neuropsichiatr\w*|npi|logopedi\w*|farmac\w*|malatti[ae]|"
    r"malat[oaie]|ospedal\w*|terapi[ae]|depress\w*|gravidanz\w*|vaccin\w*|"
    r"permess[oi] di soggiorno|clandestin\w*|asilo politico|richiedente asilo|rifugiat[oaie]|"
    r"(immigra\w+|soggiorno|stranier[oaie]|famigli[ae]|genitor[ei]) irregolar[ei]|"
    r"carcer\w*|divorzi\w*|tribunale|violenz\w*|maltratt\w*|abus[oi]|"
    r"assistent[ei] social[ei]|servizi sociali|disoccupat\w*|musulman\w*|islamic\w*|rom|sinti"
    r")\b",
    re.IGNORECASE,
)
"""Words with which health, papers, faith and family enter a note on language. A guard against slips, not a censor.

«Irregolare» alone is a word of grammar: verbs are.
"""


def ensure_note(note: str) -> None:
    """A note is about Italian at school; a word about health, family or papers is named and sent back."""
    if len(note) > LONGEST_NOTE:
        raise RuleViolation(N_("La nota può avere al massimo %(most)s lettere."), field="note", most=LONGEST_NOTE)
    ensure_about_italian(note, "note")


def ensure_about_italian(text: str, name: str) -> None:
    """Whatever is written freely on a sheet, in the field of that name: others read it, and the register keeps it."""
    found = GUARDED_WORDS.search(text)
    if found is not None:
        raise RuleViolation(
            N_("Togli «%(word)s»: qui si scrive solo dell’italiano a scuola, non di salute, famiglia o documenti."),
            field=name,
            word=found[0],
        )
