"""The page of a workshop in a term report on paper: hours, lessons, levels, the facilitator's words."""

from schoolapp.documents.fonts import Face, drawing_lock, legible
from schoolapp.documents.italian import NO_BREAK_SPACE, WEEKDAY_NAMES, clock_times, full_instant, hours, number, percent
from schoolapp.documents.report_blocks import Block, put_on_pages
from schoolapp.documents.report_figures import lesson_bars
from schoolapp.documents.report_file import Part, draw_parts
from schoolapp.documents.report_frame import Frame
from schoolapp.documents.report_parts import Fact, facts, heading, missing_box, note, signatures, words
from schoolapp.documents.report_table import Cell, Column, Quiet, table
from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES
from schoolapp.domain.registers import Signature
from schoolapp.domain.term_report_words import REPORT_WORD_NAMES
from schoolapp.domain.term_report_workshops import SkillCounts, WorkshopTermReport
from schoolapp.domain.workshops import WORKSHOP_KIND_NAMES

RESERVED = "riservato"


def draw_workshop_report(report: WorkshopTermReport) -> bytes:
    """The page of one workshop alone. The same report gives the same bytes."""
    with drawing_lock:
        part = workshop_part(report)
        return draw_parts([part], title=f"Relazione del laboratorio: {report.title}", head=report.head)


def workshop_part(report: WorkshopTermReport) -> Part:
    frame = Frame(
        head=report.head,
        part="pagina del laboratorio" if report.smallest_shown is None else "pagina del laboratorio, per l’esterno",
        title=legible(Face.TITLE, report.title),
        lead=legible(Face.REGULAR, _lead(report)),
        projects=(report.project,) if report.project else (),
    )
    blocks: list[Block] = [facts(_facts(report))]
    blocks += _lessons(report)
    blocks += _skills(report)
    for field, name in REPORT_WORD_NAMES.items():
        blocks += [heading(name), *words(getattr(report.words, field))]
    blocks.append(missing_box(missing.sentence for missing in report.missing))
    closing = signatures(
        [
            ("Facilitazione linguistica", ", ".join(report.facilitators), signed_words(report.signed)),
            ("Visto della scuola", _countersigner(report), signed_words(report.countersigned)),
        ]
    )
    return Part(frame, put_on_pages(blocks, closing))


def _countersigner(report: WorkshopTermReport) -> str:
    return report.countersigned.name if report.countersigned else report.head.coordinator or ""


def signed_words(signature: Signature | None) -> str:
    """What the system knows of a signature: who and when."""
    return f"{signature.name}, nel sistema il {full_instant(signature.at, ' alle ')}" if signature else ""


def improved_cell(improved: int, compared: int, pupils: int) -> Cell:
    """9 di 13, or how many are still to be assessed."""
    if not pupils:
        return "–"
    if not compared:
        return Quiet("da valutare")
    to_assess = f", {pupils - compared} da valutare" if pupils > compared else ""
    return f"{improved} di {compared}{to_assess}"


def _lead(report: WorkshopTermReport) -> str:
    kind = WORKSHOP_KIND_NAMES[report.kind]
    slots = [f"{WEEKDAY_NAMES[slot.weekday]} {clock_times(slot.start, slot.end)}" for slot in report.slots]
    parts = (
        f"{report.site}, {report.place}" if report.place else report.site,
        "" if report.title.startswith(kind) else f"{kind} {LEVEL_NAMES[report.level]}",
        ", ".join(report.facilitators),
        ", ".join(slots),
    )
    return " · ".join(part for part in parts if part)


def _facts(report: WorkshopTermReport) -> list[Fact]:
    pupils = len(report.present_pupils)
    late = report.late_entries if report.smallest_shown is None else 0
    entered = {0: "", 1: ", 1 iscritto dopo"}.get(late, f", {late} iscritti dopo")
    found = [
        Fact(hours(report.held_minutes), f"di {hours(report.planned_minutes)}", "ore svolte di ore previste"),
        Fact(number(len(report.held_lessons)), f"di {len(report.planned_lessons)}", "lezioni firmate, di previste"),
    ]
    if report.is_too_small:
        return [*found, Fact("–", "", f"alunni, frequenza e livelli: {RESERVED}")]
    improved = report.shown_improved
    return [
        *found,
        Fact(number(pupils), "", ("alunno" if pupils == 1 else "alunni") + entered),
        Fact(percent(report.figure.percent), "", "frequenza in minuti"),
        Fact("–", "", f"alunni saliti di almeno un livello: {RESERVED if improved is None else 'da valutare'}")
        if improved is None or not report.compared
        else Fact(number(improved), f"di {report.compared}", "alunni saliti di almeno un livello"),
    ]


def _lessons(report: WorkshopTermReport) -> list[Block]:
    title = heading("Alunni presenti, lezione per lezione")
    if not report.lessons:
        return [title, note("Nessuna lezione nel periodo.")]
    if report.is_too_small:
        return [title, note(f"Il gruppo è piccolo: i numeri sono {RESERVED[:-1]}i fuori dalla scuola.")]
    if not report.lessons_so_far:
        return [title, note(f"Nessuna lezione ancora svolta: in calendario ce ne sono {len(report.lessons)}.")]
    key = "Pieno: lezione firmata. Tratteggiato: svolta e non ancora firmata. Croce: annullata. Senza segno: prevista."
    to_come = len(report.lessons) - len(report.lessons_so_far)
    if to_come:
        key += f" Ancora in calendario: {to_come}."
    return [title, *lesson_bars(report.lessons_so_far), note(key)]


def _skills(report: WorkshopTermReport) -> list[Block]:
    title = heading("Abilità, all’ingresso e adesso", "(quanti alunni a ogni livello)")
    if report.is_too_small:
        return [title, note(f"Il gruppo è piccolo: i numeri sono {RESERVED[:-1]}i fuori dalla scuola.")]
    if not any(row.assessed for row in report.skill_counts):
        return [title, note("Nessun alunno è ancora valutato.")]
    names = [LEVEL_NAMES[level] for level in report.columns]
    columns = [Column("Abilità", 38), *[Column(name, 14, "centre") for name in names * 2]]
    columns.append(Column("Non valutati", 24, "right"))
    groups = (("", 1), ("Ingresso", len(names)), ("Adesso", len(names) + 1))
    rows = [[SKILL_NAMES[row.skill], *_counts(row)] for row in report.skill_counts]
    return [title, table(columns, rows, groups=groups)]


def _counts(row: SkillCounts) -> list[Cell]:
    if not row.assessed:
        return [*["–"] * len(row.entry), *["–"] * len(row.now), _count(row.not_assessed)]
    return [*map(_count, row.entry), *map(_count, row.now), _count(row.not_assessed)]


def _count(count: int | None) -> Cell:
    return Quiet(RESERVED) if count is None else f"{count}{NO_BREAK_SPACE}".strip()
