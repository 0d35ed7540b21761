"""The last pages of a register of several sheets: each pupil's minutes in the whole period."""

from schoolapp.documents.fitting import fit
from schoolapp.documents.fonts import Face
from schoolapp.documents.italian import full_day, hours, number, percent
from schoolapp.documents.pen import Pen
from schoolapp.documents.register_frame import TABLE_TOP
from schoolapp.documents.register_front import CLASS_STEPS, NAME_STEPS, FrontRows, row_height
from schoolapp.documents.theme import INK, LABEL, LEFT, OUTSIDE_RULE, RIGHT, STRIPE, TINT
from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.registers import RegisterPupil, WorkshopRegister

_HEAD = 8.0
_EDGES = (LEFT, LEFT + 7, LEFT + 97, LEFT + 122, LEFT + 192, LEFT + 219, LEFT + 246, RIGHT)
_HEADINGS = ("n.", "Cognome e nome", "Classe", "Iscrizione", "Minuti presenza", "Minuti offerti", "Frequenza")
_PAD = 1.5


def draw_summary(pen: Pen, register: WorkshopRegister, rows: FrontRows) -> None:
    pen.area(LEFT, TABLE_TOP, RIGHT - LEFT, _HEAD, TINT)
    for index, heading in enumerate(_HEADINGS):
        text = fit(heading, Face.SEMIBOLD, _EDGES[index + 1] - _EDGES[index] - 1, ((8.5, 1), (8.0, 1)))
        _draw_cell(pen, index, TABLE_TOP + _HEAD / 2, text.lines[0], size=text.size)
    height = row_height(rows.stop - rows.start)
    top = TABLE_TOP + _HEAD
    for index in range(0, rows.stop - rows.start, 2):
        pen.area(LEFT, top + height * index, RIGHT - LEFT, height, STRIPE)
    for index, pupil in enumerate(register.pupils[rows.start : rows.stop]):
        middle = top + height / 2
        _draw_cell(pen, 0, middle, str(rows.start + index + 1))
        pen.fitted(_EDGES[1] + _PAD, middle, fit(pupil.name, Face.SEMIBOLD, 86, NAME_STEPS))
        pen.fitted(_EDGES[2] + _PAD, middle, fit(pupil.school_class or "–", Face.SEMIBOLD, 22, CLASS_STEPS))
        _draw_cell(pen, 3, middle, _enrolment(pupil))
        _draw_figure(pen, pupil.figure, middle, Face.SEMIBOLD)
        top += height
        pen.line(LEFT, top, RIGHT, top)
    for x in _EDGES[1:-1]:
        pen.line(x, TABLE_TOP, x, top)
    for y in (TABLE_TOP, TABLE_TOP + _HEAD, top):
        pen.line(LEFT, y, RIGHT, y, colour=INK, width=OUTSIDE_RULE)
    if rows.last:
        _draw_totals(pen, register, top)


def _enrolment(pupil: RegisterPupil) -> str:
    begin = f"dal {full_day(pupil.first_day)}"
    return begin if pupil.last_day is None else f"{begin} al {full_day(pupil.last_day)}"


def _draw_cell(
    pen: Pen, column: int, middle: float, text: str, *, face: Face = Face.SEMIBOLD, size: float = 8.5
) -> None:
    fitted = fit(text, face, _EDGES[column + 1] - _EDGES[column], ((size, 1), (7.0, 1)))
    if column == 0:
        pen.fitted((_EDGES[0] + _EDGES[1]) / 2, middle, fitted, colour=LABEL, align="centre")
    elif column >= 4:
        pen.fitted(_EDGES[column + 1] - _PAD, middle, fitted, align="right")
    else:
        pen.fitted(_EDGES[column] + _PAD, middle, fitted)


def _draw_figure(pen: Pen, figure: AttendanceFigure, middle: float, face: Face) -> None:
    for column, text in enumerate((number(figure.attended), number(figure.offered), percent(figure.percent)), 4):
        _draw_cell(pen, column, middle, text, face=face)


def _draw_totals(pen: Pen, register: WorkshopRegister, top: float) -> None:
    pen.text(_EDGES[1] + _PAD, top + 5, "Totale", Face.BOLD)
    _draw_figure(pen, register.figure, top + 4, Face.BOLD)
    pen.line(LEFT, top + 8, RIGHT, top + 8, colour=INK, width=OUTSIDE_RULE)
    held = f"Ore svolte nel periodo: {hours(register.held_minutes)}, in minuti {number(register.held_minutes)}."
    pen.text(LEFT, top + 13, held, Face.BOLD, 9.0)
