"""The band of emblems at the head of a document: equal boxes, each with a picture as large as it fits, whole."""

from collections.abc import Sequence
from typing import Final

from schoolapp.documents.pen import Pen
from schoolapp.documents.theme import LEFT, WIDTH
from schoolapp.domain.emblems import MOST_EMBLEMS, Emblem

BAND_TOP: Final = 8.0
"""Nothing stands in the outer 8 mm of a sheet."""
BAND_HEIGHT: Final = 8.5
"""The least; a document with more room asks for up to 10."""
_GAP: Final = 5.5


def draw(
    pen: Pen,
    emblems: Sequence[Emblem],
    *,
    left: float = LEFT,
    top: float = BAND_TOP,
    width: float = WIDTH,
    height: float = BAND_HEIGHT,
    tagged: bool = True,
) -> None:
    """The band, lengths in millimetres; without emblems nothing at all.

    The boxes are as wide as those of a full band and spread over the whole width, the first picture on the left edge
    and the last on the right. With `tagged` each picture is a
    figure that says its name; without, page furniture: right for the sheets that repeat the head of the first.
    """
    box = (width - _GAP * (MOST_EMBLEMS - 1)) / MOST_EMBLEMS
    steps = max(1, len(emblems) - 1)
    for index, emblem in enumerate(emblems):
        scale = min(box / emblem.width, height / emblem.height)
        picture_width, picture_height = emblem.width * scale, emblem.height * scale
        x = left + (width - picture_width) * index / steps
        y = top + (height - picture_height) / 2
        if tagged:
            with pen.figure(emblem.name, x, y, picture_width, picture_height):
                pen.picture(emblem.png, x, y, picture_width, picture_height)
        else:
            pen.picture(emblem.png, x, y, picture_width, picture_height)
