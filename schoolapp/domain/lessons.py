"""A lesson: what state it is in, what is missing for its signature, and what may still happen to it.

`now` is always aware and in the school's time zone; the day and the times of a lesson are local.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from schoolapp.domain.calendar_words import short_day, short_time
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.periods import Period, ensure_day_of_workshop
from schoolapp.domain.school_year import Closure, is_school_day, next_school_day
from schoolapp.domain.wording import N_, Sentence

LEAST_LETTERS_OF_A_REASON = 3


class LessonStatus(StrEnum):
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    TO_SIGN = "to_sign"
    SIGNED = "signed"
    COUNTERSIGNED = "countersigned"
    CANCELLED = "cancelled"


LESSON_STATUS_NAMES: dict[LessonStatus, str] = {
    LessonStatus.PLANNED: N_("Prevista"),
    LessonStatus.IN_PROGRESS: N_("In corso"),
    LessonStatus.TO_SIGN: N_("Da firmare"),
    LessonStatus.SIGNED: N_("Firmata"),
    LessonStatus.COUNTERSIGNED: N_("Firmata e vistata"),
    LessonStatus.CANCELLED: N_("Annullata"),
}


class CancelledBy(StrEnum):
    SCHOOL = "school"
    FACILITATOR = "facilitator"
    CLOSURE = "closure"


CANCELLED_BY_NAMES: dict[CancelledBy, str] = {
    CancelledBy.SCHOOL: N_("Annullata dalla scuola"),
    CancelledBy.FACILITATOR: N_("Annullata da chi conduce il laboratorio"),
    CancelledBy.CLOSURE: N_("Chiusura della scuola"),
}


@dataclass(frozen=True)
class LessonFacts:
    """What the rules need to know of a lesson."""

    day: date
    start: time
    end: time
    topic: str = ""
    enrolled: int = 0
    """Pupils enrolled on that day."""
    marked: int = 0
    """How many of them have a mark."""
    signed: bool = False
    countersigned: bool = False
    cancelled: bool = False
    recovered: bool = False
    """Whether a recovery lesson already stands in for this one."""

    @property
    def minutes(self) -> int:
        return minutes_between(self.start, self.end)

    def starts(self, now: datetime) -> datetime:
        return datetime.combine(self.day, self.start, tzinfo=now.tzinfo)

    def ends(self, now: datetime) -> datetime:
        return datetime.combine(self.day, self.end, tzinfo=now.tzinfo)


def minutes_between(start: time, end: time) -> int:
    """Whole minutes between two times of one day."""
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def lesson_status(lesson: LessonFacts, now: datetime) -> LessonStatus:
    if lesson.cancelled:
        return LessonStatus.CANCELLED
    if lesson.signed:
        return LessonStatus.COUNTERSIGNED if lesson.countersigned else LessonStatus.SIGNED
    if now < lesson.starts(now):
        return LessonStatus.PLANNED
    return LessonStatus.IN_PROGRESS if now < lesson.ends(now) else LessonStatus.TO_SIGN


def missing_for_signature(lesson: LessonFacts) -> list[Sentence]:
    """What is still to be done, in the order in which it is done; empty where the lesson can be signed."""
    missing: list[Sentence] = []
    to_mark = lesson.enrolled - lesson.marked
    if lesson.enrolled and not lesson.marked:
        missing.append(Sentence(N_("appello da fare")))
    elif to_mark == 1:
        missing.append(Sentence(N_("un alunno da segnare")))
    elif to_mark > 1:
        missing.append(Sentence(N_("%(count)s alunni da segnare"), {"count": to_mark}))
    if not lesson.topic.strip():
        missing.append(Sentence(N_("manca l’argomento")))
    return missing


def ensure_signable(lesson: LessonFacts, now: datetime) -> None:
    """A lesson is signed once, after it began, with every pupil marked and a topic."""
    _ensure_not_cancelled(lesson)
    if lesson.signed:
        raise RuleViolation(N_("La lezione è già firmata."))
    _ensure_begun(lesson, now)
    if lesson.marked < lesson.enrolled:
        if not lesson.marked:
            raise RuleViolation(N_("Prima di firmare fai l’appello."), field="marks")
        raise RuleViolation(
            N_("Prima di firmare segna tutti gli alunni: ne mancano %(count)s."),
            field="marks",
            count=lesson.enrolled - lesson.marked,
        )
    if not lesson.topic.strip():
        raise RuleViolation(N_("Prima di firmare scrivi l’argomento della lezione."), field="topic")


def ensure_countersignable(lesson: LessonFacts) -> None:
    _ensure_not_cancelled(lesson)
    if not lesson.signed:
        raise RuleViolation(N_("La lezione non è ancora firmata da chi l’ha tenuta."))
    if lesson.countersigned:
        raise RuleViolation(N_("La lezione ha già il visto della scuola."))


def ensure_recordable(lesson: LessonFacts, now: datetime) -> None:
    """Marks and topic are written from the day of the lesson on, until the signature."""
    _ensure_not_cancelled(lesson)
    if lesson.day > now.date():
        raise RuleViolation(
            N_("La lezione è del %(day)s: l’appello si fa quel giorno."), field="marks", day=short_day(lesson.day)
        )
    if lesson.signed:
        raise RuleViolation(N_("La lezione è firmata: per cambiare scegli «Correggi» e scrivi il motivo."))


def ensure_correctable(lesson: LessonFacts, reason: str) -> None:
    """A signed lesson changes only with a reason that says something. The countersignature must then be given anew."""
    _ensure_not_cancelled(lesson)
    if not lesson.signed:
        raise RuleViolation(N_("La lezione non è ancora firmata: puoi cambiarla senza correzione."))
    ensure_reason(reason)


def ensure_cancellable(lesson: LessonFacts, reason: str) -> None:
    """A lesson is cancelled with a reason, also afterwards, but not once it is signed."""
    _ensure_not_cancelled(lesson)
    if lesson.signed:
        raise RuleViolation(N_("La lezione è firmata: non si può annullare."))
    ensure_reason(reason)


def ensure_movable(
    lesson: LessonFacts,
    *,
    day: date,
    start: time,
    end: time,
    workshop: Period,
    closures: Collection[Closure],
) -> None:
    """A lesson without marks moves to a school day of its workshop."""
    _ensure_not_cancelled(lesson)
    if lesson.signed:
        raise RuleViolation(N_("La lezione è firmata: non si può spostare."))
    if lesson.marked:
        raise RuleViolation(N_("L’appello è già cominciato: non si può spostare la lezione."))
    ensure_lesson_times(start, end)
    ensure_lesson_day(day, workshop=workshop, closures=closures)


def ensure_recovers(cancelled: LessonFacts, *, day: date) -> None:
    """A recovery lesson stands in for one cancelled lesson, once."""
    if not cancelled.cancelled:
        raise RuleViolation(N_("Si recupera solo una lezione annullata."), field="recovers")
    if cancelled.recovered:
        raise RuleViolation(
            N_("La lezione del %(day)s è già recuperata."), field="recovers", day=short_day(cancelled.day)
        )
    if day == cancelled.day:
        raise RuleViolation(N_("Scegli un giorno diverso da quello della lezione annullata."), field="day")


def ensure_lesson_times(start: time, end: time) -> None:
    """A lesson begins and ends on one day and lasts from 15 minutes to 8 hours."""
    if end <= start:
        raise RuleViolation(N_("La fine viene prima dell’inizio: controlla le ore."), field="end")
    if not 15 <= minutes_between(start, end) <= 480:
        raise RuleViolation(
            N_("Una lezione dura da 15 minuti a 8 ore: dalle %(start)s alle %(end)s non va bene."),
            field="end",
            start=short_time(start),
            end=short_time(end),
        )


def ensure_lesson_day(day: date, *, workshop: Period, closures: Collection[Closure]) -> None:
    """A lesson is on a day of its workshop on which the school is open."""
    ensure_day_of_workshop(day, workshop, field="day")
    if is_school_day(day, closures):
        return
    open_again = short_day(next_school_day(day, closures))
    for closure in closures:
        if closure.covers(day):
            raise RuleViolation(
                N_("Il %(day)s la scuola è chiusa: %(closure)s. Riapre il %(open_again)s."),
                field="day",
                day=short_day(day),
                closure=Sentence(closure.name),
                open_again=open_again,
            )
    raise RuleViolation(
        N_("Il %(day)s è domenica: la scuola riapre il %(open_again)s."),
        field="day",
        day=short_day(day),
        open_again=open_again,
    )


def ensure_reason(reason: str) -> None:
    """A reason holds at least three letters: dots and dashes explain nothing."""
    if sum(character.isalpha() for character in reason) < LEAST_LETTERS_OF_A_REASON:
        raise RuleViolation(N_("Scrivi il motivo in poche parole."), field="reason")


def _ensure_not_cancelled(lesson: LessonFacts) -> None:
    if lesson.cancelled:
        raise RuleViolation(N_("La lezione è annullata."))


def _ensure_begun(lesson: LessonFacts, now: datetime) -> None:
    if now < lesson.starts(now):
        raise RuleViolation(
            N_("La lezione comincia il %(day)s alle %(start)s: si firma dopo l’inizio."),
            day=short_day(lesson.day),
            start=short_time(lesson.start),
        )
