"""Migrations lead exactly to the models, and back."""

from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from schoolapp import create_app
from schoolapp.extensions import db, writing
from tests.conftest import SETTINGS


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty SQLite file."""
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'empty.db'}"})
    with app.app_context():
        yield app
        db.engine.dispose()
        writing.set(False)


def test_the_migrations_make_the_tables_of_the_models(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_each_migration_goes_up_and_down(empty: Flask) -> None:
    flask_migrate.upgrade()
    assert sa.inspect(db.engine).has_table("pupil")
    flask_migrate.downgrade(revision="base")
    assert sa.inspect(db.engine).get_table_names() == ["alembic_version"]
    flask_migrate.upgrade()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sqlite:////nowhere/at/all.db", "sqlite:////nowhere/at/all.db"),
        ("postgresql+psycopg://school:parola@127.0.0.1:1/school", "postgresql+psycopg://school:***@127.0.0.1:1/school"),
    ],
)
def test_where_there_is_no_database_the_operator_gets_a_sentence(address: str, said: str) -> None:
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": address})
    result = app.test_cli_runner().invoke(args=["db", "upgrade"])
    writing.set(False)
    assert result.exit_code == 1
    assert f"Error: Il database non risponde ({said}): " in result.output
    assert "Traceback" not in result.output
    assert "parola" not in result.output


def test_a_school_at_work_comes_through_the_levels_certificates_and_reports(empty: Flask) -> None:
    flask_migrate.upgrade(revision="0001")
    _write(INSTITUTE, SCHOOL_YEAR, SITE, SCHOOL_CLASS, PUPIL, CLASS_MEMBERSHIP)
    flask_migrate.upgrade(revision="0002")
    assert _read("SELECT name, address, printed_signature FROM institute") == [("IC Valle", None, 0)]
    assert _read("SELECT last_name, birth_place FROM pupil") == [("Benali", None)]
    with pytest.raises(sa.exc.IntegrityError, match="pupils_enrolled"):
        _write("UPDATE school_class SET pupils_enrolled = 0")
    _write("UPDATE school_class SET pupils_enrolled = 22")
    flask_migrate.downgrade(revision="0001")
    assert _read("SELECT name FROM school_class") == [("2B",)]
    assert _read("SELECT pupil_id, class_id FROM class_membership") == [(1, 1)]


def test_people_at_work_come_through_the_mediated_meetings(empty: Flask) -> None:
    flask_migrate.upgrade(revision="0002")
    _write(INSTITUTE, USER, MEMBERSHIP)
    flask_migrate.upgrade(revision="0003")
    assert _read("SELECT role, service_id FROM membership") == [("facilitator", None)]
    with pytest.raises(sa.exc.IntegrityError, match="institute_scope"):  # the checks of the table are still there
        _write("UPDATE membership SET institute_id = NULL")
    flask_migrate.downgrade(revision="0002")
    assert _read("SELECT role, institute_id FROM membership") == [("facilitator", 1)]


def test_a_project_comes_through_the_emblems(empty: Flask) -> None:
    flask_migrate.upgrade(revision="0003")
    _write(PROJECT)
    flask_migrate.upgrade(revision="0004")
    _write(EMBLEM)
    with pytest.raises(sa.exc.IntegrityError, match="position"):
        _write(EMBLEM)
    flask_migrate.downgrade(revision="0003")
    assert _read("SELECT title FROM project") == [("Lab’Impact",)]


def test_appointments_come_through_their_index(empty: Flask) -> None:
    flask_migrate.upgrade(revision="0004")
    _write(INSTITUTE, SCHOOL_YEAR, USER, AMBITO, MEETING_REQUEST, APPOINTMENT)
    flask_migrate.upgrade(revision="0005")
    (plan,) = _read("EXPLAIN QUERY PLAN SELECT state FROM appointment WHERE request_id = 1")
    assert "ix_appointment_request" in str(plan)
    flask_migrate.downgrade(revision="0004")
    assert _read("SELECT request_id, state FROM appointment") == [(1, "confirmed")]


INSTITUTE = "INSERT INTO institute (id, name, is_state) VALUES (1, 'IC Valle', 1)"
SCHOOL_YEAR = """
    INSERT INTO school_year (id, label, first_day, last_day) VALUES (1, '2026/27', '2026-09-01', '2027-08-31')
"""
SITE = "INSERT INTO site (id, institute_id, name) VALUES (1, 1, 'Primaria')"
SCHOOL_CLASS = """
    INSERT INTO school_class (id, institute_id, site_id, school_year_id, name) VALUES (1, 1, 1, 1, '2B')
"""
PUPIL = """
    INSERT INTO pupil (id, institute_id, last_name, first_name, search_key, sort_key)
    VALUES (1, 1, 'Benali', 'Salma', 'benali salma', 'benali salma')
"""
USER = """
    INSERT INTO user_account (id, email, name, search_key, active, fs_uniquifier)
    VALUES (1, 'a@example.org', 'Chiara Fontana', 'chiara fontana', 1, 'a')
"""
MEMBERSHIP = """
    INSERT INTO membership (id, user_id, role, institute_id, valid_from) VALUES (1, 1, 'facilitator', 1, '2026-09-01')
"""
PROJECT = "INSERT INTO project (id, title) VALUES (1, 'Lab’Impact')"
EMBLEM = """
    INSERT INTO project_emblem (project_id, position, name, png, width, height)
    VALUES (1, 1, 'Unione europea', x'89504E47', 300, 100)
"""
AMBITO = "INSERT INTO ambito (id, name, lead_body, province) VALUES (1, 'Ambito', 'Comune', 'SO')"
MEETING_REQUEST = """
    INSERT INTO meeting_request (id, ambito_id, school_year_id, number, context, institute_id, requester_id, reason,
        language, minutes, mode, place, participants, same_mediator, invited_by, note, state, committed_minutes,
        version)
    VALUES (1, 1, 1, 1, 'school', 1, 1, 'talk', 'ar', 60, 'in_place', '', '', 0, 'mediator', '', 'confirmed', 60, 4)
"""
APPOINTMENT = """
    INSERT INTO appointment (id, request_id, mediator_id, starts_at, ends_at, state, uid, sequence)
    VALUES (1, 1, 1, '2026-12-03 15:30:00.000000', '2026-12-03 16:30:00.000000', 'confirmed', 'a', 0)
"""
CLASS_MEMBERSHIP = """
    INSERT INTO class_membership (id, pupil_id, class_id, valid_from) VALUES (1, 1, 1, '2026-09-12')
"""


def _write(*statements: str) -> None:
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


def _read(question: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(question))]
