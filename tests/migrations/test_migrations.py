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
