from datetime import date

import pytest

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.periods import Period, ensure_day_of_workshop, ensure_period

SEPTEMBER, FEBRUARY, MAY = date(2026, 9, 23), date(2027, 2, 1), date(2027, 5, 28)


@pytest.mark.parametrize(
    ("day", "covered", "remark"),
    [
        (date(2026, 9, 22), False, "the day before"),
        (SEPTEMBER, True, "the first day"),
        (FEBRUARY, True, "the last day"),
        (date(2027, 2, 2), False, "the day after"),
    ],
)
def test_a_period_covers_its_first_and_its_last_day(day: date, covered: bool, remark: str) -> None:
    assert Period(SEPTEMBER, FEBRUARY).covers(day) is covered


def test_a_period_without_a_last_day_is_open() -> None:
    assert Period(SEPTEMBER).covers(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("one", "other", "expected", "remark"),
    [
        (Period(SEPTEMBER, FEBRUARY), Period(FEBRUARY, MAY), True, "one day in common"),
        (Period(SEPTEMBER, FEBRUARY), Period(date(2027, 2, 2)), False, "one after the other"),
        (Period(SEPTEMBER), Period(MAY), True, "both open"),
        (Period(SEPTEMBER), Period(date(2025, 9, 1), date(2026, 6, 8)), False, "a year before"),
    ],
)
def test_two_periods_meet_when_they_share_a_day(one: Period, other: Period, expected: bool, remark: str) -> None:
    assert one.meets(other) is expected
    assert other.meets(one) is expected


@pytest.mark.parametrize(
    ("new", "old", "added", "remark"),
    [
        (Period(SEPTEMBER, MAY), Period(SEPTEMBER, MAY), [], "the same days"),
        (Period(SEPTEMBER, FEBRUARY), Period(SEPTEMBER), [], "an end to an open one"),
        (Period(SEPTEMBER), Period(SEPTEMBER, FEBRUARY), [Period(date(2027, 2, 2))], "open again"),
        (Period(SEPTEMBER, MAY), Period(FEBRUARY, MAY), [Period(SEPTEMBER, date(2027, 1, 31))], "from an earlier day"),
        (
            Period(SEPTEMBER, MAY),
            Period(FEBRUARY, FEBRUARY),
            [Period(SEPTEMBER, date(2027, 1, 31)), Period(date(2027, 2, 2), MAY)],
            "longer on both sides",
        ),
        (Period(MAY), Period(SEPTEMBER, FEBRUARY), [Period(MAY)], "other days altogether"),
    ],
)
def test_the_days_that_a_new_period_adds(new: Period, old: Period, added: list[Period], remark: str) -> None:
    assert new.without(old) == added


def test_a_period_may_be_one_day_long_or_open_but_not_end_before_it_begins() -> None:
    ensure_period(SEPTEMBER, SEPTEMBER)
    ensure_period(SEPTEMBER, None)
    with pytest.raises(RuleViolation, match="La fine viene prima dell’inizio") as refusal:
        ensure_period(SEPTEMBER, date(2026, 9, 22), field="valid_to")
    assert refusal.value.field == "valid_to"


def test_a_day_outside_the_workshop_is_refused_with_the_days_of_the_workshop() -> None:
    ensure_day_of_workshop(MAY, Period(SEPTEMBER, MAY), field="day")
    with pytest.raises(RuleViolation, match="va dal 23/09/2026 al 28/05/2027"):
        ensure_day_of_workshop(date(2027, 5, 29), Period(SEPTEMBER, MAY), field="day")
    with pytest.raises(RuleViolation, match="comincia il 23/09/2026"):
        ensure_day_of_workshop(date(2026, 9, 1), Period(SEPTEMBER), field="day")
