"""People who sign in, the roles they hold and where, from when to when."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.roles import Role
from schoolapp.domain.search_keys import search_key
from schoolapp.models.base import Audited, Base
from schoolapp.models.institutes import Ambito, Institute, SchoolClass, Service
from schoolapp.models.types import UTCDateTime, word


class Provider(Audited, Base):
    """A cooperative that supplies facilitators and mediators. Suppliers change with each tender."""

    __tablename__ = "provider"

    id: Mapped[int] = mapped_column(primary_key=True)
    ambito_id: Mapped[int | None] = mapped_column(ForeignKey("ambito.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


def _search_key(context: DefaultExecutionContext) -> str:
    values: dict[str, str] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return search_key(f"{values['name']} {values['email']}")


class User(Audited, UserMixin, Base):
    """An account. What its owner may do is in the memberships; `roles` stays empty for the sign-in library."""

    __tablename__ = "user_account"
    __table_args__ = (Index("ix_user_account_name", "name", "id"),)
    audit_exclude = frozenset({"password", "fs_uniquifier", "search_key"})

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(160), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str | None] = mapped_column(String(255))
    search_key: Mapped[str] = mapped_column(String(300), default=_search_key)
    """Name and address without accents and case: what the search looks through."""
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    """Stands in the session cookie; a new one (at each change of password) ends all sessions."""
    locale: Mapped[str | None] = mapped_column(String(5))
    password_set_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", cascade="all, delete-orphan", order_by="Membership.id"
    )
    held = cast("Sequence[Any] | None", None)  # an annotation would make it a column
    """The memberships as rows, where the account was read as the owner of a session."""

    @property
    def roles(self) -> list[RoleMixin]:
        return []

    @roles.setter
    def roles(self, value: list[RoleMixin]) -> None:
        """The sign-in library sets an empty list when it makes an account."""


class Membership(Audited, Base):
    """A role held in a place for a time."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        CheckConstraint(
            "(institute_id IS NOT NULL) = (role IN ('facilitator', 'teacher', 'coordinator', 'head'))",
            name="institute_scope",
        ),
        CheckConstraint(
            "(provider_id IS NOT NULL) = (role IN ('mediator', 'provider_coordinator'))", name="provider_scope"
        ),
        CheckConstraint(
            "(ambito_id IS NOT NULL) = (role IN ('district_officer', 'service_requester'))", name="ambito_scope"
        ),
        Index("ix_membership_institute_role", "institute_id", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[Role] = mapped_column(word(Role, "role"))
    institute_id: Mapped[int | None] = mapped_column(ForeignKey("institute.id"))
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"), index=True)
    ambito_id: Mapped[int | None] = mapped_column(ForeignKey("ambito.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
    """Of who asks for a service, beside its Ambito."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    user: Mapped[User] = relationship(back_populates="memberships")
    institute: Mapped[Institute | None] = relationship()
    provider: Mapped[Provider | None] = relationship()
    ambito: Mapped[Ambito | None] = relationship()
    service: Mapped[Service | None] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.institute_id

    @property
    def place(self) -> str:
        """Name of where the role is held; empty where it is held everywhere."""
        held_in = self.institute or self.provider or self.service or self.ambito
        return held_in.name if held_in else ""


class ClassTeacher(Audited, Base):
    """A teacher of a class: the classes whose pupils the teacher may see and refer."""

    __tablename__ = "class_teacher"

    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True, index=True)

    school_class: Mapped[SchoolClass] = relationship()

    @property
    def audit_institute_id(self) -> int | None:
        return self.school_class.institute_id
