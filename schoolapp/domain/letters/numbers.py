"""Days, times and numbers as each language writes them; the Italian form always stands beside."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Final

from babel.dates import format_date

_LOCALES: Final = {"en": "en_GB", "zh": "zh_Hans"}
"""Where the code alone would give another country's habits."""

_DIGITS: Final = {
    "bn": str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"),
    "fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
}
"""Languages that write their own digits; telephone numbers and clock times stay as the dial and the clock have them."""

_A_MONDAY: Final = date(2024, 1, 1)

_COMMAS: Final = {"ar": "، ", "ur": "، ", "fa": "، ", "zh": "，", "ti": "፣ ", "am": "፣ "}


def written_day(day: date, language: str) -> str:
    """giovedì 14 gennaio 2027, in that language, by its own rules and with its own digits."""
    return _own_digits(format_date(day, "full", _locale(language)), language)


def written_number(number: int, language: str) -> str:
    return _own_digits(str(number), language)


def written_times(slots: Iterable[tuple[int, time, time]], language: str) -> str:
    """lunedì 10:30–12:00, giovedì 08:30–10:00; a slot is a weekday (0 is Monday) with start and end.

    Times are isolated from the text around them, right to left or not, and stay on the line of their day.
    """
    written = [
        f"{_weekday(weekday, language)}\u00a0\u2066{start:%H:%M}\u2060–\u2060{end:%H:%M}\u2069"
        for weekday, start, end in slots
    ]
    return _COMMAS.get(language, ", ").join(written)


def _weekday(weekday: int, language: str) -> str:
    # Not from Locale.days: its stand-alone names are those of the locale that was asked first.
    return format_date(_A_MONDAY + timedelta(days=weekday), "EEEE", _locale(language))


def _locale(language: str) -> str:
    return _LOCALES.get(language, language)


def _own_digits(text: str, language: str) -> str:
    return text.translate(_DIGITS[language]) if language in _DIGITS else text
