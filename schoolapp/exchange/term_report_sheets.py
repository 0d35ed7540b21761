"""The sheets of pupils in a term report as spreadsheets: one pupil or a class, with the figures of page and paper."""

from collections.abc import Callable, Sequence
from typing import Final

from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES
from schoolapp.domain.term_report_sheets import PupilTermSheet
from schoolapp.exchange.sheets import Cell, Sheet, sheet_csv, workbook
from schoolapp.exchange.term_report_tables import PUPIL_TABLES, Table
from schoolapp.exchange.term_reports import NOT_GIVEN

NOT_ASSESSED: Final = "non valutata"


def sheets_xlsx(pupils: Sequence[PupilTermSheet]) -> bytes:
    """The sheets of pupils, one or a class, as tables: figures, levels, months, words, what is missing."""
    sheets = [_MAKE[table](pupils) for table in PUPIL_TABLES]
    head = pupils[0].head
    return workbook(sheets, title="Schede per il consiglio di classe", author=head.institute, read_at=head.read_at)


def sheets_csv(pupils: Sequence[PupilTermSheet], table: Table = Table.SHEETS) -> bytes:
    """One of the PUPIL_TABLES; as a rule a pupil a line: hours, levels in and out by skill."""
    return sheet_csv(_MAKE[table](pupils))


def _figures(pupils: Sequence[PupilTermSheet]) -> Sheet:
    skills = tuple(f"{name}: {when}" for name in SKILL_NAMES.values() for when in ("ingresso", "adesso"))
    headings = (
        "Cognome e nome",
        "Classe",
        "Laboratori",
        "Contato dal",
        "Minuti di presenza",
        "Minuti offerti",
        "Frequenza %",
        "Lezioni con presenza",
        "Lezioni offerte",
        "Livello d’ingresso",
        "Livello adesso",
        *skills,
    )
    return Sheet("Schede", headings, tuple(_pupil(sheet) for sheet in pupils))


def _pupil(sheet: PupilTermSheet) -> tuple[Cell, ...]:
    entry, now, figure = sheet.progress.entry, sheet.progress.now, sheet.figure
    return (
        sheet.name,
        sheet.school_class or NOT_GIVEN,
        ", ".join(workshop.title for workshop in sheet.workshops),
        sheet.first_day,
        figure.attended,
        figure.offered,
        figure.percent,
        sheet.present,
        sheet.lessons,
        LEVEL_NAMES[entry.overall] if entry and entry.overall else NOT_ASSESSED,
        LEVEL_NAMES[now.overall] if now and now.overall else NOT_ASSESSED,
        *(LEVEL_NAMES[level] if level else NOT_ASSESSED for step in sheet.steps for level in (step.entry, step.now)),
    )


def _steps(pupils: Sequence[PupilTermSheet]) -> Sheet:
    return Sheet(
        "Abilità",
        ("Cognome e nome", "Abilità", "Cambiamento", "Adesso sa", "Il prossimo passo"),
        tuple(
            (sheet.name, SKILL_NAMES[step.skill], str(step.change), step.can_do or NOT_ASSESSED, step.next_step)
            for sheet in pupils
            for step in sheet.steps
        ),
    )


def _months(pupils: Sequence[PupilTermSheet]) -> Sheet:
    return Sheet(
        "Mesi",
        (
            "Cognome e nome",
            "Mese",
            "Lezioni offerte",
            "Presenze",
            "Assente",
            "A scuola, non al laboratorio",
            "Minuti di presenza",
            "Minuti offerti",
        ),
        tuple(
            (
                sheet.name,
                f"{month.month:%m/%Y}",
                month.lessons,
                month.present,
                month.away,
                month.kept_in_class,
                month.figure.attended,
                month.figure.offered,
            )
            for sheet in pupils
            for month in sheet.months
        ),
    )


def _words(pupils: Sequence[PupilTermSheet]) -> Sheet:
    return Sheet(
        "Parole",
        ("Cognome e nome", "Laboratorio", "Chi conduce il laboratorio scrive", "Proposte per il piano personalizzato"),
        tuple(
            (sheet.name, workshop.title, workshop.words, workshop.proposals)
            for sheet in pupils
            for workshop in sheet.workshops
        ),
    )


def _missing(pupils: Sequence[PupilTermSheet]) -> Sheet:
    return Sheet(
        "Che cosa manca",
        ("Cognome e nome", "Che cosa manca"),
        tuple((sheet.name, str(sentence)) for sheet in pupils for sentence in sheet.missing),
    )


_MAKE: Final[dict[Table, Callable[[Sequence[PupilTermSheet]], Sheet]]] = {
    Table.SHEETS: _figures,
    Table.SKILLS: _steps,
    Table.MONTHS: _months,
    Table.WORDS: _words,
    Table.MISSING: _missing,
}
