"""The school year, its terms and the days on which schools are closed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.models.base import Audited, Base


class SchoolYear(Base):
    __tablename__ = "school_year"
    __table_args__ = (CheckConstraint("last_day > first_day", name="days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(7), unique=True)
    """As written on documents: "2026/27"."""
    first_day: Mapped[date]
    last_day: Mapped[date]

    terms: Mapped[list["Term"]] = relationship(back_populates="school_year", order_by="Term.first_day")


class Term(Base):
    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("school_year_id", "name"),
        CheckConstraint("last_day > first_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"))
    name: Mapped[str] = mapped_column(String(60))
    first_day: Mapped[date]
    last_day: Mapped[date]

    school_year: Mapped[SchoolYear] = relationship(back_populates="terms")


class Closure(Audited, Base):
    """Days without lessons: of the regional calendar, or of one institute where `institute_id` is given."""

    __tablename__ = "closure"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        Index("ix_closure_days", "school_year_id", "institute_id", "first_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"))
    institute_id: Mapped[int | None] = mapped_column(ForeignKey("institute.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    name: Mapped[str] = mapped_column(String(80))

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id
