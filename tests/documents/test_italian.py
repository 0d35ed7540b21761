"""Days and hours as an Italian school writes them."""

from datetime import date

import pytest

from schoolapp.documents.italian import NO_BREAK_SPACE, day_in_prose, days_in_prose


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2027, 1, 14), "14 gennaio 2027"),
        (date(2026, 10, 1), "1° ottobre 2026"),
        (date(2027, 8, 31), "31 agosto 2027"),
    ],
)
def test_a_day_in_prose_does_not_break(day: date, written: str) -> None:
    assert day_in_prose(day) == written.replace(" ", NO_BREAK_SPACE)


@pytest.mark.parametrize(
    ("first_day", "last_day", "written"),
    [
        (date(2026, 11, 16), date(2027, 5, 28), "dal 16 novembre 2026 al 28 maggio 2027"),
        (date(2026, 10, 8), date(2027, 5, 11), "dall’8 ottobre 2026 all’11 maggio 2027"),
        (date(2026, 10, 1), date(2027, 5, 18), "dal 1° ottobre 2026 al 18 maggio 2027"),
    ],
)
def test_days_in_prose_join_their_article(first_day: date, last_day: date, written: str) -> None:
    assert days_in_prose(first_day, last_day).replace(NO_BREAK_SPACE, " ") == written
