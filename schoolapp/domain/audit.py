"""The register of changes as its page shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from schoolapp.domain.wording import Sentence


@dataclass(frozen=True)
class AuditFilter:
    """Which changes are asked for; empty means all."""

    author_id: int | None = None
    subject: str | None = None
    subject_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    only_corrections: bool = False


@dataclass(frozen=True)
class LanguageCode:
    """A language, which each reader reads by its name."""

    code: str


@dataclass(frozen=True)
class CountryCode:
    """A country, which each reader reads by its name."""

    code: str


@dataclass(frozen=True)
class Change:
    """One value: what it is called, what it was, what it is. None where there was or is nothing."""

    label: Sentence
    old: Any
    new: Any


@dataclass(frozen=True)
class AuditLine:
    """Who did what, when and why."""

    id: int
    at: datetime
    author: str | None
    """None where a command of the operator did it."""
    action: str
    subject: str
    subject_id: int | None
    about: str
    """Name of the pupil, workshop or person that was changed; empty where it has none."""
    reason: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class AuditPage:
    lines: tuple[AuditLine, ...]
    older_than: int | None
    """Where the next page begins; None on the last one."""
