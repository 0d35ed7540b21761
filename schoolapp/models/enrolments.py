"""Pupils in workshops: referral by a teacher, waiting list, enrolment in any month."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.enrolment import EnrolmentOutcome
from schoolapp.domain.referral import ReferralState
from schoolapp.domain.workshops import WorkshopKind
from schoolapp.models.base import Audited, Base
from schoolapp.models.pupils import Pupil
from schoolapp.models.types import UTCDateTime, word
from schoolapp.models.workshops import Workshop


class Enrolment(Audited, Base):
    """A pupil in a workshop from one day to another; attendance counts from the first day."""

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="days"),
        CheckConstraint("outcome IS NULL OR last_day IS NOT NULL", name="outcome_with_last_day"),
        Index(
            "uq_enrolment_open",
            "workshop_id",
            "pupil_id",
            unique=True,
            sqlite_where=text("last_day IS NULL"),
            postgresql_where=text("last_day IS NULL"),
        ),
        Index("ix_enrolment_workshop", "workshop_id", "first_day"),
        Index("ix_enrolment_pupil", "pupil_id", "workshop_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    outcome: Mapped[EnrolmentOutcome | None] = mapped_column(word(EnrolmentOutcome, "outcome"))

    workshop: Mapped[Workshop] = relationship()
    pupil: Mapped[Pupil] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.workshop.institute_id


class Referral(Audited, Base):
    """A teacher's request that a pupil join a workshop (*segnalazione*)."""

    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_list", "institute_id", "state", "referred_at"),
        Index("ix_referral_pupil", "pupil_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    institute_id: Mapped[int] = mapped_column(ForeignKey("institute.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    referred_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    referred_at: Mapped[datetime] = mapped_column(UTCDateTime)
    wanted_kind: Mapped[WorkshopKind] = mapped_column(word(WorkshopKind, "wanted_kind"))
    note: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[ReferralState] = mapped_column(word(ReferralState, "state"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decision_why: Mapped[str] = mapped_column(String(200), default="")
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)

    pupil: Mapped[Pupil] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id
