"""A list of rows under headings as CSV and as a workbook: for tables that a page shows and a file repeats."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO, StringIO
from typing import Any

from schoolapp.exchange.formula_guard import guarded

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Sheet:
    """One table: a name for its tab, headings, rows of as many cells."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheet_csv(sheet: Sheet) -> bytes:
    """One line of headings, then the rows; `;` between, UTF-8 with its mark, as Excel expects."""
    lines = StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerows([_text(cell) for cell in row] for row in sheet.rows)
    return lines.getvalue().encode("utf-8-sig")


def workbook(sheets: Sequence[Sheet], *, title: str, author: str, read_at: datetime) -> bytes:
    """The tables as sheets of one workbook. The same tables give the same bytes."""
    from xlsxwriter import Workbook  # 11 MB of memory, for the workers that ever write a spreadsheet

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book: Any = Workbook(buffer, options)
    created = read_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "author": author, "created": created})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#E6EBF0", "border": 1, "text_wrap": True}),
        "cell": book.add_format({"border": 1, "valign": "top"}),
        "day": book.add_format({"border": 1, "valign": "top", "num_format": "dd/mm/yyyy"}),
    }
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return buffer.getvalue()


def _write_sheet(written: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for column, heading in enumerate(sheet.headings):
        written.write_string(0, column, heading, formats["head"])
        longest = max((len(_text(row[column])) for row in sheet.rows), default=0)
        written.set_column(column, column, min(max(longest, len(heading), 8) + 2, 60))
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            _write(written, number, column, cell, formats)
    written.freeze_panes(1, 1)
    written.set_landscape()
    written.set_paper(9)
    written.fit_to_pages(1, 0)
    written.repeat_rows(0)


def _write(written: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    """Numbers as numbers, days as days, texts as texts that nothing runs."""
    if cell is None:
        written.write_blank(row, column, None, formats["cell"])
    elif isinstance(cell, str):
        written.write_string(row, column, guarded(cell), formats["cell"])
    elif isinstance(cell, date):
        written.write_datetime(row, column, datetime.combine(cell, time()), formats["day"])
    else:
        written.write_number(row, column, cell, formats["cell"])


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
