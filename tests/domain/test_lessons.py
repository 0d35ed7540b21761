from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import (
    CANCELLED_BY_NAMES,
    LESSON_STATUS_NAMES,
    CancelledBy,
    LessonFacts,
    LessonStatus,
    ensure_cancellable,
    ensure_correctable,
    ensure_countersignable,
    ensure_lesson_times,
    ensure_movable,
    ensure_reason,
    ensure_recordable,
    ensure_recovers,
    ensure_signable,
    lesson_status,
    missing_for_signature,
)
from schoolapp.domain.periods import Period
from schoolapp.domain.school_year import Closure

ROME = ZoneInfo("Europe/Rome")
LESSON = LessonFacts(day=date(2026, 11, 23), start=time(10, 30), end=time(12, 0), topic="I pasti", enrolled=8, marked=8)


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ROME)


@pytest.mark.parametrize(
    ("lesson", "now", "expected", "remark"),
    [
        (LESSON, at(10, 29), LessonStatus.PLANNED, "a minute before"),
        (LESSON, at(10, 30), LessonStatus.IN_PROGRESS, "on the bell"),
        (LESSON, at(11, 59), LessonStatus.IN_PROGRESS, "still going"),
        (LESSON, at(12), LessonStatus.TO_SIGN, "over"),
        (LESSON, at(9, day=30), LessonStatus.TO_SIGN, "a week later"),
        (replace(LESSON, signed=True), at(11), LessonStatus.SIGNED, "signed during the lesson"),
        (replace(LESSON, signed=True, countersigned=True), at(13), LessonStatus.COUNTERSIGNED, "seen by the school"),
        (replace(LESSON, cancelled=True), at(9), LessonStatus.CANCELLED, "before it began"),
        (replace(LESSON, cancelled=True), at(9, day=30), LessonStatus.CANCELLED, "and never to be signed"),
    ],
)
def test_the_status_of_a_lesson_follows_from_facts_and_time(
    lesson: LessonFacts, now: datetime, expected: LessonStatus, remark: str
) -> None:
    assert lesson_status(lesson, now) is expected


def test_every_status_has_a_name() -> None:
    assert set(LESSON_STATUS_NAMES) == set(LessonStatus)
    assert set(CANCELLED_BY_NAMES) == set(CancelledBy)


@pytest.mark.parametrize(
    ("enrolled", "marked", "topic", "expected"),
    [
        (8, 8, "I pasti", []),
        (8, 0, "I pasti", ["appello da fare"]),
        (8, 7, "I pasti", ["un alunno da segnare"]),
        (8, 5, "", ["3 alunni da segnare", "manca l’argomento"]),
        (8, 8, "  ", ["manca l’argomento"]),
        (0, 0, "Nessuno è venuto", []),
    ],
)
def test_what_is_missing_for_a_signature(enrolled: int, marked: int, topic: str, expected: list[str]) -> None:
    lesson = replace(LESSON, enrolled=enrolled, marked=marked, topic=topic)
    assert [str(sentence) for sentence in missing_for_signature(lesson)] == expected


@pytest.mark.parametrize(
    ("lesson", "now", "sentence", "field", "remark"),
    [
        (LESSON, at(11), None, None, "complete and begun"),
        (LESSON, at(10, 29), "comincia il 23/11/2026 alle 10:30", None, "not begun"),
        (replace(LESSON, marked=0), at(12), "fai l’appello", "marks", "no roll call"),
        (replace(LESSON, marked=6), at(12), "ne mancano 2", "marks", "two left"),
        (replace(LESSON, marked=7), at(12), "ne mancano 1", "marks", "one left"),
        (replace(LESSON, topic=" "), at(12), "scrivi l’argomento", "topic", "no topic"),
        (replace(LESSON, signed=True), at(12), "già firmata", None, "signed twice"),
        (replace(LESSON, cancelled=True), at(12), "annullata", None, "cancelled"),
    ],
)
def test_when_a_lesson_can_be_signed(
    lesson: LessonFacts, now: datetime, sentence: str | None, field: str | None, remark: str
) -> None:
    if sentence is None:
        ensure_signable(lesson, now)
        return
    with pytest.raises(RuleViolation, match=sentence) as refusal:
        ensure_signable(lesson, now)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("lesson", "now", "sentence", "remark"),
    [
        (LESSON, at(8), None, "the roll may be prepared on the day"),
        (LESSON, at(9, day=25), None, "and done two days late"),
        (LESSON, at(23, 59, day=22), "l’appello si fa quel giorno", "not the day before"),
        (replace(LESSON, signed=True), at(12), "scegli «Correggi»", "signed"),
        (replace(LESSON, cancelled=True), at(12), "annullata", "cancelled"),
    ],
)
def test_when_marks_can_be_written(lesson: LessonFacts, now: datetime, sentence: str | None, remark: str) -> None:
    if sentence is None:
        ensure_recordable(lesson, now)
    else:
        with pytest.raises(RuleViolation, match=sentence):
            ensure_recordable(lesson, now)


@pytest.mark.parametrize(
    ("lesson", "sentence"),
    [
        (replace(LESSON, signed=True), None),
        (LESSON, "non è ancora firmata"),
        (replace(LESSON, signed=True, countersigned=True), "ha già il visto"),
        (replace(LESSON, signed=True, cancelled=True), "annullata"),
    ],
)
def test_the_school_countersigns_what_is_signed_once(lesson: LessonFacts, sentence: str | None) -> None:
    if sentence is None:
        ensure_countersignable(lesson)
    else:
        with pytest.raises(RuleViolation, match=sentence):
            ensure_countersignable(lesson)


def test_a_signed_lesson_is_corrected_with_a_reason() -> None:
    signed = replace(LESSON, signed=True, countersigned=True)
    ensure_correctable(signed, "Rafi era in gita")
    with pytest.raises(RuleViolation, match="Scrivi il motivo"):
        ensure_correctable(signed, " .. ")
    with pytest.raises(RuleViolation, match="senza correzione"):
        ensure_correctable(LESSON, "Rafi era in gita")
    with pytest.raises(RuleViolation, match="La lezione è annullata"):
        ensure_correctable(replace(LESSON, cancelled=True), "Rafi era in gita")


@pytest.mark.parametrize(
    ("reason", "allowed"),
    [("errore", True), ("نسيت", True), ("12/11", False), ("no", False), ("- - -", False), ("", False)],
)
def test_a_reason_says_something(reason: str, allowed: bool) -> None:
    if allowed:
        ensure_reason(reason)
    else:
        with pytest.raises(RuleViolation) as refusal:
            ensure_reason(reason)
        assert refusal.value.field == "reason"


@pytest.mark.parametrize(
    ("lesson", "reason", "sentence"),
    [
        (LESSON, "Sciopero", None),
        (replace(LESSON, signed=True), "Sciopero", "non si può annullare"),
        (replace(LESSON, cancelled=True), "Sciopero", "è annullata"),
        (LESSON, "", "Scrivi il motivo"),
    ],
)
def test_a_lesson_is_cancelled_with_a_reason_until_it_is_signed(
    lesson: LessonFacts, reason: str, sentence: str | None
) -> None:
    if sentence is None:
        ensure_cancellable(lesson, reason)
    else:
        with pytest.raises(RuleViolation, match=sentence):
            ensure_cancellable(lesson, reason)


@pytest.mark.parametrize(
    ("lesson", "day", "start", "end", "sentence", "remark"),
    [
        (replace(LESSON, marked=0), date(2026, 11, 25), time(14), time(15, 30), None, "two days later"),
        (LESSON, date(2026, 11, 25), time(14), time(15, 30), "L’appello è già cominciato", "marks exist"),
        (replace(LESSON, signed=True), date(2026, 11, 25), time(14), time(15, 30), "è firmata", "signed"),
        (
            replace(LESSON, marked=0),
            date(2026, 12, 8),
            time(14),
            time(15, 30),
            "la scuola è chiusa: Immacolata Concezione. Riapre il 09/12/2026",
            "a holiday",
        ),
        (
            replace(LESSON, marked=0),
            date(2026, 11, 29),
            time(14),
            time(15, 30),
            "è domenica: la scuola riapre il 30/11/2026",
            "a Sunday",
        ),
        (replace(LESSON, marked=0), date(2027, 6, 5), time(14), time(15, 30), "scegli un giorno compreso", "too late"),
        (replace(LESSON, marked=0), date(2026, 11, 25), time(15), time(14), "prima dell’inizio", "times the wrong way"),
    ],
)
def test_when_a_lesson_can_be_moved(
    lesson: LessonFacts, day: date, start: time, end: time, sentence: str | None, remark: str
) -> None:
    def move() -> None:
        ensure_movable(
            lesson,
            day=day,
            start=start,
            end=end,
            workshop=Period(date(2026, 9, 23), date(2027, 5, 28)),
            closures=[Closure(date(2026, 12, 8), date(2026, 12, 8), "Immacolata Concezione")],
        )

    if sentence is None:
        move()
    else:
        with pytest.raises(RuleViolation, match=sentence):
            move()


@pytest.mark.parametrize(
    ("start", "end", "allowed", "remark"),
    [
        (time(8, 30), time(10), True, "the usual"),
        (time(8, 30), time(8, 45), True, "the shortest"),
        (time(8, 30), time(8, 44), False, "a slip"),
        (time(8), time(16), True, "the longest"),
        (time(8), time(16, 1), False, "a slip"),
        (time(8), time(8), False, "no time at all"),
    ],
)
def test_how_long_a_lesson_lasts(start: time, end: time, allowed: bool, remark: str) -> None:
    if allowed:
        ensure_lesson_times(start, end)
    else:
        with pytest.raises(RuleViolation) as refusal:
            ensure_lesson_times(start, end)
        assert refusal.value.field == "end"


def test_a_cancelled_lesson_is_recovered_once_on_another_day() -> None:
    cancelled = replace(LESSON, cancelled=True)
    ensure_recovers(cancelled, day=date(2026, 11, 27))
    with pytest.raises(RuleViolation, match="Si recupera solo una lezione annullata"):
        ensure_recovers(LESSON, day=date(2026, 11, 27))
    with pytest.raises(RuleViolation, match="è già recuperata"):
        ensure_recovers(replace(cancelled, recovered=True), day=date(2026, 11, 27))
    with pytest.raises(RuleViolation, match="un giorno diverso"):
        ensure_recovers(cancelled, day=cancelled.day)


def test_the_minutes_of_a_lesson() -> None:
    assert LESSON.minutes == 90
