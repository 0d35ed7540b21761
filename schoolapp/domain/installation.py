"""What a message says of the installation that sends it."""

from dataclasses import dataclass
from email.utils import parseaddr

from schoolapp.domain.calendar_entries import CalendarPerson
from schoolapp.domain.wording import N_

WITHOUT_A_NAME = N_("Laboratori di italiano L2")


@dataclass(frozen=True)
class Installation:
    """`base_url` is the public address, fixed by who runs it: what a request calls us may be forged."""

    base_url: str
    owner_name: str
    mail_sender: str

    def address(self, path: str) -> str:
        return f"{self.base_url}{path}"

    @property
    def organizer(self) -> CalendarPerson:
        """Who invites, as calendars write it."""
        name, email = parseaddr(self.mail_sender)
        return CalendarPerson(self.owner_name or name or WITHOUT_A_NAME, email)
