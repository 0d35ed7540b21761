"""A meeting as a calendar keeps it. Nothing in it names a pupil: calendars are shared, and shown on walls."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from schoolapp.domain.meetings import MeetingMode


class CalendarMethod(StrEnum):
    """What a calendar is asked to do with the entry it gets by mail."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class CalendarPerson:
    name: str
    email: str


@dataclass(frozen=True)
class MeetingTime:
    """An appointment as it is kept, before it is put into words. `place` begins with the school or the service."""

    request_id: int
    label: str
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    mode: MeetingMode
    place: str
    tentative: bool


@dataclass(frozen=True)
class CalendarEntry:
    """One appointment; `uid` stays the same and `sequence` grows with each change that is sent."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    place: str = ""
    words: str = ""
    tentative: bool = False
    """Asked of the mediator, and not yet answered."""
