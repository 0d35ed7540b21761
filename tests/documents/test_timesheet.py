"""The timesheet on paper and as a table, read back."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from schoolapp.documents.timesheet import decimals, draw_timesheet, month_words
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.timesheets import Timesheet, Worker
from schoolapp.exchange.timesheets import timesheet_csv, timesheet_xlsx
from tests.domain.test_timesheets import SERVICES, line, sheet


def month() -> Timesheet:
    return sheet(
        line(7, "09:00", 90),
        line(7, "11:00", 20, activity="Telefonata alla famiglia"),
        line(12, "09:00", 180, activity="Sportello informativo", **SERVICES),
        line(18, "10:00", 60, activity="Famiglia assente", in_vain=True),
    )


def text_of(content: bytes) -> str:
    return "\n".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)


def test_the_sheet_says_who_when_where_and_how_many_minutes_on_each_line() -> None:
    text = text_of(draw_timesheet(month()))
    for words in (
        "Foglio ore mensile: gennaio 2027",
        "foglio ore n. 2027-01 / MED-7",
        "Amina Haddad, mediazione linguistico-culturale (arabo, francese) · incarico n. 14/2026",
        "attività, 1 a vuoto",
        "gio 07/01",
        "09:00–10:30",
        "Telefonata alla famiglia",
        "S-0021",
        "5 h 50 350",
        "Scuola 3 170 2 h 50 2,83",
        "Servizi 1 180 3 h 00 3,00",
        "Totale 4 350 5 h 50 5,83",
        "Nessun minuto è contato su due linee.",
        "pagina 1 di 1",
    ):
        assert words in text, words
    assert "da confermare" not in text


def test_the_same_month_gives_the_same_bytes() -> None:
    assert draw_timesheet(month()) == draw_timesheet(month())


def test_minutes_that_nobody_confirmed_are_said() -> None:
    text = text_of(draw_timesheet(sheet(line(7, "09:00", 90, confirmed=False))))
    assert "di cui 90 da confermare" in text
    assert "chi ha chiesto deve ancora confermare 90 minuti" in text


def test_a_sheet_of_one_line_says_so() -> None:
    text = text_of(draw_timesheet(month().limited_to(2)))
    assert "Il foglio riporta la sola linea «Servizi»." in text
    assert "Scuola" not in text


def test_a_full_month_goes_on_over_the_pages_and_loses_no_row() -> None:
    lines = [
        line(day, f"{hour:02}:00", 45, reference=f"M-{day:02}{hour:02}") for day in range(1, 32) for hour in (8, 9)
    ]
    content = draw_timesheet(sheet(*lines))
    text = text_of(content)
    assert len(PdfReader(BytesIO(content)).pages) == 2
    assert all(each.reference in text for each in lines)
    assert "46 h 30 2.790" in text


def test_an_empty_month_is_a_sheet_too() -> None:
    assert "In questo mese non c’è nessuna attività." in text_of(draw_timesheet(sheet()))


def test_a_facilitator_s_sheet_speaks_of_lessons() -> None:
    text = text_of(draw_timesheet(sheet(line(7, "09:00", 90), worker=Worker.FACILITATOR, skills="", engagement="")))
    assert "Amina Haddad, facilitazione linguistica" in text
    assert "Ogni riga è una lezione firmata" in text


def test_names_we_cannot_print_are_refused() -> None:
    with pytest.raises(RuleViolation):
        draw_timesheet(sheet(name="\U00012000"))


@pytest.mark.parametrize(("minutes", "words"), [(610, "10,17"), (60 * 1234, "1.234,00")])
def test_decimals_are_written_with_a_comma(minutes: int, words: str) -> None:
    assert decimals(minutes) == words


def test_months_are_named() -> None:
    assert month_words(month().month) == "gennaio 2027"


def test_the_workbook_has_a_row_an_activity_and_the_sums() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(timesheet_xlsx(month())))
    activities = [tuple(row) for row in book.get_sheet_by_name("Attività").to_python()]
    assert activities[0][:3] == ("Data", "Dalle", "Alle")
    assert activities[1][1:] == (
        "09:00",
        "10:30",
        "Colloquio scuola–famiglia",
        "IC Valle Serena",
        "M-0112",
        "Scuola",
        90,
        "sì",
    )
    assert [tuple(row) for row in book.get_sheet_by_name("Linee").to_python()][1:] == [
        ("Scuola", 3, 170, "2:50", 2.83),
        ("Servizi", 1, 180, "3:00", 3),
        ("Totale", 4, 350, "5:50", 5.83),
    ]


def test_the_csv_says_the_same_and_runs_no_formula() -> None:
    lines = timesheet_csv(sheet(line(7, "09:00", 90, place="=1+1"))).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("07/01/2027;09:00;10:30;Colloquio scuola–famiglia;")
    assert ";=1+1" not in lines[1]
