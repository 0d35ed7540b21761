"""Issued documents: numbered, with frozen contents and a code by which anybody can check them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.issued_documents import DocumentKind
from schoolapp.models.base import Audited, Base
from schoolapp.models.pupils import Pupil
from schoolapp.models.school_year import SchoolYear
from schoolapp.models.types import UTCDateTime, word
from schoolapp.models.workshops import Workshop


class IssuedDocument(Audited, Base):
    """What the paper says is frozen in `contents` at issue; it is revoked or replaced, never changed."""

    __tablename__ = "issued_document"
    __table_args__ = (
        UniqueConstraint("institute_id", "school_year_id", "kind", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name="revoked"),
        CheckConstraint("revoked_at IS NULL OR revoked_why <> ''", name="revoked_why"),
        CheckConstraint("protocol_day IS NULL OR protocol_number IS NOT NULL", name="protocol"),
        Index("ix_issued_document_workshop", "workshop_id", "pupil_id"),
        Index("ix_issued_document_pupil", "pupil_id"),
    )
    audit_exclude = frozenset({"contents", "code"})

    id: Mapped[int] = mapped_column(primary_key=True)
    institute_id: Mapped[int] = mapped_column(ForeignKey("institute.id"))
    school_year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"))
    kind: Mapped[DocumentKind] = mapped_column(word(DocumentKind, "kind"))
    number: Mapped[int]
    """Counted from 1 by institute, school year and kind."""
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    protocol_number: Mapped[str | None] = mapped_column(String(40))
    protocol_day: Mapped[date | None]
    code: Mapped[str] = mapped_column(String(32), unique=True)
    """128 random bits, as written on the paper without spaces."""
    contents: Mapped[dict[str, Any]] = mapped_column(JSON)
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    revoked_why: Mapped[str] = mapped_column(String(200), default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("issued_document.id"), unique=True)

    school_year: Mapped[SchoolYear] = relationship()
    workshop: Mapped[Workshop] = relationship()
    pupil: Mapped[Pupil] = relationship()
    replaces: Mapped["IssuedDocument | None"] = relationship(remote_side=[id])

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id
