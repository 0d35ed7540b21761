"""Reading a list as a school has it: any usual kind of file in, one `Table` out, or one plain sentence."""

import re
from collections.abc import Iterable

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.pupils import INVISIBLE
from schoolapp.domain.tables import Cell, Row, Table
from schoolapp.domain.wording import N_
from schoolapp.exchange import text_tables, web_tables, workbooks

MAX_BYTES = 5_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_WEB_PAGE = re.compile(
    r"\s*(<\?xml[^>]{0,200}>\s*)?<(!doctype html|html|head|body|table|meta|style|div)\b", re.IGNORECASE
)
_NAME_OF_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_NAME_OF_WORD_PART = "WordDocument".encode("utf-16-le")
_INVISIBLE = str.maketrans(dict.fromkeys("\u00a0\u202f", " ") | dict.fromkeys(INVISIBLE))


def read_table(content: bytes, filename: str, *, max_bytes: int = MAX_BYTES) -> Table:
    """The rows of a CSV, TSV, XLSX, XLS or ODS file, or of a web page saved under such a name, as many registers do:
    what the file is, is told by its content.

    Of several sheets the first that looks like a list is taken; the table says which and what the others are.
    Raises RuleViolation on the field "file", and nothing else.
    """
    if len(content) > max_bytes:
        raise RuleViolation(
            N_("Il file supera %(size)s MB. Lascia solo l’elenco e riprova."), field="file", size=max_bytes // 1_000_000
        )
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise RuleViolation(N_("Il file è vuoto."), field="file")
    if content.startswith(_ZIP):
        workbooks.check_package(content)
        return _from_workbook(content)
    if content.startswith(_OLE):
        _check_ole(content)
        return _from_workbook(content)
    _check_not_something_else(content, filename)
    text = text_tables.decode(content)
    read = web_tables.read_rows if _WEB_PAGE.match(text) else text_tables.read_rows
    return Table(_rows((number, list(cells)) for number, cells in read(text)))


def _from_workbook(content: bytes) -> Table:
    sheets = workbooks.read_sheets(content, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)
    full = [sheet for sheet in sheets if sheet.rows]
    if not full:
        raise RuleViolation(N_("Il file è vuoto."), field="file")
    chosen = next((sheet for sheet in full if _looks_like_a_list(sheet)), full[0])
    others = tuple(sheet.name for sheet in full if sheet is not chosen)
    return Table(_rows(chosen.rows), sheet=chosen.name, other_sheets=others)


def _looks_like_a_list(sheet: workbooks.Sheet) -> bool:
    """At least two rows with two cells or more: a cover or a page of instructions has one cell a row."""
    return sum(sum(cell is not None for cell in cells) > 1 for _number, cells in sheet.rows) > 1


def _rows(numbered: Iterable[tuple[int, list[Cell]]]) -> tuple[Row, ...]:
    """Clean the cells, drop what is empty, and give all rows the same width."""
    kept: list[tuple[int, list[Cell]]] = []
    width = 0
    for number, raw in numbered:
        cells = [_clean(cell) for cell in raw]
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        kept.append((number, cells))
        width = max(width, len(cells))
        if len(kept) > MAX_ROWS:
            raise RuleViolation(workbooks.TOO_MANY_ROWS, field="file", rows=MAX_ROWS)
        if width > MAX_COLUMNS:
            raise RuleViolation(workbooks.TOO_MANY_COLUMNS, field="file", columns=MAX_COLUMNS)
    if not kept:
        raise RuleViolation(N_("Il file è vuoto."), field="file")
    return tuple(Row(number, (*cells, *(None for _ in range(width - len(cells))))) for number, cells in kept)


def _clean(cell: Cell) -> Cell:
    return cell.translate(_INVISIBLE).strip() or None if isinstance(cell, str) else cell


def _check_ole(content: bytes) -> None:
    if _NAME_OF_ENCRYPTED_PART in content:
        raise RuleViolation(workbooks.ENCRYPTED, field="file")
    if _NAME_OF_WORD_PART in content:
        raise RuleViolation(workbooks.NOT_A_LIST, field="file")


def _check_not_something_else(content: bytes, filename: str) -> None:
    start = content[:1000].lstrip().lower()
    if start.startswith(b"%pdf"):
        raise RuleViolation(
            N_("Questo è un PDF: l’elenco non si può leggere. Chiedi alla segreteria lo stesso elenco in XLSX o CSV."),
            field="file",
        )
    if start.startswith(b"<?xml") and b"<html" not in start:
        raise RuleViolation(
            N_("«%(filename)s» è in un formato vecchio. Aprilo con il foglio di calcolo e salvalo come XLSX."),
            field="file",
            filename=filename,
        )
    if start.startswith((b"{\\rtf", b"7z\xbc\xaf", b"rar!")) or content.startswith(_PICTURES):
        raise RuleViolation(workbooks.NOT_A_LIST, field="file")
