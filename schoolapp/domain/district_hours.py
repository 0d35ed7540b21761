"""A month of an Ambito in hours: what mediators and facilitators did, by who paid, asked and supplied. Nobody is named.

The figures are sums of the same minutes that stand on the timesheets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from schoolapp.domain.figures import SMALLEST_SHOWN, is_small, shown_counts
from schoolapp.domain.timesheets import Worker
from schoolapp.domain.wording import N_

LESSONS = N_("Lezioni di laboratorio")
"""What a facilitator's signed hours are."""


@dataclass(frozen=True)
class Activities:
    """Activities of a month that have all of this in common."""

    worker: Worker
    provider: str
    """The cooperative; empty for facilitators, who are known by their schools."""
    asker: str
    """The school or the service."""
    funding_line: str
    kind: str
    confirmed: bool
    count: int
    minutes: int


@dataclass(frozen=True)
class HoursRow:
    """One line of a table: minutes by kind of work."""

    name: str
    activities: int
    mediation: int
    facilitation: int
    unconfirmed: int

    @property
    def minutes(self) -> int:
        return self.mediation + self.facilitation


@dataclass(frozen=True)
class DeskRow:
    """An information desk. People are counted, and a small number is kept to oneself (None)."""

    name: str
    sessions: int
    minutes: int
    contacts: int | None


@dataclass(frozen=True)
class Desk:
    """A desk's month as it was counted."""

    name: str
    sessions: int
    minutes: int
    contacts: int


@dataclass(frozen=True)
class DistrictHours:
    """The month of the Ambiti whose office a person is."""

    ambiti: str
    month: date
    """Its first day."""
    activities: tuple[Activities, ...]
    counted_desks: tuple[Desk, ...]
    read_at: datetime

    @property
    def total(self) -> HoursRow:
        return _row("", self.activities)

    @property
    def by_funding_line(self) -> list[HoursRow]:
        return self._by(lambda each: each.funding_line)

    @property
    def by_asker(self) -> list[HoursRow]:
        return self._by(lambda each: each.asker)

    @property
    def by_provider(self) -> list[HoursRow]:
        """The mediators' hours alone."""
        return self._by(lambda each: each.provider, only=Worker.MEDIATOR)

    @property
    def by_kind(self) -> list[HoursRow]:
        return self._by(lambda each: each.kind)

    @property
    def desks(self) -> list[DeskRow]:
        shown = shown_counts([desk.contacts for desk in self.counted_desks], SMALLEST_SHOWN)
        return [
            DeskRow(desk.name, desk.sessions, desk.minutes, contacts)
            for desk, contacts in zip(self.counted_desks, shown, strict=True)
        ]

    @property
    def contacts(self) -> int | None:
        """People who came to the desks, None where so few that they could be known."""
        counted = sum(desk.contacts for desk in self.counted_desks)
        return None if is_small(counted, SMALLEST_SHOWN) else counted

    def _by(self, name_of: Callable[[Activities], str], only: Worker | None = None) -> list[HoursRow]:
        """Rows in the order of their names."""
        found: dict[str, list[Activities]] = {}
        for each in self.activities:
            if only is None or each.worker is only:
                found.setdefault(name_of(each), []).append(each)
        return [_row(name, found[name]) for name in sorted(found)]


def _row(name: str, activities: list[Activities] | tuple[Activities, ...]) -> HoursRow:
    minutes = {worker: sum(each.minutes for each in activities if each.worker is worker) for worker in Worker}
    return HoursRow(
        name,
        sum(each.count for each in activities),
        minutes[Worker.MEDIATOR],
        minutes[Worker.FACILITATOR],
        sum(each.minutes for each in activities if not each.confirmed),
    )
