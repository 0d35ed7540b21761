"""The front of a register sheet: who was there, lesson by lesson, and for how many minutes."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from schoolapp.documents.fitting import Fitted, fit
from schoolapp.documents.fonts import Face, legible
from schoolapp.documents.italian import clock_times, day_at, number, percent, short_day, short_instant
from schoolapp.documents.pen import Pen
from schoolapp.documents.register_frame import TABLE_TOP
from schoolapp.documents.theme import INK, LABEL, LEFT, OUTSIDE_RULE, RIGHT, STRIPE, TINT, WHITE, WIDTH
from schoolapp.domain.attendance import AttendanceFigure, MarkStatus
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.registers import (
    LESSONS_PER_SHEET,
    RegisterLesson,
    RegisterMark,
    RegisterPupil,
    WorkshopRegister,
)

ROWS_OF_FULL_HEIGHT = 16
MOST_ROWS = 18
LEAST_BODY = 42.0
"""Even a table of one pupil leaves room for an upright reason."""

NAME_LEFT = LEFT + 7.0
CLASS_LEFT = NAME_LEFT + 57.0
LESSONS_LEFT = CLASS_LEFT + 13.0
LESSON_WIDTH = 14.8
TOTALS_LEFT = LESSONS_LEFT + LESSON_WIDTH * LESSONS_PER_SHEET
TOTAL_EDGES = (TOTALS_LEFT, TOTALS_LEFT + 15.0, TOTALS_LEFT + 29.0, RIGHT)
TOTAL_LABELS = (("Minuti", "presenza"), ("Minuti", "offerti"), ("Freq.", "del foglio"))

NAME_STEPS = ((9.0, 1), (8.5, 1), (8.0, 1), (7.5, 1), (7.0, 2), (5.5, 3))
CLASS_STEPS = ((8.5, 1), (8.0, 1), (7.0, 2), (5.5, 3))
REASON_STEPS = ((8.5, 1), (7.5, 1), (7.0, 2), (6.0, 3))

_HEAD = 15.0
_PRESENCE_ROW = 7.0
_INITIALS_ROW = 9.5

KEY = (
    ("P", "presente"),
    ("A", "assente"),
    ("R", "ritardo"),
    ("U", "uscita anticipata"),
    ("G", "attività di classe, gita"),
    ("E", "esonero"),
    ("–", "non ancora iscritto o ritirato"),
)
PRESENCE_LABEL = "Presenti alla lezione"
INITIALS_LABEL = "Sigla di chi ha fatto lezione"
UNMARKED = ("?", "da segnare")
KEY_REMARK = "Accanto: minuti di presenza. G ed E: fuori dai minuti offerti."


@dataclass(frozen=True)
class FrontRows:
    """The rows of pupils of one front, of `total`: the counts stand on the last front only."""

    start: int
    stop: int
    total: int

    @property
    def last(self) -> bool:
        return self.stop >= self.total


def fronts(rows: int) -> tuple[FrontRows, ...]:
    """As few fronts as hold the rows, evenly filled; at least one."""
    size = ceil(rows / max(1, ceil(rows / MOST_ROWS))) or 1
    return tuple(FrontRows(start, min(start + size, rows), rows) for start in range(0, rows, size)) or (
        FrontRows(0, 0, 0),
    )


def row_height(rows: int) -> float:
    return 7.0 if rows <= ROWS_OF_FULL_HEIGHT else 6.4


def draw_front(pen: Pen, register: WorkshopRegister, rows: FrontRows) -> None:
    pupils = register.pupils[rows.start : rows.stop]
    height = row_height(len(pupils))
    body = TABLE_TOP + _HEAD
    foot = body + max(LEAST_BODY, height * len(pupils))
    today = day_at(register.read_at)
    pen.area(LEFT, TABLE_TOP, RIGHT - LEFT, _HEAD, TINT)
    draw_name_labels(pen, body - 2.6)
    for index, lesson in enumerate(register.lessons):
        _draw_lesson_head(pen, index, lesson, today)
    draw_total_labels(pen, body - 2.6)
    for index in range(0, len(pupils), 2):
        pen.area(LEFT, body + height * index, RIGHT - LEFT, height, STRIPE)
    for index, pupil in enumerate(pupils):
        top = body + height * index
        middle = top + height / 2
        draw_name(pen, rows.start + index + 1, pupil, middle)
        for column, (lesson, mark) in enumerate(zip(register.lessons, pupil.marks, strict=True)):
            if lesson.cancelled is None:
                _draw_mark(pen, column, mark, lesson, top, height)
        _draw_figure(pen, pupil.figure, middle, Face.SEMIBOLD)
        pen.line(LEFT, top + height, RIGHT, top + height)
    if not pupils:
        empty = fit("Nessun alunno iscritto nel periodo.", Face.SEMIBOLD, 60, ((9.0, 2),))
        pen.fitted(NAME_LEFT + 1.5, body + 8, empty)
    for column, lesson in enumerate(register.lessons):
        if lesson.cancelled is not None:
            _bar_column(pen, column, lesson.cancelled, body, foot)
    bottom = _draw_counts(pen, register, foot) if rows.last else _draw_continued(pen, foot)
    _close_unused(pen, len(register.lessons), body, bottom)
    draw_grid(pen, (body, foot, foot + _PRESENCE_ROW if rows.last else foot, bottom), columns=len(register.lessons))
    draw_key(pen, bottom + 3.6, unmarked=_someone_unmarked(register))


def _someone_unmarked(register: WorkshopRegister) -> bool:
    return any(
        lesson.held and mark is not None and mark.letter is None
        for pupil in register.pupils
        for lesson, mark in zip(register.lessons, pupil.marks, strict=True)
    )


def draw_name_labels(pen: Pen, baseline: float) -> None:
    pen.text(LEFT + 3.5, baseline, "n.", size=8.0, align="centre")
    pen.text(NAME_LEFT + 1.5, baseline, "Cognome e nome", size=8.5)
    pen.text((CLASS_LEFT + LESSONS_LEFT) / 2, baseline, "Classe", size=8.5, align="centre")


def draw_total_labels(pen: Pen, baseline: float) -> None:
    """Two lines each; `baseline` of the second."""
    for (first, second), left, right in zip(TOTAL_LABELS, TOTAL_EDGES, TOTAL_EDGES[1:], strict=False):
        pen.text((left + right) / 2, baseline - 3.6, first, size=7.5, align="centre")
        pen.text((left + right) / 2, baseline, second, size=7.5, align="centre")


def draw_name(pen: Pen, position: int, pupil: RegisterPupil, middle: float) -> None:
    pen.fitted(LEFT + 3.5, middle, fit(str(position), Face.REGULAR, 6, ((8.0, 1),)), colour=LABEL, align="centre")
    pen.fitted(NAME_LEFT + 1.5, middle, fit(pupil.name, Face.SEMIBOLD, CLASS_LEFT - NAME_LEFT - 2.5, NAME_STEPS))
    school_class = fit(pupil.school_class or "–", Face.SEMIBOLD, LESSONS_LEFT - CLASS_LEFT - 1.5, CLASS_STEPS)
    pen.fitted((CLASS_LEFT + LESSONS_LEFT) / 2, middle, school_class, align="centre")


def draw_grid(pen: Pen, heights: tuple[float, float, float, float], *, columns: int) -> None:
    """The rules of the table: under its head, under the names, under the presences, and at the bottom."""
    body, foot, presences, bottom = heights
    for x in (NAME_LEFT, CLASS_LEFT):
        pen.line(x, TABLE_TOP, x, foot)
    for column in range(columns + 1):
        x = LESSONS_LEFT + LESSON_WIDTH * column
        pen.line(x, TABLE_TOP, x, bottom)
    pen.line(TOTALS_LEFT, TABLE_TOP, TOTALS_LEFT, bottom)
    for x in TOTAL_EDGES[1:3]:
        pen.line(x, TABLE_TOP, x, presences)
    for y in (TABLE_TOP, body, foot, bottom):
        pen.line(LEFT, y, RIGHT, y, colour=INK, width=OUTSIDE_RULE)


def draw_key(pen: Pen, baseline: float, *, unmarked: bool = False) -> None:
    """What the letters mean; `unmarked` adds the sign of a pupil nobody has marked."""
    x = LEFT
    for letter, meaning in (*KEY, UNMARKED) if unmarked else KEY:
        pen.text(x, baseline, letter, Face.BOLD)
        pen.text(x + 3.2, baseline, meaning, size=8.0)
        x += 7.2 + fit(meaning, Face.SEMIBOLD, WIDTH, ((8.0, 1),)).width
    remark = fit(KEY_REMARK, Face.REGULAR, RIGHT - x, ((7.5, 1), (7.0, 1), (6.5, 1), (6.0, 1), (5.5, 1)))
    pen.fitted(RIGHT, baseline - 1.0, remark, colour=LABEL, align="right")


def standing(lesson: RegisterLesson, today: date) -> str:
    """What became of a lesson, in a word or its minutes."""
    if lesson.cancelled is not None:
        return "annullata"
    if lesson.held:
        return f"{lesson.minutes} min"
    return "prevista" if lesson.day >= today else "non registrata"


def draw_lesson_times(pen: Pen, column: int, lesson: RegisterLesson, baselines: tuple[float, float]) -> None:
    centre, room = _centre(column), LESSON_WIDTH - 0.8
    day = fit(short_day(lesson.day), Face.BOLD, room, ((8.5, 1), (8.0, 1), (7.0, 1)))
    times = fit(clock_times(lesson.start, lesson.end), Face.SEMIBOLD, room, ((8.5, 1), (7.0, 1), (6.5, 1)))
    pen.fitted(centre, baselines[0], day, align="centre")
    pen.fitted(centre, baselines[1], times, align="centre")


def _draw_lesson_head(pen: Pen, column: int, lesson: RegisterLesson, today: date) -> None:
    draw_lesson_times(pen, column, lesson, (TABLE_TOP + 3.2, TABLE_TOP + 7.4))
    word = fit(standing(lesson, today), Face.SEMIBOLD, LESSON_WIDTH - 0.8, ((8.0, 1), (7.5, 1), (7.0, 2), (6.0, 2)))
    pen.fitted(_centre(column), TABLE_TOP + 11.8, word, align="centre")


def _draw_mark(
    pen: Pen, column: int, mark: RegisterMark | None, lesson: RegisterLesson, top: float, height: float
) -> None:
    left, middle = LESSONS_LEFT + LESSON_WIDTH * column, top + height / 2
    if mark is None:
        pen.fitted(_centre(column), middle, _cell("–", Face.BOLD), align="centre")
    elif mark.letter is None:
        if lesson.held:
            pen.box(left + 1, top + 0.9, LESSON_WIDTH - 2, height - 1.8, dashed=True)
            pen.fitted(_centre(column), middle, _cell(UNMARKED[0]), align="centre")
    elif mark.status is MarkStatus.ABSENT:
        pen.box(left + 0.9, top + 0.8, LESSON_WIDTH - 1.8, height - 1.6)
        pen.fitted(_centre(column), middle, _cell(mark.letter, Face.BOLD), align="centre")
    elif mark.counted_minutes is None:
        pen.fitted(_centre(column), middle, _cell(mark.letter, Face.BOLD), align="centre")
    else:
        pen.fitted(left + 2.6, middle, _cell(mark.letter, Face.BOLD))
        pen.fitted(left + LESSON_WIDTH - 2.2, middle, _cell(str(mark.counted_minutes)), align="right")


def _cell(text: str, face: Face = Face.SEMIBOLD) -> Fitted:
    return fit(text, face, LESSON_WIDTH, ((8.5, 1),))


def _draw_figure(pen: Pen, figure: AttendanceFigure, middle: float, face: Face) -> None:
    texts = (number(figure.attended), number(figure.offered), percent(figure.percent))
    for text, right in zip(texts, TOTAL_EDGES[1:], strict=True):
        pen.fitted(right - 1.8, middle, _cell(text, face), align="right")


def _bar_column(pen: Pen, column: int, reason: str, body: float, foot: float) -> None:
    """A stroke across the column of a lesson that was not held, and why, read from below."""
    left, centre, room = LESSONS_LEFT + LESSON_WIDTH * column, _centre(column), foot - body - 4
    pen.line(left, foot, left + LESSON_WIDTH, body, colour=INK, width=OUTSIDE_RULE)
    try:
        text = fit(legible(Face.SEMIBOLD, f"annullata: {reason}"), Face.SEMIBOLD, room, REASON_STEPS)
    except RuleViolation:
        text = fit("annullata, motivo sul retro", Face.SEMIBOLD, room, REASON_STEPS)
    length = text.width
    bottom = (body + foot + length) / 2
    pen.area(centre - text.height / 2 - 0.4, bottom - length - 1, text.height + 0.8, length + 2, WHITE)
    pen.upright(centre, bottom, text)


def _draw_counts(pen: Pen, register: WorkshopRegister, foot: float) -> float:
    """Pupils present and initials of who signed; returns where the rows end."""
    middle, initials = foot + _PRESENCE_ROW / 2, foot + _PRESENCE_ROW
    pen.fitted(NAME_LEFT + 1.5, middle, fit(PRESENCE_LABEL, Face.SEMIBOLD, 60, ((8.5, 1),)))
    for column, lesson in enumerate(register.lessons):
        if lesson.present is not None:
            pen.fitted(_centre(column), middle, _cell(str(lesson.present)), align="centre")
    _draw_figure(pen, register.figure, middle, Face.BOLD)
    pen.line(LEFT, initials, RIGHT, initials)
    pen.fitted(NAME_LEFT + 1.5, initials + _INITIALS_ROW / 2, fit(INITIALS_LABEL, Face.SEMIBOLD, 60, ((8.5, 1),)))
    for column, lesson in enumerate(register.lessons):
        _draw_initials(pen, column, lesson, initials)
    return initials + _INITIALS_ROW


def _draw_initials(pen: Pen, column: int, lesson: RegisterLesson, top: float) -> None:
    centre = _centre(column)
    if lesson.signed is not None:
        sign = fit(lesson.signed.initials, Face.BOLD, LESSON_WIDTH - 1, ((8.5, 1), (7.0, 1), (6.0, 2)))
        pen.fitted(centre, top + 3.1, sign, align="centre")
        instant = fit(short_instant(lesson.signed.at), Face.SEMIBOLD, LESSON_WIDTH - 0.8, ((7.0, 1), (6.5, 1)))
        pen.fitted(centre, top + 6.9, instant, align="centre")
    elif lesson.held:
        left = LESSONS_LEFT + LESSON_WIDTH * column
        pen.box(left + 1, top + 1, LESSON_WIDTH - 2, _INITIALS_ROW - 2, dashed=True)
        missing = fit("non firmata", Face.SEMIBOLD, LESSON_WIDTH - 4, ((8.0, 1), (7.0, 2)))
        pen.fitted(centre, top + _INITIALS_ROW / 2, missing, align="centre")


def _draw_continued(pen: Pen, foot: float) -> float:
    pen.text(NAME_LEFT + 1.5, foot + 4.6, "Altri alunni, presenti e sigle: pagina seguente.", size=8.5)
    return foot


def _close_unused(pen: Pen, columns: int, body: float, bottom: float) -> None:
    """Nothing can be added by pen where no lesson was: one stroke across the unused columns."""
    if columns == LESSONS_PER_SHEET:
        return
    left = LESSONS_LEFT + LESSON_WIDTH * columns
    pen.area(left, body, TOTALS_LEFT - left, bottom - body, WHITE)
    pen.line(left, bottom, TOTALS_LEFT, body, colour=INK, width=0.8)
    if columns == 0:
        text = fit("Nessuna lezione nel periodo.", Face.SEMIBOLD, TOTALS_LEFT - left, ((9.0, 1),))
        pen.fitted((left + TOTALS_LEFT) / 2, TABLE_TOP + 7.5, text, align="centre")


def _centre(column: int) -> float:
    return LESSONS_LEFT + LESSON_WIDTH * (column + 0.5)
