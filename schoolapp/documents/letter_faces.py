"""Faces and measures of each script in a letter, as looking at the printed pages taught.

Some faces look right and read wrong: of a sentence copied from the PDF or read by a screen reader, words come back
broken. Those named here gave the most words back, script by script.
"""

from dataclasses import dataclass
from typing import Final

from schoolapp.domain.languages import LANGUAGES_BY_CODE


@dataclass(frozen=True)
class LetterFace:
    """How a script is set beside Noto Sans; `size` is a share of the size that Latin has there."""

    family: str | None = None
    """None: Noto Sans itself has the script."""
    size: float = 1.0
    leading: float = 0.52
    """Between lines, in em."""
    top: float | None = None
    bottom: float | None = None
    """Edges of a line in em, where capitals and baseline are not its measure."""
    frame_top: float | None = None
    frame_bottom: float | None = None
    """The same inside a frame, where the words stand in the middle."""
    title_size: float = 22.0


_PLAIN: Final = LetterFace()

_FACES: Final[dict[str, LetterFace]] = {
    "Arab": LetterFace("Vazirmatn", size=1.09, leading=0.72, title_size=21.0),
    "Aran": LetterFace(
        "Noto Nastaliq Urdu",
        size=0.96,
        leading=0.0,
        top=1.22,
        bottom=-0.75,
        frame_top=1.0,
        frame_bottom=-0.42,
        title_size=21.0,
    ),
    "Beng": LetterFace("Hind Siliguri", size=1.13, leading=0.62, title_size=21.0),
    "Deva": LetterFace("Noto Sans Devanagari", size=1.06, leading=0.68, title_size=20.0),
    "Ethi": LetterFace("Noto Sans Ethiopic", size=1.04, leading=0.62, title_size=19.0),
    "Guru": LetterFace("Noto Sans Gurmukhi", size=1.06, leading=0.68, title_size=20.0),
    "Hans": LetterFace("Noto Sans SC", size=1.09, leading=0.62, title_size=24.0),
    "Sinh": LetterFace("Noto Sans Sinhala", size=1.02, leading=0.68, title_size=19.0),
    "Taml": LetterFace("Noto Sans Tamil", size=0.94, leading=0.68, title_size=17.0),
}

_NASTALIQ: Final = frozenset({"ur"})
"""Readers of Urdu expect the hanging script on paper."""


def letter_face(language: str) -> LetterFace:
    script = "Aran" if language in _NASTALIQ else LANGUAGES_BY_CODE[language].script
    return _FACES.get(script, _PLAIN)
