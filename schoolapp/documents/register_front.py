"""The front of a register sheet: who was there, lesson by lesson, and for how many minutes."""

from datetime import date

from schoolapp.documents.fitting import Fitted, fit
from schoolapp.documents.fonts import Face, legible
from schoolapp.documents.italian import day_at, number, percent, short_instant
from schoolapp.documents.pen import Pen
from schoolapp.documents.register_frame import TABLE_TOP
from schoolapp.documents.register_grid import (
    INITIALS_LABEL,
    LESSON_WIDTH,
    NAME_LEFT,
    PRESENCE_LABEL,
    TOTAL_EDGES,
    TOTALS_LEFT,
    UNMARKED,
    FrontRows,
    draw_count_label,
    draw_grid,
    draw_key,
    draw_lesson_times,
    draw_name,
    draw_name_labels,
    draw_total_labels,
    lesson_centre,
    lesson_left,
    row_height,
)
from schoolapp.documents.theme import INK, LEFT, OUTSIDE_RULE, RIGHT, STRIPE, TINT, WHITE
from schoolapp.domain.attendance import AttendanceFigure, MarkStatus
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.registers import LESSONS_PER_SHEET, RegisterLesson, RegisterMark, WorkshopRegister

LEAST_BODY = 42.0
"""Even a table of one pupil leaves room for an upright reason."""

REASON_STEPS = ((8.5, 1), (7.5, 1), (7.0, 2), (6.0, 3))

_HEAD = 15.0
_BODY = TABLE_TOP + _HEAD
_PRESENCE_ROW = 7.0
_INITIALS_ROW = 9.5


def draw_front(pen: Pen, register: WorkshopRegister, rows: FrontRows) -> None:
    count = rows.stop - rows.start
    height = row_height(count)
    foot = _BODY + max(LEAST_BODY, height * count)
    presences = foot + _PRESENCE_ROW if rows.last else foot
    bottom = presences + _INITIALS_ROW if rows.last else foot
    pen.area(LEFT, TABLE_TOP, RIGHT - LEFT, _HEAD, TINT)
    for index in range(0, count, 2):
        pen.area(LEFT, _BODY + height * index, RIGHT - LEFT, height, STRIPE)
    with pen.element("Table"):
        _draw_head(pen, register)
        for index in range(count):
            with pen.element("TR"):
                _draw_row(pen, register, rows, index, height)
        if rows.last:
            _draw_counts(pen, register, foot)
            _draw_all_initials(pen, register, presences)
    _bar_cancelled(pen, register, foot)
    _close_unused(pen, len(register.lessons), bottom)
    _draw_remarks(pen, register, rows, foot)
    draw_grid(pen, (_BODY, foot, presences, bottom), columns=len(register.lessons))
    draw_key(pen, bottom + 3.6, unmarked=_someone_unmarked(register))


def standing(lesson: RegisterLesson, today: date) -> str:
    """What became of a lesson, in a word or its minutes."""
    if lesson.cancelled is not None:
        return "annullata"
    if lesson.called:
        return f"{lesson.minutes} min"
    return "prevista" if lesson.day >= today else "non registrata"


def _draw_head(pen: Pen, register: WorkshopRegister) -> None:
    today = day_at(register.read_at)
    with pen.element("TR"):
        draw_name_labels(pen, _BODY - 2.6)
        for column, lesson in enumerate(register.lessons):
            steps = ((8.0, 1), (7.5, 1), (7.0, 2), (6.0, 2))
            with pen.cell(scope="Column"):
                draw_lesson_times(pen, column, lesson, (TABLE_TOP + 3.2, TABLE_TOP + 7.4))
                word = fit(standing(lesson, today), Face.SEMIBOLD, LESSON_WIDTH - 0.8, steps)
                pen.fitted(lesson_centre(column), TABLE_TOP + 11.8, word, align="centre")
        draw_total_labels(pen, _BODY - 2.6)


def _draw_row(pen: Pen, register: WorkshopRegister, rows: FrontRows, index: int, height: float) -> None:
    """A pupil. The reason of a cancelled lesson is one cell from the first row down."""
    pupil = register.pupils[rows.start + index]
    count = rows.stop - rows.start
    top = _BODY + height * index
    draw_name(pen, rows.start + index + 1, pupil, top + height / 2)
    for column, (lesson, mark) in enumerate(zip(register.lessons, pupil.marks, strict=True)):
        if lesson.cancelled is None:
            with pen.cell():
                _draw_mark(pen, column, mark, lesson, top, height)
        elif index == 0:
            with pen.cell(rows=count):
                _write_reason(pen, column, lesson, _BODY + max(LEAST_BODY, height * count))
    _draw_figure(pen, pupil.figure, top + height / 2, Face.SEMIBOLD)
    pen.line(LEFT, top + height, RIGHT, top + height)


def _draw_mark(
    pen: Pen, column: int, mark: RegisterMark | None, lesson: RegisterLesson, top: float, height: float
) -> None:
    left, centre, middle = lesson_left(column), lesson_centre(column), top + height / 2
    if mark is None:
        pen.fitted(centre, middle, _cell("–", Face.BOLD), align="centre")
    elif mark.letter is None:
        if lesson.called:
            pen.box(left + 1, top + 0.9, LESSON_WIDTH - 2, height - 1.8, dashed=True)
            pen.fitted(centre, middle, _cell(UNMARKED[0]), align="centre")
    elif mark.status is MarkStatus.ABSENT:
        pen.box(left + 0.9, top + 0.8, LESSON_WIDTH - 1.8, height - 1.6)
        pen.fitted(centre, middle, _cell(mark.letter, Face.BOLD), align="centre")
    elif mark.counted_minutes is None:
        pen.fitted(centre, middle, _cell(mark.letter, Face.BOLD), align="centre")
    else:
        pen.fitted(left + 2.6, middle, _cell(mark.letter, Face.BOLD))
        pen.fitted(left + LESSON_WIDTH - 2.2, middle, _cell(str(mark.counted_minutes)), align="right")


def _cell(text: str, face: Face = Face.SEMIBOLD) -> Fitted:
    return fit(text, face, LESSON_WIDTH, ((8.5, 1),))


def _draw_figure(pen: Pen, figure: AttendanceFigure, middle: float, face: Face) -> None:
    texts = (number(figure.attended), number(figure.offered), percent(figure.percent))
    for text, right in zip(texts, TOTAL_EDGES[1:], strict=True):
        with pen.cell():
            pen.fitted(right - 1.8, middle, _cell(text, face), align="right")


def _draw_counts(pen: Pen, register: WorkshopRegister, top: float) -> None:
    middle = top + _PRESENCE_ROW / 2
    with pen.element("TR"):
        draw_count_label(pen, PRESENCE_LABEL, middle)
        for column, lesson in enumerate(register.lessons):
            with pen.cell():
                if lesson.present is not None:
                    pen.fitted(lesson_centre(column), middle, _cell(str(lesson.present)), align="centre")
        _draw_figure(pen, register.figure, middle, Face.BOLD)
    pen.line(LEFT, top + _PRESENCE_ROW, RIGHT, top + _PRESENCE_ROW)


def _draw_all_initials(pen: Pen, register: WorkshopRegister, top: float) -> None:
    with pen.element("TR"):
        draw_count_label(pen, INITIALS_LABEL, top + _INITIALS_ROW / 2)
        for column, lesson in enumerate(register.lessons):
            with pen.cell():
                _draw_initials(pen, column, lesson, top)
        pen.empty_cells(3)


def _draw_initials(pen: Pen, column: int, lesson: RegisterLesson, top: float) -> None:
    centre = lesson_centre(column)
    if lesson.signed is not None:
        sign = fit(lesson.signed.initials, Face.BOLD, LESSON_WIDTH - 1, ((8.5, 1), (7.0, 1), (6.0, 2), (4.5, 3)))
        pen.fitted(centre, top + 3.1, sign, align="centre")
        instant = fit(short_instant(lesson.signed.at), Face.SEMIBOLD, LESSON_WIDTH - 0.8, ((7.0, 1), (6.5, 1)))
        pen.fitted(centre, top + 6.9, instant, align="centre")
    elif lesson.called:
        pen.box(lesson_left(column) + 1, top + 1, LESSON_WIDTH - 2, _INITIALS_ROW - 2, dashed=True)
        missing = fit("non firmata", Face.SEMIBOLD, LESSON_WIDTH - 4, ((8.0, 1), (7.0, 2)))
        pen.fitted(centre, top + _INITIALS_ROW / 2, missing, align="centre")


def _reason(lesson: RegisterLesson, foot: float) -> tuple[Fitted, float]:
    """Why a lesson was not held, and where its upright text starts: whole here, or on the back."""
    room = foot - _BODY - 4
    try:
        fitted = fit(legible(Face.SEMIBOLD, lesson.cancellation or ""), Face.SEMIBOLD, room, REASON_STEPS)
    except RuleViolation:
        fitted = fit("Annullata, motivo sul retro", Face.SEMIBOLD, room, REASON_STEPS)
    return fitted, (_BODY + foot + fitted.width) / 2


def _write_reason(pen: Pen, column: int, lesson: RegisterLesson, foot: float) -> None:
    fitted, bottom = _reason(lesson, foot)
    pen.upright(lesson_centre(column), bottom, fitted)


def _bar_cancelled(pen: Pen, register: WorkshopRegister, foot: float) -> None:
    """A stroke across the column of a lesson that was not held, open where its reason stands."""
    for column, lesson in enumerate(register.lessons):
        if lesson.cancelled is not None:
            left = lesson_left(column)
            pen.line(left, foot, left + LESSON_WIDTH, _BODY, colour=INK, width=OUTSIDE_RULE)
            fitted, bottom = _reason(lesson, foot)
            width, length = fitted.height + 0.8, fitted.width + 2
            pen.area(lesson_centre(column) - width / 2, bottom + 1 - length, width, length, WHITE)


def _close_unused(pen: Pen, columns: int, bottom: float) -> None:
    """Nothing can be added by pen where no lesson was: one stroke across the unused columns."""
    if columns < LESSONS_PER_SHEET:
        left = lesson_left(columns)
        pen.area(left, _BODY, TOTALS_LEFT - left, bottom - _BODY, WHITE)
        pen.line(left, bottom, TOTALS_LEFT, _BODY, colour=INK, width=0.8)


def _draw_remarks(pen: Pen, register: WorkshopRegister, rows: FrontRows, foot: float) -> None:
    """What a table without lessons, without pupils or with more pages says of itself."""
    if not register.lessons:
        with pen.element("P"):
            text = fit("Nessuna lezione nel periodo.", Face.SEMIBOLD, 100, ((9.0, 1),))
            pen.fitted((lesson_left(0) + TOTALS_LEFT) / 2, TABLE_TOP + 7.5, text, align="centre")
    if not register.pupils:
        with pen.element("P"):
            text = fit("Nessun alunno iscritto nel periodo.", Face.SEMIBOLD, 60, ((9.0, 2),))
            pen.fitted(NAME_LEFT + 1.5, _BODY + 8, text)
        for column, lesson in enumerate(register.lessons):
            if lesson.cancelled is not None:
                with pen.element("P"):
                    _write_reason(pen, column, lesson, foot)
    if not rows.last:
        with pen.element("P"):
            pen.text(NAME_LEFT + 1.5, foot + 9.0, "Altri alunni, presenti e sigle: pagina seguente.")


def _someone_unmarked(register: WorkshopRegister) -> bool:
    return any(
        lesson.called and mark is not None and mark.letter is None
        for pupil in register.pupils
        for lesson, mark in zip(register.lessons, pupil.marks, strict=True)
    )
