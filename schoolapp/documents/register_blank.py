"""The register to fill in by pen, for the day the network is down: names printed, all else empty."""

from schoolapp.documents.fitting import fit
from schoolapp.documents.fonts import Face
from schoolapp.documents.italian import number
from schoolapp.documents.pen import Pen
from schoolapp.documents.register_back import (
    EDGES,
    HEAD,
    ROW,
    draw_back_grid,
    draw_back_head,
    draw_lesson_cells,
    draw_position,
    draw_signature_lines,
)
from schoolapp.documents.register_frame import TABLE_TOP
from schoolapp.documents.register_grid import (
    INITIALS_LABEL,
    LESSON_WIDTH,
    PRESENCE_LABEL,
    FrontRows,
    draw_count_label,
    draw_grid,
    draw_key,
    draw_lesson_times,
    draw_name,
    draw_name_labels,
    draw_row_number,
    draw_total_labels,
    lesson_centre,
    lesson_left,
    row_height,
)
from schoolapp.documents.theme import LABEL, LEFT, RIGHT
from schoolapp.domain.registers import LESSONS_PER_SHEET, WorkshopRegister

SPARE_ROWS = 2
ROWS_WITHOUT_PUPILS = 16
_HEAD = 24.0
_PRESENCE_ROW = 6.4
_INITIALS_ROW = 8.0
_TOTALS = 3
_WRITTEN_IN = ("data", "dalle", "alle", "minuti")


def blank_rows(register: WorkshopRegister) -> int:
    """The pupils and two rows more; a page of rows where nobody is enrolled yet."""
    return len(register.pupils) + SPARE_ROWS if register.pupils else ROWS_WITHOUT_PUPILS


def draw_blank_front(pen: Pen, register: WorkshopRegister, rows: FrontRows) -> None:
    count = rows.stop - rows.start
    height = row_height(count)
    body = TABLE_TOP + _HEAD
    foot = body + height * count
    presences = foot + _PRESENCE_ROW if rows.last else foot
    bottom = presences + _INITIALS_ROW if rows.last else foot
    with pen.element("Table"):
        with pen.element("TR"):
            draw_name_labels(pen, body - 2.6)
            for column in range(LESSONS_PER_SHEET):
                with pen.cell(scope="Column"):
                    _draw_head(pen, register, column)
            draw_total_labels(pen, body - 2.6)
        for index in range(count):
            with pen.element("TR"):
                _draw_row(pen, register, rows.start + index, body + height * (index + 0.5))
            pen.line(LEFT, body + height * (index + 1), RIGHT, body + height * (index + 1))
        if rows.last:
            _draw_counts(pen, foot, presences, bottom)
    draw_grid(pen, (body, foot, presences, bottom), columns=LESSONS_PER_SHEET)
    draw_key(pen, bottom + 3.4)


def _draw_row(pen: Pen, register: WorkshopRegister, index: int, middle: float) -> None:
    if index < len(register.pupils):
        draw_name(pen, index + 1, register.pupils[index], middle)
    else:
        draw_row_number(pen, index + 1, middle)
        pen.empty_cells(2)
    pen.empty_cells(LESSONS_PER_SHEET + _TOTALS)


def _draw_counts(pen: Pen, foot: float, presences: float, bottom: float) -> None:
    for label, middle in ((PRESENCE_LABEL, (foot + presences) / 2), (INITIALS_LABEL, (presences + bottom) / 2)):
        with pen.element("TR"):
            draw_count_label(pen, label, middle)
            pen.empty_cells(LESSONS_PER_SHEET + _TOTALS)
    pen.line(LEFT, presences, RIGHT, presences)


def _draw_head(pen: Pen, register: WorkshopRegister, column: int) -> None:
    """The day and times of a lesson that is planned, or four small places to write them in."""
    left, centre, right = lesson_left(column), lesson_centre(column), lesson_left(column + 1)
    pen.text(centre, TABLE_TOP + 3.2, str(column + 1), size=8.0, align="centre")
    pen.line(left, TABLE_TOP + 4.4, right, TABLE_TOP + 4.4)
    if column < len(register.lessons):
        lesson = register.lessons[column]
        draw_lesson_times(pen, column, lesson, (TABLE_TOP + 8.0, TABLE_TOP + 12.6))
        minutes = fit(f"{lesson.minutes} min", Face.SEMIBOLD, LESSON_WIDTH - 1, ((8.0, 1), (7.0, 1)))
        pen.fitted(centre, TABLE_TOP + 17.2, minutes, align="centre")
        return
    step = (_HEAD - 4.4) / len(_WRITTEN_IN)
    for index, word in enumerate(_WRITTEN_IN):
        top = TABLE_TOP + 4.4 + step * index
        pen.text(left + 0.7, top + 1.9, word, Face.REGULAR, 5.5, colour=LABEL)
        pen.line(left, top + step, right, top + step)


def draw_blank_back(pen: Pen, register: WorkshopRegister) -> None:
    top = TABLE_TOP + HEAD
    with pen.element("Table"):
        draw_back_head(pen, tinted=False)
        for index in range(LESSONS_PER_SHEET):
            with pen.element("TR"):
                _draw_lesson(pen, register, index, top + ROW / 2)
            top += ROW
            pen.line(LEFT, top, RIGHT, top)
    draw_back_grid(pen, top)
    draw_signature_lines(pen, register, top)


def _draw_lesson(pen: Pen, register: WorkshopRegister, index: int, middle: float) -> None:
    if index < len(register.lessons):
        lesson = register.lessons[index]
        draw_lesson_cells(pen, index + 1, lesson, middle)
        with pen.cell():
            minutes = fit(number(lesson.minutes), Face.BOLD, 12, ((8.5, 1), (7.0, 1)))
            pen.fitted(EDGES[4] - 1.5, middle, minutes, align="right")
        pen.empty_cells(4)
    else:
        draw_position(pen, index + 1, middle)
        pen.empty_cells(7)
