"""What is kept of a mediator for matching: languages, weekly times, days away; and what it means on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from hashlib import sha256

from schoolapp.domain.calendar_words import short_day, short_time, weekday_name
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.languages import language_names
from schoolapp.domain.lessons import minutes_between
from schoolapp.domain.meetings import LanguageLevel
from schoolapp.domain.periods import Period, ensure_period
from schoolapp.domain.wording import N_

MOST_LANGUAGES = 12
MOST_TIMES = 24
MOST_DAYS_AWAY = 366
SHORTEST_MINUTES = 30
SATURDAY = 5


@dataclass(frozen=True)
class Spoken:
    """A language and how well it is spoken."""

    language: str
    level: LanguageLevel


@dataclass(frozen=True)
class WeeklyTime:
    """A time of every week (0 is Monday), between two days where they are given."""

    weekday: int
    start: time
    end: time
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.weekday == day.weekday() and self.period.covers(day)

    @property
    def period(self) -> Period:
        return Period(self.valid_from or date.min, self.valid_to)


@dataclass(frozen=True)
class DaysAway:
    """Days on which a mediator cannot come, both included. Why is not kept."""

    id: int
    first_day: date
    last_day: date

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class MediatorFacts:
    """What the coordinator writes on a card. `comune` is a name; gender only where the person wants it said."""

    languages: tuple[Spoken, ...]
    comune: str = ""
    gender: str | None = None
    engagement: str = ""


@dataclass(frozen=True)
class SameTimes:
    """The same hours on several days: `runs` are the first and last weekday of days in a row."""

    runs: tuple[tuple[int, int], ...]
    start: time
    end: time
    valid_from: date | None
    valid_to: date | None


def is_free(weekly: Iterable[WeeklyTime], day: date, start: time, end: time) -> bool:
    """Whether the weekly times of the day hold all of it; times that touch count as one."""
    reached = start
    for each in sorted((each for each in weekly if each.holds_on(day)), key=lambda each: each.start):
        if each.start <= reached < each.end:
            reached = each.end
    return reached >= end


def week_mark(weekly: Iterable[WeeklyTime]) -> str:
    """A word that is another one as soon as the times are: whoever read them can tell whether they still stand."""
    lines = sorted(f"{each.weekday} {each.start} {each.end} {each.valid_from} {each.valid_to}" for each in weekly)
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def in_groups(weekly: Iterable[WeeklyTime], on: date) -> list[SameTimes]:
    """The times that hold on a day or later, the same ones together: as one says them on the phone."""
    days: dict[tuple[time, time, date | None, date | None], list[int]] = {}
    for each in sorted(weekly, key=lambda each: (each.weekday, each.start)):
        if each.valid_to is None or each.valid_to >= on:
            since = each.valid_from if each.valid_from is not None and each.valid_from > on else None
            days.setdefault((each.start, each.end, since, each.valid_to), []).append(each.weekday)
    return [SameTimes(_runs(weekdays), *times) for times, weekdays in days.items()]


def _runs(weekdays: Sequence[int]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for weekday in weekdays:
        if runs and runs[-1][1] == weekday - 1:
            runs[-1] = (runs[-1][0], weekday)
        else:
            runs.append((weekday, weekday))
    return tuple(runs)


def ensure_languages(languages: Sequence[Spoken]) -> None:
    """At least one, each of them once. Fields are counted as the languages are: "languages-1-language"."""
    if not languages:
        raise RuleViolation(N_("Scegli almeno una lingua."), field="languages-0-language")
    if len(languages) > MOST_LANGUAGES:
        raise RuleViolation(N_("Al massimo %(most)s lingue."), most=MOST_LANGUAGES)
    for number, spoken in enumerate(languages):
        field = f"languages-{number}-language"
        if spoken.language not in language_names():
            raise RuleViolation(N_("Scegli la lingua dall’elenco."), field=field)
        if any(spoken.language == other.language for other in languages[:number]):
            raise RuleViolation(N_("Questa lingua c’è già."), field=field)


def ensure_week(times: Sequence[WeeklyTime]) -> None:
    """Times of a day that end after they begin, and none twice. Fields: "slots-1-start"."""
    if len(times) > MOST_TIMES:
        raise RuleViolation(N_("Al massimo %(most)s orari."), most=MOST_TIMES)
    for number, each in enumerate(times):
        field = f"slots-{number}-"
        if not 0 <= each.weekday <= SATURDAY:
            raise RuleViolation(N_("Scegli un giorno da lunedì a sabato."), field=field + "weekday")
        if each.end <= each.start:
            raise RuleViolation(N_("La fine viene prima dell’inizio: controlla le ore."), field=field + "end")
        if minutes_between(each.start, each.end) < SHORTEST_MINUTES:
            raise RuleViolation(
                N_("Un orario dura almeno %(minutes)s minuti."), field=field + "end", minutes=SHORTEST_MINUTES
            )
        if each.valid_from is not None:
            ensure_period(each.valid_from, each.valid_to, field=field + "valid_to")
        for other in times[:number]:
            if (
                each.weekday == other.weekday
                and each.start < other.end
                and other.start < each.end
                and each.period.meets(other.period)
            ):
                raise RuleViolation(
                    N_("Il %(weekday)s c’è già un orario dalle %(start)s alle %(end)s: uniscili in uno."),
                    field=field + "start",
                    weekday=weekday_name(other.weekday),
                    start=short_time(other.start),
                    end=short_time(other.end),
                )


def ensure_days_away(first_day: date, last_day: date, known: Iterable[DaysAway], *, today: date) -> None:
    """Days from today on, at most a year of them, and not said before."""
    ensure_period(first_day, last_day, field="last_day")
    if last_day < today:
        raise RuleViolation(N_("Sono giorni già passati: scegli da oggi in poi."), field="first_day")
    if last_day - first_day >= timedelta(days=MOST_DAYS_AWAY):
        raise RuleViolation(N_("È più di un anno: controlla le date."), field="last_day")
    for other in known:
        if first_day <= other.last_day and other.first_day <= last_day:
            raise RuleViolation(
                N_("Dal %(first)s al %(last)s l’assenza è già segnata."),
                field="first_day",
                first=short_day(other.first_day),
                last=short_day(other.last_day),
            )
