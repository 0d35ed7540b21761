"""Databases of the tests' own on a PostgreSQL server."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import sqlalchemy as sa


@contextmanager
def postgresql_database(server: str) -> Iterator[str]:
    """The address of an empty database on the server that `server` names; it is gone after the block."""
    url = sa.make_url(server).set(drivername="postgresql+psycopg")
    name = f"schoolapp_test_{uuid4().hex[:12]}"
    administration = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with administration.connect() as connection:
            connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        administration.dispose()
