"""The school year (1 September to 31 August) and the days on which a school is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_SUNDAY = 6


@dataclass(frozen=True, order=True)
class SchoolYear:
    """The school year that begins in September of the calendar year `start`."""

    start: int

    @classmethod
    def of(cls, day: date) -> "SchoolYear":
        return cls(day.year if day.month >= 9 else day.year - 1)

    @property
    def label(self) -> str:
        """As written on documents: 2026/27."""
        return f"{self.start}/{(self.start + 1) % 100:02}"

    @property
    def first_day(self) -> date:
        return date(self.start, 9, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 8, 31)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Closure:
    """Days without lessons, from the first to the last included."""

    first_day: date
    last_day: date
    name: str

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def closed_days(closures: Iterable[Closure]) -> frozenset[date]:
    """Each day of the closures, for who asks about many days."""
    return frozenset(
        closure.first_day + timedelta(days=number)
        for closure in closures
        for number in range((closure.last_day - closure.first_day).days + 1)
    )


def is_school_day(day: date, closures: Iterable[Closure]) -> bool:
    """Whether the school is open; Saturdays count as school days, since many schools have lessons on them."""
    return day.weekday() != _SUNDAY and not any(closure.covers(day) for closure in closures)


def next_school_day(after: date, closures: Iterable[Closure]) -> date:
    """The first school day later than `after`."""
    closed = closed_days(closures)
    day = after + timedelta(days=1)
    while day.weekday() == _SUNDAY or day in closed:
        day += timedelta(days=1)
    return day
