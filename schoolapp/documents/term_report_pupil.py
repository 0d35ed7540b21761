"""The sheet of a pupil for the class council on paper: hours, levels skill by skill, months, words."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from schoolapp.documents.fitting import fit
from schoolapp.documents.fonts import Face, drawing_lock, legible
from schoolapp.documents.italian import MONTHS, full_day, hours, number, percent
from schoolapp.documents.pen import Pen
from schoolapp.documents.report_blocks import Block, Fixed, Placed, put_on_pages
from schoolapp.documents.report_file import Part, draw_parts
from schoolapp.documents.report_frame import LEFT, RIGHT, Frame
from schoolapp.documents.report_parts import Fact, facts, heading, missing_box, signatures, words
from schoolapp.documents.report_spacing import CLOSE, ROOMY, Spacing
from schoolapp.documents.report_table import Cell, Column, Quiet, table
from schoolapp.documents.term_report_workshop import signed_words
from schoolapp.documents.theme import BLUE, LABEL, RULE, WHITE
from schoolapp.domain.languages import language_names
from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES, Level
from schoolapp.domain.profiles import Profile
from schoolapp.domain.term_report_sheets import MonthAttendance, PupilTermSheet, SkillStep

NOT_ASSESSED = "non valutata"

_SCALE_LEFT: Final = 59.5
_SCALE_WIDTH: Final = 109.0
_CELL: Final = 4.8
_DOT: Final = 1.75


def draw_pupil_sheets(sheets: Sequence[PupilTermSheet], *, title: str) -> bytes:
    """A sheet a pupil, one or a whole class in one file. There is at least one.

    Raises RuleViolation where a name has letters that we cannot print. The same sheets give the same bytes.
    """
    with drawing_lock:
        return draw_parts([pupil_part(sheet) for sheet in sheets], title=title, head=sheets[0].head)


def pupil_part(sheet: PupilTermSheet) -> Part:
    frame = Frame(
        head=sheet.head,
        part="scheda per il consiglio di classe",
        title=sheet.name,
        lead=legible(Face.REGULAR, _lead(sheet)),
        projects=sheet.projects,
    )
    pages = _pages(sheet, ROOMY)
    if len(pages) > 1:
        closer = _pages(sheet, CLOSE)
        pages = closer if len(closer) == 1 else pages
    return Part(frame, pages)


def _pages(sheet: PupilTermSheet, spacing: Spacing) -> list[list[Placed]]:
    blocks: list[Block] = [
        facts(_facts(sheet)),
        heading("Che cosa sa fare, abilità per abilità", spacing=spacing),
        _scale(sheet, spacing),
        _descriptions(sheet, spacing),
        heading("Frequenza, mese per mese", spacing=spacing),
        _months(sheet, spacing),
        *_words(sheet, spacing),
    ]
    if sheet.missing:
        blocks.append(missing_box(sheet.missing))
    return put_on_pages(blocks, _closing(sheet, spacing))


def _closing(sheet: PupilTermSheet, spacing: Spacing) -> Block:
    signed = [signed_words(workshop.signed) for workshop in sheet.workshops if workshop.signed]
    seen = [signed_words(workshop.countersigned) for workshop in sheet.workshops if workshop.countersigned]
    return signatures(
        [
            ("Facilitazione linguistica", ", ".join(sheet.facilitators), signed[0] if signed else ""),
            ("Visto della scuola", _countersigner(sheet), seen[0] if seen else ""),
        ],
        spacing=spacing,
    )


def _countersigner(sheet: PupilTermSheet) -> str:
    seen = next((workshop.countersigned for workshop in sheet.workshops if workshop.countersigned), None)
    return seen.name if seen else sheet.head.coordinator or ""


def _lead(sheet: PupilTermSheet) -> str:
    names = language_names("it")
    years = {0: "nessun anno", 1: "1 anno"}.get(sheet.years_abroad or 0, f"{sheet.years_abroad} anni")
    alphabet = {True: "", False: ", altro alfabeto", None: ""}[sheet.reads_latin]
    parts = (
        f"Classe {sheet.school_class}, {sheet.site}" if sheet.school_class else "classe non indicata",
        f"in Italia da {month_in_words(sheet.arrival_month)}" if sheet.arrival_month else "",
        f"lingua di casa: {', '.join(names.get(code, code) for code in sheet.languages)}" if sheet.languages else "",
        f"scuola prima: {years}{alphabet}" if sheet.years_abroad is not None else "",
    )
    return " · ".join(part for part in parts if part)


def month_in_words(day: date) -> str:
    """agosto 2026"""
    return f"{MONTHS[day.month - 1]} {day.year}"


def _facts(sheet: PupilTermSheet) -> list[Fact]:
    figure, entry = sheet.figure, sheet.entry_level_name
    since = f"frequenza dal {full_day(sheet.first_day)}" if sheet.first_day else "frequenza"
    if sheet.level_name is None:
        level = Fact("–", "", "livello complessivo: non valutato")
    elif sheet.progress.now is None or not sheet.progress.now.overall:
        level = Fact(sheet.level_name, "", "livello complessivo all’ingresso; adesso non valutato")
    else:
        level = Fact(sheet.level_name, f"da {entry}" if entry else "", "livello complessivo")
    return [
        Fact(hours(figure.attended), f"di {hours(figure.offered)}", "ore frequentate di ore offerte"),
        Fact(percent(figure.percent), "", since),
        Fact(number(sheet.present), f"di {sheet.lessons}", "lezioni"),
        level,
    ]


def _scale(sheet: PupilTermSheet, spacing: Spacing) -> Block:
    """A ring at the entry, a disc now, both where nothing changed; the words stand beside."""
    step = _SCALE_WIDTH / len(sheet.columns)
    height = 5.0 + spacing.step * len(sheet.steps)
    cell = min(_CELL, spacing.step - 0.7)

    def paint(pen: Pen, top: float) -> None:
        for index, level in enumerate(sheet.columns):
            x = _SCALE_LEFT + step * (index + 0.5)
            pen.text(x, top + 3.4, LEVEL_NAMES[level], Face.SEMIBOLD, 8.5, colour=LABEL, align="centre")
        alt = " ".join(f"{SKILL_NAMES[each.skill]}: {each.change}." for each in sheet.steps)
        with pen.figure(alt, _SCALE_LEFT, top + 5, _SCALE_WIDTH, height - 5):
            for row, each in enumerate(sheet.steps):
                _draw_step(pen, each, sheet.columns, top + 5 + spacing.step * (row + 0.5), cell)
        for row, each in enumerate(sheet.steps):
            _write_step(pen, each, top + 5 + spacing.step * (row + 0.5))
        _draw_key(pen, sheet, top + height + 3.2)

    return Fixed(height + 6.6, paint)


def _draw_step(pen: Pen, step: SkillStep, columns: Sequence[Level], middle: float, cell: float) -> None:
    width = _SCALE_WIDTH / len(columns)
    for index in range(len(columns)):
        pen.box(_SCALE_LEFT + width * index, middle - cell / 2, width, cell, colour=RULE, stroke=0.5)
    places = {
        name: _SCALE_LEFT + width * (columns.index(level) + 0.5)
        for name, level in (("entry", step.entry), ("now", step.now))
        if level is not None
    }
    if len(places) == 2 and places["entry"] != places["now"]:
        pen.line(places["entry"], middle, places["now"], middle, colour=BLUE, width=2.6)
    if places.get("entry") is not None and places.get("entry") == places.get("now"):
        _draw_unchanged(pen, places["now"], middle)
        return
    if "entry" in places:
        pen.ring(places["entry"], middle, _DOT - 0.15, colour=BLUE, stroke=1.6)
    if "now" in places:
        pen.disc(places["now"], middle, _DOT + 0.1, BLUE)


def _draw_unchanged(pen: Pen, x: float, middle: float) -> None:
    pen.disc(x, middle, _DOT + 0.3, BLUE)
    pen.disc(x, middle, 0.75, WHITE)


def _write_step(pen: Pen, step: SkillStep, middle: float) -> None:
    pen.fitted(LEFT, middle, fit(SKILL_NAMES[step.skill], Face.SEMIBOLD, _SCALE_LEFT - LEFT - 2, ((9.0, 1), (8.0, 1))))
    room = RIGHT - _SCALE_LEFT - _SCALE_WIDTH - 2.5
    changed = step.entry is not None and step.now is not None and step.entry is not step.now
    words_beside = fit(
        str(step.change), Face.SEMIBOLD if changed else Face.REGULAR, room, ((8.5, 1), (8.0, 1), (7.5, 2), (7.0, 3))
    )
    pen.fitted(_SCALE_LEFT + _SCALE_WIDTH + 2.5, middle, words_beside)


def _draw_key(pen: Pen, sheet: PupilTermSheet, middle: float) -> None:
    x = LEFT + _DOT
    keys = (
        ("ring", f"ingresso{_on(sheet.progress.entry)}"),
        ("disc", f"adesso{_on(sheet.progress.now)}"),
        ("both", "nessun cambiamento"),
    )
    for shape, word in keys:
        if shape == "ring":
            pen.ring(x, middle, _DOT - 0.3, colour=BLUE, stroke=1.4)
        elif shape == "disc":
            pen.disc(x, middle, _DOT - 0.1, BLUE)
        else:
            _draw_unchanged(pen, x, middle)
        text = fit(word, Face.REGULAR, 70, ((8.5, 1),))
        with pen.element("P"):
            pen.fitted(x + 3.2, middle, text)
        x += text.width + 10


def _on(profile: Profile | None) -> str:
    return f", {full_day(profile.day)}" if profile else ""


def _descriptions(sheet: PupilTermSheet, spacing: Spacing) -> Block:
    rows: list[list[Cell]] = [
        [
            SKILL_NAMES[step.skill],
            Quiet(NOT_ASSESSED) if step.can_do is None else Quiet(step.can_do),
            Quiet(step.next_step),
        ]
        for step in sheet.steps
    ]
    columns = (Column("Abilità", 33), Column("Adesso sa…", 70), Column("Il prossimo passo", 72))
    return table(columns, rows, spacing=spacing)


def _months(sheet: PupilTermSheet, spacing: Spacing) -> Block:
    rows = [_month(f"{month_in_words(month.month)}".capitalize(), month) for month in sheet.months]
    figure = sheet.figure
    total: list[Cell] = [
        "Totale",
        number(sheet.lessons),
        number(sheet.present),
        number(sum(month.away for month in sheet.months)),
        number(sum(month.kept_in_class for month in sheet.months)),
        f"{number(figure.attended)} di {number(figure.offered)}",
    ]
    return table(
        (
            Column("Mese", 29),
            Column("Lezioni offerte", 27, "right"),
            Column("Presenze", 20, "right"),
            Column("Assente", 21, "right"),
            Column("A scuola, non al laboratorio", 48, "right"),
            Column("Minuti di minuti", 29, "right"),
        ),
        rows,
        total=total,
        spacing=spacing,
    )


def _month(name: str, month: MonthAttendance) -> list[Cell]:
    return [
        name,
        number(month.lessons),
        number(month.present),
        number(month.away),
        number(month.kept_in_class),
        f"{number(month.figure.attended)} di {number(month.figure.offered)}",
    ]


def _words(sheet: PupilTermSheet, spacing: Spacing) -> list[Block]:
    """The facilitator's words; with several workshops each under its title."""
    blocks: list[Block] = []
    several = len(sheet.workshops) > 1
    for workshop in sheet.workshops:
        beside = f"({legible(Face.REGULAR, workshop.title)})" if several else ""
        blocks += [heading("Chi conduce il laboratorio scrive", beside, spacing=spacing), *words(workshop.words)]
        if workshop.proposals:
            title = heading("Proposte per il piano personalizzato", beside, spacing=spacing)
            blocks += [title, *words(workshop.proposals)]
    return blocks
