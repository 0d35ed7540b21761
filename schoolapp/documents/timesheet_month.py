"""The strip of a month: a cell a day with its minutes, free days shaded. What the auditor lays beside the registers."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from schoolapp.documents.fitting import fit
from schoolapp.documents.fonts import Face
from schoolapp.documents.italian import WEEKDAYS
from schoolapp.documents.pen import Pen
from schoolapp.documents.report_blocks import Block, Fixed
from schoolapp.documents.report_frame import LEFT, RIGHT, WIDTH
from schoolapp.documents.theme import BLUE, INSIDE_RULE, LABEL, OUTSIDE_RULE, RULE, TINT
from schoolapp.domain.timesheets import is_free

_DAYS: Final = 9.0
"""Height of the row of days; the row of minutes stands under it."""
_MINUTES: Final = 6.5
_STEPS: Final = ((7.5, 1), (7.0, 1), (6.0, 1), (5.0, 1))


def month_strip(days: Sequence[tuple[date, int]]) -> Block:
    """28 to 31 cells over the whole width; a day without work stays empty."""
    width = WIDTH / len(days)

    def paint(pen: Pen, top: float) -> None:
        top += 1.0
        foot = top + _DAYS + _MINUTES
        free = [LEFT + width * index for index, (day, _) in enumerate(days) if is_free(day)]
        pen.areas([(left, top, width, foot - top) for left in free], TINT)
        with pen.element("Table"):
            with pen.element("TR"):
                for index, (day, _) in enumerate(days):
                    with pen.cell(scope="Column"):
                        centre = LEFT + width * (index + 0.5)
                        letter = WEEKDAYS[day.weekday()][:1].upper()
                        pen.text(centre, top + 3.4, letter, Face.REGULAR, 6.5, colour=LABEL, align="centre")
                        pen.text(centre, top + 7.3, str(day.day), Face.SEMIBOLD, 8.5, align="centre")
            with pen.element("TR"):
                for index, (_, minutes) in enumerate(days):
                    with pen.cell():
                        if minutes:
                            figure = fit(str(minutes), Face.BOLD, width - 0.6, _STEPS)
                            middle = top + _DAYS + _MINUTES / 2
                            pen.fitted(LEFT + width * (index + 0.5), middle, figure, align="centre")
        for index in range(1, len(days)):
            x = LEFT + width * index
            pen.line(x, top, x, foot, colour=RULE, width=INSIDE_RULE)
        pen.line(LEFT, top + _DAYS, RIGHT, top + _DAYS, colour=RULE, width=INSIDE_RULE)
        for y in (top, foot):
            pen.line(LEFT, y, RIGHT, y, colour=BLUE, width=OUTSIDE_RULE)

    return Fixed(1.0 + _DAYS + _MINUTES + 2.0, paint)
