"""What the demo's mediators wrote after their meetings, and the lines of the ledger: meetings, calls, desks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from schoolapp.demo.rows import Rows, kept
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.meeting_steps import MeetingAction
from schoolapp.domain.school_year import SchoolYear

AGREEMENTS = (
    "La madre firma il libretto ogni settimana. Ci si rivede a gennaio.",
    "Il padre accompagna il figlio al laboratorio il martedì e il giovedì.",
    "La scuola manda gli avvisi con frasi brevi; la famiglia risponde sul diario.",
)
CULTURAL_NOTE = "In questa famiglia parla per primo il più anziano: salutare lui per primo aiuta."
DEBRIEFING_MINUTES, CALL_MINUTES = 15, 10
DESK_WEEKS = 8
DESK_STARTS, DESK_ENDS = time(10, 30), time(12, 30)
DESK_MINUTES = 120
CONTACTS = {"ary": 4, "uk": 3, "sq": 1}


@dataclass(frozen=True)
class Report:
    """A meeting that was reported; `when` says at which instant each step was taken."""

    number: int
    request_id: int
    mediator_id: int
    requester_id: int
    budget_id: int
    funding_line_id: int
    place: str
    starts_at: datetime
    minutes: int
    when: Mapping[MeetingAction, datetime]

    @property
    def confirmed_at(self) -> datetime | None:
        return self.when.get(MeetingAction.VALIDATE)

    @property
    def family_came(self) -> bool:
        return MeetingAction.MISS not in self.when


def add_report(rows: Rows, report: Report) -> int:
    """Report, perhaps a cultural note, and the lines of the ledger; the minutes of all lines."""
    ends_at = report.starts_at + timedelta(minutes=report.minutes)
    values = {
        "request_id": report.request_id,
        "day": report.starts_at.date(),
        "start": report.starts_at.time(),
        "end": ends_at.time(),
        "present": "mother,requester" if report.family_came else "",
        "agreements": AGREEMENTS[report.number % len(AGREEMENTS)] if report.family_came else "",
        "another_meeting": not report.family_came,
        "reported_at": report.when[MeetingAction.REPORT],
        "reported_by_id": report.mediator_id,
        "confirmed_at": report.confirmed_at,
        "confirmed_by_id": report.requester_id if report.confirmed_at else None,
    }
    rows.add_keyed("meeting_report", tuple(values), tuple(map(kept, values.values())))
    if report.number % 3 == 0:
        note = (report.request_id, report.mediator_id, CULTURAL_NOTE, report.when[MeetingAction.REPORT])
        rows.add_keyed("cultural_note", ("request_id", "author_id", "words", "written_at"), tuple(map(kept, note)))
    kind = HoursKind.MEETING if report.family_came else HoursKind.FAMILY_ABSENT
    used = _add_entry(rows, report, kind, report.starts_at, report.minutes)
    if report.number % 2 == 0 and report.confirmed_at:
        used += _add_entry(rows, report, HoursKind.DEBRIEFING, ends_at, DEBRIEFING_MINUTES)
        called_at = datetime.combine(report.starts_at.date() - timedelta(days=1), time(19, 30))
        used += _add_entry(rows, report, HoursKind.FAMILY_CALL, called_at, CALL_MINUTES)
    return used


def _add_entry(rows: Rows, report: Report, kind: HoursKind, starts_at: datetime, minutes: int) -> int:
    rows.add(
        "hour_entry",
        mediator_id=report.mediator_id,
        kind=kind.value,
        request_id=report.request_id,
        service_id=None,
        budget_id=report.budget_id,
        funding_line_id=report.funding_line_id,
        day=starts_at.date(),
        start=starts_at.time(),
        end=(starts_at + timedelta(minutes=minutes)).time(),
        minutes=minutes,
        place=report.place if kind in (HoursKind.MEETING, HoursKind.FAMILY_ABSENT) else "",
        validated_at=report.confirmed_at,
        validated_by_id=report.requester_id if report.confirmed_at else None,
    )
    return minutes


def add_desk(
    rows: Rows, *, service_id: int, budget_id: int, funding_line_id: int, mediator_id: int, by_id: int, now: datetime
) -> int:
    """The Wednesdays of a mediator at the information desk in the last weeks of this year; their minutes."""
    used = 0
    for weeks in range(DESK_WEEKS, 0, -1):
        day = _wednesday(now.date() - timedelta(weeks=weeks))
        if day not in SchoolYear.of(now.date()):
            continue
        entry_id = rows.add(
            "hour_entry",
            mediator_id=mediator_id,
            kind=HoursKind.DESK.value,
            request_id=None,
            service_id=service_id,
            budget_id=budget_id,
            funding_line_id=funding_line_id,
            day=day,
            start=DESK_STARTS,
            end=DESK_ENDS,
            minutes=DESK_MINUTES,
            place="Sondrio, piazza Campello",
            validated_at=now - timedelta(days=1),
            validated_by_id=by_id,
        )
        for language, contacts in CONTACTS.items():
            row = (entry_id, language, 1 + (contacts + weeks) % 5)
            rows.add_keyed("desk_contacts", ("entry_id", "language", "contacts"), row)
        used += DESK_MINUTES
    return used


def _wednesday(day: date) -> date:
    """Of the week of a day."""
    return day + timedelta(days=2 - day.weekday())
