"""The monthly timesheet of a mediator or a facilitator: one row an activity, each minute on one funding line.

It says what the ledger and the signed lessons say: register and timesheet agree to the minute. Nobody is named on it
but who worked; a service's case stands with its code.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from schoolapp.domain.national_holidays import national_holidays
from schoolapp.domain.term_report_heads import ProjectCodes
from schoolapp.domain.wording import N_


class Worker(StrEnum):
    """Whose hours they are."""

    MEDIATOR = "mediator"
    FACILITATOR = "facilitator"


WORKER_NAMES: dict[Worker, str] = {
    Worker.MEDIATOR: N_("mediazione linguistico-culturale"),
    Worker.FACILITATOR: N_("facilitazione linguistica"),
}

REFERENCE_LETTERS: dict[Worker, str] = {Worker.MEDIATOR: "MED", Worker.FACILITATOR: "FAC"}


@dataclass(frozen=True)
class TimesheetLine:
    """One activity."""

    day: date
    start: time
    end: time
    minutes: int
    activity: str
    place: str
    reference: str
    """M-0118 of a request, S-0021 of a desk, L-0042 of a lesson."""
    funding_line_id: int
    funding_line: str
    confirmed: bool
    """By who asked for it, or, of a lesson, by its signature."""
    in_vain: bool = False
    """The family did not come, or the meeting was given back too late: the time is due."""


@dataclass(frozen=True)
class LineTotal:
    """What was done on one funding line."""

    funding_line_id: int
    name: str
    activities: int
    minutes: int


@dataclass(frozen=True)
class Timesheet:
    """A month of one person."""

    worker: Worker
    person_id: int
    name: str
    skills: str
    """The mediator's languages; empty for a facilitator."""
    engagement: str
    owner: str
    """The cooperative, or the schools."""
    month: date
    """Its first day."""
    lines: tuple[TimesheetLine, ...]
    projects: tuple[ProjectCodes, ...]
    read_at: datetime
    only: str = ""
    """The funding line to which the sheet is limited."""

    @property
    def number(self) -> str:
        """2027-01 / MED-7"""
        return f"{self.month:%Y-%m} / {REFERENCE_LETTERS[self.worker]}-{self.person_id}"

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)

    @property
    def unconfirmed_minutes(self) -> int:
        return sum(line.minutes for line in self.lines if not line.confirmed)

    @property
    def in_vain(self) -> int:
        """Activities for nothing."""
        return sum(line.in_vain for line in self.lines)

    @property
    def days(self) -> int:
        """Days of work."""
        return len({line.day for line in self.lines})

    @property
    def month_days(self) -> list[tuple[date, int]]:
        """Every day of the month with its minutes."""
        count = (next_month(self.month) - self.month).days
        minutes = dict.fromkeys((self.month + timedelta(days=number) for number in range(count)), 0)
        for line in self.lines:
            minutes[line.day] += line.minutes
        return list(minutes.items())

    @property
    def totals(self) -> list[LineTotal]:
        """By funding line, in the order of their names."""
        found = {line.funding_line_id: line.funding_line for line in self.lines}
        return [
            LineTotal(
                line_id,
                name,
                sum(line.funding_line_id == line_id for line in self.lines),
                sum(line.minutes for line in self.lines if line.funding_line_id == line_id),
            )
            for line_id, name in sorted(found.items(), key=lambda item: (item[1], item[0]))
        ]

    def limited_to(self, funding_line_id: int) -> "Timesheet":
        """The sheet of one funding line. Without an activity on it, it is empty."""
        lines = tuple(line for line in self.lines if line.funding_line_id == funding_line_id)
        return replace(self, lines=lines, only=lines[0].funding_line if lines else "–")


def in_order(lines: Sequence[TimesheetLine]) -> tuple[TimesheetLine, ...]:
    """As they were done."""
    return tuple(sorted(lines, key=lambda line: (line.day, line.start, line.reference)))


def decimal_hours(minutes: int) -> Decimal:
    """Hours with two digits, half up: 610 minutes are 10.17."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


def month_of(text: str) -> date | None:
    """The first day of "2026-11"; None where the text names no month that can be."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text, re.ASCII)
    return date(int(found[1]), int(found[2]), 1) if found else None


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=32)).replace(day=1)


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def is_free(day: date) -> bool:
    """Whether nobody works on the day by the calendar: a Saturday, a Sunday, a national holiday."""
    return day.weekday() > 4 or day in national_holidays(day.year)
