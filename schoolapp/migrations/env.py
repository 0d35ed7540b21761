"""How Alembic meets our tables: `flask --app wsgi db upgrade`."""

from typing import Any

import click
from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from schoolapp.extensions import db, writing


def _render(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Migrations stand alone: our column types are written as the plain types below them."""
    if kind == "type" and type(item).__module__.startswith("schoolapp."):
        return "sa.DateTime(timezone=True)"
    return False


def _connect(engine: Engine) -> Connection:
    """A connection, or the command ends with a sentence: there is no server, the password or the folder is wrong."""
    try:
        return engine.connect()
    except DBAPIError as error:
        address = engine.url.render_as_string(hide_password=True)
        raise click.ClickException(f"Il database non risponde ({address}): {error.orig}") from error


def run() -> None:
    writing.set(True)
    with _connect(current_app.extensions["migrate"].db.engine) as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=_render,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
