"""Every change of an audited table leaves a row, by itself: nobody can forget it.

Changes made in bulk (the marks of a roll call) do not pass through the unit of work: their service calls `record`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, event, insert, inspect
from sqlalchemy.orm import Mapper, RelationshipDirection, Session, UOWTransaction, configure_mappers, object_session

from schoolapp import clock
from schoolapp.extensions import db
from schoolapp.models import Audited, AuditEvent, Base

_TABLE: Any = AuditEvent.__table__  # the table, not the class: one statement for rows with and without empty columns


def _plain(value: Any) -> Any:
    """A value as JSON can keep it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value


def _changes(item: Audited, *, created: bool, deleted: bool) -> dict[str, list[Any]]:
    state = inspect(item)
    assert state is not None
    changes: dict[str, list[Any]] = {}
    for attribute in state.mapper.column_attrs:
        if attribute.key in item.audit_exclude:
            continue
        history = state.attrs[attribute.key].history
        if deleted:
            old, new = state.dict.get(attribute.key), None
        elif created:
            old, new = None, state.dict.get(attribute.key)
        elif history.has_changes():
            old = history.deleted[0] if history.deleted else None
            new = history.added[0] if history.added else None
        else:
            continue
        if old != new:
            changes[attribute.key] = [_plain(old), _plain(new)]
    return changes


def _institute_of_former_parent(session: Session, item: Audited) -> int | None:
    """The school of a child that its parent has let go of: it knows the parent by its foreign key only."""
    state = inspect(item)
    assert state is not None
    for relationship in state.mapper.relationships:
        if relationship.direction is RelationshipDirection.MANYTOONE:
            (column,) = relationship.local_columns
            parent = session.get(
                relationship.mapper.class_, state.dict[state.mapper.get_property_by_column(column).key]
            )
            institute_id: int | None = getattr(parent, "audit_institute_id", None)
            if institute_id is not None:
                return institute_id
    return None


def _row(session: Session, item: Audited, action: str) -> dict[str, Any] | None:
    changes = _changes(item, created=action == "created", deleted=action == "deleted")
    if not changes and action == "changed":
        return None
    state = inspect(item)
    assert state is not None
    institute_id = getattr(item, "audit_institute_id", None)
    if institute_id is None and action == "deleted":
        institute_id = _institute_of_former_parent(session, item)
    identity = state.identity or state.mapper.primary_key_from_instance(item)
    return {
        "at": clock.now(),
        "user_id": session.info.get("actor_id"),
        "institute_id": institute_id,
        "action": action,
        "subject": state.mapper.local_table.name,
        "subject_id": identity[0],
        "changes": changes,
        "reason": session.info.get("reason"),
    }


@contextmanager
def because(reason: str) -> Iterator[None]:
    """What is flushed inside leaves its audit rows with the reason, where there is one."""
    session = db.session()
    session.info["reason"] = reason or None
    try:
        yield
    finally:
        session.info.pop("reason", None)


def _remember_old_values() -> None:
    """A value that was not loaded yet is read before it is replaced, so that the audit knows what it was."""
    configure_mappers()
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Audited):
            for attribute in mapper.column_attrs:
                mapper.class_manager[attribute.key].impl.active_history = True


_remember_old_values()


def _note(action: str) -> Callable[[Mapper[Any], Connection, Audited], None]:
    def note(_mapper: Mapper[Any], _connection: Connection, item: Audited) -> None:
        session = object_session(item)
        assert session is not None
        row = _row(session, item, action)
        if row is not None:
            session.info.setdefault("audit_rows", []).append(row)

    return note


# One by one as they are written: a child that its parent lets go of is deleted without standing in `session.deleted`.
event.listen(Audited, "after_insert", _note("created"), propagate=True)
event.listen(Audited, "after_update", _note("changed"), propagate=True)
event.listen(Audited, "after_delete", _note("deleted"), propagate=True)


@event.listens_for(db.session, "after_flush")
def _keep_changes(session: Session, _context: UOWTransaction) -> None:
    rows = session.info.pop("audit_rows", None)
    if rows:
        session.execute(insert(_TABLE), rows)


@event.listens_for(db.session, "after_rollback")
def _forget_changes(session: Session) -> None:
    session.info.pop("audit_rows", None)


def record(
    session: Session,
    *,
    action: str,
    subject: str,
    subject_id: int,
    institute_id: int | None,
    changes: dict[str, Any],
    reason: str | None = None,
) -> None:
    """Leave one audit row for a change made in bulk."""
    session.execute(
        insert(_TABLE),
        [
            {
                "at": clock.now(),
                "user_id": session.info.get("actor_id"),
                "institute_id": institute_id,
                "action": action,
                "subject": subject,
                "subject_id": subject_id,
                "changes": changes,
                "reason": reason,
            }
        ],
    )


def record_many(
    session: Session, *, action: str, subject: str, institute_id: int | None, changes: dict[int, dict[str, Any]]
) -> None:
    """Leave one audit row for each id of `changes`, made in bulk: id → column → [old, new]."""
    if not changes:
        return
    at, user_id, reason = clock.now(), session.info.get("actor_id"), session.info.get("reason")
    session.execute(
        insert(_TABLE),
        [
            {
                "at": at,
                "user_id": user_id,
                "institute_id": institute_id,
                "action": action,
                "subject": subject,
                "subject_id": subject_id,
                "changes": {name: [_plain(value) for value in pair] for name, pair in changed.items()},
                "reason": reason,
            }
            for subject_id, changed in changes.items()
        ],
    )
