"""The emblems of who pays and of who works together, which stand in a band on every document of a project."""

from dataclasses import dataclass

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_

MOST_EMBLEMS = 5
NAME_LENGTH = 80


@dataclass(frozen=True)
class Emblem:
    """A picture with its name, which is what a document says to who does not see it. Sizes in pixels."""

    name: str
    png: bytes
    width: int
    height: int


@dataclass(frozen=True)
class EmblemLine:
    """An emblem in the list of its project; `position` counts from 1."""

    id: int
    name: str
    position: int
    width: int
    height: int


def free_position(taken: set[int]) -> int:
    """The first free place of the band. Raises RuleViolation where all are taken."""
    for position in range(1, MOST_EMBLEMS + 1):
        if position not in taken:
            return position
    raise RuleViolation(
        N_("Ci sono già %(count)d emblemi: togline uno, poi aggiungi questo."), field="picture", count=MOST_EMBLEMS
    )
