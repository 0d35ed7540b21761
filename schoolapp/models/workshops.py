"""Workshops (*laboratori di italiano L2*), their weekly timetable and their facilitators."""

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.levels import Level
from schoolapp.domain.workshops import WorkshopKind, WorkshopStatus
from schoolapp.models.accounts import User
from schoolapp.models.base import Audited, Base
from schoolapp.models.funding import FundingLine
from schoolapp.models.institutes import Institute, Site
from schoolapp.models.school_year import SchoolYear
from schoolapp.models.types import word


class Workshop(Audited, Base):
    """A series of lessons for a small group."""

    __tablename__ = "workshop"
    __table_args__ = (
        CheckConstraint("capacity BETWEEN 1 AND 60", name="capacity"),
        CheckConstraint("planned_minutes > 0", name="planned_minutes"),
        CheckConstraint("threshold_percent BETWEEN 1 AND 100", name="threshold_percent"),
        CheckConstraint("last_day >= first_day", name="days"),
        Index("ix_workshop_list", "institute_id", "school_year_id", "title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    institute_id: Mapped[int] = mapped_column(ForeignKey("institute.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    school_year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"))
    funding_line_id: Mapped[int] = mapped_column(ForeignKey("funding_line.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[WorkshopKind] = mapped_column(word(WorkshopKind, "kind"))
    level: Mapped[Level] = mapped_column(word(Level, "level"))
    status: Mapped[WorkshopStatus] = mapped_column(word(WorkshopStatus, "status"))
    place: Mapped[str] = mapped_column(String(80), default="")
    """The room, e.g. "aula 4" or "biblioteca"."""
    capacity: Mapped[int]
    planned_minutes: Mapped[int]
    threshold_percent: Mapped[int] = mapped_column(default=70)
    """Share of the minutes offered to a pupil from which attendance is enough for a certificate."""
    first_day: Mapped[date]
    last_day: Mapped[date]

    institute: Mapped[Institute] = relationship()
    site: Mapped[Site] = relationship()
    school_year: Mapped[SchoolYear] = relationship()
    funding_line: Mapped[FundingLine] = relationship()
    slots: Mapped[list["Slot"]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", order_by="(Slot.weekday, Slot.start, Slot.id)"
    )
    facilitators: Mapped[list["WorkshopFacilitator"]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", order_by="WorkshopFacilitator.id"
    )

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id


class WorkshopFacilitator(Audited, Base):
    """A person who runs a workshop, from when to when; the first without an end is the usual one."""

    __tablename__ = "workshop_facilitator"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        Index("ix_workshop_facilitator_user", "user_id", "workshop_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    workshop: Mapped[Workshop] = relationship(back_populates="facilitators")
    user: Mapped[User] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.workshop.institute_id


class Slot(Audited, Base):
    """A weekly time of a workshop, valid between two days."""

    __tablename__ = "slot"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 5", name="weekday"),
        CheckConstraint('"end" > start', name="times"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    weekday: Mapped[int]
    """0 is Monday, 5 Saturday."""
    start: Mapped[time]
    end: Mapped[time]
    place: Mapped[str] = mapped_column(String(80), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    workshop: Mapped[Workshop] = relationship(back_populates="slots")

    @property
    def audit_institute_id(self) -> int | None:
        return self.workshop.institute_id
