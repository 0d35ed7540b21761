"""The report of a meeting, as much of it as the person may read."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select

from schoolapp.domain.actors import Actor
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.meeting_reports import Present
from schoolapp.domain.meeting_steps import Party
from schoolapp.extensions import db
from schoolapp.models import CulturalNote, HourEntry, MeetingReport, User
from schoolapp.queries.meetings import MeetingCard


@dataclass(frozen=True)
class WorkedLine:
    """A line of the ledger."""

    kind: HoursKind
    day: date
    start: time
    end: time
    minutes: int


@dataclass(frozen=True)
class ReportCard:
    """A report with its minutes. Who was there and the agreements are None for who may not know the pupil."""

    day: date
    start: time
    end: time
    family_came: bool
    present: tuple[Present, ...] | None
    agreements: str | None
    another_meeting: bool
    reported_by: str
    reported_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    lines: tuple[WorkedLine, ...]
    note: str | None
    """The cultural note, for its author and for who asked; None for anybody else."""

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)

    def line(self, kind: HoursKind) -> WorkedLine | None:
        return next((each for each in self.lines if each.kind is kind), None)


def of_request(actor: Actor, card: MeetingCard) -> ReportCard | None:
    """The report of a request that the person reads; None where there is none, or where they decide by number."""
    if card.requester is None:  # by number
        return None
    report = db.session.get(MeetingReport, card.id)
    if report is None:
        return None
    knows = card.knows_the_pupil or report.reported_by_id == actor.user_id
    entries = db.session.scalars(
        select(HourEntry).where(HourEntry.request_id == card.id).order_by(HourEntry.day, HourEntry.start)
    )
    lines = tuple(WorkedLine(each.kind, each.day, each.start, each.end, each.minutes) for each in entries)
    names = _names(report.reported_by_id, report.confirmed_by_id)
    return ReportCard(
        day=report.day,
        start=report.start,
        end=report.end,
        family_came=all(line.kind is not HoursKind.FAMILY_ABSENT for line in lines),
        present=tuple(Present(each) for each in report.present.split(",") if each) if knows else None,
        agreements=report.agreements if knows else None,
        another_meeting=report.another_meeting,
        reported_by=names[report.reported_by_id],
        reported_at=report.reported_at,
        confirmed_by=names[report.confirmed_by_id] if report.confirmed_by_id is not None else None,
        confirmed_at=report.confirmed_at,
        lines=lines,
        note=_note(actor, card),
    )


def _names(*user_ids: int | None) -> dict[int, str]:
    return {row.id: row.name for row in db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))}


def _note(actor: Actor, card: MeetingCard) -> str | None:
    note = db.session.get(CulturalNote, card.id)
    if note is None:
        return None
    asked = card.requester_id == actor.user_id and Party.REQUESTER in card.parties
    return note.words if asked or note.author_id == actor.user_id else None
