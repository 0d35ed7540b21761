"""Spans of days, both ends included."""

from dataclasses import dataclass
from datetime import date, timedelta

from schoolapp.domain.calendar_words import short_day
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both included; without a last day it is open."""

    first_day: date
    last_day: date | None = None

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def meets(self, other: "Period") -> bool:
        """Whether the two share at least a day."""
        return (other.last_day is None or self.first_day <= other.last_day) and (
            self.last_day is None or other.first_day <= self.last_day
        )

    def without(self, other: "Period") -> list["Period"]:
        """The days of this one that are not in the other: what stands before it, what follows it."""
        if not self.meets(other):
            return [self]
        parts = []
        if self.first_day < other.first_day:
            parts.append(Period(self.first_day, other.first_day - timedelta(days=1)))
        if other.last_day is not None and (self.last_day is None or other.last_day < self.last_day):
            parts.append(Period(other.last_day + timedelta(days=1), self.last_day))
        return parts


def ensure_period(first_day: date, last_day: date | None, *, field: str = "last_day") -> None:
    """A period ends on its first day or later."""
    if last_day is not None and last_day < first_day:
        raise RuleViolation(N_("La fine viene prima dell’inizio: controlla le date."), field=field)


def ensure_day_of_workshop(day: date, workshop: Period, *, field: str) -> None:
    """What belongs to a workshop stays inside its days."""
    if workshop.covers(day):
        return
    if workshop.last_day is None:
        raise RuleViolation(
            N_("Il laboratorio comincia il %(first)s: scegli un giorno da allora in poi."),
            field=field,
            first=short_day(workshop.first_day),
        )
    raise RuleViolation(
        N_("Il laboratorio va dal %(first)s al %(last)s: scegli un giorno compreso."),
        field=field,
        first=short_day(workshop.first_day),
        last=short_day(workshop.last_day),
    )
