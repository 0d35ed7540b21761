"""A table as it was read from a file: rows of cells, each row with the number a person sees beside it."""

from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date | datetime | None


@dataclass(frozen=True)
class Row:
    """One row with something in it; `number` counts from 1, as the spreadsheet or the editor shows it."""

    number: int
    cells: tuple[Cell, ...]

    def filled(self) -> int:
        """How many cells hold something."""
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """The rows that are not empty, all of the same width; for a workbook, which sheet they come from."""

    rows: tuple[Row, ...]
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return len(self.rows[0].cells) if self.rows else 0


def cell_text(cell: Cell) -> str:
    """The cell as a person would read it: dates day/month/year, whole numbers without decimals, nothing as ""."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year:04}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
