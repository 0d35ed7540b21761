"""The spreadsheets of the register: the rows and figures of the read model and of the paper."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from schoolapp.documents.italian import number
from schoolapp.documents.register import draw_register
from schoolapp.domain.registers import WorkshopRegister
from schoolapp.exchange.registers import register_csv, register_xlsx
from tests.support.registers import cancelled_lesson, make_lesson, make_register, planned_lesson

Row = list[str | int | None]


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def xlsx_rows(content: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def expected_rows(register: WorkshopRegister) -> list[Row]:
    rows: list[Row] = []
    for position, pupil in enumerate(register.pupils, 1):
        cells: Row = []
        for mark in pupil.marks:
            cells += ["–", None] if mark is None else [mark.letter, mark.counted_minutes]
        figure = pupil.figure
        rows.append([position, pupil.name, pupil.school_class, *cells, figure.attended, figure.offered, figure.percent])
    counts = [cell for lesson in register.lessons for cell in (lesson.present, None)]
    whole = register.figure
    rows.append([None, "Presenti alla lezione", None, *counts, whole.attended, whole.offered, whole.percent])
    return rows


def as_text(rows: list[Row]) -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def test_the_csv_has_a_line_a_pupil_and_the_counts_last() -> None:
    register = make_register()
    content = register_csv(register)
    assert content.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv_rows(content)
    assert heading[:5] == ["n.", "Cognome e nome", "Classe", "11/01/2027 08:30 codice", "11/01/2027 08:30 minuti"]
    assert heading[-3:] == ["Minuti presenza", "Minuti offerti", "Frequenza %"]
    assert rows == as_text(expected_rows(register))


def test_the_workbook_has_the_rows_of_the_csv_with_numbers_as_numbers() -> None:
    register = make_register()
    rows = xlsx_rows(register_xlsx(register), "Presenze")
    start = next(index for index, row in enumerate(rows) if row[1] == register.pupils[0].name)
    for written, expected in zip(rows[start:], expected_rows(register), strict=True):
        assert written == [cell if cell is not None else "" for cell in expected]
        assert isinstance(written[-3], float)


def test_paper_workbook_and_csv_say_the_same_totals() -> None:
    register = make_register(lessons=13, names=17)
    summary = " ".join(PdfReader(BytesIO(draw_register(register))).pages[-1].extract_text().split())
    lines = csv_rows(register_csv(register))[1:]
    sheet = [row for row in xlsx_rows(register_xlsx(register), "Presenze") if row[1] in {line[1] for line in lines}]
    for line, cells in zip(lines, sheet, strict=True):
        attended, offered, percent = (int(cell) for cell in line[-3:])
        assert cells[-3:] == [attended, offered, percent]
        assert f"{number(attended)} {number(offered)} {percent} %" in summary


def test_the_workbook_lists_the_lessons_with_topic_presences_and_signatures() -> None:
    lessons = [make_lesson(0), cancelled_lesson(1, "assemblea di plesso"), planned_lesson(2)]
    register = make_register(lessons=lessons, names=4)
    heading, first, second, third, total = xlsx_rows(register_xlsx(register), "Lezioni")
    assert heading[5] == "Argomento e attività"
    assert [str(cell) for cell in first[1:4]] == ["2027-01-11", "08:30", "09:30"]
    assert first[4:7] == [60, lessons[0].topic, register.lessons[0].present]
    assert first[8] == "Chiara Fontana, 11/01/2027 09:30"
    assert second[4:7] == [0, "Annullata: assemblea di plesso", ""]
    assert third[4:7] == [0, "", ""]
    assert total[4] == register.held_minutes


def test_the_workbook_says_whose_register_it_is() -> None:
    rows = xlsx_rows(register_xlsx(make_register(cup=None)), "Presenze")
    facts = {row[1]: row[2] for row in rows if row[1]}
    assert facts["Laboratorio"] == "Italiano per comunicare, gruppo A1"
    assert facts["Codice"] == "PROG-2463"
    assert facts["CUP"] == "non indicato"
    assert facts["Dati letti il"] == "12/02/2027 09:14"


@pytest.mark.parametrize(("lessons", "pupils"), [(0, 0), (0, 2), (1, 0), (1, 1), (35, 40)])
def test_registers_of_any_size_are_written(lessons: int, pupils: int) -> None:
    register = make_register(lessons=lessons, names=pupils)
    assert len(csv_rows(register_csv(register))) == pupils + 2
    assert len(xlsx_rows(register_xlsx(register), "Lezioni")) == lessons + 2


def test_a_cancelled_lesson_and_one_to_come_have_empty_cells() -> None:
    register = make_register(lessons=[cancelled_lesson(0), planned_lesson(1)], names=1)
    assert csv_rows(register_csv(register))[1][3:7] == ["", "", "", ""]


def test_a_cancelled_lesson_has_empty_cells_for_who_was_not_enrolled_too() -> None:
    lessons = [cancelled_lesson(0), *(make_lesson(index) for index in range(1, 5))]
    _heading, row, _counts = csv_rows(register_csv(make_register(lessons=lessons, names=1, late_comer=0)))
    assert row[3:7] == ["", "", "–", ""]


def test_formulas_in_names_and_topics_leave_as_texts() -> None:
    register = make_register(lessons=[make_lesson(0, topic="@SUM(A1)")], names=["=1+1", "\t+39"], title="=A1")
    assert [row[1] for row in csv_rows(register_csv(register))[1:3]] == ["'=1+1", "'\t+39"]
    content = register_xlsx(register)
    assert "'=1+1" in [row[1] for row in xlsx_rows(content, "Presenze")]
    assert xlsx_rows(content, "Lezioni")[1][5] == "'@SUM(A1)"


def test_separators_quotes_and_line_ends_stay_inside_their_cell() -> None:
    register = make_register(names=['Rossi; "Gigi"\nAnna'])
    assert csv_rows(register_csv(register))[1][1] == 'Rossi; "Gigi"\nAnna'


def test_the_same_register_gives_the_same_bytes() -> None:
    register = make_register()
    assert register_xlsx(register) == register_xlsx(register)
    assert register_csv(register) == register_csv(register)
    later = replace(register, read_at=register.read_at.replace(year=2028))
    assert register_xlsx(later) != register_xlsx(register)
