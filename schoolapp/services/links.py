"""Links that act without signing in: made, looked at, used, taken back."""

import secrets
from datetime import datetime

from sqlalchemy import select

from schoolapp import clock
from schoolapp.domain.links import SECRET_BYTES, USED_MANY_TIMES, LinkGone, LinkPurpose, hash_of, is_good
from schoolapp.extensions import db
from schoolapp.models import PersonalLink


def make(
    *,
    purpose: LinkPurpose,
    expires_at: datetime | None,
    request_id: int | None = None,
    appointment_id: int | None = None,
    user_id: int | None = None,
) -> str:
    """The secret of a new link. It is told this once: only its hash is kept."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    db.session.add(
        PersonalLink(
            secret_hash=hash_of(secret),
            purpose=purpose,
            request_id=request_id,
            appointment_id=appointment_id,
            user_id=user_id,
            made_at=clock.now(),
            expires_at=expires_at,
        )
    )
    db.session.flush()
    return secret


def look(secret: str, purpose: LinkPurpose) -> PersonalLink:
    """What a link is about; nothing changes. Raises LinkGone."""
    return _good_link(secret, purpose, lock=False)


def use(secret: str, purpose: LinkPurpose, *, answer: str = "") -> PersonalLink:
    """Take the one answer that a link is good for, also from two hands at once. Raises LinkGone."""
    link = _good_link(secret, purpose, lock=True)
    if purpose not in USED_MANY_TIMES:
        link.used_at = clock.now()
        link.answer = answer
        db.session.flush()
    return link


def take_back(
    *,
    purpose: LinkPurpose,
    request_id: int | None = None,
    appointment_id: int | None = None,
    user_id: int | None = None,
) -> None:
    """From now on no link of this purpose about this request, appointment or person opens."""
    about = {"request_id": request_id, "appointment_id": appointment_id, "user_id": user_id}
    named = {column: value for column, value in about.items() if value is not None}
    if not named:
        raise ValueError("a link is taken back by what it is about")
    for link in db.session.scalars(select(PersonalLink).filter_by(purpose=purpose, **named)):
        if is_good(purpose=purpose, expires_at=link.expires_at, used_at=link.used_at, now=clock.now()):
            link.expires_at = clock.now()
    db.session.flush()


def _good_link(secret: str, purpose: LinkPurpose, *, lock: bool) -> PersonalLink:
    statement = select(PersonalLink).where(PersonalLink.secret_hash == hash_of(secret), PersonalLink.purpose == purpose)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    link = db.session.scalar(statement)
    if link is None or not is_good(purpose=purpose, expires_at=link.expires_at, used_at=link.used_at, now=clock.now()):
        raise LinkGone
    return link
