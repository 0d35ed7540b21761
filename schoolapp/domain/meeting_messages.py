"""The messages of a request in plain words. None names a pupil, a class or a case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from schoolapp.domain.calendar_entries import CalendarEntry, MeetingTime
from schoolapp.domain.languages import language_name
from schoolapp.domain.meeting_steps import Party
from schoolapp.domain.meeting_tellings import Door, Telling
from schoolapp.domain.meetings import (
    MEETING_CONTEXT_NAMES,
    MEETING_MODE_NAMES,
    MEETING_REASON_NAMES,
    MeetingContext,
    MeetingMode,
    MeetingReason,
)
from schoolapp.domain.wording import N_, Sentence

Translate = Callable[[Sentence], str]

CALENDAR_SUMMARY = N_("Colloquio con mediatore, richiesta %(label)s")
CALENDAR_NAME = N_("Colloqui con mediatore")


@dataclass(frozen=True)
class MeetingFacts:
    """What a message may say of a request. Times are those of the school's clock."""

    label: str
    context: MeetingContext
    reason: MeetingReason
    language: str
    minutes: int
    mode: MeetingMode
    asker: str
    """The school or the service."""
    place: str
    """The school or the service, then the room."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    answer_by: date | None = None


def entry_of(meeting: MeetingTime, translate: Translate, *, address: str) -> CalendarEntry:
    """An appointment as a calendar keeps it; `address` is the page of its request."""
    return CalendarEntry(
        uid=meeting.uid,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=translate(Sentence(CALENDAR_SUMMARY, {"label": meeting.label})),
        place=meeting.place
        if meeting.mode is MeetingMode.IN_PLACE
        else translate(Sentence(MEETING_MODE_NAMES[meeting.mode])),
        words=address,
        tentative=meeting.tentative,
    )


def subject(telling: Telling, facts: MeetingFacts, translate: Translate) -> str:
    return translate(Sentence(telling.subject, {"label": facts.label}))


def body(
    telling: Telling,
    facts: MeetingFacts,
    translate: Translate,
    *,
    locale: str,
    name: str,
    address: str,
    owner: str,
) -> str:
    """The words of a message to one person. `address` is where its link leads."""

    def say(message: str, **values: object) -> str:
        return translate(Sentence(message, values))

    paragraphs = [say(N_("Ciao %(name)s,"), name=name), say(telling.words)]
    paragraphs.append("\n".join(_fact_lines(telling, facts, say, locale)))
    if telling.door is Door.ANSWER:
        paragraphs.append(f"{_how_to_answer(facts, say, locale)}\n{address}")
        paragraphs.append(
            say(N_("La risposta data nel calendario non ci arriva: usa il collegamento. Vale una volta sola."))
        )
    else:
        paragraphs.append(f"{say(N_('Apri la richiesta, con il tuo accesso:'))}\n{address}")
    paragraphs.append(say(N_("Questo messaggio è mandato da un programma: nessuno legge le risposte.")))
    if owner:
        paragraphs.append(owner)
    return "\n\n".join(paragraphs) + "\n"


def kind_of(context: MeetingContext, reason: MeetingReason) -> str:
    """What the meeting is, as a message may say it: why a service asks is told inside only."""
    return MEETING_REASON_NAMES[reason] if context is MeetingContext.SCHOOL else MEETING_CONTEXT_NAMES[context]


def written_day(day: date, locale: str) -> str:
    """giovedì 3 dicembre 2026"""
    return format_date(day, "EEEE d MMMM y", locale=locale)


def written_times(starts_at: datetime, ends_at: datetime) -> str:
    """16:30–17:30"""
    return f"{starts_at.hour}:{starts_at:%M}–{ends_at.hour}:{ends_at:%M}"


def _fact_lines(telling: Telling, facts: MeetingFacts, say: Callable[..., str], locale: str) -> list[str]:
    """What the reader needs to decide or to come. Who decides by number gets the number and the time it costs."""
    lines = [say(N_("Richiesta: %(label)s"), label=facts.label)]
    if telling.to is Party.DISTRICT:
        return [*lines, say(N_("Durata: %(minutes)s minuti"), minutes=facts.minutes)]
    if facts.starts_at is not None and facts.ends_at is not None and telling.to is not Party.COORDINATOR:
        lines.append(
            say(
                N_("Quando: %(day)s, %(times)s"),
                day=written_day(facts.starts_at.date(), locale),
                times=written_times(facts.starts_at, facts.ends_at),
            )
        )
    else:
        lines.append(say(N_("Durata: %(minutes)s minuti"), minutes=facts.minutes))
    if facts.mode is MeetingMode.IN_PLACE:
        lines.append(say(N_("Dove: %(place)s"), place=facts.place))
    else:
        lines.append(say(N_("Come: %(mode)s"), mode=Sentence(MEETING_MODE_NAMES[facts.mode])))
        lines.append(say(N_("Chi chiede: %(asker)s"), asker=facts.asker))
    lines.append(say(N_("Lingua: %(language)s"), language=language_name(facts.language, locale)))
    lines.append(say(N_("Che cosa: %(kind)s"), kind=Sentence(kind_of(facts.context, facts.reason))))
    return lines


def _how_to_answer(facts: MeetingFacts, say: Callable[..., str], locale: str) -> str:
    if facts.answer_by is None:
        return say(N_("Rispondi qui, senza password:"))
    return say(N_("Rispondi qui entro %(day)s, senza password:"), day=written_day(facts.answer_by, locale))
