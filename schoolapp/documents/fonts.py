"""The faces we print with, and the promise that no letter is lost.

reportlab prints a character its font lacks as nothing, silently: every text goes through `face_for`, which finds one
face for the whole of it or refuses. The TTF files come from npm by `make assets`.
"""

import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from threading import RLock
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_

FONT_FOLDER: Final = Path(__file__).parent / "fonts"

drawing_lock: Final = RLock()
"""Held while a document is drawn: reportlab keeps the glyphs in use on the font, which all threads share."""

UNPRINTABLE_MARK: Final = "[?]"


class Face(StrEnum):
    TITLE = "title"
    REGULAR = "regular"
    SEMIBOLD = "semibold"
    BOLD = "bold"


FACE_FILES: Final[dict[Face, tuple[str, ...]]] = {
    Face.TITLE: ("Lora_600SemiBold", "NotoSerif_600SemiBold"),
    Face.REGULAR: ("NotoSans_400Regular", "NotoSerif_400Regular"),
    Face.SEMIBOLD: ("NotoSans_600SemiBold", "NotoSerif_600SemiBold"),
    Face.BOLD: ("NotoSans_700Bold", "NotoSerif_600SemiBold"),
}
"""First the face itself, then where to look for a letter it lacks."""

_SHAPED_SCRIPTS: Final = (range(0x0590, 0x10A0), range(0x1100, 0x1C80), range(0x1CD0, 0x1D00), range(0xA8E0, 0xA900))
"""Right-to-left and joining scripts: a font may have the letters, reportlab cannot set the words."""


class UnprintableText(RuleViolation):
    """A text with letters that none of our faces has."""

    def __init__(self, text: str, signs: str) -> None:
        super().__init__(
            N_("La stampa non ha le lettere «%(signs)s» di «%(text)s»: scrivi la forma in lettere latine."),
            signs=signs,
            text=text,
        )


@cache
def load_fonts() -> dict[str, frozenset[int]]:
    """Register the fonts, once a process: the code points each can print, by font name.

    Raises FileNotFoundError where the fonts have not been fetched.
    """
    with drawing_lock:
        rl_config.useA85 = 0  # streams as they are: a quarter smaller, and no time spent to spell them in letters
        signs: dict[str, frozenset[int]] = {}
        for name in sorted({name for names in FACE_FILES.values() for name in names}):
            path = FONT_FOLDER / f"{name}.ttf"
            if not path.is_file():
                raise FileNotFoundError(f"{path} is missing: run `make assets`.")
            font = TTFont(name, path)
            pdfmetrics.registerFont(font)
            signs[name] = frozenset(
                code for code in font.face.charToGlyph if not any(code in shaped for shaped in _SHAPED_SCRIPTS)
            )
        return signs


@lru_cache(maxsize=4096)
def cleaned(text: str) -> str:
    """The text as it is set: composed letters, plain spaces for tabs and line ends, no invisible signs."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if sign in "\t\n\r\v\f\u2028\u2029" else sign for sign in composed)
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in {"Cc", "Cf"})


@lru_cache(maxsize=4096)
def face_for(face: Face, text: str) -> str:
    """The name of the one font that can print the whole of a cleaned text. Raises UnprintableText."""
    signs = load_fonts()
    for name in FACE_FILES[face]:
        if signs[name].issuperset(map(ord, text)):
            return name
    known = frozenset[int]().union(*(signs[name] for name in FACE_FILES[face]))
    lost = dict.fromkeys(sign for sign in text if ord(sign) not in known) or dict.fromkeys(text)
    raise UnprintableText(text, "".join(lost))


def legible(face: Face, text: str) -> str:
    """Free text with `[?]` in place of each run of signs the face cannot print.

    For what people write in passing, an emoji in a topic: a whole month must not become unprintable because of it.
    Names never go through here.
    """
    signs = load_fonts()[FACE_FILES[face][0]]
    written: list[str] = []
    for sign in cleaned(text):
        if ord(sign) in signs:
            written.append(sign)
        elif not written or written[-1] != UNPRINTABLE_MARK:
            written.append(UNPRINTABLE_MARK)
    return "".join(written)


@lru_cache(maxsize=16384)
def text_width(font: str, text: str) -> float:
    """Width of a text at one point, in points."""
    return float(pdfmetrics.stringWidth(text, font, 1000)) / 1000
