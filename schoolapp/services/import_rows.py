"""Rows written in bulk: thousands at once, past the unit of work."""

from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, update

from schoolapp.extensions import db
from schoolapp.models import Pupil

Rows = list[dict[str, Any]]


def table_of(model: type[Any]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def insert_rows(model: type[Any], rows: Rows) -> None:
    if rows:
        db.session.execute(insert(table_of(model)), rows)


def insert_and_number(model: type[Any], rows: Rows) -> list[int]:
    """The ids of the new rows, in their order."""
    if not rows:
        return []
    table = table_of(model)
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, rows))


def update_pupils(rows: Rows) -> None:
    """Rows of the same columns, each with `the_id` of its pupil."""
    table = table_of(Pupil)
    names = [name for name in rows[0] if name != "the_id"]
    statement = update(table).where(table.c.id == bindparam("the_id")).values({name: bindparam(name) for name in names})
    db.session.connection().execute(statement, rows)


def replace_lists(model: type[Any], rows: dict[int, Rows]) -> None:
    """In place of what these pupils have: pupil → its rows."""
    if rows:
        table = table_of(model)
        db.session.execute(delete(table).where(table.c.pupil_id.in_(sorted(rows))))
        insert_rows(model, [row for found in rows.values() for row in found])
