"""The hours of an Ambito as tables: each sum of the page a sheet, and a table of what they were summed from."""

from collections.abc import Sequence

from schoolapp.domain.district_hours import DistrictHours, HoursRow
from schoolapp.domain.timesheets import WORKER_NAMES, Worker, decimal_hours
from schoolapp.exchange.sheets import Cell, Sheet, sheet_csv, workbook

NOT_GIVEN = "non indicata"
RESERVED = "riservato"


def district_hours_csv(hours: DistrictHours) -> bytes:
    """One line for all that has worker, cooperative, asker, funding line and kind in common."""
    return sheet_csv(_activities(hours))


def district_hours_xlsx(hours: DistrictHours) -> bytes:
    sheets = [
        _sums("Linee", "Linea di finanziamento", hours.by_funding_line, hours.total),
        _sums("Scuole e servizi", "Chi ha chiesto", hours.by_asker, hours.total),
        _sums("Attività", "Attività", hours.by_kind, hours.total),
        _providers(hours.by_provider),
        _desks(hours),
        _activities(hours),
    ]
    title = f"Ore di {hours.month:%m/%Y}: {hours.ambiti}"
    return workbook(sheets, title=title, author=hours.ambiti, read_at=hours.read_at)


def _sums(name: str, heading: str, rows: Sequence[HoursRow], total: HoursRow) -> Sheet:
    headings = (
        "Attività",
        "Minuti di mediazione",
        "Minuti di facilitazione",
        "Minuti",
        "Ore decimali",
        "Da confermare",
    )
    written = [(row.name, *_figures(row)) for row in rows]
    return Sheet(name, (heading, *headings), (*written, ("Totale", *_figures(total))))


def _figures(row: HoursRow) -> tuple[Cell, ...]:
    hours = float(decimal_hours(row.minutes))
    return (row.activities, row.mediation, row.facilitation, row.minutes, hours, row.unconfirmed)


def _providers(rows: Sequence[HoursRow]) -> Sheet:
    written = tuple((row.name or NOT_GIVEN, row.activities, row.minutes, row.unconfirmed) for row in rows)
    total = tuple(sum(column) for column in zip(*(row[1:] for row in written), strict=True)) or (0, 0, 0)
    headings = ("Cooperativa", "Attività", "Minuti di mediazione", "Da confermare")
    return Sheet("Cooperative", headings, (*written, ("Totale", *total)))


def _desks(hours: DistrictHours) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (desk.name, desk.sessions, desk.minutes, RESERVED if desk.contacts is None else desk.contacts)
        for desk in hours.desks
    ]
    contacts = RESERVED if hours.contacts is None else hours.contacts
    total = ("Totale", sum(desk.sessions for desk in hours.desks), sum(desk.minutes for desk in hours.desks), contacts)
    return Sheet("Sportelli", ("Sportello", "Sessioni", "Minuti", "Persone"), (*rows, total))


def _activities(hours: DistrictHours) -> Sheet:
    headings = ("Lavoro", "Cooperativa", "Chi ha chiesto", "Linea", "Attività", "Confermate", "Quante", "Minuti")
    rows: list[tuple[Cell, ...]] = [
        (
            WORKER_NAMES[each.worker],
            (each.provider or NOT_GIVEN) if each.worker is Worker.MEDIATOR else None,
            each.asker,
            each.funding_line,
            each.kind,
            "sì" if each.confirmed else "no",
            each.count,
            each.minutes,
        )
        for each in hours.activities
    ]
    return Sheet("Righe", headings, tuple(rows))
