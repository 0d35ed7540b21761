"""Appointments read back by the library that calendars are read with, on both sides of the change of hour."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar, Event

from schoolapp.domain.calendar_entries import CalendarEntry, CalendarMethod, CalendarPerson
from schoolapp.exchange.calendars import feed, invitation

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
ORGANIZER = CalendarPerson("Ambito di Sondrio", "laboratori@example.org")
MEDIATOR = CalendarPerson('Amina, El Idrissi; "mediatrice"', "amina@example.org")


def entry(**values: object) -> CalendarEntry:
    return CalendarEntry(
        **{  # type: ignore[arg-type]
            "uid": "7f3a@laboratori.example.org",
            "sequence": 2,
            "starts_at": datetime(2026, 12, 3, 16, 30, tzinfo=ROME),
            "ends_at": datetime(2026, 12, 3, 17, 30, tzinfo=ROME),
            "summary": "Colloquio con mediatore, richiesta 2026-118",
            "place": "IC Paesi Orobici, sala colloqui",
            **values,
        }
    )


def read(text: str | bytes) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(text)
    assert isinstance(calendar, Calendar)
    return calendar, calendar.events[0]


def invited(method: CalendarMethod = CalendarMethod.REQUEST, **values: object) -> str:
    return invitation(entry(**values), method=method, organizer=ORGANIZER, attendee=MEDIATOR, stamped_at=NOW)


def test_an_invitation_says_what_a_calendar_needs() -> None:
    calendar, event = read(invited())
    assert calendar["method"] == "REQUEST"
    assert event["uid"] == "7f3a@laboratori.example.org"
    assert event["sequence"] == 2
    assert event["status"] == "CONFIRMED"
    assert event.decoded("dtstamp") == NOW
    assert event["summary"] == "Colloquio con mediatore, richiesta 2026-118"
    assert event["location"] == "IC Paesi Orobici, sala colloqui"
    assert event["organizer"] == "mailto:laboratori@example.org"
    assert event["attendee"] == "mailto:amina@example.org"
    assert event["attendee"].params["PARTSTAT"] == "ACCEPTED"
    assert event["attendee"].params["RSVP"] == "FALSE"


def test_a_cancellation_bears_the_same_name() -> None:
    calendar, event = read(invited(CalendarMethod.CANCEL, sequence=3))
    assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
    assert (event["uid"], event["sequence"]) == ("7f3a@laboratori.example.org", 3)


def test_a_time_that_is_only_asked_for_is_tentative() -> None:
    _, event = read(invited(tentative=True))
    assert (event["status"], event["attendee"].params["PARTSTAT"]) == ("TENTATIVE", "NEEDS-ACTION")


@pytest.mark.parametrize(
    ("starts_at", "offset"),
    [
        (datetime(2026, 10, 24, 9, tzinfo=ROME), 2),
        (datetime(2026, 10, 25, 9, tzinfo=ROME), 1),
        (datetime(2027, 3, 27, 9, tzinfo=ROME), 1),
        (datetime(2027, 3, 28, 9, tzinfo=ROME), 2),
        (datetime(2031, 7, 1, 9, tzinfo=ROME), 2),
    ],
)
def test_the_hour_on_the_wall_is_the_same_before_and_after_the_change(starts_at: datetime, offset: int) -> None:
    text = invited(starts_at=starts_at.astimezone(UTC), ends_at=starts_at + timedelta(hours=1))
    assert f"DTSTART;TZID=Europe/Rome:{starts_at:%Y%m%d}T090000" in text
    _, event = read(text)
    start = event.start
    assert isinstance(start, datetime)
    assert start == starts_at
    assert start.utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize(
    "local",
    [
        datetime(2026, 10, 25, 1, 59, tzinfo=ROME),
        datetime(2026, 10, 25, 3, 0, tzinfo=ROME),
        datetime(2027, 3, 28, 1, 59, tzinfo=ROME),
        datetime(2027, 3, 28, 3, 0, tzinfo=ROME),
        datetime(2030, 1, 15, 12, tzinfo=ROME),
        datetime(2030, 8, 15, 12, tzinfo=ROME),
    ],
)
def test_the_zone_that_is_sent_along_is_that_of_rome(local: datetime) -> None:
    """Read by a program that knows no zones of its own."""
    text = invited()
    zone_text = text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE") + len("END:VTIMEZONE")]
    zone = tzical(StringIO(zone_text)).get("Europe/Rome")
    assert zone is not None
    assert zone.utcoffset(local.replace(tzinfo=None)) == local.utcoffset()


def test_lines_are_folded_and_values_escaped() -> None:
    place = "Scuola «Torelli», aula 3; primo piano\nin fondo " + "a" * 80
    text = invited(place=place)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert read(text)[1]["location"] == place


def test_a_line_that_looks_like_calendar_stays_text() -> None:
    calendar, event = read(invited(place="aula\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:altro"))
    assert len(calendar.events) == 1
    assert "BEGIN:VEVENT" in event["location"]


HOSTILE = (
    "a\r\nATTENDEE:mailto:altri@example.org",
    'a";X=y:mailto:altri@example.org',
    "^n^'^^",
    "\x00\x01\x1b[2J\x7f\x85",
    "\u202emm\u2066نادية حداد\u2069",
    "",
    "lungo " * 60,
)


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("method", CalendarMethod)
def test_what_people_type_adds_no_line_and_no_control_character(typed: str, method: CalendarMethod) -> None:
    """RFC 5545, 3.1 and 3.2: content lines of 75 octets, no control characters, quotes only around a value."""
    text = invitation(
        entry(place=typed, summary=f"Colloquio {typed}"),
        method=method,
        organizer=CalendarPerson(typed, "laboratori@example.org"),
        attendee=CalendarPerson(typed, "amina@example.org"),
        stamped_at=NOW,
    )
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for line in lines for letter in line)
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert next(line for line in unfolded if line.startswith("ATTENDEE")).endswith(":mailto:amina@example.org")
    calendar, event = read(text)
    assert [str(each) for each in [event["attendee"]]] == ["mailto:amina@example.org"]
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]


@pytest.mark.parametrize(
    ("method", "needed"),
    [
        (CalendarMethod.REQUEST, "ATTENDEE DTSTAMP DTSTART ORGANIZER SEQUENCE SUMMARY UID"),
        (CalendarMethod.CANCEL, "ATTENDEE DTSTAMP ORGANIZER SEQUENCE STATUS UID"),
    ],
)
def test_each_method_holds_once_what_its_standard_asks(method: CalendarMethod, needed: str) -> None:
    """RFC 5546, 3.2.2 and 3.2.5; what a method must not hold is not there either."""
    _, event = read(invited(method))
    assert set(needed.split()) <= set(event)
    assert not any(isinstance(value, list) for value in event.values())
    assert "REQUEST-STATUS" not in event


def test_a_feed_holds_every_appointment_and_its_name() -> None:
    entries = [entry(), entry(uid="8@x", tentative=True, sequence=0)]
    calendar = Calendar.from_ical(feed(entries, name="Colloqui", organizer=ORGANIZER, stamped_at=NOW))
    assert isinstance(calendar, Calendar)
    assert calendar["method"] == "PUBLISH"
    assert calendar["x-wr-calname"] == "Colloqui"
    assert [event["status"] for event in calendar.events] == ["CONFIRMED", "TENTATIVE"]
    assert all("attendee" not in event for event in calendar.events)
    assert {str(event["organizer"]) for event in calendar.events} == {"mailto:laboratori@example.org"}


def test_an_empty_feed_is_a_calendar_too() -> None:
    calendar = Calendar.from_ical(feed([], name="Colloqui", organizer=ORGANIZER, stamped_at=NOW))
    assert isinstance(calendar, Calendar)
    assert calendar.events == []
