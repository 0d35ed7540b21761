"""The extensions, and how each database connection is prepared."""

import sqlite3
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, event

from schoolapp.models.base import Base

db = SQLAlchemy(model_class=Base)
csrf = CSRFProtect()
babel = Babel()
limiter = Limiter(key_func=get_remote_address)

writing: ContextVar[bool] = ContextVar("writing", default=False)
"""True while a request or command means to write: SQLite then takes its write lock at the first statement,
so that what was read is still true when it is written."""


def prepare_engine(engine: Engine) -> None:
    """Give SQLite foreign keys, WAL and explicit transactions. PostgreSQL needs nothing."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not open or close transactions by itself
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys = ON",
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "busy_timeout = 10000",
            "cache_size = -1000",
            "temp_store = MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


def init_database(app: Flask) -> None:
    # Errors of the database name the statement, never the values: they end up in logs.
    options: dict[str, Any] = {"hide_parameters": True}
    if not app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        options["pool_pre_ping"] = True  # a database that was restarted is met with a new connection
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", options)
    db.init_app(app)
    if app.config["COMMANDS"] or click.get_current_context(silent=True) is not None:
        _init_migrations(app)
    with app.app_context():
        prepare_engine(db.engine)


def _init_migrations(app: Flask) -> None:
    """Alembic is for commands: the service, which answers pages, goes without its 8 MB."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(Path(app.root_path) / "migrations"), render_as_batch=True, compare_type=True)
