"""The board of a cooperative's coordinator: columns by what is waited for, and on each card the one thing to know."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolapp.domain.meeting_steps import MeetingState

SOON_DAYS = 15
"""A request for a time nearer than this is pressing."""


class Column(StrEnum):
    TO_MATCH = "to_match"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    TO_REPORT = "to_report"


COLUMN_OF: dict[MeetingState, Column] = {
    MeetingState.WITH_PROVIDER: Column.TO_MATCH,
    MeetingState.PROPOSED: Column.WAITING,
    MeetingState.CONFIRMED: Column.CONFIRMED,
    MeetingState.HELD: Column.TO_REPORT,
    MeetingState.FAMILY_ABSENT: Column.TO_REPORT,
}


class Flag(StrEnum):
    """What a card says of its request, at most one thing."""

    TIME_PASSED = "time_passed"
    SOON = "soon"
    ASKED = "asked"
    NO_ANSWER = "no_answer"
    MEDIATOR_AWAY = "mediator_away"
    LETTER_PRINTED = "letter_printed"
    LETTER_TO_PRINT = "letter_to_print"
    FAMILY_ABSENT = "family_absent"
    REPORT_MISSING = "report_missing"


@dataclass(frozen=True)
class Progress:
    """What is known of a request when its card is drawn."""

    state: MeetingState
    column: Column
    day: date
    """Of the appointment, else the first asked for."""
    asked_on: date | None = None
    """When the mediator was asked last."""
    answer_by: date | None = None
    has_letter: bool = False
    """A family is invited by letter; not so a class, a service."""
    letter_on: date | None = None
    """When an invitation was printed last."""
    mediator_away: bool = False
    """The day is among those on which the mediator cannot come."""


def flag_of(progress: Progress, today: date) -> Flag | None:
    """The one thing to know, if there is one. A letter printed for an earlier time does not count."""
    if progress.column is Column.TO_MATCH:
        if progress.day < today:
            return Flag.TIME_PASSED
        return Flag.SOON if (progress.day - today).days < SOON_DAYS else None
    if progress.mediator_away and progress.column in {Column.WAITING, Column.CONFIRMED}:
        return Flag.MEDIATOR_AWAY
    if progress.column is Column.WAITING:
        return Flag.NO_ANSWER if progress.answer_by is not None and progress.answer_by < today else Flag.ASKED
    if progress.column is Column.CONFIRMED:
        if not progress.has_letter:
            return None
        printed = progress.letter_on is not None and (
            progress.asked_on is None or progress.letter_on >= progress.asked_on
        )
        return Flag.LETTER_PRINTED if printed else Flag.LETTER_TO_PRINT
    return Flag.FAMILY_ABSENT if progress.state is MeetingState.FAMILY_ABSENT else Flag.REPORT_MISSING
