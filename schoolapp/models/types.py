"""Column types of our own."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, String, TypeDecorator


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware in, aware (UTC) out, on every database. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def key(length: int) -> String:
    """Text that is compared letter by letter (`domain/search_keys.py`), whatever the language of the database."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def word(enum: type[StrEnum], name: str) -> Enum:
    """A StrEnum kept as its word, with a CHECK of the given name."""

    def values(members: Any) -> list[str]:
        return [member.value for member in members]

    return Enum(enum, name=name, native_enum=False, create_constraint=True, values_callable=values, length=32)
