"""Single values of a list: dates, months, yes and no, classes, telephones; what cannot be read is a sentence."""

import re
from datetime import date, datetime, timedelta

import phonenumbers

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.pupils import OLDEST, YOUNGEST, age_on
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.tables import Cell, cell_text
from schoolapp.domain.wording import N_

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 60_000)  # from 1954 to 2064
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "gennaio gen january jan",
            "febbraio feb february",
            "marzo mar march",
            "aprile apr april",
            "maggio mag may",
            "giugno giu june jun",
            "luglio lug july jul",
            "agosto ago august aug",
            "settembre set sett september sep sept",
            "ottobre ott october oct",
            "novembre nov november",
            "dicembre dic december dec",
        ],
        start=1,
    )
    for name in names.split()
}
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2}) (\d{1,2}) (\d{4}|\d{2})")
_YEAR_MONTH_DAY = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})")
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_WORD_YEAR = re.compile(r"(?:[a-z]+ )?(\d{1,2})o? ([a-z]+) (\d{4}|\d{2})")
_WORD_DAY_YEAR = re.compile(r"([a-z]+) (\d{1,2}) (\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2}) (\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4}) (\d{1,2})")
_WORD_YEAR = re.compile(r"([a-z]+) (\d{4}|\d{2})")
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?Z?$")
_BLANKS = frozenset({"", "n d", "nd", "n a", "non disponibile", "00 00 0000", "0"})
_YES = frozenset({"si", "s", "yes", "y", "x", "vero", "true", "1", "serve", "necessario"})
_NO = frozenset({"no", "n", "falso", "false", "0", "non serve", "non necessario"})
_FEMALE = frozenset({"f", "femmina", "femminile", "female", "femm"})
_MALE = frozenset({"m", "maschio", "maschile", "male", "mas"})
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_ORDINAL = {"prima": "1", "seconda": "2", "terza": "3", "quarta": "4", "quinta": "5"}
_CLASS = re.compile(
    r"(?:classe |cl |class )?(\d|i{1,3}|iv|v|prima|seconda|terza|quarta|quinta)\b ?(?:sez(?:ione)? )?([a-z]{0,4}\d?)"
)


_LONGEST_PHONES = 200
_LONGEST_VALUE = 60


class UnreadableDate(ValueError):
    """Text that is no date, or a day that does not exist."""


def parse_date(cell: Cell, *, today: date) -> date | None:
    """The date in a cell, however written; None for an empty one. A year of two digits is never after `today`."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and int(cell) in _EXCEL_DAYS:
        return _EXCEL_DAY_ZERO + timedelta(days=int(cell))
    text = cell_text(cell).strip()
    if len(text) > _LONGEST_VALUE:
        raise UnreadableDate(text)
    text = _TIME_OF_DAY.sub("", text)
    key = search_key(text)
    if key in _BLANKS:
        return None
    if key.isdigit() and int(key) in _EXCEL_DAYS:
        return _EXCEL_DAY_ZERO + timedelta(days=int(key))
    if found := _DAY_MONTH_YEAR.fullmatch(key):
        return _date(found[3], int(found[2]), found[1], today)
    if found := _YEAR_MONTH_DAY.fullmatch(key) or _EIGHT_DIGITS.fullmatch(key):
        return _date(found[1], int(found[2]), found[3], today)
    if found := _DAY_WORD_YEAR.fullmatch(key):
        return _date(found[3], _MONTHS.get(found[2], 0), found[1], today)
    if found := _WORD_DAY_YEAR.fullmatch(key):
        return _date(found[3], _MONTHS.get(found[1], 0), found[2], today)
    raise UnreadableDate(text)


def parse_birth_date(cell: Cell, *, today: date) -> date | None:
    """A pupil's birth date, or a sentence where it does not exist or is nobody's at school."""
    try:
        born = parse_date(cell, today=today)
    except UnreadableDate as error:
        raise RuleViolation(N_("La data di nascita non esiste. Scrivila come giorno/mese/anno.")) from error
    if born is None:
        return None
    age = age_on(born, today)
    if not YOUNGEST <= age <= OLDEST:
        raise RuleViolation(
            N_("Con questa data di nascita ha %(age)s anni, non da %(youngest)s a %(oldest)s. Controllala."),
            age=max(age, 0),
            youngest=YOUNGEST,
            oldest=OLDEST,
        )
    return born


def parse_month(cell: Cell, *, today: date) -> date | None:
    """A month as its first day, from "05/2025", "maggio 2025" or a whole date; a sentence for anything else."""
    key = search_key(cell_text(cell)) if isinstance(cell, str) else ""
    try:
        if found := _MONTH_YEAR.fullmatch(key):
            month = _date(found[2], int(found[1]), "1", today)
        elif found := _YEAR_MONTH.fullmatch(key):
            month = _date(found[1], int(found[2]), "1", today)
        elif found := _WORD_YEAR.fullmatch(key):
            month = _date(found[2], _MONTHS.get(found[1], 0), "1", today)
        else:
            day = parse_date(cell, today=today)
            if day is None:
                return None
            month = day.replace(day=1)
    except UnreadableDate as error:
        raise RuleViolation(
            N_("Il mese di arrivo non è chiaro. Scrivilo come mese/anno, per esempio 09/2025.")
        ) from error
    if month > today:
        raise RuleViolation(N_("Il mese di arrivo in Italia è nel futuro. Controllalo."))
    return month


def parse_enrolment_date(cell: Cell, *, today: date) -> date | None:
    """The first enrolment in a school in Italy; a month alone counts from its first day."""
    key = search_key(cell) if isinstance(cell, str) else ""
    try:
        if found := _MONTH_YEAR.fullmatch(key):
            return _date(found[2], int(found[1]), "1", today)
        return parse_date(cell, today=today)
    except UnreadableDate as error:
        raise RuleViolation(N_("La data di prima iscrizione non esiste. Scrivila come giorno/mese/anno.")) from error


def _date(year: str, month: int, day: str, today: date) -> date:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number <= today.year % 100 else 1900
    try:
        return date(number, month, int(day))
    except ValueError as error:
        raise UnreadableDate from error


def parse_sex(cell: Cell) -> str | None:
    """ "F", "M" or None."""
    key = search_key(cell_text(cell))
    if key in _FEMALE:
        return "F"
    if key in _MALE:
        return "M"
    if key in _BLANKS:
        return None
    raise RuleViolation(N_("Il sesso non è chiaro. Scrivi F o M, o lascia vuoto."))


def parse_yes_no(cell: Cell) -> bool | None:
    key = search_key(cell_text(cell))
    if key in _YES:
        return True
    if key in _NO:
        return False
    if key in _BLANKS:
        return None
    raise RuleViolation(N_("Non capiamo se serve il mediatore. Scrivi sì o no, o lascia vuoto."))


def parse_years(cell: Cell) -> int | None:
    """Years of schooling abroad, 0 to 20."""
    key = search_key(cell_text(cell))
    if key in _BLANKS - {"0"}:
        return None
    found = re.fullmatch(r"(\d{1,2})( anni| anno| years?)?", key)
    if not found or int(found[1]) > 20:
        raise RuleViolation(N_("Gli anni di scuola all’estero non sono chiari. Scrivi un numero da 0 a 20."))
    return int(found[1])


def parse_phones(cell: Cell) -> tuple[str, ...]:
    """Every telephone number in the cell, in the international form (E.164)."""
    text = cell_text(cell)[:_LONGEST_PHONES]
    if not any(sign.isdigit() for sign in text):
        return ()
    found = tuple(
        dict.fromkeys(
            phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            for match in phonenumbers.PhoneNumberMatcher(text, "IT")
        )
    )
    if not found:
        raise RuleViolation(N_("Il numero di telefono non esiste. Controllalo o lascia vuoto."))
    return found


def class_name(class_text: str, section_text: str = "") -> str | None:
    """Year and section as schools say them: "2ª B", "2^B", "II B" and ("2", "B") are all "2B".

    A name of another kind ("Sezione Girasoli") stays as it is; None where nothing is written.
    """
    text, section = " ".join(class_text[:_LONGEST_VALUE].split()), " ".join(section_text[:_LONGEST_VALUE].split())
    key = search_key(re.sub(r"(?<=\d)[\^ª°º]|(?<=\d)a(?=[\s\-]*[A-Z])", " ", text))
    key = re.sub(r"(?<=\d)(?=[a-z])", " ", key)
    found = _CLASS.fullmatch(key)
    if found is None and (split := re.fullmatch(r"(i{1,3}|iv|v)([a-h])", key)):
        found = _CLASS.fullmatch(f"{split[1]} {split[2]}")
    if found is None:
        return (text or section)[:20] or None
    year = _ROMAN.get(found[1]) or _ORDINAL.get(found[1]) or found[1]
    letters = found[2].upper() or search_key(section).replace(" ", "").upper()
    if section and letters == "A" and re.fullmatch(r"\d ?a", text):
        letters = search_key(section).replace(" ", "").upper()  # "2a" beside a section is "seconda"
    return (year + letters)[:20]
