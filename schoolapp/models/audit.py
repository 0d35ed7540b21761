"""Who changed what, when, old → new; written in the same transaction as the change."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from schoolapp.models.base import Base
from schoolapp.models.types import UTCDateTime


class AuditEvent(Base):
    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_institute", "institute_id", "id"),
        Index("ix_audit_event_subject", "subject", "subject_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    """Empty where a command of the operator did it."""
    institute_id: Mapped[int | None] = mapped_column(ForeignKey("institute.id"))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40))
    """Name of the table."""
    subject_id: Mapped[int | None]
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Column → [old, new]."""
    reason: Mapped[str | None] = mapped_column(String(300))
