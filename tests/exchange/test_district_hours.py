"""The hours of an Ambito as tables: the figures of the page, and nothing that a spreadsheet would run."""

from schoolapp.domain.district_hours import Activities, Desk
from schoolapp.domain.timesheets import Worker
from schoolapp.exchange.district_hours import district_hours_csv, district_hours_xlsx
from tests.domain.test_district_hours import make_hours
from tests.exchange.test_registers import csv_rows, xlsx_rows

HOURS = make_hours(
    Activities(Worker.MEDIATOR, "Larice", "IC Valle", "FAMI", "Colloquio", True, 2, 120),
    Activities(Worker.MEDIATOR, "", "=HYPERLINK(1)", "FAMI", "Colloquio", False, 1, 47),
    Activities(Worker.FACILITATOR, "", "IC Valle", "Fondi comunali", "Lezioni di laboratorio", True, 3, 270),
    desks=(Desk("Sportello badanti", 2, 240, 2), Desk("Sportello casa", 1, 60, 12)),
)


def test_the_workbook_says_what_the_page_says() -> None:
    content = district_hours_xlsx(HOURS)
    assert xlsx_rows(content, "Linee")[1:] == [
        ["FAMI", 3, 167, 0, 167, 2.78, 47],
        ["Fondi comunali", 3, 0, 270, 270, 4.5, 0],
        ["Totale", 6, 167, 270, 437, 7.28, 47],
    ]
    assert xlsx_rows(content, "Cooperative")[1:] == [
        ["non indicata", 1, 47, 47],
        ["Larice", 2, 120, 0],
        ["Totale", 3, 167, 47],
    ]
    assert xlsx_rows(content, "Sportelli")[1:] == [
        ["Sportello badanti", 2, 240, "riservato"],
        ["Sportello casa", 1, 60, "riservato"],
        ["Totale", 3, 300, 14],
    ]


def test_the_rows_sum_to_the_total() -> None:
    rows = csv_rows(district_hours_csv(HOURS))
    assert sum(int(row[7]) for row in rows[1:]) == HOURS.total.minutes
    assert rows[3][:4] == ["facilitazione linguistica", "", "IC Valle", "Fondi comunali"]
    assert rows[3][4:] == ["Lezioni di laboratorio", "sì", "3", "270"]


def test_a_name_that_looks_like_a_formula_is_text() -> None:
    assert csv_rows(district_hours_csv(HOURS))[2][2] == "'=HYPERLINK(1)"
    assert xlsx_rows(district_hours_xlsx(HOURS), "Righe")[2][2] == "'=HYPERLINK(1)"


def test_a_month_without_hours_can_be_written() -> None:
    assert xlsx_rows(district_hours_xlsx(make_hours()), "Cooperative")[1:] == [["Totale", 0, 0, 0]]
