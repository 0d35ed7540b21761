"""Term reports of a school and of a workshop as spreadsheets: the tables of page and paper, with the same figures."""

from collections.abc import Callable, Sequence
from typing import Final

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES
from schoolapp.domain.registers import Signature
from schoolapp.domain.term_report_heads import ReportHead, codes_in_words
from schoolapp.domain.term_report_missing import Missing
from schoolapp.domain.term_report_words import REPORT_STATE_NAMES, REPORT_WORD_NAMES
from schoolapp.domain.term_report_workshops import LessonOutcome, SkillCounts, WorkshopTermReport
from schoolapp.domain.term_reports import ClassInReport, SchoolTermReport
from schoolapp.exchange.sheets import Cell, Sheet, sheet_csv, workbook
from schoolapp.exchange.term_report_tables import SCHOOL_TABLES, WORKSHOP_TABLES, Table

RESERVED: Final = "riservato"
NOT_GIVEN: Final = "non indicato"
NOT_COMPUTABLE: Final = "non calcolabile"

_OUTCOMES: Final = {
    LessonOutcome.HELD: "firmata",
    LessonOutcome.UNSIGNED: "svolta e non ancora firmata",
    LessonOutcome.PLANNED: "prevista",
    LessonOutcome.CANCELLED: "annullata",
}


def school_xlsx(report: SchoolTermReport) -> bytes:
    """The school's page: figures, workshops, classes, levels, what is missing."""
    sheets = [_of_school(report, table) for table in SCHOOL_TABLES]
    return _book(sheets, "Relazione di fine quadrimestre", report.head)


def school_csv(report: SchoolTermReport, table: Table = Table.WORKSHOPS) -> bytes:
    """One of the SCHOOL_TABLES; as a rule the workshops, one a line, the sum last."""
    return sheet_csv(_of_school(report, table))


def _of_school(report: SchoolTermReport, table: Table) -> Sheet:
    make: dict[Table, Callable[[], Sheet]] = {
        Table.FACTS: lambda: _facts(report.head, _school_facts(report)),
        Table.WORKSHOPS: lambda: _workshops(report),
        Table.CLASSES: lambda: _classes(report.classes),
        Table.LEVELS: lambda: _levels(report),
        Table.MISSING: lambda: _missing(report.missing),
    }
    return make[table]()


def workshop_xlsx(report: WorkshopTermReport) -> bytes:
    """The page of a workshop: figures, lessons, levels, words, what is missing. No names of pupils."""
    sheets = [_of_workshop(report, table) for table in WORKSHOP_TABLES]
    return _book(sheets, f"Relazione: {report.title}", report.head)


def workshop_csv(report: WorkshopTermReport, table: Table = Table.LEVELS) -> bytes:
    """One of the WORKSHOP_TABLES; as a rule the levels, a skill a line."""
    return sheet_csv(_of_workshop(report, table))


def _of_workshop(report: WorkshopTermReport, table: Table) -> Sheet:
    make: dict[Table, Callable[[], Sheet]] = {
        Table.FACTS: lambda: _facts(report.head, _workshop_facts(report)),
        Table.LESSONS: lambda: _lessons(report),
        Table.LEVELS: lambda: _skills(report),
        Table.WORDS: lambda: _words(report),
        Table.MISSING: lambda: _missing(report.missing),
    }
    return make[table]()


def _words(report: WorkshopTermReport) -> Sheet:
    texts = ((name, getattr(report.words, field)) for field, name in REPORT_WORD_NAMES.items())
    return Sheet("Parole", ("Che cosa", "Testo"), tuple(texts))


def _book(sheets: Sequence[Sheet], title: str, head: ReportHead) -> bytes:
    return workbook(sheets, title=title, author=head.institute, read_at=head.read_at)


def _facts(head: ReportHead, rows: Sequence[tuple[str, Cell]]) -> Sheet:
    term = head.term
    return Sheet(
        "Dati",
        ("Che cosa", "Valore"),
        (
            ("Istituto", head.institute),
            ("Codice meccanografico", head.institute_code or NOT_GIVEN),
            ("Periodo", term.in_words),
            ("Dal", term.first_day),
            ("Al", term.last_day),
            *rows,
            ("Dati letti il", f"{head.read_at.astimezone(SCHOOL_ZONE):%d/%m/%Y %H:%M}"),
        ),
    )


def _school_facts(report: SchoolTermReport) -> list[tuple[str, Cell]]:
    meetings = report.meetings
    return [
        ("Progetti", codes_in_words(report.project_codes) or NOT_GIVEN),
        ("Laboratori", len(report.workshops)),
        ("Minuti svolti", report.held_minutes),
        ("Minuti previsti", report.planned_minutes),
        ("Alunni con almeno una lezione", len(report.pupils)),
        ("Minuti di presenza", report.figure.attended),
        ("Minuti offerti", report.figure.offered),
        ("Frequenza %", report.figure.percent),
        ("Saliti di almeno un livello", report.improved),
        ("Alunni con due valutazioni", report.compared),
        ("Colloqui svolti", "non registrati" if meetings is None else meetings.held),
        ("Colloqui richiesti", "non registrati" if meetings is None else meetings.requested),
    ]


def _workshops(report: SchoolTermReport) -> Sheet:
    headings = (
        "Laboratorio",
        "Facilitazione",
        "Plesso",
        "Alunni",
        "Lezioni firmate",
        "Lezioni previste",
        "Minuti svolti",
        "Minuti previsti",
        "Minuti di presenza",
        "Minuti offerti",
        "Frequenza %",
        "Saliti di livello",
        "Con due valutazioni",
        "Relazione",
    )
    rows: list[tuple[Cell, ...]] = [
        (
            each.title,
            ", ".join(each.facilitators),
            each.site,
            len(each.present_pupils),
            len(each.held_lessons),
            len(each.planned_lessons),
            each.held_minutes,
            each.planned_minutes,
            each.figure.attended,
            each.figure.offered,
            each.figure.percent,
            each.improved,
            each.compared,
            REPORT_STATE_NAMES[each.state],
        )
        for each in report.workshops
    ]
    figure = report.figure
    total: tuple[Cell, ...] = (
        "Totale",
        None,
        None,
        len(report.pupils),
        report.held_lessons,
        report.planned_lessons,
        report.held_minutes,
        report.planned_minutes,
        figure.attended,
        figure.offered,
        figure.percent,
        report.improved,
        report.compared,
        None,
    )
    return Sheet("Laboratori", headings, (*rows, total))


def _classes(classes: Sequence[ClassInReport]) -> Sheet:
    return Sheet(
        "Classi",
        (
            "Classe",
            "Plesso",
            "Alunni nei laboratori",
            "Sotto A2",
            "Non valutati",
            "Iscritti della classe",
            "Prima iscrizione o sotto A2",
            "Quota %",
            "Da chiarire",
        ),
        tuple(
            (
                line.name,
                line.site,
                line.pupils,
                line.below_a2,
                line.unassessed,
                NOT_GIVEN if line.share is None or line.share.enrolled is None else line.share.enrolled,
                len(line.share.counted) if line.share else NOT_COMPUTABLE,
                NOT_COMPUTABLE if line.share is None or line.share.percent is None else line.share.percent,
                len(line.share.unclear) if line.share else NOT_COMPUTABLE,
            )
            for line in classes
        ),
    )


def _levels(report: SchoolTermReport) -> Sheet:
    counts = report.levels
    return Sheet(
        "Livelli",
        ("Livello complessivo", "Ingresso", "Adesso"),
        tuple((LEVEL_NAMES[level], counts.entry[level], counts.now[level]) for level in counts.now),
    )


def _missing(missing: Sequence[Missing]) -> Sheet:
    return Sheet("Che cosa manca", ("Che cosa manca",), tuple((str(each.sentence),) for each in missing))


def _workshop_facts(report: WorkshopTermReport) -> list[tuple[str, Cell]]:
    hidden = report.is_too_small
    improved = report.shown_improved
    return [
        ("Laboratorio", report.title),
        ("Plesso", report.site),
        ("Facilitazione", ", ".join(report.facilitators) or NOT_GIVEN),
        ("Progetto", report.project.in_words if report.project else NOT_GIVEN),
        ("Finanziamento", report.funding_line),
        ("Minuti svolti", report.held_minutes),
        ("Minuti previsti", report.planned_minutes),
        ("Lezioni firmate", len(report.held_lessons)),
        ("Lezioni previste", len(report.planned_lessons)),
        ("Alunni con almeno una lezione", RESERVED if hidden else len(report.present_pupils)),
        ("Minuti di presenza", RESERVED if hidden else report.figure.attended),
        ("Minuti offerti", RESERVED if hidden else report.figure.offered),
        ("Frequenza %", RESERVED if hidden else report.figure.percent),
        ("Saliti di almeno un livello", RESERVED if hidden or improved is None else improved),
        ("Alunni con due valutazioni", RESERVED if hidden else report.compared),
        ("Relazione", REPORT_STATE_NAMES[report.state]),
        ("Firma", _signature(report.signed)),
        ("Visto della scuola", _signature(report.countersigned)),
    ]


def _signature(signature: Signature | None) -> Cell:
    return f"{signature.name}, {signature.at.astimezone(SCHOOL_ZONE):%d/%m/%Y %H:%M}" if signature else None


def _lessons(report: WorkshopTermReport) -> Sheet:
    return Sheet(
        "Lezioni",
        ("Data", "Minuti", "Stato", "Presenti", "Chi fa lezione"),
        tuple(
            (
                lesson.day,
                lesson.minutes,
                _OUTCOMES[lesson.outcome],
                RESERVED if report.is_too_small else lesson.present,
                lesson.facilitator,
            )
            for lesson in report.lessons
        ),
    )


def _skills(report: WorkshopTermReport) -> Sheet:
    names = [LEVEL_NAMES[level] for level in report.columns]
    headings = ("Abilità", *(f"Ingresso: {name}" for name in names), *(f"Adesso: {name}" for name in names))
    return Sheet(
        "Livelli",
        (*headings, "Adesso: non valutati"),
        tuple(_skill(row, hidden=report.is_too_small) for row in report.skill_counts),
    )


def _skill(row: SkillCounts, *, hidden: bool) -> tuple[Cell, ...]:
    cells = (*row.entry, *row.now, row.not_assessed)
    return (SKILL_NAMES[row.skill], *(RESERVED if hidden or cell is None else cell for cell in cells))
