"""Colours, strokes and the page of what we print. Lengths in millimetres, type and strokes in points."""

from typing import Final

MM: Final = 72 / 25.4
"""Points in a millimetre."""

Colour = tuple[float, float, float]


def _colour(code: str) -> Colour:
    red, green, blue = (int(code[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return (round(red, 4), round(green, 4), round(blue, 4))


INK: Final = _colour("16202B")
BLUE: Final = _colour("17324D")
LABEL: Final = _colour("46586A")
RULE: Final = _colour("8A98A6")
TINT: Final = _colour("E6EBF0")
STRIPE: Final = _colour("F3F5F8")
WHITE: Final = _colour("FFFFFF")

OUTSIDE_RULE: Final = 1.0
INSIDE_RULE: Final = 0.4

PAGE_WIDTH: Final = 297.0
PAGE_HEIGHT: Final = 210.0
"""A4 landscape."""
LANDSCAPE: Final = (PAGE_WIDTH, PAGE_HEIGHT)
PORTRAIT: Final = (PAGE_HEIGHT, PAGE_WIDTH)
LEFT: Final = 18.0
"""Room for the holes of the binder."""
RIGHT: Final = PAGE_WIDTH - 12.0
WIDTH: Final = RIGHT - LEFT
