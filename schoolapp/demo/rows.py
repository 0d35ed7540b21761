"""Many rows quickly: ids given here, rows written in bulk, table by table in the order of their keys."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Table, text
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from schoolapp.models import Base

CHUNK = 50_000

TABLES: dict[str, Table] = {table.name: table for table in Base.metadata.sorted_tables}


DEFAULTS: dict[str, dict[str, Any]] = {
    name: {
        column.name: column.default.arg
        for column in table.columns
        if isinstance(column.default, ScalarElementColumnDefault)
    }
    for name, table in TABLES.items()
}
"""Table → what the model puts into a column that is not named."""


def kept(value: Any) -> Any:
    """A value in the words that both databases keep: SQLAlchemy's own text for SQLite, read by PostgreSQL's COPY."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, time):
        return value.strftime("%H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return json.dumps(value)
    return value


class Rows:
    """Collects rows; `write` sends them. `add` returns the id of the row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: defaultdict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
        self._ids: defaultdict[str, int] = defaultdict(int)
        self.written = 0
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL TIME ZONE 'UTC'"))

    def add(self, table: str, **values: Any) -> int:
        """A row of `table` with the next id."""
        self._ids[table] += 1
        row = {"id": self._ids[table], **DEFAULTS[table], **values}
        self.add_keyed(table, tuple(row), tuple(map(kept, row.values())))
        return self._ids[table]

    def add_keyed(self, table: str, columns: tuple[str, ...], values: tuple[Any, ...]) -> None:
        """A row with its own key and values in the database's words already: the quick way for marks."""
        self._rows[table, columns].append(values)

    def write(self) -> None:
        """Send what was collected."""
        for name in TABLES:
            for (table, columns), rows in self._rows.items():
                if table == name:
                    for start in range(0, len(rows), CHUNK):
                        self._send(table, columns, rows[start : start + CHUNK])
                    self.written += len(rows)
        self._rows.clear()

    def _send(self, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
        names = ", ".join(f'"{column}"' for column in columns)
        if self._connection.dialect.name == "sqlite":
            marks = ", ".join("?" for _ in columns)
            statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608  (names are the model's)
            self._connection.exec_driver_sql(statement, list(rows))
            return
        cursor = self._connection.connection.cursor()
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)

    def finish(self) -> None:
        """Write the rest, and let PostgreSQL count on from the ids given here."""
        self.write()
        if self._connection.dialect.name == "postgresql":
            for table in self._ids:
                self._connection.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {self._ids[table]})")
                )
