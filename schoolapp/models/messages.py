"""What is sent to people: the outbox, links that act without signing in, letters and their checked sentences."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from schoolapp.domain.links import LinkPurpose
from schoolapp.models.base import Audited, Base
from schoolapp.models.types import UTCDateTime, word


class OutboxMessage(Base):
    """An e-mail written in the transaction that makes it true, and sent afterwards, again and again if need be."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index(
            "ix_outbox_message_due",
            "next_attempt_at",
            sqlite_where=text("sent_at IS NULL AND given_up_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    to_address: Mapped[str] = mapped_column(String(160))
    locale: Mapped[str] = mapped_column(String(5), default="it")
    subject: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(Text)
    calendar: Mapped[str | None] = mapped_column(Text)
    """An iCalendar object, with its method inside."""
    request_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_request.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    next_attempt_at: Mapped[datetime] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(200), default="")
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class PersonalLink(Base):
    """A capability to do one thing without signing in. Only the hash of its secret is kept."""

    __tablename__ = "personal_link"
    __table_args__ = (Index("ix_personal_link_request", "request_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[LinkPurpose] = mapped_column(word(LinkPurpose, "purpose"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_request.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(String(40), default="")


class CheckedSentence(Audited, Base):
    """A translation of the sentence bank that a mediator has read and found right."""

    __tablename__ = "checked_sentence"
    __table_args__ = (UniqueConstraint("language", "sentence", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(12))
    sentence: Mapped[str] = mapped_column(String(40))
    """Its name in `domain/letters`."""
    version: Mapped[int]
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    checked_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def audit_institute_id(self) -> int | None:
        return None


class FamilyLetter(Audited, Base):
    """A letter to a family as it was printed: which one, in which language, from which version of the bank."""

    __tablename__ = "family_letter"
    __table_args__ = (
        Index("ix_family_letter_request", "request_id", "id"),
        Index("ix_family_letter_pupil", "pupil_id"),
    )
    audit_exclude = frozenset({"contents"})

    id: Mapped[int] = mapped_column(primary_key=True)
    institute_id: Mapped[int] = mapped_column(ForeignKey("institute.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_request.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    kind: Mapped[str] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(12))
    bank_version: Mapped[int]
    contents: Mapped[dict[str, Any]] = mapped_column(JSON)
    printed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    printed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id
