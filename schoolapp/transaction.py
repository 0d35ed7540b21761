"""The only commit."""

from collections.abc import Iterator
from contextlib import contextmanager

from schoolapp.domain.actors import Actor
from schoolapp.extensions import db, writing


@contextmanager
def transaction(actor: Actor | None) -> Iterator[None]:
    """All that happens inside is kept, with its audit rows in the name of `actor`, or nothing is.

    `actor` is None only where a command of the operator acts.
    """
    session = db.session()
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
