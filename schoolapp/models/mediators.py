"""Mediators: what they speak, when and from where they can come, whom they must not be sent to."""

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.mediators import WeeklyTime
from schoolapp.domain.meetings import LanguageLevel
from schoolapp.models.accounts import User
from schoolapp.models.base import Audited, Base
from schoolapp.models.institutes import Comune
from schoolapp.models.types import word


class MediatorProfile(Audited, Base):
    """What matching needs to know of a mediator; the account says the rest."""

    __tablename__ = "mediator_profile"
    __table_args__ = (CheckConstraint("gender IN ('F', 'M')", name="gender"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    gender: Mapped[str | None] = mapped_column(String(1))
    """Some families ask for a woman or a man; said by the mediator, or not."""
    comune_id: Mapped[int | None] = mapped_column(ForeignKey("comune.id"), index=True)
    engagement: Mapped[str] = mapped_column(String(60), default="")
    """The contract's number, for the timesheet."""

    user: Mapped[User] = relationship()
    comune: Mapped[Comune | None] = relationship()
    languages: Mapped[list["MediatorLanguage"]] = relationship(
        cascade="all, delete-orphan", order_by="MediatorLanguage.language"
    )
    availabilities: Mapped[list["Availability"]] = relationship(
        cascade="all, delete-orphan", order_by="(Availability.weekday, Availability.start)"
    )

    @property
    def audit_institute_id(self) -> int | None:
        return None


class MediatorLanguage(Audited, Base):
    __tablename__ = "mediator_language"

    user_id: Mapped[int] = mapped_column(ForeignKey("mediator_profile.user_id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    level: Mapped[LanguageLevel] = mapped_column(word(LanguageLevel, "level"))

    @property
    def audit_institute_id(self) -> int | None:
        return None


class Availability(Audited, Base):
    """A weekly time at which a mediator can come."""

    __tablename__ = "availability"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint('"end" > start', name="times"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("mediator_profile.user_id"), index=True)
    weekday: Mapped[int]
    """0 is Monday."""
    start: Mapped[time]
    end: Mapped[time]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @property
    def weekly(self) -> WeeklyTime:
        return WeeklyTime(self.weekday, self.start, self.end, self.valid_from, self.valid_to)

    @property
    def audit_institute_id(self) -> int | None:
        return None


class Unavailability(Audited, Base):
    """Days on which a mediator cannot come; why is nobody's business."""

    __tablename__ = "unavailability"
    __table_args__ = (CheckConstraint("last_day >= first_day", name="days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("mediator_profile.user_id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]

    @property
    def audit_institute_id(self) -> int | None:
        return None


class DeclaredConflict(Audited, Base):
    """A family the mediator is kin or close to, as the mediator declared: never proposed there."""

    __tablename__ = "declared_conflict"
    __table_args__ = (
        CheckConstraint("(pupil_id IS NULL) <> (case_code IS NULL)", name="about_one"),
        Index("ix_declared_conflict_user", "user_id"),
        Index("ix_declared_conflict_pupil", "pupil_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("mediator_profile.user_id"))
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupil.id"))
    case_code: Mapped[str | None] = mapped_column(String(40))
    declared_on: Mapped[date]

    @property
    def audit_institute_id(self) -> int | None:
        return None
