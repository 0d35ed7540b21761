"""Text made to fit its place: it shrinks to its floor, then takes more lines, then is refused. Nothing is cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schoolapp.documents.fonts import Face, UnprintableText, cleaned, face_for, text_width
from schoolapp.documents.theme import MM
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_

LEADING = 1.18
TOO_LONG = N_("«%(text)s» è troppo lungo per il foglio: scrivi una forma più breve.")

Steps = tuple[tuple[float, int], ...]
"""Sizes in points, from the wanted one down, each with the most lines it may take."""


@dataclass(frozen=True)
class Fitted:
    """Lines of one font and size (points)."""

    font: str
    size: float
    lines: tuple[str, ...]

    @property
    def leading(self) -> float:
        """From line to line, in millimetres."""
        return self.size * LEADING / MM

    @property
    def height(self) -> float:
        """From the top of the first line to the foot of the last, in millimetres."""
        return self.leading * len(self.lines)

    @property
    def width(self) -> float:
        """Of the longest line, in millimetres."""
        return max(text_width(self.font, line) for line in self.lines) * self.size / MM


def fitting_names(names: Sequence[str], width: float, steps: Steps) -> str:
    """The names joined, as many as find place, and how many more there are. Raises UnprintableText."""
    for count in range(len(names), 1, -1):
        more = f" e altre persone: {len(names) - count}" if count < len(names) else ""
        joined = ", ".join(names[:count]) + more
        try:
            fit(joined, Face.SEMIBOLD, width, steps)
        except UnprintableText:
            raise
        except RuleViolation:
            continue
        return joined
    return f"{names[0]} e altre persone: {len(names) - 1}" if len(names) > 1 else "".join(names)


def fit_balanced(text: str, face: Face, width: float, sizes: Sequence[float], two_lines: Sequence[float]) -> Fitted:
    """One line at the first of `sizes` that fits `width` millimetres, else two lines as equal as the words allow.

    Raises UnprintableText, or RuleViolation where the text is too long even so.
    """
    text = cleaned(text)
    font = face_for(face, text)
    words = text.split(" ")
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    balanced = min(halves, key=lambda lines: max(text_width(font, line) for line in lines), default=(text,))
    for lines, steps in (((text,), sizes), (balanced, two_lines)):
        longest = max(text_width(font, line) for line in lines)
        for size in steps:
            if longest * size <= width * MM:
                return Fitted(font, size, lines)
    raise RuleViolation(TOO_LONG, text=text)


def wrapped(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """Lines of at most `width` millimetres; a word longer than a line is broken where the line ends."""
    room = width * MM / size
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(font, longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *pieces, line = _pieces(word, font, room)
        lines.extend(pieces)
    return (*lines, line)


def _pieces(word: str, font: str, room: float) -> Iterator[str]:
    piece = ""
    for sign in word:
        if piece and text_width(font, piece + sign) > room:
            yield piece
            piece = sign
        else:
            piece += sign
    yield piece


@lru_cache(maxsize=2048)
def fit(text: str, face: Face, width: float, steps: Steps) -> Fitted:
    """The first of `steps` (size, most lines) at which the text fits in `width` millimetres.

    Raises UnprintableText, or RuleViolation where the text is too long even for the last step.
    """
    text = cleaned(text)
    font = face_for(face, text)
    one_line = text_width(font, text)
    for size, most in steps:
        if one_line * size <= width * MM:
            return Fitted(font, size, (text,))
        if most > 1:
            lines = wrapped(text, font, size, width)
            if len(lines) <= most:
                return Fitted(font, size, lines)
    raise RuleViolation(TOO_LONG, text=text)
