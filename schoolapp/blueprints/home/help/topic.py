"""A question that a person may have, for those whose role can do what it is about."""

from collections.abc import Callable
from dataclasses import dataclass

from schoolapp.domain.permissions import Permission as P


@dataclass(frozen=True)
class Door:
    """A page to which an answer leads; no permission where everyone may open it."""

    endpoint: str
    words: str
    permission: P | None = None


@dataclass(frozen=True)
class Topic:
    """A question with its answer: steps in their order, then what is good to know."""

    key: str
    question: str
    permissions: tuple[P, ...] = ()
    """One of them is enough; empty for everyone, without an account too."""
    steps: tuple[str, ...] = ()
    good_to_know: tuple[str, ...] = ()
    doors: tuple[Door, ...] = ()

    def shown_to(self, may: Callable[[P], bool]) -> bool:
        return not self.permissions or any(may(each) for each in self.permissions)

    def open_doors(self, may: Callable[[P], bool]) -> list[Door]:
        return [door for door in self.doors if door.permission is None or may(door.permission)]
