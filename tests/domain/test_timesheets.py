"""The month of who works by the hour: days, sums by funding line, decimals."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from schoolapp.domain.timesheets import (
    LineTotal,
    Timesheet,
    TimesheetLine,
    Worker,
    decimal_hours,
    in_order,
    is_free,
    month_before,
    month_of,
    next_month,
)


def line(day: int, start: str, minutes: int, **values: Any) -> TimesheetLine:
    begins = time.fromisoformat(start)
    return TimesheetLine(
        **{
            "day": date(2027, 1, day),
            "start": begins,
            "end": time(*divmod(begins.hour * 60 + begins.minute + minutes, 60)),
            "minutes": minutes,
            "activity": "Colloquio scuola–famiglia",
            "place": "IC Valle Serena",
            "reference": "M-0112",
            "funding_line_id": 1,
            "funding_line": "Scuola",
            "confirmed": True,
            **values,
        }
    )


def sheet(*lines: TimesheetLine, **values: Any) -> Timesheet:
    return Timesheet(
        **{
            "worker": Worker.MEDIATOR,
            "person_id": 7,
            "name": "Amina Haddad",
            "skills": "arabo, francese",
            "engagement": "14/2026",
            "owner": "Cooperativa sociale «Ponte Vivo»",
            "month": date(2027, 1, 1),
            "lines": in_order(lines),
            "projects": (),
            "read_at": datetime(2027, 2, 1, 8, 5, tzinfo=UTC),
            **values,
        }
    )


SERVICES = {"funding_line_id": 2, "funding_line": "Servizi", "reference": "S-0021"}


def test_days_and_funding_lines_add_up_to_the_same_minutes() -> None:
    month = sheet(
        line(7, "11:00", 20),
        line(7, "09:00", 90),
        line(12, "09:00", 180, **SERVICES),
        line(18, "10:00", 60, in_vain=True, confirmed=False),
    )
    assert [each.reference for each in month.lines] == ["M-0112", "M-0112", "S-0021", "M-0112"]
    assert (month.minutes, month.unconfirmed_minutes, month.in_vain, month.days) == (350, 60, 1, 3)
    assert len(month.month_days) == 31
    assert {day.day: minutes for day, minutes in month.month_days if minutes} == {7: 110, 12: 180, 18: 60}
    assert month.totals == [LineTotal(1, "Scuola", 3, 170), LineTotal(2, "Servizi", 1, 180)]
    assert month.number == "2027-01 / MED-7"


def test_a_sheet_of_one_line_holds_that_line_alone() -> None:
    month = sheet(line(7, "09:00", 90), line(12, "09:00", 180, **SERVICES)).limited_to(2)
    assert (month.minutes, month.only) == (180, "Servizi")
    assert sheet(line(7, "09:00", 90)).limited_to(5).minutes == 0


@pytest.mark.parametrize(
    ("minutes", "decimal"),
    [(0, "0.00"), (1, "0.02"), (20, "0.33"), (610, "10.17"), (630, "10.50"), (1240, "20.67"), (45, "0.75")],
)
def test_decimal_hours_are_rounded_half_up(minutes: int, decimal: str) -> None:
    assert str(decimal_hours(minutes)) == decimal


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-11", date(2026, 11, 1)),
        ("2026-13", None),
        ("2026-00", None),
        ("1999-12", None),
        ("2026-1", None),
        ("", None),
        ("2026-11-01", None),
        ("٢٠٢٦-١١", None),
    ],
)
def test_a_month_is_read_from_the_address_or_not_at_all(text: str, month: date | None) -> None:
    assert month_of(text) == month


def test_months_follow_one_another_over_the_year() -> None:
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month_before(date(2027, 1, 1)) == date(2026, 12, 1)
    assert next_month(date(2027, 1, 1)) == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("day", "free"),
    [
        (date(2027, 1, 6), True),  # Epiphany
        (date(2027, 3, 29), True),  # Easter Monday
        (date(2027, 1, 9), True),  # a Saturday
        (date(2027, 1, 7), False),
    ],
)
def test_week_ends_and_national_holidays_are_free(day: date, free: bool) -> None:
    assert is_free(day) is free
