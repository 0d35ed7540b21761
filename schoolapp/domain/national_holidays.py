"""The days on which all of Italy rests: legge 260/1949 with its later changes."""

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

_EACH_YEAR = ((1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26))
"""Month and day."""
_SAINT_FRANCIS = (10, 4)
_SAINT_FRANCIS_SINCE = 2026
"""Legge 151/2025."""


@lru_cache(maxsize=8)
def national_holidays(year: int) -> frozenset[date]:
    """The national holidays of a calendar year, without those that are always a Sunday."""
    fixed = (*_EACH_YEAR, _SAINT_FRANCIS) if year >= _SAINT_FRANCIS_SINCE else _EACH_YEAR
    easter_monday = easter(year) + timedelta(days=1)
    return frozenset({*(date(year, month, day) for month, day in fixed), easter_monday})
