"""The database of the tests: made once by the migrations, each test inside a transaction that is rolled back.

SCHOOLAPP_TEST_DATABASE_URL names a PostgreSQL server; without it the tests run on a SQLite file.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# The fixtures import what they need: with `-n auto` this file is also read by the process that only hands out the
# tests, and its workers wait for it.
if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from tests.support.meetings import MeetingPlace
    from tests.support.page import Browser
    from tests.support.school import School

# Containers ask Python to keep nothing compiled; pytest would then prepare every file of tests anew in each process.
sys.dont_write_bytecode = False
# A page read by a test is thousands of small objects; collecting after every 700 took a seventh of the time.
gc.set_threshold(100_000)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Folders are shared out to all cores (`-n auto`); files and single tests, where a debugger may stop, are not."""
    whole_folders = [path for path in config.args if Path(path.partition("::")[0]).is_dir()]
    return None if whole_folders else 0


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the collections at the end of the run would look at it five times."""
    gc.freeze()


SETTINGS: dict[str, Any] = {
    "TESTING": True,
    "COMMANDS": True,
    "SECRET_KEY": "a secret of the tests",
    "SECURITY_PASSWORD_SALT": "salt",
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__rounds": 1,
        "argon2__memory_cost": 64,
        "argon2__parallelism": 1,
    },
    "LOG_LEVEL": "ERROR",
    "BASE_URL": "http://localhost",
    "SERVER_NAME": None,
}


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database of our own, on the server that was named or in a file."""
    server = os.environ.get("SCHOOLAPP_TEST_DATABASE_URL")
    if not server:
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.db'}"
        return
    from tests.support.databases import postgresql_database

    with postgresql_database(server) as url:
        yield url


@pytest.fixture(scope="session")
def app(database_url: str) -> Iterator[Flask]:
    """The application on a database made by the migrations, with the catalogues as they are now."""
    import flask_migrate

    from schoolapp import create_app
    from schoolapp.extensions import db, limiter, writing
    from tools.assets import compile_translations

    compile_translations()
    application = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": database_url})
    limiter.enabled = False  # tests of the limits switch them on
    with application.app_context():
        flask_migrate.upgrade()
        writing.set(False)
    yield application
    with application.app_context():
        db.engine.dispose()


@contextmanager
def undone(app: Flask) -> Iterator[Session]:
    """A session whose work is undone at the end, commits included; inside another one, back to what that one had done.

    All requests meanwhile use the same connection; a commit only releases a savepoint.
    """
    import sqlalchemy as sa

    from schoolapp.extensions import db

    with app.app_context():
        engine: sa.Engine | sa.Connection = db.engine
        connection = engine.connect() if isinstance(engine, sa.Engine) else engine
        outer = connection.begin_nested() if connection.in_transaction() else connection.begin()
        engines = db._app_engines[app]
        engines[None] = connection  # type: ignore[assignment]
        db.session.remove()
        db.session.configure(join_transaction_mode="create_savepoint")
        try:
            yield db.session()
        finally:
            db.session.remove()
            engines[None] = engine  # type: ignore[assignment]
            if outer.is_active:
                outer.rollback()
            if connection is not engine:
                connection.close()


@pytest.fixture
def database(app: Flask) -> Iterator[Session]:
    """A session whose work is undone after the test."""
    with undone(app) as session:
        yield session


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


@pytest.fixture(scope="module")
def stands(app: Flask) -> Iterator[Callable[..., Any]]:
    """`stands(make, at=…)` is what `make` makes at that time, once for the tests of a module.

    A fixture of the module keeps it, and one of the test gets it by `again`, in the session of the test.
    """
    import time_machine

    from tests.support.standing import rows_of

    with ExitStack() as until_the_end:

        def made(make: Callable[[], Any], *, at: datetime | str) -> Any:
            session = until_the_end.enter_context(undone(app))
            with time_machine.travel(at, tick=False):
                world = make()
                session.commit()
            for row in rows_of(world):
                session.refresh(row)
            return world

        yield made


@pytest.fixture(scope="module")
def standing_place(stands: Callable[..., Any]) -> MeetingPlace:
    """The schools and people of a mediated meeting, made once for the tests of a module; they see it as `place`."""
    from tests.support.meetings import NOW, MeetingPlace

    place: MeetingPlace = stands(MeetingPlace, at=NOW)
    return place


@pytest.fixture
def place(standing_place: MeetingPlace, database: Session) -> MeetingPlace:
    """A school, a service, the Ambito's office and a cooperative, to do with as the test likes."""
    from tests.support.standing import again

    return again(standing_place)


@pytest.fixture(scope="module")
def standing_school(stands: Callable[..., Any]) -> School:
    """A school that is ready for workshops, made once for the tests of a module; they see it as `school`."""
    from tests.support.meetings import NOW
    from tests.support.school import School

    school: School = stands(School, at=NOW)
    return school


@pytest.fixture
def school(standing_school: School, database: Session) -> School:
    """A school with a coordinator and a facilitator, to open workshops in."""
    from tests.support.standing import again

    return again(standing_school)


@pytest.fixture
def friday() -> Iterator[None]:
    """Friday 20 November 2026, at noon at school."""
    import time_machine

    with time_machine.travel("2026-11-20T11:00:00Z", tick=False):
        yield


@pytest.fixture
def browser(app: Flask, database: Session) -> Browser:
    """Nobody yet: `browser.sign_in(user)` and go."""
    from tests.support.page import Browser

    return Browser(app, database)


@pytest.fixture
def statements(database: Session) -> Callable[[], Any]:
    """`with statements() as seen:` collects the SQL statements sent inside the block."""
    import sqlalchemy as sa

    @contextmanager
    def collect() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO", "BEGIN")):
                seen.append(statement)

        connection = database.connection()
        sa.event.listen(connection, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            sa.event.remove(connection, "before_cursor_execute", note)

    return collect


@pytest.fixture(scope="session")
def shared_files() -> Path:
    """Example files kept beside the project; a test that wants them is skipped where they are absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the example files beside the project are not here")
    return folder
