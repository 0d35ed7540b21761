"""The monthly timesheet as rows: one an activity, and the sums by funding line apart."""

from schoolapp.domain.timesheets import Timesheet, decimal_hours
from schoolapp.exchange.sheets import Cell, Sheet, sheet_csv, workbook


def timesheet_csv(sheet: Timesheet) -> bytes:
    return sheet_csv(_activities(sheet))


def timesheet_xlsx(sheet: Timesheet) -> bytes:
    """Two sheets: «Attività» and «Linee»."""
    title = f"Foglio ore {sheet.number}: {sheet.name}"
    return workbook([_activities(sheet), _lines(sheet)], title=title, author=sheet.owner, read_at=sheet.read_at)


def _activities(sheet: Timesheet) -> Sheet:
    headings = ("Data", "Dalle", "Alle", "Attività", "Luogo", "Rif.", "Linea", "Minuti", "Confermata")
    rows: list[tuple[Cell, ...]] = [
        (
            line.day,
            f"{line.start:%H:%M}",
            f"{line.end:%H:%M}",
            line.activity,
            line.place,
            line.reference,
            line.funding_line,
            line.minutes,
            "sì" if line.confirmed else "no",
        )
        for line in sheet.lines
    ]
    return Sheet("Attività", headings, tuple(rows))


def _lines(sheet: Timesheet) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (total.name, total.activities, total.minutes, _clock(total.minutes), float(decimal_hours(total.minutes)))
        for total in sheet.totals
    ]
    sums = (len(sheet.lines), sheet.minutes, _clock(sheet.minutes), float(decimal_hours(sheet.minutes)))
    return Sheet("Linee", ("Linea", "Attività", "Minuti", "Ore e minuti", "Ore decimali"), (*rows, ("Totale", *sums)))


def _clock(minutes: int) -> str:
    """20:40"""
    return f"{minutes // 60}:{minutes % 60:02}"
