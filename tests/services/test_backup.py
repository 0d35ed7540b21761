"""A copy of everything in one file, and back into an empty database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.errors import RuleViolation
from schoolapp.models import Base
from tests import factories
from tests.conftest import undone


@contextmanager
def _other_installation(ours: Session, tmp_path: Path) -> Iterator[sa.Connection]:
    """A transaction on the empty tables of another installation of the same version."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    version = sa.table("alembic_version", sa.column("version_num", sa.String))
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(version.insert().values(version_num=ours.scalar(sa.select(version.c.version_num))))
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def copy(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of an installation that nobody has used yet."""
    file = tmp_path_factory.mktemp("backup") / "copy.db"
    with undone(app) as session:
        services.backup.write(session.connection(), file)
    return file


def _everything(connection: sa.Connection) -> dict[str, list[sa.Row[tuple[object, ...]]]]:
    return {
        table.name: list(connection.execute(sa.select(table).order_by(*table.primary_key)))
        for table in Base.metadata.sorted_tables
    }


def test_a_copy_restored_elsewhere_holds_the_same_rows(database: Session, tmp_path: Path) -> None:
    lesson = factories.make_lesson()
    enrolment = factories.make_enrolment(lesson.workshop)
    factories.make_mark(lesson, enrolment.pupil)
    replaced = factories.make_issued_document(lesson.workshop, enrolment.pupil)
    factories.make_issued_document(lesson.workshop, enrolment.pupil, replaces_id=replaced.id)
    database.flush()
    before = _everything(database.connection())
    file = tmp_path / "copy.db"
    count = services.backup.write(database.connection(), file)
    with _other_installation(database, tmp_path) as connection:
        assert services.backup.restore(connection, file) == count
        assert _everything(connection) == before


def test_the_copy_is_for_its_owner_only(copy: Path) -> None:
    assert copy.stat().st_mode & 0o077 == 0


def test_a_copy_never_overwrites_a_file(database: Session, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    file.write_text("something else")
    with pytest.raises(RuleViolation, match="c’è già"):
        services.backup.write(database.connection(), file)
    assert file.read_text() == "something else"


def test_a_copy_goes_back_only_into_empty_tables(database: Session, copy: Path) -> None:
    factories.make_institute()
    with pytest.raises(RuleViolation, match="non è vuota"):
        services.backup.restore(database.connection(), copy)


def test_a_file_that_is_no_copy_is_refused(database: Session, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    file.touch()
    with pytest.raises(RuleViolation, match="non è una copia"):
        services.backup.restore(database.connection(), file)


def test_a_copy_waits_for_the_tables(copy: Path, tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    with engine.connect() as connection, pytest.raises(RuleViolation, match="falle prima con «db upgrade»"):
        services.backup.restore(connection, copy)
    engine.dispose()
