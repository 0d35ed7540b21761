"""Imports of pupil lists: what was done, how to undo it, and what the school has taught us."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from schoolapp.models.base import Audited, Base
from schoolapp.models.types import UTCDateTime


class PupilImport(Audited, Base):
    """A list brought in by a school: the file while it is being checked, then the changes it made."""

    __tablename__ = "pupil_import"
    __table_args__ = (Index("ix_pupil_import_institute", "institute_id", "uploaded_at"),)
    audit_exclude = frozenset({"content", "choices", "columns", "undo"})

    id: Mapped[int] = mapped_column(primary_key=True)
    institute_id: Mapped[int] = mapped_column(ForeignKey("institute.id"))
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    filename: Mapped[str] = mapped_column(String(160))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The file itself, only until the import is applied or dropped."""
    columns: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Our field → index of its column, as chosen."""
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Doubt → the person's decision."""
    applied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    new_count: Mapped[int] = mapped_column(default=0)
    changed_count: Mapped[int] = mapped_column(default=0)
    unchanged_count: Mapped[int] = mapped_column(default=0)
    undo: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What takes the import back: made ids, and old values of what it changed."""
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id


class RememberedHeading(Base):
    """What a heading means in this school's lists."""

    __tablename__ = "remembered_heading"

    institute_id: Mapped[int] = mapped_column(ForeignKey("institute.id"), primary_key=True)
    heading: Mapped[str] = mapped_column(String(120), primary_key=True)
    meaning: Mapped[str] = mapped_column(String(40))


class RememberedWord(Base):
    """What a word (of a language, a citizenship, a plesso) means in this school's lists."""

    __tablename__ = "remembered_word"

    institute_id: Mapped[int] = mapped_column(ForeignKey("institute.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(20), primary_key=True)
    word: Mapped[str] = mapped_column(String(120), primary_key=True)
    meaning: Mapped[str] = mapped_column(String(40))
