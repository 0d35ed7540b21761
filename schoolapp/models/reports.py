"""Words of the term reports. Their figures are computed when they are read, never kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.models.accounts import User
from schoolapp.models.base import Audited, Base
from schoolapp.models.pupils import Pupil
from schoolapp.models.school_year import Term
from schoolapp.models.types import UTCDateTime
from schoolapp.models.workshops import Workshop


class WorkshopReport(Audited, Base):
    """What the facilitator writes about a workshop at the end of a term; signed, then countersigned by the school."""

    __tablename__ = "workshop_report"
    __table_args__ = (
        UniqueConstraint("workshop_id", "term_id"),
        CheckConstraint("(signed_at IS NULL) = (signed_by_id IS NULL)", name="signed"),
        CheckConstraint("(countersigned_at IS NULL) = (countersigned_by_id IS NULL)", name="countersigned"),
        CheckConstraint("countersigned_at IS NULL OR signed_at IS NOT NULL", name="countersigned_after_signed"),
        Index("ix_workshop_report_term", "term_id", "workshop_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    topics: Mapped[str] = mapped_column(Text, default="")
    progress: Mapped[str] = mapped_column(Text, default="")
    difficulties: Mapped[str] = mapped_column(Text, default="")
    proposals: Mapped[str] = mapped_column(Text, default="")
    signed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    countersigned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    countersigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=0)
    """Grows with each save: who read an older one is told so."""

    workshop: Mapped[Workshop] = relationship()
    term: Mapped[Term] = relationship()
    signed_by: Mapped[User | None] = relationship(foreign_keys=[signed_by_id])
    countersigned_by: Mapped[User | None] = relationship(foreign_keys=[countersigned_by_id])

    @property
    def audit_institute_id(self) -> int | None:
        return self.workshop.institute_id


class PupilReport(Audited, Base):
    """What the facilitator writes about one pupil for the class council at the end of a term."""

    __tablename__ = "pupil_report"
    __table_args__ = (
        UniqueConstraint("workshop_id", "pupil_id", "term_id"),
        Index("ix_pupil_report_pupil", "pupil_id", "term_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    words: Mapped[str] = mapped_column(String(800), default="")
    proposals: Mapped[str] = mapped_column(String(800), default="")
    """For the personalised plan (PDP, PSP, PPT: the school names it)."""
    version: Mapped[int] = mapped_column(default=0)

    workshop: Mapped[Workshop] = relationship()
    pupil: Mapped[Pupil] = relationship()
    term: Mapped[Term] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.workshop.institute_id
