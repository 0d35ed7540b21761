"""How things are written for people: days, times, hours, percentages. Each docstring is an example."""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache

from babel.dates import format_date
from flask import Flask

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.audit import CountryCode, LanguageCode
from schoolapp.domain.countries import country_name
from schoolapp.domain.languages import language_name, language_names
from schoolapp.domain.pupils import ALPHABET_NAMES, written_phone
from schoolapp.domain.wording import Sentence
from schoolapp.web import locale
from schoolapp.web.translations import plain_gettext as gettext
from schoolapp.web.wording import translate

NO_BREAK_SPACE = "\u00a0"


def _written(value: date, pattern: str) -> str:
    return _written_in(locale.chosen(), value, pattern)


@lru_cache(maxsize=4096)
def _written_in(reader: str, value: date, pattern: str) -> str:
    return format_date(value, pattern, locale=reader)


def day(value: date) -> str:
    """lunedì 23 novembre"""
    return _written(value, "EEEE d MMMM")


def weekday(value: date) -> str:
    """mercoledì"""
    return _written(value, "EEEE")


def day_with_year(value: date) -> str:
    """23 novembre 2026"""
    return _written(value, "d MMMM y")


def day_in_year(value: date) -> str:
    """22 febbraio"""
    return _written(value, "d MMMM")


def short_day(value: date) -> str:
    """23 set"""
    return _written(value, "d MMM")


def short_weekday(value: date) -> str:
    """mer 23 set"""
    return _written(value, "EEE d MMM")


def month(value: date) -> str:
    """novembre 2026"""
    return _written(value, "MMMM y")


def number_day(value: date) -> str:
    """23/11/2026"""
    return value.strftime("%d/%m/%Y")


def clock_time(value: time) -> str:
    """8:30"""
    return f"{value.hour}:{value.minute:02}"


def times(start: time, end: time) -> str:
    """8:30–10:00"""
    return f"{clock_time(start)}–{clock_time(end)}"


def instant_time(value: datetime) -> str:
    """11:58, on the school's clock"""
    return clock_time(value.astimezone(SCHOOL_ZONE).time())


def local_day(value: datetime) -> date:
    """The day of an instant at school."""
    return value.astimezone(SCHOOL_ZONE).date()


def instant(value: datetime) -> str:
    """23/11/2026, 11:58"""
    local = value.astimezone(SCHOOL_ZONE)
    return f"{number_day(local.date())}, {clock_time(local.time())}"


def hours(minutes: int) -> str:
    """31 h 30 (24 h where no minutes are left, 45 min under the hour, 0 h for nothing); it stays on one line"""
    whole, rest = divmod(minutes, 60)
    if rest and not whole:
        return f"{rest}{NO_BREAK_SPACE}min"
    return NO_BREAK_SPACE.join((str(whole), "h", f"{rest:02}") if rest else (str(whole), "h"))


def hours_in_words(minutes: int) -> str:
    """1 ora e 30 minuti"""
    whole, rest = divmod(minutes, 60)
    hours_text: str = gettext("1 ora") if whole == 1 else gettext("%(count)s ore", count=whole)
    minutes_text: str = gettext("1 minuto") if rest == 1 else gettext("%(count)s minuti", count=rest)
    if not rest:
        return hours_text
    if not whole:
        return minutes_text
    return str(gettext("%(hours)s e %(minutes)s", hours=hours_text, minutes=minutes_text))


def percent(share: float) -> str:
    """84 % (rounded down, so that 69,9 never reads as a reached 70)"""
    return f"{int(share * 100 + 1e-9)} %"


def in_words(value: object) -> str:
    """A value of any kind as a person reads it: sì, 23/11/2026, 8:30, Ritardo, 12 min."""
    if isinstance(value, Sentence):
        return translate(value)
    if isinstance(value, LanguageCode):
        return language(value.code)
    if isinstance(value, CountryCode):
        return country(value.code)
    if isinstance(value, bool):
        return str(gettext("sì") if value else gettext("no"))
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return number_day(value)
    return clock_time(value) if isinstance(value, time) else str(value)


def country(code: str) -> str:
    """Marocco (for "MA")"""
    return country_name(code, locale.chosen())


def language(code: str) -> str:
    """arabo marocchino (for "ary")"""
    return language_name(code, locale.chosen())


def language_list(codes: Iterable[str]) -> str:
    """arabo marocchino, amazigh (berbero) (for ["ary", "zgh"])"""
    return _language_list(tuple(codes), locale.chosen())


@lru_cache(maxsize=1024)
def _language_list(codes: tuple[str, ...], reader: str) -> str:
    names = language_names(reader)
    return ", ".join(names.get(code, code) for code in codes)


def alphabet(code: str) -> str:
    """arabo (for "Arab")"""
    return str(gettext(ALPHABET_NAMES[code])) if code in ALPHABET_NAMES else code


def capitalize(text: str) -> str:
    """Lunedì 23 novembre, Monday 23 November: the first letter alone (the filter of Jinja lowers the others)."""
    return text[:1].upper() + text[1:]


def uncapitalize(text: str) -> str:
    """percorso concluso, move to Italian for study: the first letter alone"""
    return text[:1].lower() + text[1:]


def init_app(app: Flask) -> None:
    for function in (
        day,
        day_with_year,
        day_in_year,
        short_day,
        short_weekday,
        month,
        number_day,
        clock_time,
        instant,
        instant_time,
        local_day,
        weekday,
        hours,
        hours_in_words,
        in_words,
        capitalize,
        uncapitalize,
        percent,
        alphabet,
        country,
        language,
        language_list,
        written_phone,
    ):
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.globals["times"] = times

    def sentence(value: Sentence | str) -> str:
        return translate(value) if isinstance(value, Sentence) else gettext(value)

    app.jinja_env.filters["sentence"] = sentence
