"""Appointments as iCalendar: an invitation or a cancellation for one person, and a feed to subscribe to."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from unicodedata import category

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.calendar_entries import CalendarEntry, CalendarMethod, CalendarPerson

PRODUCT = "-//schoolapp//Laboratori di italiano L2//IT"

_LAST_SUNDAY = "-1SU"


def invitation(
    entry: CalendarEntry,
    *,
    method: CalendarMethod,
    organizer: CalendarPerson,
    attendee: CalendarPerson,
    stamped_at: datetime,
) -> str:
    """What goes into one person's mail: the entry to keep, to change or to take away."""
    calendar = _calendar(method.value)
    event = _event(entry, stamped_at)
    if method is CalendarMethod.CANCEL:
        event["status"] = vText("CANCELLED")
    event["organizer"] = _address(organizer)
    guest = _address(attendee)
    guest.params["ROLE"] = vText("REQ-PARTICIPANT")
    # Nobody reads the answers that calendars send: the answer is the link's, or the page's.
    guest.params["RSVP"] = vText("FALSE")
    guest.params["PARTSTAT"] = vText("NEEDS-ACTION" if entry.tentative else "ACCEPTED")
    event.add("attendee", guest, encode=False)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def feed(entries: Iterable[CalendarEntry], *, name: str, organizer: CalendarPerson, stamped_at: datetime) -> bytes:
    """A person's appointments as a calendar program reads them from an address. Nobody is invited by it."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", _printable(name))
    calendar.add("x-wr-timezone", SCHOOL_ZONE.key)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = _event(entry, stamped_at)
        event["organizer"] = _address(organizer)  # what is published names its publisher (RFC 5546, 3.2.1)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_school_zone())
    return calendar


def _event(entry: CalendarEntry, stamped_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", stamped_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(SCHOOL_ZONE))
    event.add("dtend", entry.ends_at.astimezone(SCHOOL_ZONE))
    event.add("summary", _printable(entry.summary))
    if entry.place:
        event.add("location", _printable(entry.place))
    if entry.words:
        event.add("description", _printable(entry.words))
    event.add("class", "PRIVATE")
    event.add("status", "TENTATIVE" if entry.tentative else "CONFIRMED")
    return event


def _printable(text: str) -> str:
    """Without control characters, which a calendar must not hold (RFC 5545, 3.1); line ends are escaped later."""
    return "".join(each for each in text if each in "\n\t" or category(each) != "Cc").strip()


def _address(person: CalendarPerson) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(_printable(person.name))
    return address


def _school_zone() -> Timezone:
    """Europe/Rome by its rule, which holds since 1996, not by the dates of some years."""
    zone = Timezone()
    zone.add("tzid", SCHOOL_ZONE.key)
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    for part, name, month, hour, before, after in (
        (TimezoneDaylight(), "CEST", 3, 2, winter, summer),
        (TimezoneStandard(), "CET", 10, 3, summer, winter),
    ):
        part.add("tzname", name)
        part.add("dtstart", datetime(1996, month, 31 if month == 3 else 27, hour))  # noqa: DTZ001 - local, by the rule
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": _LAST_SUNDAY})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone
