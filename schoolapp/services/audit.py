"""Every change of an audited table leaves a row, by itself: nobody can forget it.

Changes made in bulk (the marks of a roll call) do not pass through the unit of work: their service calls `record`.
"""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import Session, UOWTransaction

from schoolapp import clock
from schoolapp.extensions import db
from schoolapp.models import Audited, AuditEvent


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


def _row(session: Session, item: Audited, action: str) -> dict[str, Any] | None:
    changes = _changes(item, created=action == "created", deleted=action == "deleted")
    if not changes and action == "changed":
        return None
    state = inspect(item)
    assert state is not None
    identity = state.identity or state.mapper.primary_key_from_instance(item)
    return {
        "at": clock.now(),
        "user_id": session.info.get("actor_id"),
        "institute_id": getattr(item, "audit_institute_id", None),
        "action": action,
        "subject": state.mapper.local_table.name,
        "subject_id": identity[0],
        "changes": changes,
        "reason": session.info.get("reason"),
    }


@event.listens_for(db.session, "after_flush")
def _keep_changes(session: Session, _context: UOWTransaction) -> None:
    rows = []
    for action, items in (("created", session.new), ("changed", session.dirty), ("deleted", session.deleted)):
        for item in items:
            if isinstance(item, Audited):
                row = _row(session, item, action)
                if row is not None:
                    rows.append(row)
    if rows:
        session.execute(insert(AuditEvent), rows)


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
        insert(AuditEvent),
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
        insert(AuditEvent.__table__),  # type: ignore[arg-type]
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
