from datetime import date

import pytest

from schoolapp.domain.school_calendar import lombard_calendar
from schoolapp.domain.school_year import SchoolYear


@pytest.mark.parametrize(
    ("start", "infanzia", "first", "last", "remark"),
    [
        (2025, False, date(2025, 9, 12), date(2026, 6, 8), "both on weekdays"),
        (2026, False, date(2026, 9, 14), date(2027, 6, 8), "12 September is a Saturday: the Monday after"),
        (2013, False, date(2013, 9, 12), date(2014, 6, 7), "8 June is a Sunday: the Saturday before"),
        (2026, True, date(2026, 9, 7), date(2027, 6, 30), "nursery schools: 5 September is a Saturday"),
        (2012, True, date(2012, 9, 5), date(2013, 6, 29), "30 June is a Sunday"),
    ],
)
def test_the_first_and_the_last_day_of_lessons(
    start: int, infanzia: bool, first: date, last: date, remark: str
) -> None:
    calendar = lombard_calendar(SchoolYear(start), infanzia=infanzia)
    assert (calendar.first_lesson_day, calendar.last_lesson_day) == (first, last)


def test_the_closures_of_a_year_as_the_region_published_them() -> None:
    calendar = lombard_calendar(SchoolYear(2025))
    assert [(closure.first_day, closure.last_day, closure.name) for closure in calendar.closures] == [
        (date(2025, 11, 1), date(2025, 11, 1), "Tutti i Santi"),
        (date(2025, 12, 8), date(2025, 12, 8), "Immacolata Concezione"),
        (date(2025, 12, 23), date(2026, 1, 6), "Vacanze di Natale"),
        (date(2026, 2, 16), date(2026, 2, 17), "Carnevale"),
        (date(2026, 4, 2), date(2026, 4, 7), "Vacanze di Pasqua"),
        (date(2026, 4, 25), date(2026, 4, 25), "Anniversario della Liberazione"),
        (date(2026, 5, 1), date(2026, 5, 1), "Festa del Lavoro"),
        (date(2026, 6, 2), date(2026, 6, 2), "Festa della Repubblica"),
    ]


@pytest.mark.parametrize(
    ("start", "day", "closed", "remark"),
    [
        (2026, date(2027, 2, 8), True, "Monday of Carnival"),
        (2026, date(2027, 2, 10), False, "Ash Wednesday: lessons again"),
        (2026, date(2027, 3, 25), True, "Thursday before Easter"),
        (2026, date(2027, 3, 30), True, "Tuesday after Easter Monday"),
        (2026, date(2026, 11, 2), False, "2 November is a school day"),
        (2027, date(2027, 10, 4), True, "Saint Francis, a holiday again from 2026"),
        (2025, date(2025, 10, 4), False, "and not before"),
        (2026, date(2026, 12, 7), False, "a bridge is for the school to decide"),
    ],
)
def test_single_days_of_the_calendar(start: int, day: date, closed: bool, remark: str) -> None:
    assert any(closure.covers(day) for closure in lombard_calendar(SchoolYear(start)).closures) is closed


@pytest.mark.parametrize("start", range(2012, 2060))
def test_in_any_year_closures_are_in_order_apart_and_inside_the_lessons(start: int) -> None:
    calendar = lombard_calendar(SchoolYear(start))
    assert calendar.first_lesson_day < calendar.closures[0].first_day
    assert calendar.closures[-1].last_day <= calendar.last_lesson_day
    for earlier, later in zip(calendar.closures, calendar.closures[1:], strict=False):
        assert earlier.first_day <= earlier.last_day < later.first_day


def test_the_terms_follow_one_another_from_the_first_lesson_to_the_last() -> None:
    calendar = lombard_calendar(SchoolYear(2026))
    first, second = calendar.terms
    assert (first.first_day, first.last_day) == (calendar.first_lesson_day, date(2027, 1, 31))
    assert (second.first_day, second.last_day) == (date(2027, 2, 1), calendar.last_lesson_day)
