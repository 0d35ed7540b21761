"""The report of a school at the end of a term on paper: the school's page, then one a workshop."""

from collections.abc import Sequence

from schoolapp.documents.fonts import Face, drawing_lock, legible
from schoolapp.documents.italian import NO_BREAK_SPACE, full_day, hours, number, percent
from schoolapp.documents.report_blocks import Block, put_on_pages
from schoolapp.documents.report_figures import hour_bars, level_squares, pupils_a_square
from schoolapp.documents.report_file import Part, draw_parts
from schoolapp.documents.report_frame import Frame
from schoolapp.documents.report_parts import Fact, facts, heading, missing_box, note, signatures
from schoolapp.documents.report_table import Cell, Column, Quiet, table
from schoolapp.documents.term_report_pupil import pupil_part
from schoolapp.documents.term_report_workshop import improved_cell, workshop_part
from schoolapp.domain.class_shares import ClassShare
from schoolapp.domain.term_report_heads import ReportHead
from schoolapp.domain.term_report_sheets import PupilTermSheet
from schoolapp.domain.term_reports import ClassInReport, SchoolTermReport

TITLE = "Relazione di fine quadrimestre"
NOT_GIVEN = "non indicati"
NOT_COMPUTABLE = "non calcolabile"
NOT_RECORDED = "non registrati"


def draw_school_report(report: SchoolTermReport, sheets: Sequence[PupilTermSheet] = ()) -> bytes:
    """The school's page, a page a workshop and, where given, a sheet a pupil, in one file.

    Raises RuleViolation where a name has letters that we cannot print. The same report gives the same bytes.
    """
    with drawing_lock:
        parts = [_school_part(report)]
        parts += [workshop_part(workshop) for workshop in report.workshops]
        parts += [pupil_part(sheet) for sheet in sheets]
        return draw_parts(parts, title=f"{TITLE}: {report.head.institute}", head=report.head)


def term_days(head: ReportHead) -> str:
    """Dal 14/09/2026 al 31/01/2027"""
    term = head.term
    return f"Dal {full_day(term.first_day)} al {full_day(term.last_day)}"


def _school_part(report: SchoolTermReport) -> Part:
    frame = Frame(
        head=report.head,
        part="pagina della scuola",
        title=TITLE,
        lead=f"{term_days(report.head)} · laboratori di italiano L2 e colloqui con mediatore",
        projects=report.project_codes,
    )
    blocks: list[Block] = [facts(_facts(report))]
    if report.workshops:
        blocks += [heading("Ore previste e svolte"), *hour_bars(report.workshops)]
        blocks.append(note("Pieno: svolte, cioè firmate. Vuoto: previste e non ancora svolte."))
        blocks += _levels(report)
        blocks += [heading("I laboratori"), _workshops(report)]
    if report.classes:
        blocks += [heading("Le classi"), _classes(report.classes)]
        blocks.append(
            note(
                "Alunni nei laboratori: con almeno una lezione nel periodo. Sotto A2: livello complessivo più recente."
            )
        )
    blocks.append(missing_box(missing.sentence for missing in report.missing))
    closing = signatures(
        [
            ("Referente intercultura", report.head.coordinator or "", ""),
            ("Dirigente scolastico", report.head.head or "", ""),
        ]
    )
    return Part(frame, put_on_pages(blocks, closing))


def _facts(report: SchoolTermReport) -> list[Fact]:
    concluded = f", {report.concluded} conclusi" if report.concluded != 1 else ", 1 concluso"
    meetings = report.meetings
    return [
        Fact(
            number(len(report.workshops)),
            "",
            ("laboratorio" if len(report.workshops) == 1 else "laboratori") + (concluded if report.concluded else ""),
        ),
        Fact(hours(report.held_minutes), f"di {hours(report.planned_minutes)}", "ore svolte di ore previste"),
        Fact(number(len(report.pupils)), "", "alunni con almeno una lezione"),
        Fact(percent(report.figure.percent), "", "frequenza in minuti, dalla data d’iscrizione"),
        Fact("–", "", f"colloqui: {NOT_RECORDED}")
        if meetings is None
        else Fact(number(meetings.held), f"di {meetings.requested}", "colloqui svolti, di richiesti"),
    ]


def _levels(report: SchoolTermReport) -> list[Block]:
    counts = report.levels
    if not counts.pupils:
        return [
            heading("Livello complessivo, all’ingresso e adesso"),
            note("Nessun alunno è ancora valutato due volte: i passi avanti si vedranno con la valutazione."),
        ]
    size = pupils_a_square(counts)
    square = "un quadretto, un alunno" if size == 1 else f"un quadretto, {size} alunni"
    valued = "1 alunno valutato" if counts.pupils == 1 else f"{counts.pupils} alunni valutati"
    return [
        heading("Livello complessivo, all’ingresso e adesso", f"({valued} due volte; {square})"),
        level_squares(counts),
    ]


def _workshops(report: SchoolTermReport) -> Block:
    rows: list[list[Cell]] = [
        [
            legible(Face.BOLD, workshop.title),
            ", ".join(workshop.facilitators) or Quiet("non indicato"),
            number(len(workshop.present_pupils)),
            f"{len(workshop.held_lessons)} di {len(workshop.planned_lessons)}",
            hours(workshop.held_minutes),
            percent(workshop.figure.percent),
            improved_cell(workshop.improved, workshop.compared, len(workshop.present_pupils)),
        ]
        for workshop in report.workshops
    ]
    total: list[Cell] = [
        "Totale",
        "",
        number(len(report.pupils)),
        f"{report.held_lessons} di {report.planned_lessons}",
        hours(report.held_minutes),
        percent(report.figure.percent),
        improved_cell(report.improved, report.compared, len(report.pupils)),
    ]
    return table(
        (
            Column("Laboratorio", 47),
            Column("Facilitazione", 28),
            Column("Alunni", 16, "right"),
            Column("Lezioni", 19, "right"),
            Column("Ore svolte", 19, "right"),
            Column("Frequenza", 18, "right"),
            Column("Saliti di livello", 35, "right"),
        ),
        rows,
        total=total,
    )


def _classes(classes: Sequence[ClassInReport]) -> Block:
    several_sites = len({line.site for line in classes}) > 1
    rows: list[list[Cell]] = [
        [
            legible(Face.BOLD, f"{line.name}, {line.site}" if several_sites else line.name),
            number(line.pupils),
            _below(line),
            _size(line.share),
            _share(line.share),
        ]
        for line in classes
    ]
    widths = (54, 25, 27, 24, 45) if several_sites else (36, 38, 33, 35, 48)
    headings = (
        "Classe",
        "Alunni nei laboratori",
        "di cui sotto A2",
        "Iscritti della classe",
        "Prima iscrizione o sotto A2",
    )
    columns = [
        Column(heading, width, "right" if index else "left")
        for index, (heading, width) in enumerate(zip(headings, widths, strict=True))
    ]
    return table(columns, rows)


def _below(line: ClassInReport) -> Cell:
    if line.unassessed == line.pupils:
        return Quiet("non valutati")
    return f"{line.below_a2}, {line.unassessed} da valutare" if line.unassessed else number(line.below_a2)


def _size(share: ClassShare | None) -> Cell:
    return Quiet(NOT_GIVEN) if share is None or share.enrolled is None else number(share.enrolled)


def _share(share: ClassShare | None) -> Cell:
    if share is None or share.percent is None:
        return Quiet(NOT_COMPUTABLE)
    unclear = f", {len(share.unclear)} da chiarire" if share.unclear else ""
    return f"{len(share.counted)} ({share.percent}{NO_BREAK_SPACE}%){unclear}"
