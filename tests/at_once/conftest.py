"""Several people at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # imported by the fixture: see tests/conftest.py
    from flask import Flask


@pytest.fixture
def kept(app: Flask) -> Iterator[None]:
    """Where threads must see each other's rows nothing is rolled back: what the test commits is taken away after it."""
    from schoolapp.extensions import db
    from schoolapp.models import Base
    from schoolapp.transaction import transaction

    yield
    with app.app_context(), transaction(None):
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != "alembic_version":
                db.session.execute(table.delete())
