"""Places: ambiti, comuni, institutes, their sites (plessi) and classes."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.meetings import MeetingContext
from schoolapp.models.base import Audited, Base
from schoolapp.models.types import word


class Ambito(Base):
    """An *Ambito territoriale sociale*: a social-services district of comuni, not the Ministry's school office."""

    __tablename__ = "ambito"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    lead_body: Mapped[str] = mapped_column(String(120))
    province: Mapped[str] = mapped_column(String(2))


class Comune(Base):
    __tablename__ = "comune"
    __table_args__ = (UniqueConstraint("name", "province"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ambito_id: Mapped[int | None] = mapped_column(ForeignKey("ambito.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    province: Mapped[str] = mapped_column(String(60))
    belfiore_code: Mapped[str | None] = mapped_column(String(4), unique=True)
    zone: Mapped[str | None] = mapped_column(String(60))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    """Of the town hall, in degrees: enough to say how far a mediator travels."""


class Service(Audited, Base):
    """A social or health service, or a desk, of an Ambito: it asks for mediation by case code, never by name."""

    __tablename__ = "service"
    __table_args__ = (
        UniqueConstraint("ambito_id", "name"),
        CheckConstraint("context <> 'school'", name="not_a_school"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ambito_id: Mapped[int] = mapped_column(ForeignKey("ambito.id"))
    comune_id: Mapped[int | None] = mapped_column(ForeignKey("comune.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    context: Mapped[MeetingContext] = mapped_column(word(MeetingContext, "context"))
    place: Mapped[str] = mapped_column(String(120), default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    @property
    def audit_institute_id(self) -> int | None:
        return None


class Institute(Audited, Base):
    """A school as an institution (usually an *istituto comprensivo*). The ministerial code is optional."""

    __tablename__ = "institute"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ambito_id: Mapped[int | None] = mapped_column(ForeignKey("ambito.id"), index=True)
    comune_id: Mapped[int | None] = mapped_column(ForeignKey("comune.id"), index=True)
    code: Mapped[str | None] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str | None] = mapped_column(String(80))
    is_state: Mapped[bool] = mapped_column(default=True)
    address: Mapped[str | None] = mapped_column(String(160))
    email: Mapped[str | None] = mapped_column(String(160))
    printed_signature: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Certificates carry the head's printed name in place of a signature by hand (art. 3 c. 2 D.Lgs. 39/1993)."""
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    sites: Mapped[list["Site"]] = relationship(back_populates="institute", order_by="Site.name")
    comune: Mapped[Comune | None] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.id


class Site(Audited, Base):
    """A *plesso*: one building of an institute. A branch may have no ministerial code."""

    __tablename__ = "site"
    __table_args__ = (
        UniqueConstraint("institute_id", "name"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    institute_id: Mapped[int] = mapped_column(ForeignKey("institute.id"))
    comune_id: Mapped[int | None] = mapped_column(ForeignKey("comune.id"), index=True)
    code: Mapped[str | None] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str | None] = mapped_column(String(80))
    address: Mapped[str | None] = mapped_column(String(160))
    email: Mapped[str | None] = mapped_column(String(160))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    institute: Mapped[Institute] = relationship(back_populates="sites")
    comune: Mapped[Comune | None] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id


class SchoolClass(Audited, Base):
    """A class of one school year, e.g. 2B of the primary school of Albosaggia."""

    __tablename__ = "school_class"
    __table_args__ = (
        UniqueConstraint("site_id", "school_year_id", "name"),
        CheckConstraint("pupils_enrolled BETWEEN 1 AND 60", name="pupils_enrolled"),
        Index("ix_school_class_institute", "institute_id", "school_year_id", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    institute_id: Mapped[int] = mapped_column(ForeignKey("institute.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    school_year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"))
    name: Mapped[str] = mapped_column(String(20))
    """Year of course and section as the school writes them: "2B"."""
    pupils_enrolled: Mapped[int | None]
    """All pupils of the class, also those not in this software: what the legal share is taken of."""

    site: Mapped[Site] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id
