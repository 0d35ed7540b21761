"""Projects and their funding lines as their pages show them."""

from dataclasses import dataclass
from datetime import date

from schoolapp.domain.emblems import EmblemLine


@dataclass(frozen=True)
class FundingLineName:
    id: int
    name: str


@dataclass(frozen=True)
class ProjectCard:
    """Who pays, with the codes that every document carries."""

    id: int
    title: str
    code: str
    cup: str
    valid_from: date | None
    valid_to: date | None
    lines: tuple[FundingLineName, ...]
    emblems: tuple[EmblemLine, ...] = ()
