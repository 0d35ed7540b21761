"""The last pages of a register of several sheets: each pupil's minutes in the whole period."""

from schoolapp.documents.fitting import fit
from schoolapp.documents.fonts import Face
from schoolapp.documents.italian import full_day, hours, number, percent
from schoolapp.documents.pen import Pen
from schoolapp.documents.register_frame import TABLE_TOP
from schoolapp.documents.register_grid import CLASS_STEPS, NAME_STEPS, FrontRows, row_height
from schoolapp.documents.theme import INK, LABEL, LEFT, OUTSIDE_RULE, RIGHT, STRIPE, TINT
from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.registers import RegisterPupil, WorkshopRegister

_HEAD = 8.0
_EDGES = (LEFT, LEFT + 7, LEFT + 97, LEFT + 122, LEFT + 192, LEFT + 219, LEFT + 246, RIGHT)
_HEADINGS = ("n.", "Cognome e nome", "Classe", "Iscrizione", "Minuti presenza", "Minuti offerti", "Frequenza")
_PAD = 1.5


def draw_summary(pen: Pen, register: WorkshopRegister, rows: FrontRows) -> None:
    height = row_height(rows.stop - rows.start)
    body = top = TABLE_TOP + _HEAD
    pen.area(LEFT, TABLE_TOP, RIGHT - LEFT, _HEAD, TINT)
    for index in range(0, rows.stop - rows.start, 2):
        pen.area(LEFT, body + height * index, RIGHT - LEFT, height, STRIPE)
    with pen.element("Table"):
        with pen.element("TR"):
            for column, heading in enumerate(_HEADINGS):
                with pen.cell(scope="Column"):
                    _draw_text(pen, column, TABLE_TOP + _HEAD / 2, heading)
        for index, pupil in enumerate(register.pupils[rows.start : rows.stop], rows.start):
            with pen.element("TR"):
                _draw_pupil(pen, index + 1, pupil, top + height / 2)
            top += height
            pen.line(LEFT, top, RIGHT, top)
        if rows.last:
            with pen.element("TR"):
                with pen.cell(scope="Row", columns=4):
                    pen.text(_EDGES[1] + _PAD, top + 5, "Totale", Face.BOLD)
                _draw_figure(pen, register.figure, top + 4, Face.BOLD)
    for x in _EDGES[1:-1]:
        pen.line(x, TABLE_TOP, x, top)
    for y in (TABLE_TOP, body, top):
        pen.line(LEFT, y, RIGHT, y, colour=INK, width=OUTSIDE_RULE)
    if rows.last:
        pen.line(LEFT, top + 8, RIGHT, top + 8, colour=INK, width=OUTSIDE_RULE)
        held = f"Ore svolte nel periodo: {hours(register.held_minutes)}, in minuti {number(register.held_minutes)}."
        with pen.element("P"):
            pen.text(LEFT, top + 13, held, Face.BOLD, 9.0)


def _draw_pupil(pen: Pen, position: int, pupil: RegisterPupil, middle: float) -> None:
    with pen.cell():
        _draw_text(pen, 0, middle, str(position))
    with pen.cell(scope="Row"):
        pen.fitted(_EDGES[1] + _PAD, middle, fit(pupil.name, Face.SEMIBOLD, 86, NAME_STEPS))
    with pen.cell():
        pen.fitted(_EDGES[2] + _PAD, middle, fit(pupil.school_class or "–", Face.SEMIBOLD, 22, CLASS_STEPS))
    with pen.cell():
        _draw_text(pen, 3, middle, _enrolment(pupil))
    _draw_figure(pen, pupil.figure, middle, Face.SEMIBOLD)


def _enrolment(pupil: RegisterPupil) -> str:
    begin = f"dal {full_day(pupil.first_day)}"
    return begin if pupil.last_day is None else f"{begin} al {full_day(pupil.last_day)}"


def _draw_text(pen: Pen, column: int, middle: float, text: str, face: Face = Face.SEMIBOLD) -> None:
    fitted = fit(text, face, _EDGES[column + 1] - _EDGES[column] - 1, ((8.5, 1), (8.0, 1), (7.0, 1)))
    if column == 0:
        pen.fitted((_EDGES[0] + _EDGES[1]) / 2, middle, fitted, colour=LABEL, align="centre")
    elif column >= 4:
        pen.fitted(_EDGES[column + 1] - _PAD, middle, fitted, align="right")
    else:
        pen.fitted(_EDGES[column] + _PAD, middle, fitted)


def _draw_figure(pen: Pen, figure: AttendanceFigure, middle: float, face: Face) -> None:
    for column, text in enumerate((number(figure.attended), number(figure.offered), percent(figure.percent)), 4):
        with pen.cell():
            _draw_text(pen, column, middle, text, face)
