"""What is kept of a pupil, and when it cannot be true. Every fact but the surname may stay unknown (None)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from schoolapp.domain.calendar_words import short_day
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import Level
from schoolapp.domain.wording import N_

YOUNGEST, OLDEST = 2, 25
"""Ages, in years, between which someone goes to school: outside them the birth date is a slip of the pen."""
MOST_YEARS_ABROAD = 20
LONGEST_BIRTH_PLACE = 80
MOST_CONTACTS = 3
MOST_LANGUAGES = 8
MOST_CITIZENSHIPS = 5

ALPHABET_NAMES: dict[str, str] = {
    "Latn": N_("latino"),
    "Arab": N_("arabo"),
    "Cyrl": N_("cirillico"),
    "Hans": N_("cinese"),
    "Beng": N_("bengalese"),
    "Guru": N_("gurmukhi (punjabi)"),
    "Deva": N_("devanagari (hindi)"),
    "Ethi": N_("etiopico (tigrino, amarico)"),
    "Sinh": N_("singalese"),
    "Taml": N_("tamil"),
    "Geor": N_("georgiano"),
    "Tfng": N_("tifinagh (amazigh)"),
}
"""ISO 15924 code → name, in the order in which a form offers them."""


@dataclass(frozen=True)
class ContactFacts:
    """Who answers for the family, and how to reach them."""

    name: str = ""
    relation: str | None = None
    phone: str | None = None
    """As typed, or E.164."""
    email: str | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.relation or self.phone or self.email)


@dataclass(frozen=True)
class PupilFacts:
    """The facts of a card. `alphabets` is None where unknown and empty for a pupil who reads none."""

    last_name: str
    first_name: str = ""
    called_name: str | None = None
    birth_date: date | None = None
    birth_place: str | None = None
    sex: str | None = None
    arrival_month: date | None = None
    first_enrolment: date | None = None
    years_abroad: int | None = None
    alphabets: tuple[str, ...] | None = None
    letters_language: str | None = None
    mediator_needed: bool | None = None
    mediator_language: str | None = None
    entry_level: Level | None = None
    citizenships: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    contacts: tuple[ContactFacts, ...] = ()


INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Signs that turn the direction of what follows them, or part a word where nobody sees it. The joiners that Persian and
Indian scripts are written with (U+200C, U+200D) are not among them."""
_UNWRITABLE = re.compile(rf"[\x00-\x08\x0e-\x1b\x7f{INVISIBLE}]")


def tidy(text: str | None) -> str:
    """The text with its letters composed, its white space folded and what no keyboard writes left out."""
    return " ".join(_UNWRITABLE.sub("", unicodedata.normalize("NFC", text or "")).split())


def age_on(birth_date: date, day: date) -> int:
    """Whole years of age; who is born on 29 February grows older on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def ensure_pupil(facts: PupilFacts, *, on: date) -> None:
    """Refuse facts that contradict each other or the calendar."""
    if not any(sign.isalpha() for sign in facts.last_name):
        raise RuleViolation(N_("Scrivi il cognome dell’alunno."), field="last_name")
    if facts.birth_date is not None:
        _ensure_birth_date(facts.birth_date, on)
    if facts.arrival_month is not None:
        ensure_arrival(facts.arrival_month, born=facts.birth_date, on=on)
    if facts.first_enrolment is not None:
        ensure_first_enrolment(facts.first_enrolment, born=facts.birth_date, on=on)
    if facts.years_abroad is not None and not 0 <= facts.years_abroad <= MOST_YEARS_ABROAD:
        raise RuleViolation(
            N_("Gli anni di scuola all’estero vanno da 0 a %(most)s."), field="years_abroad", most=MOST_YEARS_ABROAD
        )


def _ensure_birth_date(birth_date: date, on: date) -> None:
    if birth_date > on:
        raise RuleViolation(N_("La data di nascita è nel futuro: controlla l’anno."), field="birth_date")
    age = age_on(birth_date, on)
    if not YOUNGEST <= age <= OLDEST:
        raise RuleViolation(
            N_("Con questa data di nascita l’età è di %(age)s anni: controlla l’anno."), field="birth_date", age=age
        )


def ensure_arrival(arrived: date, *, born: date | None, on: date) -> None:
    """Nobody arrives before being born, longer ago than anyone at school lives, or in a future that is far away."""
    if born is not None and arrived < born.replace(day=1):
        raise RuleViolation(N_("L’arrivo in Italia viene prima della nascita: controlla l’anno."), field="arrival_year")
    if arrived.year < on.year - OLDEST:
        raise RuleViolation(
            N_("L’arrivo in Italia è del %(year)s: controlla l’anno."), field="arrival_year", year=arrived.year
        )
    if (arrived.year, arrived.month) > (on.year + 1, on.month):
        raise RuleViolation(N_("L’arrivo in Italia è troppo lontano nel futuro."), field="arrival_year")


def ensure_first_enrolment(enrolled: date, *, born: date | None, on: date) -> None:
    """Nobody is enrolled before being born, longer ago than anyone at school lives, or for a year that is far away."""
    if born is not None and enrolled <= born:
        raise RuleViolation(
            N_("La prima iscrizione viene prima della nascita (%(born)s): controlla le date."),
            field="first_enrolment",
            born=short_day(born),
        )
    if enrolled.year < on.year - OLDEST:
        raise RuleViolation(
            N_("La prima iscrizione è del %(year)s: controlla l’anno."), field="first_enrolment", year=enrolled.year
        )
    if enrolled > on.replace(month=12, day=31, year=on.year + 1):
        raise RuleViolation(N_("La prima iscrizione è troppo lontana nel futuro."), field="first_enrolment")


def phone_number(text: str) -> str:
    """The number as E.164 ("+393401234567"); without a prefix it is Italian. Refuses what nobody could call."""
    try:
        number = phonenumbers.parse(text, "IT")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise RuleViolation(
            N_("Questo numero di telefono non è completo. Scrivilo con il prefisso, per esempio 340 123 4567."),
            field="phone",
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def written_phone(e164: str) -> str:
    """The number as one reads it: "340 123 4567", "+212 6 12 34 56 78"."""
    try:
        number = phonenumbers.parse(e164, "IT")
    except phonenumbers.NumberParseException:
        return e164
    italian = number.country_code == 39
    style = phonenumbers.PhoneNumberFormat.NATIONAL if italian else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def email_address(text: str) -> str:
    """The address, its domain in lower case. Whether it exists is not asked."""
    try:
        return str(validate_email(text.strip(), check_deliverability=False).normalized)
    except EmailNotValidError:
        raise RuleViolation(
            N_("Questo indirizzo e-mail non è completo. Scrivilo così: nome@esempio.it."), field="email"
        ) from None
