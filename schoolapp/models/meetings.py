"""Requests for a mediated meeting, the times asked of mediators, and what came of it."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.meeting_steps import MeetingAction, MeetingState, Party
from schoolapp.domain.meetings import AppointmentState, InvitedBy, MeetingContext, MeetingMode, MeetingReason
from schoolapp.models.accounts import Provider, User
from schoolapp.models.base import Audited, Base
from schoolapp.models.hours import HourBudget
from schoolapp.models.institutes import Institute, SchoolClass, Service
from schoolapp.models.pupils import Pupil
from schoolapp.models.school_year import SchoolYear
from schoolapp.models.types import UTCDateTime, word


class MeetingRequest(Audited, Base):
    """One request from its first draft to its accounted hours. A service names a case, never a person."""

    __tablename__ = "meeting_request"
    __table_args__ = (
        UniqueConstraint("ambito_id", "school_year_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("minutes BETWEEN 10 AND 480", name="minutes"),
        CheckConstraint("committed_minutes >= 0", name="committed"),
        CheckConstraint("families BETWEEN 1 AND 200", name="families"),
        CheckConstraint("gender_wanted IN ('F', 'M')", name="gender_wanted"),
        CheckConstraint(
            "(context = 'school' AND institute_id IS NOT NULL AND service_id IS NULL AND case_code IS NULL)"
            " OR (context <> 'school' AND institute_id IS NULL AND service_id IS NOT NULL"
            " AND pupil_id IS NULL AND class_id IS NULL)",
            name="whose",
        ),
        Index("ix_meeting_request_institute", "institute_id", "state"),
        Index("ix_meeting_request_service", "service_id", "state"),
        Index("ix_meeting_request_provider", "provider_id", "state"),
        Index("ix_meeting_request_requester", "requester_id", "state"),
        Index("ix_meeting_request_pupil", "pupil_id"),
    )
    audit_exclude = frozenset({"note"})

    id: Mapped[int] = mapped_column(primary_key=True)
    ambito_id: Mapped[int] = mapped_column(ForeignKey("ambito.id"))
    school_year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"))
    number: Mapped[int]
    """Counted from 1 by Ambito and school year: what people say on the phone."""
    context: Mapped[MeetingContext] = mapped_column(word(MeetingContext, "context"))
    institute_id: Mapped[int | None] = mapped_column(ForeignKey("institute.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    requester_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupil.id"))
    class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"))
    case_code: Mapped[str | None] = mapped_column(String(40))
    families: Mapped[int | None]
    """Expected at a vaccination session or a class assembly."""
    reason: Mapped[MeetingReason] = mapped_column(word(MeetingReason, "reason"))
    language: Mapped[str] = mapped_column(String(12))
    second_language: Mapped[str | None] = mapped_column(String(12))
    minutes: Mapped[int]
    mode: Mapped[MeetingMode] = mapped_column(word(MeetingMode, "mode"))
    place: Mapped[str] = mapped_column(String(120), default="")
    participants: Mapped[str] = mapped_column(String(120), default="")
    """Chosen words for who will be there beside family and mediator, separated by commas."""
    same_mediator: Mapped[bool] = mapped_column(default=False)
    gender_wanted: Mapped[str | None] = mapped_column(String(1))
    invited_by: Mapped[InvitedBy] = mapped_column(word(InvitedBy, "invited_by"))
    note: Mapped[str] = mapped_column(String(200), default="")
    """For who organises; kept twelve months after the meeting."""
    state: Mapped[MeetingState] = mapped_column(word(MeetingState, "state"))
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"))
    budget_id: Mapped[int | None] = mapped_column(ForeignKey("hour_budget.id"), index=True)
    committed_minutes: Mapped[int] = mapped_column(default=0)
    """Of the budget, until they are used or given back."""
    version: Mapped[int] = mapped_column(default=0)
    """Grows with each step: who read an older one is told so."""

    institute: Mapped[Institute | None] = relationship()
    service: Mapped[Service | None] = relationship()
    requester: Mapped[User] = relationship()
    pupil: Mapped[Pupil | None] = relationship()
    school_class: Mapped[SchoolClass | None] = relationship()
    provider: Mapped[Provider | None] = relationship()
    school_year: Mapped[SchoolYear] = relationship()
    budget: Mapped[HourBudget | None] = relationship()
    slots: Mapped[list["ProposedSlot"]] = relationship(
        back_populates="request", cascade="all, delete-orphan", order_by="ProposedSlot.position"
    )
    events: Mapped[list["MeetingEvent"]] = relationship(order_by="MeetingEvent.id")
    appointments: Mapped[list["Appointment"]] = relationship(back_populates="request", order_by="Appointment.id")

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id


class ProposedSlot(Base):
    """A time that suits who asks: local day and start, as long as the request says."""

    __tablename__ = "proposed_slot"
    __table_args__ = (CheckConstraint("position BETWEEN 1 AND 3", name="position"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("meeting_request.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    start: Mapped[time]

    request: Mapped[MeetingRequest] = relationship(back_populates="slots")


class MeetingEvent(Base):
    """A step that was taken: the line of the request's story."""

    __tablename__ = "meeting_event"
    __table_args__ = (Index("ix_meeting_event_request", "request_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("meeting_request.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    """Empty where the service itself did it."""
    party: Mapped[Party | None] = mapped_column(word(Party, "party"))
    action: Mapped[MeetingAction] = mapped_column(word(MeetingAction, "action"))
    to_state: Mapped[MeetingState] = mapped_column(word(MeetingState, "to_state"))
    reason: Mapped[str] = mapped_column(String(200), default="")

    by: Mapped[User | None] = relationship()


class Appointment(Audited, Base):
    """A time asked of a mediator. The migration has the database refuse two that overlap for one mediator."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="times"),
        Index("ix_appointment_mediator", "mediator_id", "starts_at"),
        Index("ix_appointment_request", "request_id", "id"),
        Index(
            "uq_appointment_open",
            "request_id",
            unique=True,
            sqlite_where=text("state IN ('proposed', 'confirmed')"),
            postgresql_where=text("state IN ('proposed', 'confirmed')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("meeting_request.id"))
    mediator_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    state: Mapped[AppointmentState] = mapped_column(word(AppointmentState, "state"))
    answer_by: Mapped[date | None]
    uid: Mapped[str] = mapped_column(String(60), unique=True)
    """The calendar's name of this appointment, for its updates and its cancellation."""
    sequence: Mapped[int] = mapped_column(default=0)

    request: Mapped[MeetingRequest] = relationship(back_populates="appointments")
    mediator: Mapped[User] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.request.institute_id


class MeetingReport(Audited, Base):
    """What the mediator writes after the meeting, and who confirmed it. No judgement of the family."""

    __tablename__ = "meeting_report"
    __table_args__ = (
        CheckConstraint('"end" > start', name="times"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="confirmed"),
    )
    audit_exclude = frozenset({"agreements"})

    request_id: Mapped[int] = mapped_column(ForeignKey("meeting_request.id"), primary_key=True)
    day: Mapped[date]
    start: Mapped[time]
    end: Mapped[time]
    present: Mapped[str] = mapped_column(String(200), default="")
    agreements: Mapped[str] = mapped_column(Text, default="")
    another_meeting: Mapped[bool] = mapped_column(default=False)
    reported_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    request: Mapped[MeetingRequest] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.request.institute_id


class CulturalNote(Base):
    """What the mediator explains to who asked, and to nobody else: never exported, deleted after twelve months."""

    __tablename__ = "cultural_note"

    request_id: Mapped[int] = mapped_column(ForeignKey("meeting_request.id"), primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
