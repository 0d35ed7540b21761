from datetime import date

import pytest

from schoolapp.domain.school_year import Closure, SchoolYear, closed_days, is_school_day, next_school_day

CHRISTMAS = Closure(date(2026, 12, 23), date(2027, 1, 6), "Vacanze di Natale")
IMMACULATE = Closure(date(2026, 12, 8), date(2026, 12, 8), "Immacolata Concezione")


@pytest.mark.parametrize(
    ("day", "label", "remark"),
    [
        (date(2026, 9, 1), "2026/27", "its first day"),
        (date(2026, 8, 31), "2025/26", "the last day of the one before"),
        (date(2027, 1, 1), "2026/27", "across the new year"),
        (date(2099, 10, 1), "2099/00", "across the century"),
        (date(2008, 10, 1), "2008/09", "two digits"),
    ],
)
def test_the_school_year_of_a_day(day: date, label: str, remark: str) -> None:
    year = SchoolYear.of(day)
    assert year.label == label
    assert day in year
    assert year.first_day <= day <= year.last_day


def test_school_years_have_an_order_and_do_not_share_days() -> None:
    assert SchoolYear(2025) < SchoolYear(2026)
    assert date(2026, 9, 1) not in SchoolYear(2025)


@pytest.mark.parametrize(
    ("day", "expected", "remark"),
    [
        (date(2026, 11, 23), True, "a Monday"),
        (date(2026, 11, 21), True, "a Saturday: many schools are open"),
        (date(2026, 11, 22), False, "a Sunday"),
        (date(2026, 12, 8), False, "a holiday"),
        (date(2026, 12, 22), True, "the day before a break"),
        (date(2026, 12, 23), False, "its first day"),
        (date(2027, 1, 6), False, "its last day"),
        (date(2027, 1, 7), True, "the day after"),
    ],
)
def test_the_days_on_which_a_school_is_open(day: date, expected: bool, remark: str) -> None:
    assert is_school_day(day, [IMMACULATE, CHRISTMAS]) is expected


@pytest.mark.parametrize(
    ("after", "expected", "remark"),
    [
        (date(2026, 11, 23), date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 21), date(2026, 11, 23), "from Saturday over Sunday"),
        (date(2026, 12, 7), date(2026, 12, 9), "over a holiday"),
        (date(2026, 12, 22), date(2027, 1, 7), "over the Christmas break"),
    ],
)
def test_the_next_school_day(after: date, expected: date, remark: str) -> None:
    assert next_school_day(after, [IMMACULATE, CHRISTMAS]) == expected


def test_closed_days_are_counted_from_the_first_to_the_last_included() -> None:
    assert len(closed_days([IMMACULATE, CHRISTMAS])) == 1 + 15
    assert closed_days([]) == frozenset()
