"""The whole database in one SQLite file, whatever database the service runs on, and back into an empty one."""

from pathlib import Path

from sqlalchemy import Connection, create_engine, func, insert, inspect, select, text

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_
from schoolapp.models import Base

CHUNK = 5_000

_READ_REVISION = text("SELECT version_num FROM alembic_version")


def write(connection: Connection, file: Path) -> int:
    """Copy every row into the new `file`, as the connection's transaction sees them; the number of rows.

    An existing file is refused.
    """
    if file.exists():
        raise RuleViolation(N_("Il file %(file)s c’è già: scegli un altro nome."), file=file)
    file.touch(mode=0o600)
    engine = create_engine(f"sqlite:///{file}")
    try:
        with engine.begin() as kept:
            Base.metadata.create_all(kept)
            kept.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            revision = connection.scalar(_READ_REVISION)
            kept.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})
            return _copy(connection, kept)
    finally:
        engine.dispose()


def restore(connection: Connection, file: Path) -> int:
    """Copy every row of `file` into the empty tables of `connection`; the number of rows.

    Refused where the tables hold something, or where the file comes from another version of the tables.
    """
    if not file.is_file():
        raise RuleViolation(N_("Il file %(file)s non c’è."), file=file)
    engine = create_engine(f"sqlite:///{file}")
    try:
        with engine.connect() as kept:
            if not inspect(kept).has_table("alembic_version"):
                raise RuleViolation(N_("Il file %(file)s non è una copia di questo programma."), file=file)
            if not inspect(connection).has_table("alembic_version"):
                raise RuleViolation(N_("La base di dati non ha ancora tabelle: falle prima con «db upgrade»."))
            ours, theirs = connection.scalar(_READ_REVISION), kept.scalar(_READ_REVISION)
            if ours != theirs:
                raise RuleViolation(
                    N_("La copia è della versione %(theirs)s, la base di dati della %(ours)s."),
                    theirs=theirs,
                    ours=ours,
                )
            if any(connection.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables):
                raise RuleViolation(N_("La base di dati non è vuota: una copia torna solo dove non c’è nulla."))
            count = _copy(kept, connection)
    finally:
        engine.dispose()
    _count_on(connection)
    return count


def _copy(source: Connection, target: Connection) -> int:
    count = 0
    for table in Base.metadata.sorted_tables:
        # On the statement: options set on the connection would stay on it for whatever comes after.
        in_chunks = select(table).order_by(*table.primary_key).execution_options(yield_per=CHUNK)
        rows = source.execute(in_chunks)
        for part in rows.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in part])
            count += len(part)
    return count


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL give the next free ids."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        if "id" in table.c:
            highest = connection.scalar(select(func.max(table.c.id)))
            if highest is not None:
                connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest)))
