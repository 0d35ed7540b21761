"""What a mediator writes after a meeting: when, who was there, what was agreed; and the minutes around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.lessons import minutes_between
from schoolapp.domain.wording import N_

MOST_AGREEMENT_LETTERS = 500
MOST_NOTE_LETTERS = 1000
MOST_MINUTES = 480
"""Of a meeting, as of a request for one."""
MOST_EXTRA_MINUTES = 180
EXTRA_WITHIN = timedelta(days=30)
"""A call comes at most so long before the meeting, a debriefing so long after it."""


class Present(StrEnum):
    """Who was there beside the mediator. Words of a list: nobody is named."""

    MOTHER = "mother"
    FATHER = "father"
    RELATIVE = "relative"
    PUPIL = "pupil"
    ADULT = "adult"
    FAMILIES = "families"
    REQUESTER = "requester"
    COLLEAGUES = "colleagues"
    HEAD = "head"


PRESENT_NAMES: dict[Present, str] = {
    Present.MOTHER: N_("Madre"),
    Present.FATHER: N_("Padre"),
    Present.RELATIVE: N_("Un altro familiare"),
    Present.PUPIL: N_("L’alunno"),
    Present.ADULT: N_("La persona seguita dal servizio"),
    Present.FAMILIES: N_("Più famiglie"),
    Present.REQUESTER: N_("Chi ha chiesto il colloquio"),
    Present.COLLEAGUES: N_("Altri docenti od operatori"),
    Present.HEAD: N_("Il dirigente"),
}

_OF_SCHOOL = frozenset(Present) - {Present.ADULT}
_OF_SERVICE = frozenset(Present) - {Present.PUPIL, Present.HEAD}


def who_may_be_there(*, at_school: bool) -> tuple[Present, ...]:
    """The words of the list for a meeting of a school, or of a service."""
    words = _OF_SCHOOL if at_school else _OF_SERVICE
    return tuple(each for each in Present if each in words)


@dataclass(frozen=True)
class Extra:
    """Minutes around the meeting: a call to the family before it, the debriefing after it."""

    day: date
    start: time
    minutes: int


@dataclass(frozen=True)
class ReportFacts:
    """A report as it is typed; the day is that of the appointment."""

    family_came: bool
    start: time
    end: time
    present: tuple[Present, ...] = ()
    agreements: str = ""
    another_meeting: bool = False
    call: Extra | None = None
    debriefing: Extra | None = None
    cultural_note: str = ""


@dataclass(frozen=True)
class Worked:
    """One activity of the mediator: a line of the ledger."""

    kind: HoursKind
    day: date
    start: time
    end: time

    @property
    def minutes(self) -> int:
        return minutes_between(self.start, self.end)

    def overlaps(self, other: "Worked") -> bool:
        return self.day == other.day and self.start < other.end and other.start < self.end


def worked(facts: ReportFacts, day: date, *, today: date) -> list[Worked]:
    """The lines that a report of the meeting on `day` writes. Raises RuleViolation where it cannot be so."""
    if day > today:
        raise RuleViolation(N_("Il colloquio deve ancora venire: la relazione si scrive dopo."), field="start")
    if facts.end <= facts.start:
        raise RuleViolation(N_("La fine viene dopo l’inizio."), field="end")
    if minutes_between(facts.start, facts.end) > MOST_MINUTES:
        raise RuleViolation(N_("Sono troppe ore per una volta: controlla gli orari."), field="end")
    _ensure_words(facts)
    kind = HoursKind.MEETING if facts.family_came else HoursKind.FAMILY_ABSENT
    lines = [Worked(kind, day, facts.start, facts.end)]
    if facts.call is not None:
        lines.append(_extra(facts.call, HoursKind.FAMILY_CALL, "call", first=day - EXTRA_WITHIN, last=day))
    if facts.debriefing is not None:
        last = min(today, day + EXTRA_WITHIN)
        lines.append(_extra(facts.debriefing, HoursKind.DEBRIEFING, "debriefing", first=day, last=last))
    fields = {HoursKind.FAMILY_CALL: "call_start", HoursKind.DEBRIEFING: "debriefing_start"}
    for number, line in enumerate(lines):
        if any(line.overlaps(other) for other in lines[:number]):
            raise RuleViolation(N_("Questi minuti sono già contati: scrivi un’altra ora."), field=fields[line.kind])
    return lines


def _ensure_words(facts: ReportFacts) -> None:
    if facts.family_came and not facts.present:
        raise RuleViolation(N_("Scegli chi c’era."), field="present")
    if len(facts.agreements) > MOST_AGREEMENT_LETTERS:
        raise RuleViolation(
            N_("Al massimo %(most)s lettere: bastano poche parole."), field="agreements", most=MOST_AGREEMENT_LETTERS
        )
    if len(facts.cultural_note) > MOST_NOTE_LETTERS:
        raise RuleViolation(
            N_("Al massimo %(most)s lettere: bastano poche parole."), field="cultural_note", most=MOST_NOTE_LETTERS
        )


def _extra(extra: Extra, kind: HoursKind, name: str, *, first: date, last: date) -> Worked:
    if not 1 <= extra.minutes <= MOST_EXTRA_MINUTES:
        raise RuleViolation(
            N_("Scrivi quanti minuti, da 1 a %(most)s."), field=f"{name}_minutes", most=MOST_EXTRA_MINUTES
        )
    if not first <= extra.day <= last:
        raise RuleViolation(
            N_("Scegli un giorno dal %(first)s al %(last)s."),
            field=f"{name}_day",
            first=f"{first:%d/%m/%Y}",
            last=f"{last:%d/%m/%Y}",
        )
    end = extra.start.hour * 60 + extra.start.minute + extra.minutes
    if end >= 24 * 60:
        raise RuleViolation(N_("Deve finire prima di mezzanotte."), field=f"{name}_start")
    return Worked(kind, extra.day, extra.start, time(*divmod(end, 60)))


def total_minutes(lines: Sequence[Worked]) -> int:
    """Minutes of all lines."""
    return sum(line.minutes for line in lines)
