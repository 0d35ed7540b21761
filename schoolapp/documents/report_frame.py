"""What stands on every page of a term report: whose it is, who pays, when it was read, which page of how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from schoolapp.documents import emblems
from schoolapp.documents.fitting import fit
from schoolapp.documents.fonts import Face, legible
from schoolapp.documents.italian import full_instant
from schoolapp.documents.pen import Pen
from schoolapp.documents.theme import BLUE, LABEL, OUTSIDE_RULE, RULE
from schoolapp.domain.term_report_heads import ProjectCodes, ReportHead, codes_in_words, emblems_of

LEFT: Final = 20.0
RIGHT: Final = 195.0
WIDTH: Final = RIGHT - LEFT
BODY_FOOT: Final = 282.0
"""Nothing of the content stands lower."""

FIRST_BODY: Final = 44.0
NEXT_BODY: Final = 33.0
"""Where the content starts, under the title and on the pages that go on."""

_OWNER: Final = 25.2
_TITLE_STEPS: Final = ((23.0, 1), (21.0, 1), (19.0, 1), (17.0, 1), (15.0, 1), (12.5, 2), (11.0, 2), (9.0, 3), (7.0, 4))
_LEAD_STEPS: Final = ((10.5, 1), (10.0, 1), (9.5, 1), (9.0, 1), (8.5, 1), (8.0, 2), (7.0, 2), (6.0, 3))


@dataclass(frozen=True)
class Frame:
    """Head and foot of the pages of one part: the school, a workshop or a pupil."""

    head: ReportHead
    part: str
    """Which page it is, at the right of the owner: «pagina della scuola»."""
    title: str
    lead: str
    projects: Sequence[ProjectCodes]


def draw_frame(pen: Pen, frame: Frame, *, first: bool, heading: bool, page: int, pages: int) -> None:
    """`first` page of its part; `heading` on the very first page of the file, whose title is the document's."""
    emblems.draw(pen, emblems_of(frame.projects), left=LEFT, top=9.0, width=WIDTH, tagged=first)
    owner = " · ".join(text for text in (frame.head.institute, frame.head.institute_code) if text)
    words = f"{frame.part} · {frame.head.term.in_words}"
    part = fit(words, Face.REGULAR, 95, ((9.5, 1), (8.5, 1), (7.5, 1), (6.5, 2)))
    with pen.element("P"):
        pen.lines(LEFT, _OWNER, fit(owner, Face.SEMIBOLD, WIDTH - part.width - 5, _LEAD_STEPS[2:]), colour=LABEL)
    with pen.element("P"):
        pen.lines(RIGHT, _OWNER, part, colour=LABEL, align="right")
    if first:
        with pen.element("H1" if heading else "H2"):
            pen.fitted(LEFT, 31.6, fit(frame.title, Face.TITLE, WIDTH, _TITLE_STEPS), colour=BLUE)
        with pen.element("P"):
            pen.fitted(LEFT, 39.7, fit(frame.lead, Face.REGULAR, WIDTH, _LEAD_STEPS))
        pen.line(LEFT, FIRST_BODY - 0.2, RIGHT, FIRST_BODY - 0.2, colour=BLUE, width=OUTSIDE_RULE)
    else:
        goes_on = fit(f"{frame.title}, segue", Face.SEMIBOLD, WIDTH, ((9.0, 1), (8.0, 1), (7.0, 1), (6.0, 2)))
        pen.fitted(LEFT, 28.8, goes_on)
        pen.line(LEFT, NEXT_BODY - 2.0, RIGHT, NEXT_BODY - 2.0, colour=BLUE, width=OUTSIDE_RULE)
    _draw_foot(pen, frame, page, pages)


def _draw_foot(pen: Pen, frame: Frame, page: int, pages: int) -> None:
    pen.line(LEFT, 284.6, RIGHT, 284.6, colour=RULE, width=0.6)
    number = fit(f"pagina {page} di {pages}", Face.SEMIBOLD, 40, ((9.0, 1),))
    pen.fitted(RIGHT, 287.4, number, align="right")
    note = " · ".join(text for text in (codes_in_words(frame.projects), read_note(frame.head.read_at)) if text)
    sizes = ((8.0, 1), (7.5, 1), (7.0, 1), (6.5, 2), (5.5, 2), (4.5, 3))
    room = WIDTH - number.width - 5
    pen.fitted(LEFT, 287.4, fit(legible(Face.REGULAR, note), Face.REGULAR, room, sizes), colour=LABEL)


def read_note(read_at: datetime) -> str:
    """When the figures were true."""
    return f"dati letti il {full_instant(read_at, ', ')}"
