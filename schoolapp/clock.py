"""The only reader of the clock. Tests stop it with time-machine."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SCHOOL_ZONE = ZoneInfo("Europe/Rome")


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def local_now() -> datetime:
    """This instant as the clock on the school's wall shows it (aware)."""
    return datetime.now(SCHOOL_ZONE)


def today() -> date:
    """The day at school, which at 23:30 UTC is already tomorrow."""
    return local_now().date()
