"""Newly arrived pupils (NAI) under each rule in use, found for a day and never stored.

A fact that is not known leaves the answer unknown only where it could change it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolapp.domain.calendar_words import short_day
from schoolapp.domain.findings import Finding
from schoolapp.domain.levels import LEVEL_NAMES, Level
from schoolapp.domain.school_year import SchoolYear
from schoolapp.domain.wording import N_, Sentence

NEW_FOR_MONTHS = 24
MINIMUM_LEVEL = Level.A2


class NaiRule(StrEnum):
    LAW = "law"
    """Art. 11 DL 71/2024 (L. 106/2024): foreign, and enrolled for the first time or below A2."""
    SCHOOL_PRACTICE = "school_practice"
    """In Italy for less than two years, and Italian is not spoken at home."""
    STATISTICS = "statistics"
    """Ministry: foreign, entered the Italian school system in this school year, nursery school (infanzia) excluded."""


NAI_RULE_NAMES: dict[NaiRule, str] = {
    NaiRule.LAW: N_("NAI per la legge"),
    NaiRule.SCHOOL_PRACTICE: N_("NAI, meno di 2 anni"),
    NaiRule.STATISTICS: N_("NAI statistica"),
}


@dataclass(frozen=True)
class NaiFacts:
    """What is known of a pupil; None is "not known" throughout."""

    arrived: date | None = None
    """Arrival in Italy, to the month: the day in it does not count."""
    first_enrolled: date | None = None
    """First enrolment in a school in Italy."""
    lowest_level: Level | None = None
    """The lowest level of the latest completed profile, or the entry level of the card where there is none."""
    skills_missing: bool = False
    """The profile lacks a communicative skill: it may show that a level is not reached, never that all are."""
    italian_citizen: bool | None = None
    italian_at_home: bool | None = None
    in_infanzia: bool = False


def find_nai(
    rule: NaiRule,
    facts: NaiFacts,
    on: date,
    *,
    new_for_months: int = NEW_FOR_MONTHS,
    minimum_level: Level = MINIMUM_LEVEL,
) -> Finding:
    """Whether a pupil is newly arrived under the rule on a day, and why."""
    if rule is NaiRule.LAW:
        return _by_law(facts, on, minimum_level)
    if rule is NaiRule.SCHOOL_PRACTICE:
        return _by_school_practice(facts, on, new_for_months)
    return _by_statistics(facts, on)


def months_in_italy(arrived: date, on: date) -> int:
    """Calendar months from the month of arrival to the month of `on`."""
    return (on.year - arrived.year) * 12 + on.month - arrived.month


def _by_law(facts: NaiFacts, on: date, minimum: Level) -> Finding:
    if facts.italian_citizen:
        return _no(N_("ha la cittadinanza italiana"))
    enrolled = facts.first_enrolled
    if enrolled is not None and enrolled > on:
        return _no(N_("prima iscrizione solo dal %(day)s"), day=short_day(enrolled))
    if enrolled is not None and enrolled in SchoolYear.of(on):
        return _yes_if_foreign(facts, N_("prima iscrizione in Italia nell’anno %(year)s"), year=SchoolYear.of(on).label)
    level = Sentence(LEVEL_NAMES[minimum])
    if facts.lowest_level is not None and not facts.lowest_level.reaches(minimum):
        return _yes_if_foreign(facts, N_("non ha ancora tutte le abilità al livello %(level)s"), level=level)
    if enrolled is None:
        return _unknown(N_("manca la data della prima iscrizione in Italia"))
    year = SchoolYear.of(enrolled).label
    if facts.lowest_level is None:
        return _unknown(N_("prima iscrizione nell’anno %(year)s; livello non valutato"), year=year)
    if facts.skills_missing:
        return _unknown(N_("prima iscrizione nell’anno %(year)s; non tutte le abilità sono valutate"), year=year)
    return _no(
        N_("prima iscrizione nell’anno %(year)s; tutte le abilità almeno al livello %(level)s"), year=year, level=level
    )


def _by_school_practice(facts: NaiFacts, on: date, new_for_months: int) -> Finding:
    if facts.italian_at_home:
        return _no(N_("a casa si parla italiano"))
    if facts.arrived is None:
        return _unknown(N_("manca la data di arrivo in Italia"))
    months = months_in_italy(facts.arrived, on)
    if months < 0:
        return _no(N_("non ancora in Italia"))
    if months >= new_for_months:
        return _no(N_("in Italia da %(months)s mesi"), months=months)
    if facts.italian_at_home is None:
        return _unknown(N_("in Italia da meno di %(months)s mesi; lingua di casa non indicata"), months=new_for_months)
    if months == 0:
        return Finding(True, Sentence(N_("in Italia da meno di un mese")))
    if months == 1:
        return Finding(True, Sentence(N_("in Italia da un mese")))
    return Finding(True, Sentence(N_("in Italia da %(months)s mesi"), {"months": months}))


def _by_statistics(facts: NaiFacts, on: date) -> Finding:
    if facts.in_infanzia:
        return _no(N_("la scuola dell’infanzia non si conta"))
    if facts.italian_citizen:
        return _no(N_("ha la cittadinanza italiana"))
    if facts.first_enrolled is None:
        return _unknown(N_("manca la data della prima iscrizione in Italia"))
    year = SchoolYear.of(facts.first_enrolled)
    if facts.first_enrolled > on:
        return _no(N_("prima iscrizione solo dal %(day)s"), day=short_day(facts.first_enrolled))
    if year != SchoolYear.of(on):
        return _no(N_("prima iscrizione nell’anno %(year)s"), year=year.label)
    return _yes_if_foreign(facts, N_("prima iscrizione nell’anno %(year)s"), year=year.label)


def _yes_if_foreign(facts: NaiFacts, message: str, **values: object) -> Finding:
    if facts.italian_citizen is None:
        return _unknown(N_("cittadinanza non indicata"))
    return Finding(True, Sentence(message, values))


def _no(message: str, **values: object) -> Finding:
    return Finding(False, Sentence(message, values))


def _unknown(message: str, **values: object) -> Finding:
    return Finding(None, Sentence(message, values))
