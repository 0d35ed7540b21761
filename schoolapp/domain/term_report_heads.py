"""What stands on every page of a term report: the school, the term, who pays, who signs."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from schoolapp.domain.assessment import Moment
from schoolapp.domain.emblems import MOST_EMBLEMS, Emblem


@dataclass(frozen=True)
class ReportTerm:
    """A term of a school year; `moment` is the assessment that belongs at its end."""

    id: int
    name: str
    first_day: date
    last_day: date
    school_year_id: int
    school_year: str
    moment: Moment

    @property
    def in_words(self) -> str:
        """primo quadrimestre 2026/27"""
        return f"{self.name[:1].lower()}{self.name[1:]} {self.school_year}"

    def days_left(self, on: date) -> int:
        """Days until the last one, 0 once it has come."""
        return max(0, (self.last_day - on).days)


def moment_of_term(position: int, count: int) -> Moment:
    """The assessment at the end of a term, the terms of the year counted from 0."""
    return Moment.FINAL if position == count - 1 else Moment.INTERMEDIATE


@dataclass(frozen=True)
class ProjectCodes:
    """Who pays, with the codes that documents carry."""

    title: str
    code: str | None
    cup: str | None
    emblems: tuple[Emblem, ...] = field(default=(), compare=False)
    """Pictures of the band, on paper alone."""

    @property
    def in_words(self) -> str:
        """Lab’Impact · PROG-2463 · CUP E00E00000000000"""
        return " · ".join(text for text in (self.title, self.code, f"CUP {self.cup}" if self.cup else None) if text)


@dataclass(frozen=True)
class ReportHead:
    """What stands on every page of a report."""

    institute_id: int
    institute: str
    institute_code: str | None
    term: ReportTerm
    coordinator: str | None
    head: str | None
    """Names under the signatures of the school, read for paper alone; None prints an empty line."""
    read_at: datetime
    """When the figures were read (aware)."""


def codes_in_words(projects: Collection[ProjectCodes]) -> str:
    """The codes of all who pay, for the foot of a page; empty where nobody is named."""
    return " | ".join(project.in_words for project in projects)


def emblems_of(projects: Collection[ProjectCodes]) -> tuple[Emblem, ...]:
    """The band of a page: each emblem once, as many as find place."""
    return tuple(dict.fromkeys(emblem for project in projects for emblem in project.emblems))[:MOST_EMBLEMS]
