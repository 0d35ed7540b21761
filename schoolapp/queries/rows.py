"""Rows of columns, for questions that need no objects: the way through the session takes as long again to make none."""

from collections.abc import Mapping
from typing import Any, TypeVarTuple

from sqlalchemy import CompoundSelect, CursorResult, Select

from schoolapp.extensions import db

Columns = TypeVarTuple("Columns")


def read(
    question: Select[*Columns] | CompoundSelect[*Columns], values: Mapping[str, Any] | None = None
) -> CursorResult[*Columns]:
    """The answer of the database as it comes, after what waits to be written."""
    db.session.flush()
    return db.session.connection().execute(question, values)
