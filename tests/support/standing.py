"""A world made once for the tests of a module, as each of them gets it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any, TypeVar

from schoolapp.extensions import db
from schoolapp.models import Base

World = TypeVar("World")


def again(world: World) -> World:
    """The same world, which another session made, with its rows in the session of now."""
    own = copy(world)
    for name, value in vars(world).items():
        setattr(own, name, _here(value))
    return own


def rows_of(world: Any) -> Iterator[Base]:
    """The rows that a world holds by name, in lists and in dictionaries."""
    for value in vars(world).values():
        if isinstance(value, Base):
            yield value
        elif isinstance(value, dict | list):
            inside = value.values() if isinstance(value, dict) else value
            yield from (each for each in inside if isinstance(each, Base))


def _here(value: Any) -> Any:
    if isinstance(value, Base):
        return db.session.merge(value, load=False)
    if isinstance(value, list):
        return [_here(each) for each in value]
    if isinstance(value, dict):
        return {key: _here(each) for key, each in value.items()}
    return value
