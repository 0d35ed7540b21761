"""An e-mail as it travels."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from icalendar import Calendar

from schoolapp.domain.calendar_entries import CalendarEntry, CalendarMethod, CalendarPerson
from schoolapp.exchange.calendars import invitation
from schoolapp.exchange.letters_by_mail import compose

AT = datetime(2026, 12, 3, 15, 30, tzinfo=UTC)
CALENDAR = invitation(
    CalendarEntry(uid="1@example.org", sequence=0, starts_at=AT, ends_at=AT, summary="Colloquio perché sì"),
    method=CalendarMethod.CANCEL,
    organizer=CalendarPerson("Ambito", "a@example.org"),
    attendee=CalendarPerson("Amina", "b@example.org"),
    stamped_at=AT,
)


def sent(**values: object) -> tuple[bytes, EmailMessage]:
    message = compose(
        **{  # type: ignore[arg-type]
            "sender": "Laboratori <laboratori@example.org>",
            "to": "amina@example.org",
            "subject": "Perché, città",
            "text": "Ciao, è così.\n" + "parola " * 40,
            "at": AT,
            "message_id": "<1@example.org>",
            **values,
        }
    )
    content = message.as_bytes()
    return content, cast(EmailMessage, message_from_bytes(content, policy=default))


@pytest.mark.parametrize("calendar", [None, CALENDAR])
def test_every_byte_is_ascii_and_every_line_short(calendar: str | None) -> None:
    content, message = sent(calendar=calendar)
    assert max(content) < 128
    assert max(len(line) for line in content.split(b"\r\n")) <= 78
    assert message["Subject"] == "Perché, città"


def test_a_subject_of_two_lines_adds_no_header() -> None:
    content, message = sent(subject="Colloquio\r\nBcc: tutti@example.org")
    assert message["Bcc"] is None
    assert b"\r\nBcc" not in content


def test_the_appointment_stands_beside_the_words() -> None:
    _, message = sent(calendar=CALENDAR)
    assert message.get_content_type() == "multipart/alternative"
    words, calendar = message.iter_parts()
    assert words.get_content_type() == "text/plain"
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "CANCEL"
    read = Calendar.from_ical(cast(EmailMessage, calendar).get_content())
    assert isinstance(read, Calendar)
    assert read.events[0]["summary"] == "Colloquio perché sì"


def test_a_calendar_without_a_method_is_no_mail() -> None:
    with pytest.raises(ValueError, match="method"):
        sent(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
