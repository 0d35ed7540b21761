"""What stands on every page of the register: whose it is, who pays, when it was read, which page of how many."""

from contextlib import nullcontext

from schoolapp.documents.fitting import fit, fitting_names
from schoolapp.documents.fonts import Face
from schoolapp.documents.italian import NO_BREAK_SPACE, full_day, full_instant
from schoolapp.documents.pen import Pen
from schoolapp.documents.theme import BLUE, LABEL, LEFT, OUTSIDE_RULE, RIGHT, WIDTH
from schoolapp.domain.registers import WorkshopRegister

TITLE = "Registro del laboratorio di italiano L2"
DISCLAIMER = "Registro di progetto: non sostituisce il registro elettronico di classe"
NOT_GIVEN = "non indicato"

TABLE_TOP = 39.0
"""Where the table of any page starts."""
FOOT_RULE = 197.0

_VALUE_STEPS = ((9.0, 1), (8.5, 1), (8.0, 1), (7.5, 1), (7.0, 2), (6.0, 3), (5.0, 3), (4.5, 3))
_TITLE_SIZE = 18.0
_PART_SIZE = 9.5


def draw_frame(pen: Pen, register: WorkshopRegister, *, part: str, note: str, page: int, pages: int) -> None:
    """Head and foot of one page. `part` says which page it is, `note` where its content comes from."""
    _draw_title(pen, register, part, first=page == 1)
    _draw_facts(pen, register)
    _draw_project(pen, register)
    pen.line(LEFT, FOOT_RULE, RIGHT, FOOT_RULE, colour=LABEL, width=0.6)
    middle = FOOT_RULE + 2.8
    pen.fitted(LEFT, middle, fit(note, Face.SEMIBOLD, WIDTH - 45, ((8.5, 1), (7.0, 1), (6.0, 2))))
    pen.fitted(RIGHT, middle, fit(f"pagina {page} di {pages}", Face.SEMIBOLD, 40, ((9.0, 1),)), align="right")


def read_note(register: WorkshopRegister) -> str:
    """When the figures of the sheet were true."""
    return f"{register.title} · dati letti il {full_instant(register.read_at, ', ')}"


def _draw_title(pen: Pen, register: WorkshopRegister, part: str, *, first: bool) -> None:
    title = fit(TITLE, Face.TITLE, WIDTH, ((_TITLE_SIZE, 1),))
    part_text = fit(part, Face.SEMIBOLD, 80, ((_PART_SIZE, 1), (8.0, 1)))
    with pen.element("H1") if first else nullcontext():
        pen.text(LEFT, 17.5, TITLE, Face.TITLE, _TITLE_SIZE, colour=BLUE)
    part_left = LEFT + title.width + 4
    with pen.element("H2"):
        pen.text(part_left, 17.5, part, Face.SEMIBOLD, part_text.size)
    room = RIGHT - part_left - part_text.width - 5
    owner = f"{register.institute}, {register.institute_code}" if register.institute_code else register.institute
    disclaimer = fit(DISCLAIMER, Face.SEMIBOLD, room, ((8.0, 1), (7.5, 1), (7.0, 1), (6.0, 2)))
    with pen.element("P"):
        pen.fitted(RIGHT, 12.4, fit(owner, Face.SEMIBOLD, room, ((9.5, 1), *_VALUE_STEPS)), align="right")
    with pen.element("P"):
        pen.fitted(RIGHT, 17.5, disclaimer, align="right")
    pen.line(LEFT, 20.5, RIGHT, 20.5, colour=BLUE, width=OUTSIDE_RULE)


def _draw_facts(pen: Pen, register: WorkshopRegister) -> None:
    facts = (
        ("Laboratorio", register.title, 68.0),
        ("Plesso e luogo", ", ".join(text for text in (register.site, register.place) if text) or NOT_GIVEN, 62.0),
        ("Chi fa lezione", fitting_names(register.facilitators, 52.0, _VALUE_STEPS) or NOT_GIVEN, 55.0),
        ("Anno scolastico", register.school_year, 25.0),
        ("Periodo del foglio", _period(register), 57.0),
    )
    left = LEFT
    for label, value, width in facts:
        with pen.element("P"):
            pen.text(left + 1, 24.0, label, Face.REGULAR, 7.5, colour=LABEL)
            pen.fitted(left + 1, 27.4, fit(value, Face.SEMIBOLD, width - 3, _VALUE_STEPS))
        left += width
    pen.line(LEFT, 31.0, RIGHT, 31.0, width=0.5)


def _period(register: WorkshopRegister) -> str:
    days = (full_day(register.first_day), full_day(register.last_day))
    return f"dal{NO_BREAK_SPACE}{days[0]} al{NO_BREAK_SPACE}{days[1]}"


def _draw_project(pen: Pen, register: WorkshopRegister) -> None:
    facts = (
        ("Progetto", register.project_title, 104.0),
        ("Codice", register.project_code, 42.0),
        ("CUP", register.cup, 45.0),
        ("Finanziamento", register.funding_line, 76.0),
    )
    left = LEFT
    for label, value, width in facts:
        name = fit(label, Face.REGULAR, width, ((7.5, 1),))
        label_width = name.width + 2
        steps = ((8.5, 1), (8.0, 1), (7.5, 1), (7.0, 1), (6.5, 2), (5.5, 2))
        value_text = fit(value or NOT_GIVEN, Face.SEMIBOLD, width - label_width - 3, steps)
        with pen.element("P"):
            pen.fitted(left + 1, 33.7, name, colour=LABEL)
            pen.fitted(left + 1 + label_width, 33.7, value_text)
        left += width
    pen.line(LEFT, 36.4, RIGHT, 36.4, width=0.5)
