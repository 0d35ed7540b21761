"""The school calendar of Lombardy, computed for any year.

The region fixed it once for all years (DGR IX/3318 of 18 April 2012); a school may adapt it, and then adds its own
closures. Carnival follows the Roman rite, as in the dioceses of Como, Bergamo and Brescia.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

from schoolapp.domain.national_holidays import national_holidays
from schoolapp.domain.school_year import Closure, SchoolYear
from schoolapp.domain.wording import N_

_SATURDAY, _SUNDAY = 5, 6

_HOLIDAY_NAMES: dict[tuple[int, int], str] = {
    (10, 4): N_("San Francesco d’Assisi"),
    (11, 1): N_("Tutti i Santi"),
    (12, 8): N_("Immacolata Concezione"),
    (4, 25): N_("Anniversario della Liberazione"),
    (5, 1): N_("Festa del Lavoro"),
    (6, 2): N_("Festa della Repubblica"),
}
_OTHER_HOLIDAY = N_("Festa nazionale")


@dataclass(frozen=True)
class SchoolTerm:
    """A term (quadrimestre), by its first and last day of lessons."""

    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class SchoolCalendar:
    """Lessons of a year from the first day to the last; the closures stand in the order of their days."""

    year: SchoolYear
    first_lesson_day: date
    last_lesson_day: date
    terms: tuple[SchoolTerm, ...]
    closures: tuple[Closure, ...]


def lombard_calendar(year: SchoolYear, *, infanzia: bool = False) -> SchoolCalendar:
    """The regional calendar of a year; nursery schools (infanzia) begin earlier and end later than the others.

    The first term ends on 31 January, as most schools decide: the region leaves it to them.
    """
    holidays = national_holidays(year.start) | national_holidays(year.start + 1)
    first = date(year.start, 9, 5 if infanzia else 12)
    while first.weekday() in (_SATURDAY, _SUNDAY) or first in holidays:
        first += timedelta(days=1)
    last = date(year.start + 1, 6, 30) if infanzia else date(year.start + 1, 6, 8)
    while last.weekday() == _SUNDAY or last in holidays:
        last -= timedelta(days=1)
    end_of_january = date(year.start + 1, 1, 31)
    return SchoolCalendar(
        year=year,
        first_lesson_day=first,
        last_lesson_day=last,
        terms=(
            SchoolTerm(N_("Primo quadrimestre"), first, end_of_january),
            SchoolTerm(N_("Secondo quadrimestre"), end_of_january + timedelta(days=1), last),
        ),
        closures=tuple(_closures(year, holidays, first, last)),
    )


def _closures(year: SchoolYear, holidays: frozenset[date], first: date, last: date) -> Iterator[Closure]:
    easter_day = easter(year.start + 1)
    breaks = [
        Closure(date(year.start, 12, 23), date(year.start + 1, 1, 6), N_("Vacanze di Natale")),
        Closure(easter_day - timedelta(days=48), easter_day - timedelta(days=47), N_("Carnevale")),
        Closure(easter_day - timedelta(days=3), easter_day + timedelta(days=2), N_("Vacanze di Pasqua")),
    ]
    single_days = [
        Closure(day, day, _HOLIDAY_NAMES.get((day.month, day.day), _OTHER_HOLIDAY))
        for day in holidays
        if first <= day <= last and day.weekday() != _SUNDAY and not any(pause.covers(day) for pause in breaks)
    ]
    yield from sorted([*breaks, *single_days], key=lambda closure: closure.first_day)
