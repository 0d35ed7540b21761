"""Whether the database answers."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from schoolapp.extensions import db


def why_the_database_is_silent() -> str | None:
    """Ask the database for nothing much; the kind of error where it does not answer, None where it does."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        db.session.rollback()
        return type(error.__cause__ or error).__name__
    return None
