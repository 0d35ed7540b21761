"""Days and times as they are written inside a sentence of a rule."""

from datetime import date, time

from schoolapp.domain.wording import N_, Sentence

_WEEKDAY_NAMES: tuple[str, ...] = (
    N_("lunedì"),
    N_("martedì"),
    N_("mercoledì"),
    N_("giovedì"),
    N_("venerdì"),
    N_("sabato"),
    N_("domenica"),
)


def short_day(day: date) -> str:
    """23/09/2026."""
    return f"{day:%d/%m/%Y}"


def short_time(moment: time) -> str:
    """8:30."""
    return f"{moment.hour}:{moment.minute:02}"


def weekday_name(weekday: int) -> Sentence:
    """The name of a weekday, Monday being 0: a sentence that stands as a value inside another one."""
    return Sentence(_WEEKDAY_NAMES[weekday])
