from datetime import date, time

import pytest

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.school_year import Closure
from schoolapp.domain.timetable import (
    ClashKind,
    Commitment,
    PlannedLesson,
    Slot,
    ensure_slot,
    find_clashes,
    first_free_time,
    lessons_from_slots,
    lessons_to_add,
    overlap,
    tell_clashes,
    tell_free_time,
)

MONDAY = Slot(0, time(10, 30), time(12), place="aula 4")
WEDNESDAY = Slot(2, time(14), time(15, 30), place="aula 4")
FIRST, LAST = date(2026, 9, 23), date(2026, 10, 14)  # both Wednesdays


def days(slots: list[Slot], closures: list[Closure] | None = None, until_minutes: int | None = None) -> list[date]:
    return [lesson.day for lesson in lessons_from_slots(slots, FIRST, LAST, closures or [], until_minutes)]


def test_slots_give_lessons_in_order_on_their_weekdays_first_and_last_day_included() -> None:
    assert days([WEDNESDAY, MONDAY]) == [
        date(2026, 9, 23),
        date(2026, 9, 28),
        date(2026, 9, 30),
        date(2026, 10, 5),
        date(2026, 10, 7),
        date(2026, 10, 12),
        date(2026, 10, 14),
    ]


def test_a_closure_takes_its_lessons_away() -> None:
    closure = Closure(date(2026, 10, 5), date(2026, 10, 7), "Seggio elettorale")
    assert days([WEDNESDAY, MONDAY], [closure]) == [
        date(2026, 9, 23),
        date(2026, 9, 28),
        date(2026, 9, 30),
        date(2026, 10, 12),
        date(2026, 10, 14),
    ]


@pytest.mark.parametrize(
    ("until_minutes", "count", "remark"),
    [
        (360, 4, "to the minute"),
        (359, 3, "a fourth would go beyond"),
        (89, 0, "less than one lesson"),
        (None, 7, "no limit"),
        (9999, 7, "more than there are days"),
    ],
)
def test_lessons_stop_before_they_exceed_the_planned_minutes(
    until_minutes: int | None, count: int, remark: str
) -> None:
    assert len(days([MONDAY, WEDNESDAY], until_minutes=until_minutes)) == count


def test_a_slot_gives_lessons_only_while_it_is_valid() -> None:
    until_september = Slot(2, time(14), time(15, 30), valid_to=date(2026, 9, 30))
    from_october = Slot(2, time(8, 30), time(10), valid_from=date(2026, 10, 1))
    lessons = lessons_from_slots([until_september, from_october], FIRST, LAST, [])
    assert [(lesson.day.day, lesson.start.hour) for lesson in lessons] == [(23, 14), (30, 14), (7, 8), (14, 8)]


def test_two_slots_of_a_day_come_in_the_order_of_their_times() -> None:
    lessons = lessons_from_slots([WEDNESDAY, Slot(2, time(8), time(9))], FIRST, FIRST, [])
    assert [lesson.start.hour for lesson in lessons] == [8, 14]


def test_lessons_carry_place_and_minutes_and_an_empty_period_gives_none() -> None:
    lesson = lessons_from_slots([WEDNESDAY], FIRST, FIRST, [])[0]
    assert (lesson.place, lesson.minutes) == ("aula 4", 90)
    assert lessons_from_slots([WEDNESDAY], LAST, FIRST, []) == []


@pytest.mark.parametrize(
    ("start", "end", "expected", "remark"),
    [
        (time(14), time(15, 30), True, "the same"),
        (time(15), time(16), True, "the end is inside"),
        (time(13), time(14, 1), True, "one minute"),
        (time(13), time(17), True, "around it"),
        (time(14, 30), time(15), True, "inside it"),
        (time(15, 30), time(16), False, "begins when it ends"),
        (time(13), time(14), False, "ends when it begins"),
    ],
)
def test_two_times_overlap_when_they_share_a_minute(start: time, end: time, expected: bool, remark: str) -> None:
    assert overlap(start, end, time(14), time(15, 30)) is expected
    assert overlap(time(14), time(15, 30), start, end) is expected


@pytest.mark.parametrize(
    ("slot", "field", "remark"),
    [
        (MONDAY, None, "another weekday"),
        (Slot(2, time(15, 30), time(17)), None, "straight after"),
        (Slot(2, time(15), time(16)), "start", "overlaps"),
        (Slot(2, time(15), time(16), valid_from=date(2027, 1, 1)), "start", "overlaps from January on"),
        (Slot(6, time(15), time(16)), "weekday", "a Sunday"),
        (Slot(1, time(16), time(15)), "end", "times the wrong way round"),
        (Slot(1, time(14), time(15), date(2027, 2, 1), date(2027, 1, 1)), "valid_to", "validity the wrong way round"),
    ],
)
def test_a_slot_is_sensible_and_apart_from_the_others(slot: Slot, field: str | None, remark: str) -> None:
    if field is None:
        ensure_slot(slot, [WEDNESDAY])
        return
    with pytest.raises(RuleViolation) as refusal:
        ensure_slot(slot, [WEDNESDAY])
    assert refusal.value.field == field


def test_slots_of_different_months_may_have_the_same_time() -> None:
    ensure_slot(
        Slot(2, time(14), time(15), valid_from=date(2027, 1, 1)),
        [Slot(2, time(14), time(15), valid_to=date(2026, 12, 31))],
    )
    ensure_slot(
        Slot(2, time(14), time(15), valid_to=date(2026, 12, 31)),
        [Slot(2, time(14), time(15), valid_from=date(2027, 1, 1))],
    )


def taken(
    kind: ClashKind = ClashKind.FACILITATOR,
    who: str = "Irene Valsecca",
    day: date = FIRST,
    start: time = time(14),
    end: time = time(15, 30),
) -> Commitment:
    return Commitment(kind, who, day, start, end, "Primaria Rivolta")


NEW = PlannedLesson(FIRST, time(15), time(16, 30), "Aula 4")


@pytest.mark.parametrize(
    ("existing", "sentence", "remark"),
    [
        (
            taken(),
            "Irene Valsecca ha già una lezione il 23/09/2026 dalle 14:00 alle 15:30: Primaria Rivolta.",
            "the facilitator is elsewhere",
        ),
        (
            taken(ClashKind.PUPIL, "Salma Benali"),
            "Salma Benali ha già un laboratorio il 23/09/2026 dalle 14:00 alle 15:30: Primaria Rivolta.",
            "a pupil is in another workshop",
        ),
        (
            taken(ClashKind.PLACE, "aula 4"),
            "aula 4: il 23/09/2026 dalle 14:00 alle 15:30 c’è già un’altra lezione: Primaria Rivolta.",
            "the room is taken, however it was typed",
        ),
        (taken(ClashKind.PLACE, "biblioteca"), None, "another room"),
        (taken(day=date(2026, 9, 24)), None, "another day"),
        (taken(start=time(16, 30), end=time(18)), None, "straight after"),
    ],
)
def test_a_clash_is_told_in_a_sentence(existing: Commitment, sentence: str | None, remark: str) -> None:
    assert [str(clash.sentence) for clash in find_clashes([NEW], [existing])] == ([sentence] if sentence else [])


def test_a_lesson_without_a_place_clashes_with_no_place() -> None:
    assert find_clashes([PlannedLesson(FIRST, time(15), time(16))], [taken(ClashKind.PLACE, "")]) == []


def test_a_clash_that_comes_back_every_week_is_told_once() -> None:
    planned = lessons_from_slots([WEDNESDAY], FIRST, LAST, [])
    existing = [taken(day=lesson.day) for lesson in planned] + [taken(ClashKind.PUPIL, "Salma Benali")]
    assert [str(sentence) for sentence in tell_clashes(find_clashes(planned, existing))] == [
        "Irene Valsecca ha già una lezione il mercoledì dalle 14:00 alle 15:30: Primaria Rivolta. "
        "Succede 4 volte, la prima il 23/09/2026.",
        "Salma Benali ha già un laboratorio il 23/09/2026 dalle 14:00 alle 15:30: Primaria Rivolta.",
    ]


def test_a_commitment_in_the_way_of_two_new_lessons_is_one_clash() -> None:
    planned = [PlannedLesson(FIRST, time(14), time(14, 30)), PlannedLesson(FIRST, time(14, 30), time(15))]
    assert len(find_clashes(planned, [taken()])) == 1


@pytest.mark.parametrize(
    ("existing", "not_before", "expected", "remark"),
    [
        ([], time(14), time(14), "nothing in the way"),
        ([taken()], time(14), time(15, 30), "after the lesson"),
        ([taken(), taken(start=time(16), end=time(16, 30))], time(14), time(16, 30), "the gap is too short"),
        ([taken(), taken(start=time(17), end=time(18))], time(14), time(15, 30), "the gap is long enough"),
        ([taken(start=time(13), end=time(17)), taken()], time(14), time(17), "one inside the other"),
        ([taken(start=time(14), end=time(17))], time(14), None, "too late then"),
        ([taken(day=date(2026, 9, 24))], time(14), time(14), "another weekday"),
        ([taken(day=date(2026, 10, 7))], time(14), time(15, 30), "the same weekday in another week"),
        ([taken(ClashKind.PLACE, "biblioteca")], time(14), time(14), "another room"),
        ([taken(ClashKind.PLACE, "aula 4")], time(14), time(15, 30), "the same room"),
    ],
)
def test_the_first_free_time_of_a_weekday(
    existing: list[Commitment], not_before: time, expected: time | None, remark: str
) -> None:
    closes = time(17) if expected is None else time(18, 30)
    found = first_free_time(existing, weekday=2, minutes=90, not_before=not_before, closes=closes, place="aula 4")
    assert found == expected


def test_the_way_out_is_told_in_a_sentence() -> None:
    assert str(tell_free_time(2, time(16))) == "Orario libero: il mercoledì dalle 16:00."


@pytest.mark.parametrize(
    ("occupied", "minutes", "expected", "remark"),
    [
        ([], 360, [23, 30], "the four Wednesdays of the period would be 6 hours: two of them are asked"),
        ([PlannedLesson(date(2026, 9, 23), time(15), time(16))], 360, [30], "a lesson stands in the way of the first"),
        ([PlannedLesson(date(2026, 9, 23), time(15, 30), time(16))], 360, [23, 30], "one begins when the other ends"),
        ([], 90, [23], "minutes for one"),
        ([], 89, [], "a lesson is not cut"),
        ([], -30, [], "more hours than planned"),
    ],
)
def test_lessons_are_added_at_free_times_while_there_are_minutes(
    occupied: list[PlannedLesson], minutes: int, expected: list[int], remark: str
) -> None:
    wanted = lessons_from_slots([WEDNESDAY], date(2026, 9, 23), date(2026, 9, 30), [])
    assert [lesson.day.day for lesson in lessons_to_add(wanted, occupied, minutes)] == expected
