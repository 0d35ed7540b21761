"""Hour budgets and the one ledger of mediators' minutes."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.hours import HoursKind
from schoolapp.models.accounts import User
from schoolapp.models.base import Audited, Base
from schoolapp.models.funding import FundingLine
from schoolapp.models.institutes import Institute, Service
from schoolapp.models.types import UTCDateTime, word


class HourBudget(Audited, Base):
    """Minutes of one funding line for an institute or a service in a school year.

    `committed` and `used` are kept in step with requests and ledger in the same transaction, so that the database
    itself refuses the hour that is not there, to two people at once as well.
    """

    __tablename__ = "hour_budget"
    __table_args__ = (
        CheckConstraint("(institute_id IS NULL) <> (service_id IS NULL)", name="one_owner"),
        CheckConstraint("granted_minutes >= 0", name="granted"),
        CheckConstraint("committed_minutes >= 0", name="committed"),
        CheckConstraint("used_minutes >= 0", name="used"),
        CheckConstraint("committed_minutes + used_minutes <= granted_minutes", name="enough"),
        UniqueConstraint("institute_id", "funding_line_id", "school_year_id"),
        UniqueConstraint("service_id", "funding_line_id", "school_year_id"),
        Index("ix_hour_budget_ambito", "ambito_id", "school_year_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ambito_id: Mapped[int] = mapped_column(ForeignKey("ambito.id"))
    institute_id: Mapped[int | None] = mapped_column(ForeignKey("institute.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    funding_line_id: Mapped[int] = mapped_column(ForeignKey("funding_line.id"))
    school_year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"))
    granted_minutes: Mapped[int]
    committed_minutes: Mapped[int] = mapped_column(default=0)
    used_minutes: Mapped[int] = mapped_column(default=0)
    needs_grant: Mapped[bool] = mapped_column(default=False)
    """The Ambito approves each request; else the coordinator's approval is enough."""

    institute: Mapped[Institute | None] = relationship()
    service: Mapped[Service | None] = relationship()
    funding_line: Mapped[FundingLine] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id


class BudgetChange(Audited, Base):
    """Minutes granted: the first time, or by an addendum."""

    __tablename__ = "budget_change"
    __table_args__ = (Index("ix_budget_change_budget", "budget_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    budget_id: Mapped[int] = mapped_column(ForeignKey("hour_budget.id"))
    minutes: Mapped[int]
    """Added; below zero where minutes are taken back."""
    reason: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    budget: Mapped[HourBudget] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.budget.institute_id


class HourEntry(Audited, Base):
    """One activity of a mediator: the line of the timesheet, charged to one funding line and counted once."""

    __tablename__ = "hour_entry"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint('"end" > start', name="times"),
        CheckConstraint("request_id IS NOT NULL OR service_id IS NOT NULL", name="reference"),
        CheckConstraint("(validated_at IS NULL) = (validated_by_id IS NULL)", name="validated"),
        Index("ix_hour_entry_mediator", "mediator_id", "day"),
        Index("ix_hour_entry_budget", "budget_id"),
        Index(
            "uq_hour_entry_request",
            "request_id",
            "kind",
            unique=True,
            sqlite_where=text("request_id IS NOT NULL"),
            postgresql_where=text("request_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mediator_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[HoursKind] = mapped_column(word(HoursKind, "kind"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_request.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
    """The desk at which people came without appointment."""
    budget_id: Mapped[int] = mapped_column(ForeignKey("hour_budget.id"))
    funding_line_id: Mapped[int] = mapped_column(ForeignKey("funding_line.id"))
    day: Mapped[date]
    start: Mapped[time]
    end: Mapped[time]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(120), default="")
    validated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    validated_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    mediator: Mapped[User] = relationship(foreign_keys=[mediator_id])
    budget: Mapped[HourBudget] = relationship()
    funding_line: Mapped[FundingLine] = relationship()
    contacts: Mapped[list["DeskContacts"]] = relationship(
        cascade="all, delete-orphan", order_by="DeskContacts.language"
    )

    @property
    def audit_institute_id(self) -> int | None:
        return self.budget.institute_id


class DeskContacts(Base):
    """How many people came to a desk, by language. Nobody is named."""

    __tablename__ = "desk_contacts"
    __table_args__ = (CheckConstraint("contacts > 0", name="contacts"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("hour_entry.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    contacts: Mapped[int]
