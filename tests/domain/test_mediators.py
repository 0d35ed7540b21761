"""Weekly times, days away and languages of a mediator."""

from datetime import date, time

import pytest

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.mediators import (
    DaysAway,
    SameTimes,
    Spoken,
    WeeklyTime,
    ensure_days_away,
    ensure_languages,
    ensure_week,
    in_groups,
    is_free,
)
from schoolapp.domain.meetings import LanguageLevel

THURSDAY = date(2026, 12, 3)
MORNING, AFTERNOON = WeeklyTime(3, time(8), time(12)), WeeklyTime(3, time(14), time(18))
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("weekly", "start", "end", "expected", "remark"),
    [
        ([MORNING], time(9), time(10), True, "inside"),
        ([MORNING], time(8), time(12), True, "to the minute"),
        ([MORNING], time(11, 30), time(12, 30), False, "half an hour too long"),
        ([MORNING], time(7, 30), time(8, 30), False, "half an hour too early"),
        ([], time(9), time(10), False, "nothing said"),
        ([WeeklyTime(2, time(8), time(12))], time(9), time(10), False, "of another day"),
        ([MORNING, AFTERNOON], time(11), time(15), False, "over the break"),
        ([WeeklyTime(3, time(12), time(14)), AFTERNOON, MORNING], time(11), time(15), True, "times that touch are one"),
        ([WeeklyTime(3, time(8), time(12), date(2026, 12, 4))], time(9), time(10), False, "not yet"),
        ([WeeklyTime(3, time(8), time(12), None, THURSDAY)], time(9), time(10), True, "on the last day"),
        ([WeeklyTime(3, time(8), time(12), None, date(2026, 12, 2))], time(9), time(10), False, "no more"),
    ],
)
def test_who_is_free_at_a_time(weekly: list[WeeklyTime], start: time, end: time, expected: bool, remark: str) -> None:
    assert is_free(weekly, THURSDAY, start, end) is expected, remark


def test_the_week_is_said_by_hours_and_days_in_a_row() -> None:
    hours = (time(8), time(12))
    weekly = [WeeklyTime(day, *hours, valid_from=date(2026, 9, 1)) for day in (4, 0, 1, 2)]
    weekly += [
        WeeklyTime(0, time(14), time(18)),
        WeeklyTime(5, *hours, valid_from=date(2027, 1, 7), valid_to=date(2027, 6, 8)),
        WeeklyTime(5, time(9), time(10), valid_to=date(2026, 11, 22)),
    ]
    assert in_groups(weekly, TODAY) == [
        SameTimes(((0, 2), (4, 4)), *hours, None, None),
        SameTimes(((0, 0),), time(14), time(18), None, None),
        SameTimes(((5, 5),), *hours, date(2027, 1, 7), date(2027, 6, 8)),
    ]


@pytest.mark.parametrize(
    ("times", "field", "remark"),
    [
        ([WeeklyTime(6, time(8), time(12))], "slots-0-weekday", "Sunday"),
        ([MORNING, WeeklyTime(3, time(14), time(14))], "slots-1-end", "no time at all"),
        ([WeeklyTime(3, time(8), time(8, 20))], "slots-0-end", "too short for anything"),
        ([MORNING, WeeklyTime(3, time(11), time(13))], "slots-1-start", "one over the other"),
        ([WeeklyTime(3, time(8), time(9), THURSDAY, TODAY)], "slots-0-valid_to", "ends before it begins"),
        ([WeeklyTime(day % 6, time(8), time(9)) for day in range(25)], None, "too many to be a week"),
    ],
)
def test_a_week_that_cannot_be(times: list[WeeklyTime], field: str | None, remark: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        ensure_week(times)
    assert refused.value.field == field, remark


def test_the_same_hours_may_stand_in_two_periods() -> None:
    ensure_week(
        [
            WeeklyTime(3, time(8), time(12), date(2026, 9, 1), date(2026, 12, 31)),
            WeeklyTime(3, time(8), time(13), date(2027, 1, 1)),
        ]
    )


@pytest.mark.parametrize(
    ("languages", "field", "remark"),
    [
        ([], "languages-0-language", "none"),
        (["xx-nobody"], "languages-0-language", "not a language"),
        (["ar", "fr", "ar"], "languages-2-language", "twice"),
    ],
)
def test_languages_that_cannot_be(languages: list[str], field: str, remark: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        ensure_languages([Spoken(code, LanguageLevel.FLUENT) for code in languages])
    assert refused.value.field == field, remark


@pytest.mark.parametrize(
    ("first", "last", "field", "remark"),
    [
        (date(2026, 12, 1), date(2026, 11, 30), "last_day", "backwards"),
        (date(2026, 11, 20), date(2026, 11, 22), "first_day", "already past"),
        (date(2026, 12, 1), date(2027, 12, 2), "last_day", "more than a year"),
        (date(2026, 12, 24), date(2026, 12, 24), "first_day", "said before"),
    ],
)
def test_days_away_that_cannot_be(first: date, last: date, field: str, remark: str) -> None:
    known = [DaysAway(1, date(2026, 12, 23), date(2027, 1, 6))]
    with pytest.raises(RuleViolation) as refused:
        ensure_days_away(first, last, known, today=TODAY)
    assert refused.value.field == field, remark
    ensure_days_away(date(2026, 11, 20), date(2026, 11, 24), known, today=TODAY)  # under way already
