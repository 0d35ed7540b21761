"""Reads a workbook on standard input and writes its sheets as JSON; run as a program of its own, never imported.

A spreadsheet is a format in which a kilobyte may ask for a terabyte. Here, in a process with little memory and
little time, such a file ends this process and nothing else. Standard library and python-calamine only, so that it
starts in a few hundredths of a second.
"""

import datetime
import io
import json
import math
import sys

import python_calamine

MEMORY_BYTES = 800_000_000
CPU_SECONDS = 10


def restrict() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the caller's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def plain(value: object) -> object:
    """A cell as JSON: dates as {"d": …}, everything else as itself; nothing for an empty cell."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "sì" if value else "no"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return {"d": value.date().isoformat()} if midnight else {"t": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"d": value.isoformat()}
    if isinstance(value, float) and math.isfinite(value):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, int):
        return value
    return str(value).strip() or None


def main(max_rows: int, max_columns: int) -> dict[str, object]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    except python_calamine.PasswordError:
        return {"problem": "encrypted"}
    visible = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    sheets = []
    for name in visible or workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        first_row = sheet.start[0] if sheet.start else 0
        rows = []
        for number, cells in enumerate(sheet.to_python(skip_empty_area=True), start=first_row + 1):
            values = [plain(value) for value in cells]
            while values and values[-1] is None:
                values.pop()
            if values:
                rows.append([number, values])
            if len(rows) > max_rows:
                return {"problem": "rows"}
            if len(values) > max_columns:
                return {"problem": "columns"}
        sheets.append({"name": name, "rows": rows})
    return {"sheets": sheets}


if __name__ == "__main__":
    restrict()
    json.dump(main(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
