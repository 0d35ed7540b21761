"""Whether the database answers."""

from sqlalchemy import text

from schoolapp.extensions import db


def check() -> None:
    """Ask the database for nothing much. Raises its own error when it does not answer."""
    db.session.execute(text("SELECT 1"))
