"""The only commit."""

from collections.abc import Iterator
from contextlib import contextmanager

from schoolapp.domain.actors import Actor
from schoolapp.extensions import db, writing


@contextmanager
def transaction(actor: Actor | None, *, after_reading: bool = False) -> Iterator[None]:
    """All that happens inside is kept, with its audit rows in the name of `actor`, or nothing is.

    `actor` is None only where a command of the operator acts. `after_reading` is for a page that was only read and
    leaves a trace of it: what was read is let go first, since SQLite cannot write from an older reading.
    """
    session = db.session()
    if after_reading:
        session.rollback()
    session.info["actor_id"] = actor.user_id if actor else None
    token = writing.set(True)
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        writing.reset(token)
        session.info.pop("actor_id", None)
