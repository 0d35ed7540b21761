"""Single values of a list, however they are written."""

from datetime import date, datetime

import pytest

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.list_values import (
    UnreadableDate,
    class_name,
    parse_birth_date,
    parse_date,
    parse_enrolment_date,
    parse_month,
    parse_phones,
    parse_sex,
    parse_years,
    parse_yes_no,
)
from schoolapp.domain.tables import Cell

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("cell", "remark"),
    [
        ("26/11/2018", "as Italians write"),
        ("26-11-2018", "hyphens"),
        ("26.11.18", "dots and two digits"),
        ("2018-11-26", "as computers write"),
        ("2018/11/26", "year first, bars"),
        ("20181126", "eight digits"),
        ("2018-11-26T00:00:00", "with a time"),
        ("26/11/2018 00:00:00", "with a time"),
        ("26 novembre 2018", "in words"),
        ("26 nov. 18", "shortened"),
        ("lunedì 26 novembre 2018", "with the weekday"),
        ("November 26, 2018", "in English"),
        ("43430", "a spreadsheet's day number as text"),
        (43430, "a spreadsheet's day number"),
        (43430.5, "a spreadsheet's day number with a time"),
        (date(2018, 11, 26), "a date cell"),
        (datetime.fromisoformat("2018-11-26T08:30"), "a date and time cell"),
    ],
)
def test_a_date_is_read_however_it_is_written(cell: Cell, remark: str) -> None:
    assert parse_date(cell, today=TODAY) == date(2018, 11, 26), remark


@pytest.mark.parametrize("cell", [None, "", " - ", "n.d.", "00/00/0000"])
def test_no_date_is_no_date(cell: Cell) -> None:
    assert parse_date(cell, today=TODAY) is None


@pytest.mark.parametrize(
    "cell", ["31/02/2014", "04/25/2014", "ieri", "2014", 7, "32 marzo 2014", "10 brumaio 2014", "1/2"]
)
def test_what_is_no_date_is_said(cell: Cell) -> None:
    with pytest.raises(UnreadableDate):
        parse_date(cell, today=TODAY)


def test_a_year_of_two_digits_is_never_in_the_future() -> None:
    assert parse_date("01/01/26", today=TODAY) == date(2026, 1, 1)
    assert parse_date("01/01/27", today=TODAY) == date(1927, 1, 1)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("31/02/2014", "non esiste"),
        ("26/11/1980", "45 anni"),
        ("26/11/2025", "0 anni"),
        ("26/11/2030", "0 anni"),
        ("23/11/2000", None),
        ("22/11/2000", "26 anni"),
        ("22/11/2024", None),
        ("23/11/2024", "1 anni"),
    ],
)
def test_a_pupil_has_an_age_of_school(cell: str, words: str | None) -> None:
    if words is None:
        assert parse_birth_date(cell, today=TODAY)
        return
    with pytest.raises(RuleViolation, match=words):
        parse_birth_date(cell, today=TODAY)


@pytest.mark.parametrize(
    "cell",
    [
        "05/2025",
        "5-2025",
        "2025-05",
        "maggio 2025",
        "mag-25",
        "May 2025",
        "17/05/2025",
        "2025-05-17",
        45_794,
        date(2025, 5, 17),
    ],
)
def test_only_the_month_of_arrival_is_kept(cell: Cell) -> None:
    assert parse_month(cell, today=TODAY) == date(2025, 5, 1)


@pytest.mark.parametrize(("cell", "words"), [("2025", "mese/anno"), ("13/2025", "mese/anno"), ("12/2026", "futuro")])
def test_an_unclear_or_future_month_of_arrival_is_said(cell: str, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        parse_month(cell, today=TODAY)


def test_a_first_enrolment_is_a_day_or_a_month() -> None:
    assert parse_enrolment_date("15/09/2025", today=TODAY) == date(2025, 9, 15)
    assert parse_enrolment_date("09/2025", today=TODAY) == date(2025, 9, 1)
    with pytest.raises(RuleViolation, match="prima iscrizione"):
        parse_enrolment_date("settimana scorsa", today=TODAY)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("F", "F"), ("m", "M"), ("Femmina", "F"), ("maschio", "M"), ("M.", "M"), ("female", "F"), ("", None), ("-", None)],
)
def test_sex_is_f_or_m_or_unknown(cell: str, expected: str | None) -> None:
    assert parse_sex(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("Sì", True), ("SI", True), ("x", True), ("yes", True), ("No", False), (0, False), ("", None)],
)
def test_yes_and_no(cell: Cell, expected: bool | None) -> None:
    assert parse_yes_no(cell) is expected


@pytest.mark.parametrize(("cell", "expected"), [("3", 3), (4.0, 4), ("2 anni", 2), (0, 0), ("-", None)])
def test_years_of_school(cell: Cell, expected: int | None) -> None:
    assert parse_years(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected", "remark"),
    [
        ("333 1234567", ("+393331234567",), "an Italian mobile"),
        (3331234567, ("+393331234567",), "a number cell"),
        ("0342 512345 / 333.1234567 mamma", ("+390342512345", "+393331234567"), "two, and a word"),
        ("+212 612345678", ("+212612345678",), "from abroad"),
        ("-", (), "nothing"),
    ],
)
def test_telephones_are_found(cell: Cell, expected: tuple[str, ...], remark: str) -> None:
    assert parse_phones(cell) == expected, remark


@pytest.mark.parametrize(
    ("parse", "cell", "words"),
    [
        (parse_sex, "boh", "F o M"),
        (parse_yes_no, "forse", "sì o no"),
        (parse_years, "molti", "da 0 a 20"),
        (parse_years, "21", "da 0 a 20"),
        (parse_phones, "12", "telefono"),
    ],
)
def test_what_is_unclear_gets_a_sentence(parse, cell: str, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RuleViolation, match=words):
        parse(cell)


@pytest.mark.parametrize(
    ("text", "section", "expected"),
    [
        ("2B", "", "2B"),
        ("2^B", "", "2B"),
        ("2ª B", "", "2B"),
        ("2° B", "", "2B"),
        ("2a B", "", "2B"),
        ("2aB", "", "2B"),
        ("2 b", "", "2B"),
        ("2/B", "", "2B"),
        ("2-B", "", "2B"),
        ("II B", "", "2B"),
        ("IIB", "", "2B"),
        ("seconda B", "", "2B"),
        ("Classe II sez. B", "", "2B"),
        ("2", "B", "2B"),
        ("2ª", "B", "2B"),
        ("2a", "B", "2B"),
        ("2A", "B", "2A"),
        ("2a", "", "2A"),
        ("2", "", "2"),
        ("3 ALS", "", "3ALS"),
        ("Sezione Girasoli", "", "Sezione Girasoli"),
        ("", "B", "B"),
        ("", "", None),
    ],
)
def test_a_class_has_one_name_however_it_is_written(text: str, section: str, expected: str | None) -> None:
    assert class_name(text, section) == expected
