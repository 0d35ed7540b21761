"""The register as a spreadsheet: the rows and figures of the page and of the paper."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from io import BytesIO, StringIO
from typing import Any, Final

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.registers import RegisterLesson, RegisterMark, Signature, WorkshopRegister
from schoolapp.exchange.formula_guard import guarded

Cell = str | int | None

NOT_ENROLLED: Final = "–"
UNMARKED: Final = "?"
TITLE: Final = "Registro del laboratorio di italiano L2"
PUPIL_HEADINGS: Final = ("n.", "Cognome e nome", "Classe")
TOTAL_HEADINGS: Final = ("Minuti presenza", "Minuti offerti", "Frequenza %")
LESSON_HEADINGS: Final = (
    "n.",
    "Data",
    "Dalle",
    "Alle",
    "Minuti svolti",
    "Argomento e attività",
    "Presenti",
    "Chi fa lezione",
    "Firma",
    "Visto della scuola",
)
PRESENT_LABEL: Final = "Presenti alla lezione"
NOT_GIVEN: Final = "non indicato"


def register_csv(register: WorkshopRegister) -> bytes:
    """One line of headings, one line a pupil, the counts last; `;` between, UTF-8 with its mark, as Excel expects."""
    lines = StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    heads = [f"{_day(lesson.day)} {lesson.start:%H:%M}" for lesson in register.lessons]
    columns = [f"{head} {part}" for head in heads for part in ("codice", "minuti")]
    writer.writerow([*PUPIL_HEADINGS, *columns, *TOTAL_HEADINGS])
    for row in _rows(register):
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return lines.getvalue().encode("utf-8-sig")


def register_xlsx(register: WorkshopRegister) -> bytes:
    """Two sheets: «Presenze» as the front of the paper, «Lezioni» as the back.

    The same register gives the same bytes.
    """
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    from xlsxwriter import Workbook  # 11 MB of memory, for the workers that ever write a spreadsheet

    book: Any = Workbook(buffer, options)
    book.set_properties(
        {
            "title": f"{TITLE}: {register.title}",
            "author": register.institute,
            "created": register.read_at.astimezone(UTC).replace(tzinfo=None),
        }
    )
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "label": book.add_format({"font_color": "#46586A"}),
        "head": book.add_format(
            {"bold": True, "bg_color": "#E6EBF0", "border": 1, "align": "center", "text_wrap": True}
        ),
        "cell": book.add_format({"border": 1, "num_format": "#,##0", "valign": "top"}),
        "mark": book.add_format({"border": 1, "align": "center", "valign": "top"}),
        "day": book.add_format({"border": 1, "num_format": "dd/mm/yyyy", "valign": "top"}),
        "long": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "total": book.add_format({"bold": True, "border": 1, "num_format": "#,##0"}),
    }
    _write_marks(book.add_worksheet("Presenze"), register, formats)
    _write_lessons(book.add_worksheet("Lezioni"), register, formats)
    book.close()
    return buffer.getvalue()


def _rows(register: WorkshopRegister) -> Iterator[list[Cell]]:
    """The pupils, two cells a lesson and the totals; then how many were present."""
    for position, pupil in enumerate(register.pupils, 1):
        marks = zip(register.lessons, pupil.marks, strict=True)
        cells = [cell for lesson, mark in marks for cell in _mark(lesson, mark)]
        yield [position, pupil.name, pupil.school_class, *cells, *_figure(pupil.figure)]
    counts = [cell for lesson in register.lessons for cell in (lesson.present, None)]
    yield [None, PRESENT_LABEL, None, *counts, *_figure(register.figure)]


def _mark(lesson: RegisterLesson, mark: RegisterMark | None) -> tuple[Cell, Cell]:
    if lesson.cancelled is not None:
        return None, None
    if mark is None:
        return NOT_ENROLLED, None
    if mark.letter is None:
        return (UNMARKED if lesson.called else None), None
    return mark.letter, mark.counted_minutes


def _figure(figure: AttendanceFigure) -> tuple[Cell, Cell, Cell]:
    return figure.attended, figure.offered, figure.percent


def _facts(register: WorkshopRegister) -> tuple[tuple[str, Cell], ...]:
    institute = ", ".join(text for text in (register.institute, register.institute_code) if text)
    return (
        ("Laboratorio", register.title),
        ("Istituto", institute),
        ("Plesso e luogo", ", ".join(text for text in (register.site, register.place) if text) or NOT_GIVEN),
        ("Chi fa lezione", ", ".join(register.facilitators) or NOT_GIVEN),
        ("Anno scolastico", register.school_year),
        ("Periodo", f"dal {_day(register.first_day)} al {_day(register.last_day)}"),
        ("Progetto", register.project_title or NOT_GIVEN),
        ("Codice", register.project_code or NOT_GIVEN),
        ("CUP", register.cup or NOT_GIVEN),
        ("Finanziamento", register.funding_line),
        ("Minuti svolti nel periodo", register.held_minutes),
        ("Minuti svolti dall’inizio", register.held_minutes_from_start),
        ("Minuti previsti", register.planned_minutes),
        ("Dati letti il", f"{register.read_at.astimezone(SCHOOL_ZONE):%d/%m/%Y %H:%M}"),
    )


def _write_marks(sheet: Any, register: WorkshopRegister, formats: dict[str, Any]) -> None:
    sheet.write_string(0, 0, TITLE, formats["title"])
    top = _write_facts(sheet, register, formats) + 1
    for column, heading in enumerate(PUPIL_HEADINGS):
        sheet.merge_range(top, column, top + 2, column, heading, formats["head"])
    column = len(PUPIL_HEADINGS)
    for lesson in register.lessons:
        sheet.merge_range(top, column, top, column + 1, "", formats["head"])
        sheet.write_string(top, column, _day(lesson.day), formats["head"])
        times = f"{lesson.start:%H:%M}–{lesson.end:%H:%M}, {_standing(lesson)}"
        sheet.merge_range(top + 1, column, top + 1, column + 1, "", formats["head"])
        sheet.write_string(top + 1, column, times, formats["head"])
        sheet.write_string(top + 2, column, "Codice", formats["head"])
        sheet.write_string(top + 2, column + 1, "Minuti", formats["head"])
        column += 2
    for offset, heading in enumerate(TOTAL_HEADINGS):
        sheet.merge_range(top, column + offset, top + 2, column + offset, heading, formats["head"])
    first, last_row = top + 3, top + 3 + len(register.pupils)
    for row, cells in enumerate(_rows(register), first):
        for index, cell in enumerate(cells):
            is_mark = isinstance(cell, str) and len(PUPIL_HEADINGS) <= index < column
            _write(sheet, row, index, cell, formats["total" if row == last_row else "mark" if is_mark else "cell"])
    sheet.set_row(top + 1, 32)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 12)
    sheet.set_column(3, max(3, column - 1), 7.5)
    sheet.set_column(column, column + 2, 11)
    _set_page(sheet, register, freeze=(first, 3))
    sheet.repeat_columns(0, 2)
    sheet.repeat_rows(top, top + 2)
    sheet.set_print_scale(60)


def _write_facts(sheet: Any, register: WorkshopRegister, formats: dict[str, Any]) -> int:
    row = 1
    for row, (label, value) in enumerate(_facts(register), 1):
        sheet.write_string(row, 1, label, formats["label"])
        _write(sheet, row, 2, value, None)
    return row + 1


def _write_lessons(sheet: Any, register: WorkshopRegister, formats: dict[str, Any]) -> None:
    for column, heading in enumerate(LESSON_HEADINGS):
        sheet.write_string(0, column, heading, formats["head"])
    for row, lesson in enumerate(register.lessons, 1):
        sheet.write_number(row, 0, row, formats["cell"])
        sheet.write_datetime(row, 1, datetime.combine(lesson.day, time()), formats["day"])
        cells: tuple[Cell, ...] = (
            f"{lesson.start:%H:%M}",
            f"{lesson.end:%H:%M}",
            lesson.held_minutes,
            lesson.topic if lesson.cancellation is None else lesson.cancellation,
            lesson.present,
            lesson.facilitator,
            _signature(lesson.signed),
            _signature(lesson.countersigned),
        )
        for column, cell in enumerate(cells, 2):
            _write(sheet, row, column, cell, formats["long" if column == 5 else "cell"])
    last = len(register.lessons) + 1
    for column in range(len(LESSON_HEADINGS)):
        _write(sheet, last, column, None, formats["total"])
    _write(sheet, last, 1, "Totale", formats["total"])
    _write(sheet, last, 4, register.held_minutes, formats["total"])
    for column, width in enumerate((5, 12, 8, 8, 10, 70, 10, 24, 40, 40)):
        sheet.set_column(column, column, width)
    _set_page(sheet, register, freeze=(1, 2))
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _set_page(sheet: Any, register: WorkshopRegister, *, freeze: tuple[int, int]) -> None:
    sheet.freeze_panes(*freeze)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_footer(f"&L{register.title.replace('&', '&&')}&Rpagina &P di &N")


def _write(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    """Numbers as numbers, texts as texts that nothing runs."""
    if cell is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, str):
        sheet.write_string(row, column, guarded(cell), style)
    else:
        sheet.write_number(row, column, cell, style)


def _standing(lesson: RegisterLesson) -> str:
    if lesson.cancelled is not None:
        return "annullata"
    return f"{lesson.minutes} min" if lesson.called else "non registrata"


def _signature(signature: Signature | None) -> Cell:
    if signature is None:
        return None
    return f"{signature.name}, {signature.at.astimezone(SCHOOL_ZONE):%d/%m/%Y %H:%M}"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
