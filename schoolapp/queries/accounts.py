"""Accounts and their memberships."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from schoolapp.extensions import db
from schoolapp.models import Membership, User


def by_session_mark(mark: str) -> User | None:
    """The account whose sessions carry `mark`, its memberships with it, in one statement."""
    memberships = joinedload(User.memberships)
    statement = (
        select(User)
        .options(
            memberships.joinedload(Membership.institute),
            memberships.joinedload(Membership.provider),
            memberships.joinedload(Membership.ambito),
        )
        .where(User.fs_uniquifier == mark)
    )
    return db.session.scalars(statement).unique().one_or_none()


def by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))
