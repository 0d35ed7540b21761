"""Days, times, hours and numbers as an Italian school writes them on paper."""

from datetime import date, datetime, time
from typing import Final

from schoolapp.clock import SCHOOL_ZONE

NO_BREAK_SPACE: Final = "\u00a0"
WEEKDAYS: Final = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
WEEKDAY_NAMES: Final = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
MONTHS: Final = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)
_BEGIN_WITH_VOWEL: Final = frozenset({8, 11})


def full_day(day: date) -> str:
    """14/01/2027"""
    return f"{day:%d/%m/%Y}"


def day_in_prose(day: date) -> str:
    """14 gennaio 2027, 1° ottobre 2026; its spaces do not break"""
    number_of_day = "1°" if day.day == 1 else str(day.day)
    return NO_BREAK_SPACE.join((number_of_day, MONTHS[day.month - 1], str(day.year)))


def days_in_prose(first_day: date, last_day: date) -> str:
    """dal 16 novembre 2026 all’8 maggio 2027"""
    ends = []
    for word, day in (("dal", first_day), ("al", last_day)):
        joint = f"{word}l’" if day.day in _BEGIN_WITH_VOWEL else f"{word}{NO_BREAK_SPACE}"
        ends.append(f"{joint}{day_in_prose(day)}")
    return " ".join(ends)


def short_day(day: date) -> str:
    """gio 14/01"""
    return f"{WEEKDAYS[day.weekday()]}{NO_BREAK_SPACE}{day:%d/%m}"


def day_of_year(day: date) -> str:
    """gio 14/01/27"""
    return f"{short_day(day)}/{day:%y}"


def clock_times(start: time, end: time) -> str:
    """08:30–09:30"""
    return f"{start:%H:%M}–{end:%H:%M}"


def day_at(instant: datetime) -> date:
    """The school's day of an aware instant."""
    return instant.astimezone(SCHOOL_ZONE).date()


def short_instant(instant: datetime) -> str:
    """11/01 09:30"""
    return f"{instant.astimezone(SCHOOL_ZONE):%d/%m %H:%M}"


def full_instant(instant: datetime, joint: str = " ") -> str:
    """11/01/2027 09:30"""
    return f"{instant.astimezone(SCHOOL_ZONE):%d/%m/%Y}{joint}{instant.astimezone(SCHOOL_ZONE):%H:%M}"


def number(value: int) -> str:
    """1.240"""
    return f"{value:,}".replace(",", ".")


def hours(minutes: int) -> str:
    """11 h 00"""
    return f"{number(minutes // 60)}{NO_BREAK_SPACE}h{NO_BREAK_SPACE}{minutes % 60:02d}"


def percent(value: int | None) -> str:
    """84 %, or a dash where nothing has been offered"""
    return "–" if value is None else f"{value}{NO_BREAK_SPACE}%"
