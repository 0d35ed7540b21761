"""The back of a register sheet: what was done at each lesson, who signed it, and the lines to sign on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolapp.documents.fitting import Fitted, fit, fitting_names, wrapped
from schoolapp.documents.fonts import UNPRINTABLE_MARK, Face, face_for, legible
from schoolapp.documents.italian import (
    clock_times,
    day_at,
    day_of_year,
    full_day,
    full_instant,
    hours,
    number,
)
from schoolapp.documents.pen import Pen
from schoolapp.documents.register_frame import FOOT_RULE, TABLE_TOP
from schoolapp.documents.theme import INK, LABEL, LEFT, OUTSIDE_RULE, RIGHT, TINT
from schoolapp.domain.registers import RegisterLesson, WorkshopRegister

HEAD = 8.0
ROW = 10.6
CLOSING = 27.0
"""Room for the totals and the lines to sign, under the last row."""
EDGES = (LEFT, LEFT + 7, LEFT + 30.5, LEFT + 51.5, LEFT + 65, LEFT + 166, LEFT + 178, LEFT + 224, RIGHT)
HEADINGS = (
    "n.",
    "Data",
    "Orario",
    "Minuti",
    "Argomento e attività",
    "Pres.",
    "Firma di chi ha fatto lezione",
    "Visto della scuola",
)

_PAD = 1.5
_TOPIC_SIZE = 8.5
_TOPIC_WIDTH = EDGES[5] - EDGES[4] - 2 * _PAD
_MOST_LINES = 36
"""Of a topic, in one row: longer ones go on in the next row."""
_ONE_LINE = ((8.5, 1), (8.0, 1), (7.5, 1), (7.0, 1))
_SIGNER_STEPS = ((8.5, 1), (8.0, 1), (7.5, 1), (7.0, 1), (6.0, 2), (4.5, 3))
_UNDER_LINE_STEPS = ((8.5, 1), (8.0, 1), (7.0, 2), (6.0, 3), (5.0, 4), (4.5, 6))
MOST_SIGNERS = 3
"""Lines to sign side by side; more people share one."""


@dataclass(frozen=True)
class BackRow:
    """A lesson and the lines of its topic; `position` is None where a long topic goes on from the row above."""

    position: int | None
    lesson: RegisterLesson
    topic: Fitted

    @property
    def height(self) -> float:
        return max(ROW, self.topic.height + 2.4)


def back_pages(register: WorkshopRegister) -> tuple[tuple[BackRow, ...], ...]:
    """The rows of each page; the last page has room for the signatures, and at least one row above them."""
    today = day_at(register.read_at)
    rows = [row for position, lesson in enumerate(register.lessons, 1) for row in _lesson_rows(position, lesson, today)]
    room = FOOT_RULE - TABLE_TOP - HEAD - 2
    pages: list[list[BackRow]] = [[]]
    used = 0.0
    for index, row in enumerate(rows):
        needed = row.height + (CLOSING if index == len(rows) - 1 else 0)
        if pages[-1] and used + needed > room:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += row.height
    return tuple(tuple(page) for page in pages)


def topic_of(lesson: RegisterLesson, today: date) -> str:
    """What the register says of a lesson: never a blank."""
    if lesson.cancellation is not None:
        return lesson.cancellation
    if lesson.topic.strip():
        return lesson.topic.strip()
    if lesson.called:
        return "Argomento non indicato."
    return "Lezione prevista." if lesson.day >= today else "Lezione non registrata."


def _lesson_rows(position: int, lesson: RegisterLesson, today: date) -> list[BackRow]:
    text = legible(Face.SEMIBOLD, topic_of(lesson, today))
    font = face_for(Face.SEMIBOLD, text)
    lines = wrapped(text, font, _TOPIC_SIZE, _TOPIC_WIDTH)
    return [
        BackRow(position if start == 0 else None, lesson, Fitted(font, _TOPIC_SIZE, lines[start : start + _MOST_LINES]))
        for start in range(0, len(lines), _MOST_LINES)
    ]


def draw_back(pen: Pen, register: WorkshopRegister, rows: Sequence[BackRow], *, last: bool) -> None:
    top = TABLE_TOP + HEAD
    with pen.element("Table"):
        draw_back_head(pen)
        for row in rows:
            with pen.element("TR"):
                _draw_row(pen, row, top)
            top += row.height
            pen.line(LEFT, top, RIGHT, top)
    if not rows:
        with pen.element("P"):
            empty = fit("Nessuna lezione nel periodo.", Face.SEMIBOLD, _TOPIC_WIDTH, ((9.0, 1),))
            pen.fitted(EDGES[4] + _PAD, top + ROW / 2, empty)
        top += ROW
    draw_back_grid(pen, top)
    if any(UNPRINTABLE_MARK in line for row in rows for line in row.topic.lines):
        note = f"{UNPRINTABLE_MARK}: la stampa non ha questo segno, leggilo sullo schermo."
        with pen.element("P"):
            pen.text(LEFT, top + (20 if last else 6), note, size=8.0)
    if last:
        _draw_totals(pen, register, top)
        draw_signature_lines(pen, register, top)


def draw_back_head(pen: Pen, *, tinted: bool = True) -> None:
    if tinted:
        pen.area(LEFT, TABLE_TOP, RIGHT - LEFT, HEAD, TINT)
    with pen.element("TR"):
        for index, heading in enumerate(HEADINGS):
            text = fit(heading, Face.SEMIBOLD, EDGES[index + 1] - EDGES[index], ((8.5, 1), (8.0, 1)))
            with pen.cell(scope="Column"):
                if index == 0:
                    pen.fitted((EDGES[0] + EDGES[1]) / 2, TABLE_TOP + HEAD / 2, text, align="centre")
                elif index in {3, 5}:
                    pen.fitted(EDGES[index + 1] - _PAD, TABLE_TOP + HEAD / 2, text, align="right")
                else:
                    pen.fitted(EDGES[index] + _PAD, TABLE_TOP + HEAD / 2, text)


def draw_back_grid(pen: Pen, bottom: float) -> None:
    for x in EDGES[1:-1]:
        pen.line(x, TABLE_TOP, x, bottom)
    for y in (TABLE_TOP, TABLE_TOP + HEAD, bottom):
        pen.line(LEFT, y, RIGHT, y, colour=INK, width=OUTSIDE_RULE)


def draw_position(pen: Pen, position: int, middle: float) -> None:
    with pen.cell():
        text = fit(str(position), Face.REGULAR, 6, ((8.0, 1),))
        pen.fitted((EDGES[0] + EDGES[1]) / 2, middle, text, colour=LABEL, align="centre")


def draw_lesson_cells(pen: Pen, position: int, lesson: RegisterLesson, middle: float) -> None:
    """Number, day and times of a lesson."""
    draw_position(pen, position, middle)
    with pen.cell(scope="Row"):
        pen.fitted(EDGES[1] + _PAD, middle, fit(day_of_year(lesson.day), Face.BOLD, 20, _ONE_LINE))
    with pen.cell():
        pen.fitted(EDGES[2] + _PAD, middle, fit(clock_times(lesson.start, lesson.end), Face.SEMIBOLD, 20, _ONE_LINE))


def _draw_row(pen: Pen, row: BackRow, top: float) -> None:
    middle, lesson = top + row.height / 2, row.lesson
    if row.position is None:
        pen.empty_cells(1)
        with pen.cell(scope="Row"):
            pen.fitted(EDGES[1] + _PAD, middle, fit("segue", Face.SEMIBOLD, 20, _ONE_LINE))
        pen.empty_cells(2)
        with pen.cell():
            pen.fitted(EDGES[4] + _PAD, middle, row.topic)
        pen.empty_cells(3)
        return
    draw_lesson_cells(pen, row.position, lesson, middle)
    counted = lesson.held or lesson.cancelled is not None
    minutes = fit(number(lesson.held_minutes) if counted else "–", Face.BOLD, 12, _ONE_LINE)
    present = fit("–" if lesson.present is None else str(lesson.present), Face.SEMIBOLD, 10, _ONE_LINE)
    with pen.cell():
        pen.fitted(EDGES[4] - _PAD, middle, minutes, align="right")
    with pen.cell():
        pen.fitted(EDGES[4] + _PAD, middle, row.topic)
    with pen.cell():
        pen.fitted(EDGES[6] - _PAD, middle, present, align="right")
    with pen.cell():
        _draw_signature(pen, lesson, top, row.height)
    with pen.cell():
        _draw_countersignature(pen, lesson, middle)


def _draw_signature(pen: Pen, lesson: RegisterLesson, top: float, height: float) -> None:
    left, width, middle = EDGES[6] + _PAD, EDGES[7] - EDGES[6] - 2 * _PAD, top + height / 2
    if lesson.signed is not None:
        note = f"nel sistema, {full_instant(lesson.signed.at)}"
        _draw_signed(pen, left, middle, width, lesson.signed.name, note)
    elif lesson.called:
        pen.box(EDGES[6] + 0.9, top + 0.9, EDGES[7] - EDGES[6] - 1.8, height - 1.8, dashed=True)
        _draw_signed(pen, left + 0.6, middle, width - 1.2, lesson.facilitator, "non firmata nel sistema")


def _draw_countersignature(pen: Pen, lesson: RegisterLesson, middle: float) -> None:
    left, width = EDGES[7] + _PAD, EDGES[8] - EDGES[7] - 2 * _PAD
    if lesson.countersigned is not None:
        note = f"nel sistema, {full_day(day_at(lesson.countersigned.at))}"
        _draw_signed(pen, left, middle, width, lesson.countersigned.name, note)
    elif lesson.signed is not None:
        pen.fitted(left, middle, fit("in attesa", Face.SEMIBOLD, width, _ONE_LINE))


def _draw_signed(pen: Pen, left: float, middle: float, width: float, name: str, note: str) -> None:
    pen.fitted(left, middle - 1.9, fit(name, Face.BOLD, width, _SIGNER_STEPS))
    pen.fitted(left, middle + 2.0, fit(note, Face.SEMIBOLD, width, ((8.0, 1), (7.5, 1), (7.0, 1), (6.5, 1))))


def _draw_totals(pen: Pen, register: WorkshopRegister, top: float) -> None:
    planned = f"{hours(register.held_minutes_from_start)} di {hours(register.planned_minutes)}"
    figures = (
        ("Minuti svolti nel foglio", number(register.held_minutes), 38.0),
        ("Ore svolte nel foglio", hours(register.held_minutes), 38.0),
        ("Ore dall’inizio, di ore previste", planned, 60.0),
    )
    left = LEFT
    for label, value, width in figures:
        with pen.element("P"):
            pen.text(left, top + 6, label)
            pen.fitted(left, top + 10.6, fit(value, Face.BOLD, width - 3, ((13.0, 1), (11.0, 1), (9.0, 1))))
        left += width


def draw_signature_lines(pen: Pen, register: WorkshopRegister, top: float) -> None:
    """A line for each who teaches and one for the school, with the name under it where it is known."""
    names = register.facilitators or ("",)
    start, gap = LEFT + 137, 5.0
    half = (RIGHT - start - gap) / 2
    teaching = names if len(names) <= MOST_SIGNERS else (fitting_names(names, half, _UNDER_LINE_STEPS),)
    signers = [*(("Chi fa lezione", name) for name in teaching), ("Per la scuola", register.countersigner or "")]
    width = (RIGHT - start + gap) / len(signers) - gap
    for index, (role, name) in enumerate(signers):
        left = start + (width + gap) * index
        pen.line(left, top + 19, left + width, top + 19, colour=INK, width=OUTSIDE_RULE)
        with pen.element("P"):
            pen.text(left, top + 6, role)
            if name:
                under = fit(name, Face.SEMIBOLD, width, _UNDER_LINE_STEPS)
                pen.fitted(left, top + 20.6 + under.height / 2, under)
