"""A session at an information desk: people come without appointment and without a name, and are only counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.languages import language_names
from schoolapp.domain.lessons import minutes_between
from schoolapp.domain.wording import N_

MOST_MINUTES = 12 * 60
MOST_CONTACTS = 500


@dataclass(frozen=True)
class DeskSession:
    """One session of a mediator at a desk, and how many people came by language."""

    mediator_id: int
    day: date
    start: time
    end: time
    contacts: Mapping[str, int] = field(default_factory=dict)
    """Language → people; nobody at all is a session too."""

    @property
    def minutes(self) -> int:
        return minutes_between(self.start, self.end)


def ensure_session(session: DeskSession, *, now: datetime) -> None:
    """Raises RuleViolation where the session cannot have been; `now` is what the school's clock says."""
    if datetime.combine(session.day, session.end) > now:
        field = "day" if session.day > now.date() else "end"
        raise RuleViolation(N_("Lo sportello si scrive dopo che c’è stato."), field=field)
    if session.end <= session.start:
        raise RuleViolation(N_("La fine deve venire dopo l’inizio."), field="end")
    if session.minutes > MOST_MINUTES:
        raise RuleViolation(N_("Sono troppe ore per una volta: controlla gli orari."), field="end")
    for language, people in session.contacts.items():
        if language not in language_names():
            raise RuleViolation(N_("Scegli la lingua dall’elenco."), field="contacts")
        if not 0 < people <= MOST_CONTACTS:
            raise RuleViolation(N_("Scrivi quante persone sono venute, per esempio 4."), field="contacts")
