"""Spreadsheets (XLSX, XLS, ODS): looked at while still closed, then opened in a process of their own."""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.tables import Cell
from schoolapp.domain.wording import N_

_PROGRAM = Path(__file__).with_name("workbook_process.py")
_SECONDS = 15
_MAX_UNPACKED_BYTES = 100_000_000
_MAX_PARTS = 2_000

UNREADABLE = N_("Non riusciamo ad aprire questo file: forse è rovinato. Salvalo di nuovo come XLSX o CSV e riprova.")
ENCRYPTED = N_("Il file è protetto da una password. Toglila, salvalo e caricalo di nuovo.")
NOT_A_LIST = N_("Questo file non è un elenco. Salvalo dal tuo programma come XLSX o CSV e caricalo di nuovo.")
TOO_MANY_ROWS = N_("Il file ha più di %(rows)s righe. Dividilo in parti più piccole.")
TOO_MANY_COLUMNS = N_("Il file ha più di %(columns)s colonne. Lascia solo quelle dell’elenco.")


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: tuple[tuple[int, list[Cell]], ...]


def check_package(content: bytes) -> None:
    """Refuse a ZIP that is no spreadsheet, is protected, or would grow too big when unpacked."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
        names = {part.filename for part in parts}
        if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED_BYTES:
            raise RuleViolation(
                N_("Il file è troppo grande, una volta aperto. Lascia solo l’elenco e riprova."), field="file"
            )
        if any(part.flag_bits & 0x1 for part in parts):
            raise RuleViolation(ENCRYPTED, field="file")
        if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
            return
        kind = package.read("mimetype")[:200] if "mimetype" in names else b""
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            if b"encryption-data" in package.read("META-INF/manifest.xml"):
                raise RuleViolation(ENCRYPTED, field="file")
            return
    except (zipfile.BadZipFile, KeyError, NotImplementedError, OSError, EOFError, ValueError, RuntimeError) as error:
        raise RuleViolation(UNREADABLE, field="file") from error
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in kind:
        raise RuleViolation(
            N_("Questo è un documento di testo. Copia la tabella in un foglio di calcolo e carica quello."),
            field="file",
        )
    raise RuleViolation(NOT_A_LIST, field="file")


def read_sheets(content: bytes, *, max_rows: int, max_columns: int) -> list[Sheet]:
    """The visible sheets with their rows that hold something, numbered as the spreadsheet numbers them."""
    command = [sys.executable, "-I", str(_PROGRAM), str(max_rows), str(max_columns)]
    try:
        finished = subprocess.run(  # noqa: S603 (our own program; the file goes in as bytes, not as a name)
            command, input=content, capture_output=True, timeout=_SECONDS, check=True
        )
        answer = json.loads(finished.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise RuleViolation(UNREADABLE, field="file") from error
    match answer.get("problem"):
        case "encrypted":
            raise RuleViolation(ENCRYPTED, field="file")
        case "rows":
            raise RuleViolation(TOO_MANY_ROWS, field="file", rows=max_rows)
        case "columns":
            raise RuleViolation(TOO_MANY_COLUMNS, field="file", columns=max_columns)
    return [
        Sheet(sheet["name"], tuple((number, [_cell(value) for value in values]) for number, values in sheet["rows"]))
        for sheet in answer["sheets"]
    ]


def _cell(value: str | int | float | dict[str, str] | None) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["d"]) if "d" in value else datetime.fromisoformat(value["t"])
    return value
