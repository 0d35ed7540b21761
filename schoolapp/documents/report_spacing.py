"""How close the parts of a report stand to each other."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Spacing:
    """Heights in millimetres."""

    heading: float = 8.6
    row: float = 5.5
    """Of a table, at least."""
    row_air: float = 2.0
    """Around the words of a row."""
    step: float = 6.8
    """From skill to skill in the figure of a pupil."""
    signatures: float = 26.0


ROOMY: Final = Spacing()
CLOSE: Final = Spacing(heading=6.4, row=4.5, row_air=1.0, step=5.0, signatures=20.0)
"""For what would only just go over a page."""
