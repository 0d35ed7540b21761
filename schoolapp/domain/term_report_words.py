"""What a facilitator writes in a term report, and who signs it. Figures are computed, only words are kept."""

from dataclasses import dataclass, fields
from enum import StrEnum

from schoolapp.domain.assessment import GUARDED_WORDS
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import ensure_reason
from schoolapp.domain.wording import N_

LONGEST_WORKSHOP_TEXT = 2000
LONGEST_PUPIL_TEXT = 800


class ReportState(StrEnum):
    """How far the words of a workshop are."""

    MISSING = "missing"
    DRAFT = "draft"
    SIGNED = "signed"
    COUNTERSIGNED = "countersigned"


REPORT_STATE_NAMES: dict[ReportState, str] = {
    ReportState.MISSING: N_("Da scrivere"),
    ReportState.DRAFT: N_("In compilazione"),
    ReportState.SIGNED: N_("Firmata"),
    ReportState.COUNTERSIGNED: N_("Firmata e vistata"),
}


@dataclass(frozen=True)
class ReportWords:
    """The four texts about a workshop."""

    topics: str = ""
    progress: str = ""
    difficulties: str = ""
    proposals: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


REPORT_WORD_NAMES: dict[str, str] = {
    "topics": N_("Argomenti svolti"),
    "progress": N_("Come è andata"),
    "difficulties": N_("Difficoltà"),
    "proposals": N_("Proposte"),
}

NEEDED_TO_SIGN = ("topics", "progress")
"""Difficulties and proposals there may be none; what was done and how it went there always is."""


def cleaned_text(text: str) -> str:
    """A text as it is kept: lines without spaces around, at most one empty line between paragraphs."""
    kept: list[str] = []
    for line in (" ".join(line.split()) for line in text.splitlines()):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


def ensure_words(words: ReportWords) -> None:
    for field in fields(words):
        if len(getattr(words, field.name)) > LONGEST_WORKSHOP_TEXT:
            raise RuleViolation(N_("Scrivi al massimo %(most)s lettere."), field=field.name, most=LONGEST_WORKSHOP_TEXT)


def ensure_pupil_text(text: str, *, field: str) -> None:
    """A text about a pupil is of Italian at school: a word on health, family or papers is named and sent back."""
    if len(text) > LONGEST_PUPIL_TEXT:
        raise RuleViolation(N_("Scrivi al massimo %(most)s lettere."), field=field, most=LONGEST_PUPIL_TEXT)
    found = GUARDED_WORDS.search(text)
    if found is not None:
        raise RuleViolation(
            N_("Togli «%(word)s»: qui si scrive solo dell’italiano a scuola, non di salute, famiglia o documenti."),
            field=field,
            word=found[0],
        )


def ensure_same_version(kept: int, read: int) -> None:
    """Who read an older text is told so: nobody's words are written over unseen."""
    if kept != read:
        raise RuleViolation(N_("Intanto un’altra persona ha cambiato questo testo: ricarica la pagina e rileggilo."))


def ensure_writable(state: ReportState, reason: str) -> None:
    """What was signed changes only with a reason; the visto of the school must then be given anew."""
    if state in {ReportState.SIGNED, ReportState.COUNTERSIGNED}:
        ensure_reason(reason)


def ensure_signable(state: ReportState, words: ReportWords) -> None:
    if state in {ReportState.SIGNED, ReportState.COUNTERSIGNED}:
        raise RuleViolation(N_("La relazione è già firmata."))
    for field in NEEDED_TO_SIGN:
        if not getattr(words, field):
            raise RuleViolation(N_("Scrivi qualche riga prima di firmare."), field=field)


def ensure_countersignable(state: ReportState, workshop: str) -> None:
    if state is ReportState.COUNTERSIGNED:
        raise RuleViolation(N_("La relazione di «%(workshop)s» ha già il visto."), workshop=workshop)
    if state is not ReportState.SIGNED:
        raise RuleViolation(N_("La relazione di «%(workshop)s» non è ancora firmata."), workshop=workshop)
