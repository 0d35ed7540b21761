"""How Alembic meets our tables: `flask --app wsgi db upgrade`."""

from typing import Any

from alembic import context
from flask import current_app

from schoolapp.extensions import db, writing


def _render(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Migrations stand alone: our column types are written as the plain types below them."""
    if kind == "type" and type(item).__module__.startswith("schoolapp."):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    writing.set(True)
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
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
