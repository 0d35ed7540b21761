"""An e-mail as it travels: plain text, and an appointment for the calendar where there is one."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

POLICY = SMTP.clone(cte_type="7bit")  # some servers spoil 8-bit lines


def compose(
    *,
    sender: str,
    to: str,
    subject: str,
    text: str,
    at: datetime,
    message_id: str,
    calendar: str | None = None,
) -> EmailMessage:
    """A message with one reader. `calendar` is an iCalendar object with its method inside."""
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    if calendar is not None:
        message.add_alternative(calendar, subtype="calendar", params={"method": _method(calendar)})
    return message


def _method(calendar: str) -> str:
    """What the calendar is asked to do; mail programs look for it in the header of the part."""
    for line in calendar.splitlines():
        if line.startswith("METHOD:"):
            return line.removeprefix("METHOD:")
    raise ValueError("a calendar without a method is not for the mail")
