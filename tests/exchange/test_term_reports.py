"""Spreadsheets of the term reports: the figures of the read model, and nothing that a spreadsheet would run."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from schoolapp.domain.term_reports import MeetingsFigure
from schoolapp.exchange.term_report_sheets import sheets_csv, sheets_xlsx
from schoolapp.exchange.term_report_tables import PUPIL_TABLES, SCHOOL_TABLES, TABLE_NAMES, WORKSHOP_TABLES, Table
from schoolapp.exchange.term_reports import (
    school_csv,
    school_xlsx,
    workshop_csv,
    workshop_xlsx,
)
from tests.exchange.test_registers import csv_rows, xlsx_rows
from tests.support.term_reports import make_school_report, make_sheet, make_workshop_report


def test_the_school_has_its_figures_workshops_classes_levels_and_what_is_missing() -> None:
    report = make_school_report(meetings=MeetingsFigure(held=9, requested=11))
    content = school_xlsx(report)
    facts = dict(row[:2] for row in xlsx_rows(content, "Dati"))
    assert facts["Minuti svolti"] == report.held_minutes
    assert facts["Frequenza %"] == report.figure.percent
    assert facts["Colloqui svolti"] == 9
    workshops = xlsx_rows(content, "Laboratori")
    assert workshops[1][:4] == ["Italiano per comunicare A1", "Chiara Fontana", "Plesso «Ada Negri»", 14]
    assert workshops[-1][0] == "Totale"
    assert workshops[-1][3] == len(report.pupils)
    assert xlsx_rows(content, "Classi")[5][5:] == ["non indicato", 4, "non calcolabile", 0]
    assert [row[0] for row in xlsx_rows(content, "Livelli")[1:]] == ["Pre-A1", "A1", "A2", "B1", "B2", "C1"]
    assert len(xlsx_rows(content, "Che cosa manca")) == 1 + len(report.missing)
    assert csv_rows(school_csv(report))[-1][0] == "Totale"


def test_the_workshop_has_its_lessons_levels_and_words() -> None:
    report = make_workshop_report()
    content = workshop_xlsx(report)
    lessons = xlsx_rows(content, "Lezioni")
    assert len(lessons) == 1 + len(report.lessons)
    assert lessons[6][2] == "annullata"
    assert xlsx_rows(content, "Parole")[1] == ["Argomenti svolti", report.words.topics]
    rows = csv_rows(workshop_csv(report))
    assert rows[1] == [
        "Ascolto",
        *(str(count) for count in (*report.skill_counts[0].entry, *report.skill_counts[0].now)),
        "0",
    ]


def test_a_copy_that_leaves_the_school_keeps_small_numbers_to_itself() -> None:
    report = make_workshop_report(pupils=2, smallest_shown=3)
    facts = dict(row[:2] for row in xlsx_rows(workshop_xlsx(report), "Dati"))
    assert facts["Alunni con almeno una lezione"] == "riservato"
    assert set(csv_rows(workshop_csv(report))[1][1:]) == {"riservato"}


def test_the_sheets_have_a_row_a_pupil_and_the_words() -> None:
    sheets = [make_sheet(), make_sheet(pupil_id=2, name="Ahmeti Arber")]
    content = sheets_xlsx(sheets)
    assert [row[0] for row in xlsx_rows(content, "Schede")[1:]] == ["Selam Tesfay Gebremariam", "Ahmeti Arber"]
    assert len(xlsx_rows(content, "Abilità")) == 1 + 12
    assert len(xlsx_rows(content, "Mesi")) == 1 + 8
    assert xlsx_rows(content, "Parole")[1][2] == sheets[0].workshops[0].words
    assert csv_rows(sheets_csv(sheets))[1][4:7] == ["1560", "1800", "86"]


@pytest.mark.parametrize(
    ("tables", "book", "write", "report"),
    [
        (SCHOOL_TABLES, school_xlsx, school_csv, make_school_report()),
        (WORKSHOP_TABLES, workshop_xlsx, workshop_csv, make_workshop_report()),
        (PUPIL_TABLES, sheets_xlsx, sheets_csv, [make_sheet()]),
    ],
    ids=("school", "workshop", "pupil"),
)
def test_every_table_of_a_workbook_is_also_a_csv_with_the_same_figures(
    tables: Sequence[Table], book: Callable[[Any], bytes], write: Callable[[Any, Table], bytes], report: Any
) -> None:
    content = book(report)
    for table in tables:
        in_book = [[_text(cell) for cell in row] for row in xlsx_rows(content, TABLE_NAMES[table])]
        assert csv_rows(write(report, table)) == in_book, table


def _text(cell: object) -> str:
    """As the CSV has it."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def test_a_formula_in_what_people_write_is_not_run() -> None:
    sheet = make_sheet()
    workshop = replace(sheet.workshops[0], title="=1+1", words="=cmd|' /C calc'!A0")
    content = sheets_xlsx([replace(sheet, workshops=(workshop,))])
    assert xlsx_rows(content, "Parole")[1][1:3] == ["'=1+1", "'=cmd|' /C calc'!A0"]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert school_xlsx(make_school_report()) == school_xlsx(make_school_report())
