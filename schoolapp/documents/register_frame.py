"""What stands on every page of the register: whose it is, who pays, when it was read, which page of how many."""

from contextlib import nullcontext
from dataclasses import dataclass

from schoolapp.documents import emblems
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


@dataclass(frozen=True)
class _Head:
    """Where the lines of the head stand: baselines of titles and labels, middles of values, rules."""

    owner: float
    title: float
    title_rule: float
    label: float
    value: float
    fact_rule: float
    project: float
    project_rule: float | None
    """None where the table begins at once."""


_PLAIN = _Head(12.4, 17.5, 20.5, 24.0, 27.4, 31.0, 33.7, 36.4)
_UNDER_EMBLEMS = _Head(19.0, 23.1, 25.2, 28.0, 30.9, 33.7, 36.3, None)
"""Closer together, so that the table stands where it does without a band."""

_VALUE_STEPS = ((9.0, 1), (8.5, 1), (8.0, 1), (7.5, 1), (7.0, 2), (6.0, 3), (5.0, 3), (4.5, 3))
_TITLE_SIZE = 18.0
_PART_SIZE = 9.5


def draw_frame(pen: Pen, register: WorkshopRegister, *, part: str, note: str, page: int, pages: int) -> None:
    """Head and foot of one page. `part` says which page it is, `note` where its content comes from."""
    head = _UNDER_EMBLEMS if register.emblems else _PLAIN
    emblems.draw(pen, register.emblems, tagged=page == 1)
    _draw_title(pen, register, part, head, first=page == 1)
    _draw_facts(pen, register, head)
    _draw_project(pen, register, head)
    pen.line(LEFT, FOOT_RULE, RIGHT, FOOT_RULE, colour=LABEL, width=0.6)
    middle = FOOT_RULE + 2.8
    pen.fitted(LEFT, middle, fit(note, Face.SEMIBOLD, WIDTH - 45, ((8.5, 1), (7.0, 1), (6.0, 2))))
    pen.fitted(RIGHT, middle, fit(f"pagina {page} di {pages}", Face.SEMIBOLD, 40, ((9.0, 1),)), align="right")


def read_note(register: WorkshopRegister) -> str:
    """When the figures of the sheet were true."""
    return f"{register.title} · dati letti il {full_instant(register.read_at, ', ')}"


def _draw_title(pen: Pen, register: WorkshopRegister, part: str, head: _Head, *, first: bool) -> None:
    title = fit(TITLE, Face.TITLE, WIDTH, ((_TITLE_SIZE, 1),))
    part_text = fit(part, Face.SEMIBOLD, 80, ((_PART_SIZE, 1), (8.0, 1)))
    with pen.element("H1") if first else nullcontext():
        pen.text(LEFT, head.title, TITLE, Face.TITLE, _TITLE_SIZE, colour=BLUE)
    part_left = LEFT + title.width + 4
    with pen.element("H2"):
        pen.text(part_left, head.title, part, Face.SEMIBOLD, part_text.size)
    room = RIGHT - part_left - part_text.width - 5
    owner = f"{register.institute}, {register.institute_code}" if register.institute_code else register.institute
    disclaimer = fit(DISCLAIMER, Face.SEMIBOLD, room, ((8.0, 1), (7.5, 1), (7.0, 1), (6.0, 2)))
    with pen.element("P"):
        pen.fitted(RIGHT, head.owner, fit(owner, Face.SEMIBOLD, room, ((9.5, 1), *_VALUE_STEPS)), align="right")
    with pen.element("P"):
        pen.fitted(RIGHT, head.title, disclaimer, align="right")
    pen.line(LEFT, head.title_rule, RIGHT, head.title_rule, colour=BLUE, width=OUTSIDE_RULE)


def _draw_facts(pen: Pen, register: WorkshopRegister, head: _Head) -> None:
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
            pen.text(left + 1, head.label, label, Face.REGULAR, 7.5, colour=LABEL)
            pen.fitted(left + 1, head.value, fit(value, Face.SEMIBOLD, width - 3, _VALUE_STEPS))
        left += width
    pen.line(LEFT, head.fact_rule, RIGHT, head.fact_rule, width=0.5)


def _period(register: WorkshopRegister) -> str:
    days = (full_day(register.first_day), full_day(register.last_day))
    return f"dal{NO_BREAK_SPACE}{days[0]} al{NO_BREAK_SPACE}{days[1]}"


def _draw_project(pen: Pen, register: WorkshopRegister, head: _Head) -> None:
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
            pen.fitted(left + 1, head.project, name, colour=LABEL)
            pen.fitted(left + 1 + label_width, head.project, value_text)
        left += width
    if head.project_rule is not None:
        pen.line(LEFT, head.project_rule, RIGHT, head.project_rule, width=0.5)
