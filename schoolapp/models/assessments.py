"""Assessments of Italian: a level for each skill, the can-do descriptors seen, literacy apart."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.assessment import AssessmentState, Literacy, Moment
from schoolapp.domain.levels import Level, Skill
from schoolapp.models.accounts import User
from schoolapp.models.base import Audited, Base
from schoolapp.models.pupils import Pupil
from schoolapp.models.types import UTCDateTime, word


class Assessment(Audited, Base):
    """The profile of a pupil at one moment of a school year. It is the pupil's, whichever workshop made it."""

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("pupil_id", "school_year_id", "moment"),
        CheckConstraint("(completed_at IS NULL) = (state = 'draft')", name="completed"),
        CheckConstraint("(shared_at IS NULL) = (state <> 'shared')", name="shared"),
        Index("ix_assessment_institute", "institute_id", "school_year_id", "moment"),
    )

    audit_exclude = frozenset({"version"})

    id: Mapped[int] = mapped_column(primary_key=True)
    institute_id: Mapped[int] = mapped_column(ForeignKey("institute.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    school_year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"), index=True)
    """Where it was made; empty for an entry test before any workshop."""
    moment: Mapped[Moment] = mapped_column(word(Moment, "moment"))
    day: Mapped[date]
    scale_version: Mapped[int]
    """Version of the descriptors in `domain/descriptors`: an old assessment keeps its words."""
    literacy: Mapped[Literacy | None] = mapped_column(word(Literacy, "literacy"))
    overall_level: Mapped[Level | None] = mapped_column(word(Level, "overall_level"))
    """As the assessor decided: the proposed one, or another with `overall_why`."""
    overall_why: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[AssessmentState] = mapped_column(word(AssessmentState, "state"))
    assessor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    completed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    shared_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    shared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=0)
    """Grows with each save: who read an older one is told so."""

    pupil: Mapped[Pupil] = relationship()
    assessor: Mapped[User] = relationship(foreign_keys=[assessor_id])
    levels: Mapped[list["AssessedLevel"]] = relationship(back_populates="assessment", cascade="all, delete-orphan")
    descriptors: Mapped[list["AssessedDescriptor"]] = relationship(
        back_populates="assessment", cascade="all, delete-orphan"
    )

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id


class AssessedLevel(Base):
    """The level of one skill; a skill that was not assessed has no row."""

    __tablename__ = "assessed_level"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    skill: Mapped[Skill] = mapped_column(word(Skill, "skill"), primary_key=True)
    level: Mapped[Level] = mapped_column(word(Level, "level"))

    assessment: Mapped[Assessment] = relationship(back_populates="levels")


class AssessedDescriptor(Base):
    """A can-do descriptor that was seen: evidence for a level."""

    __tablename__ = "assessed_descriptor"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)

    assessment: Mapped[Assessment] = relationship(back_populates="descriptors")
