"""Two worlds that stand for all tests of the matrix: making one takes longer than most of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.conftest import undone

if TYPE_CHECKING:  # imported by the fixtures: see tests/conftest.py
    from flask import Flask
    from sqlalchemy.orm import Session

    from tests.access.worlds import World


@pytest.fixture(scope="module")
def worlds(app: Flask) -> Iterator[tuple[World, World]]:
    """A world and, in another Ambito, another; what stands in them can be read, what a test changes is undone."""
    from tests.access.worlds import make_world

    with undone(app) as session:
        session.expire_on_commit = False
        made = make_world(), make_world()
        session.commit()
        session.expunge_all()
        yield made


@pytest.fixture
def database(app: Flask, worlds: tuple[World, World]) -> Iterator[Session]:
    """A session whose work is undone after the test; the worlds stay."""
    with undone(app) as session:
        yield session


@pytest.fixture
def world(worlds: tuple[World, World], database: Session) -> World:
    return worlds[0]


@pytest.fixture
def elsewhere(worlds: tuple[World, World], database: Session) -> World:
    return worlds[1]
