"""Paths of shapes as a page is written: PDF operators, in points from the bottom left corner."""

from typing import Final

_CURVE: Final = 0.5523
"""Length of the handles with which four curves make a circle to the eye, of its radius."""


def rectangle(left: float, bottom: float, width: float, height: float) -> str:
    return f"{left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re"


def circle(x: float, y: float, radius: float) -> str:
    handle = radius * _CURVE
    quarters = (
        (radius, handle, handle, radius, 0.0, radius),
        (-handle, radius, -radius, handle, -radius, 0.0),
        (-radius, -handle, -handle, -radius, 0.0, -radius),
        (handle, -radius, radius, -handle, radius, 0.0),
    )
    written = [f"{x + radius:.2f} {y:.2f} m"]
    for a, b, c, d, e, f in quarters:
        written.append(f"{x + a:.2f} {y + b:.2f} {x + c:.2f} {y + d:.2f} {x + e:.2f} {y + f:.2f} c")
    return " ".join(written)
