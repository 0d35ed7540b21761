"""Who pays for an hour: projects with their codes, and funding lines."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.emblems import MOST_EMBLEMS, NAME_LENGTH
from schoolapp.models.base import Audited, Base


class Project(Audited, Base):
    """A funded plan, e.g. Lab'Impact, with the codes that every document must carry."""

    __tablename__ = "project"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ambito_id: Mapped[int | None] = mapped_column(ForeignKey("ambito.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    code: Mapped[str | None] = mapped_column(String(40))
    cup: Mapped[str | None] = mapped_column(String(20))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class ProjectEmblem(Audited, Base):
    """A picture of the band on the documents of a project: written anew by us, never the file that was sent."""

    __tablename__ = "project_emblem"
    __table_args__ = (
        UniqueConstraint("project_id", "position"),
        CheckConstraint(f"position BETWEEN 1 AND {MOST_EMBLEMS}", name="position"),
        CheckConstraint("width > 0 AND height > 0", name="size"),
    )
    audit_exclude = frozenset({"png", "width", "height"})

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    png: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    width: Mapped[int]
    height: Mapped[int]


class FundingLine(Audited, Base):
    """The source to which an hour is charged. The hour, not the workshop, carries it."""

    __tablename__ = "funding_line"
    __table_args__ = (UniqueConstraint("ambito_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ambito_id: Mapped[int | None] = mapped_column(ForeignKey("ambito.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))

    project: Mapped[Project | None] = relationship()
