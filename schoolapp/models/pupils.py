"""Pupils: the few facts the work needs. Foreign, newly arrived, needing Italian and countable are four facts."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.levels import Level
from schoolapp.models.base import Audited, Base
from schoolapp.models.institutes import SchoolClass
from schoolapp.models.types import UTCDateTime, key, word


class Pupil(Audited, Base):
    """A pupil of an institute. Archived, never deleted. Empty means unknown, and unknown is allowed."""

    __tablename__ = "pupil"
    __table_args__ = (
        CheckConstraint("sex IN ('F', 'M')", name="sex"),
        CheckConstraint("years_abroad BETWEEN 0 AND 20", name="years_abroad"),
        Index("ix_pupil_list", "institute_id", "sort_key", "id"),
        Index("ix_pupil_birth_date", "institute_id", "birth_date"),
    )
    audit_exclude = frozenset({"search_key", "sort_key"})

    id: Mapped[int] = mapped_column(primary_key=True)
    institute_id: Mapped[int] = mapped_column(ForeignKey("institute.id"))
    last_name: Mapped[str] = mapped_column(String(80))
    first_name: Mapped[str] = mapped_column(String(80), default="")
    called_name: Mapped[str | None] = mapped_column(String(80))
    birth_date: Mapped[date | None]
    birth_place: Mapped[str | None] = mapped_column(String(80))
    """As declared at enrolment, for the certificate alone."""
    sex: Mapped[str | None] = mapped_column(String(1))
    arrival_month: Mapped[date | None]
    """First day of the month of arrival in Italy: the day is nobody's business."""
    first_enrolment: Mapped[date | None]
    """First enrolment in a school in Italy."""
    years_abroad: Mapped[int | None]
    """Years of schooling abroad."""
    alphabets: Mapped[str | None] = mapped_column(String(60))
    """ISO 15924 codes of the scripts the pupil reads, separated by spaces ("Arab Latn"); "" for none."""
    letters_language: Mapped[str | None] = mapped_column(String(12))
    """Language of the letters to the family (BCP 47): not the home language, not the mediator's."""
    mediator_needed: Mapped[bool | None]
    mediator_language: Mapped[str | None] = mapped_column(String(12))
    entry_level: Mapped[Level | None] = mapped_column(word(Level, "entry_level"))
    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    search_key: Mapped[str] = mapped_column(key(260))
    """Names without accents and case, kept by the service: what the search looks through."""
    sort_key: Mapped[str] = mapped_column(key(180))

    citizenships: Mapped[list["PupilCitizenship"]] = relationship(
        back_populates="pupil", cascade="all, delete-orphan", order_by="PupilCitizenship.country"
    )
    languages: Mapped[list["PupilLanguage"]] = relationship(
        back_populates="pupil", cascade="all, delete-orphan", order_by="PupilLanguage.position"
    )
    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="pupil", cascade="all, delete-orphan", order_by="Contact.position"
    )
    class_memberships: Mapped[list["ClassMembership"]] = relationship(
        back_populates="pupil", cascade="all, delete-orphan", order_by="ClassMembership.valid_from"
    )

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id


class PupilCitizenship(Audited, Base):
    __tablename__ = "pupil_citizenship"

    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    """ISO 3166 code; "XX" for stateless."""

    pupil: Mapped[Pupil] = relationship(back_populates="citizenships")

    @property
    def audit_institute_id(self) -> int | None:
        return self.pupil.institute_id


class PupilLanguage(Audited, Base):
    """A language of home."""

    __tablename__ = "pupil_language"

    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    pupil: Mapped[Pupil] = relationship(back_populates="languages")

    @property
    def audit_institute_id(self) -> int | None:
        return self.pupil.institute_id


class Contact(Audited, Base):
    """A holder of parental responsibility, or who answers the phone for the family."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    relation: Mapped[str | None] = mapped_column(String(40))
    phone: Mapped[str | None] = mapped_column(String(32))
    """E.164."""
    email: Mapped[str | None] = mapped_column(String(160))
    position: Mapped[int] = mapped_column(default=0)

    pupil: Mapped[Pupil] = relationship(back_populates="contacts")

    @property
    def audit_institute_id(self) -> int | None:
        return self.pupil.institute_id


class ClassMembership(Audited, Base):
    """A pupil in a class, from when to when."""

    __tablename__ = "class_membership"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        Index(
            "uq_class_membership_current",
            "pupil_id",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
        Index("ix_class_membership_class", "class_id", "pupil_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    pupil: Mapped[Pupil] = relationship(back_populates="class_memberships")
    school_class: Mapped[SchoolClass] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.pupil.institute_id


class CardReading(Base):
    """Who opened a pupil's card, and when."""

    __tablename__ = "card_reading"
    __table_args__ = (Index("ix_card_reading_pupil", "pupil_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
