"""Lessons, the marks of their roll call, and pupils who turned up without being enrolled."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.attendance import AbsenceReason, MarkStatus
from schoolapp.domain.lessons import CancelledBy
from schoolapp.models.accounts import User
from schoolapp.models.base import Audited, Base
from schoolapp.models.funding import FundingLine
from schoolapp.models.types import UTCDateTime, word
from schoolapp.models.workshops import Workshop


class Lesson(Audited, Base):
    """One meeting of a workshop. It is held once it is signed; what it lacks is in `domain/lessons.py`."""

    __tablename__ = "lesson"
    __table_args__ = (
        CheckConstraint('"end" > start', name="times"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("(signed_at IS NULL) = (signed_by_id IS NULL)", name="signed"),
        CheckConstraint("(countersigned_at IS NULL) = (countersigned_by_id IS NULL)", name="countersigned"),
        CheckConstraint("countersigned_at IS NULL OR signed_at IS NOT NULL", name="countersigned_after_signed"),
        CheckConstraint("cancelled_by IS NULL OR signed_at IS NULL", name="cancelled_not_signed"),
        UniqueConstraint("workshop_id", "day", "start"),
        Index("ix_lesson_facilitator_day", "facilitator_id", "day"),
        Index("ix_lesson_day", "day", "workshop_id"),
        Index(
            "ix_lesson_unsigned",
            "facilitator_id",
            "day",
            sqlite_where=text("signed_at IS NULL AND cancelled_by IS NULL"),
            postgresql_where=text("signed_at IS NULL AND cancelled_by IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    funding_line_id: Mapped[int] = mapped_column(ForeignKey("funding_line.id"))
    day: Mapped[date]
    start: Mapped[time]
    end: Mapped[time]
    minutes: Mapped[int]
    """Duration; the unit of account is the 60-minute hour."""
    place: Mapped[str] = mapped_column(String(80), default="")
    topic: Mapped[str] = mapped_column(String(500), default="")
    activity: Mapped[str] = mapped_column(String(100), default="")
    """Chosen words for what was practised, separated by commas ("ascolto, lettura")."""
    by_hand: Mapped[bool] = mapped_column(default=False)
    """Decided for this lesson alone (added, or given to another person): a change of the timetable leaves it."""
    moved_from_day: Mapped[date | None]
    moved_from_start: Mapped[time | None]
    moved_why: Mapped[str | None] = mapped_column(String(200))
    cancelled_by: Mapped[CancelledBy | None] = mapped_column(word(CancelledBy, "cancelled_by"))
    cancelled_why: Mapped[str | None] = mapped_column(String(200))
    recovers_id: Mapped[int | None] = mapped_column(ForeignKey("lesson.id"), unique=True)
    """The cancelled lesson that this one makes up for."""
    signed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    countersigned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    countersigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=0)
    """Grows with each saved roll call: a tablet that read an older one is told so."""

    workshop: Mapped[Workshop] = relationship()
    facilitator: Mapped[User | None] = relationship(foreign_keys=[facilitator_id])
    funding_line: Mapped[FundingLine] = relationship()
    signed_by: Mapped[User | None] = relationship(foreign_keys=[signed_by_id])
    countersigned_by: Mapped[User | None] = relationship(foreign_keys=[countersigned_by_id])
    recovers: Mapped["Lesson | None"] = relationship(remote_side=[id])

    @property
    def audit_institute_id(self) -> int | None:
        return self.workshop.institute_id


class Mark(Base):
    """One pupil at one lesson. Its history is in the audit of the lesson.

    The minutes it is worth are kept with it, computed once by `domain/attendance.py` when it is written.
    """

    __tablename__ = "mark"
    __table_args__ = (
        CheckConstraint("(missed_minutes IS NOT NULL) = (status IN ('late', 'left_early'))", name="missed_minutes"),
        CheckConstraint("reason IS NULL OR status = 'absent'", name="reason"),
        CheckConstraint("attended_minutes BETWEEN 0 AND offered_minutes", name="minutes"),
        Index("ix_mark_pupil", "pupil_id", "lesson_id"),
        {"sqlite_with_rowid": False},
    )

    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), primary_key=True)
    status: Mapped[MarkStatus] = mapped_column(word(MarkStatus, "status"))
    missed_minutes: Mapped[int | None]
    reason: Mapped[AbsenceReason | None] = mapped_column(word(AbsenceReason, "reason_word"))
    attended_minutes: Mapped[int]
    offered_minutes: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)


class UnlistedState(StrEnum):
    PROPOSED = "proposed"
    ENROLLED = "enrolled"
    DISMISSED = "dismissed"


class UnlistedPupil(Audited, Base):
    """A pupil who turned up at a lesson and is not enrolled: proposed to the coordinator, who decides."""

    __tablename__ = "unlisted_pupil"

    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    class_name: Mapped[str] = mapped_column(String(20), default="")
    state: Mapped[UnlistedState] = mapped_column(word(UnlistedState, "state"), default=UnlistedState.PROPOSED)
    note: Mapped[str | None] = mapped_column(Text)

    lesson: Mapped[Lesson] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.lesson.workshop.institute_id
