"""The faces we print with, and the promise that no letter is lost.

reportlab prints a character its font lacks as nothing, silently: every text goes through `face_for`, which finds one
face for the whole of it or refuses. The TTF files come from npm by `make assets`.
"""

import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from threading import RLock
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_, isolated

FONT_FOLDER: Final = Path(__file__).parent / "fonts"

drawing_lock: Final = RLock()
"""Held while a document is drawn: reportlab keeps the glyphs in use on the font, which all threads share."""

UNPRINTABLE_MARK: Final = "[?]"


class Face(StrEnum):
    TITLE = "title"
    PROSE = "prose"
    REGULAR = "regular"
    SEMIBOLD = "semibold"
    BOLD = "bold"


FACE_FILES: Final[dict[Face, tuple[str, ...]]] = {
    Face.TITLE: ("Lora_600SemiBold", "NotoSerif_600SemiBold"),
    Face.PROSE: ("Lora_400Regular", "NotoSerif_400Regular"),
    Face.REGULAR: ("NotoSans_400Regular", "NotoSerif_400Regular"),
    Face.SEMIBOLD: ("NotoSans_600SemiBold", "NotoSerif_600SemiBold"),
    Face.BOLD: ("NotoSans_700Bold", "NotoSerif_600SemiBold"),
}
"""First the face itself, then where to look for a letter it lacks."""

_ETHIOPIC: Final = (range(0x1200, 0x13A0), range(0x2D80, 0x2DE0), range(0xAB00, 0xAB30))
_SCRIPT_FILES: Final[dict[str, tuple[range, ...]]] = {
    "NotoSansArmenian_600SemiBold": (range(0x0530, 0x0590),),
    "NotoSansGeorgian_600SemiBold": (range(0x10A0, 0x1100), range(0x1C90, 0x1CC0), range(0x2D00, 0x2D30)),
    "NotoSansEthiopic_600SemiBold": _ETHIOPIC,
    "NotoSerifSC_600SemiBold": (range(0x2E80, 0x3100), range(0x3400, 0xA000), range(0xF900, 0xFB00)),
}
"""The face of a script that none of the above has: read only where a text is written in it (Han alone is 15 MB)."""

_SHAPED_SCRIPTS: Final = (
    range(0x0590, 0x10A0),
    range(0x1100, 0x1200),
    range(0x13A0, 0x1C80),
    range(0x1CD0, 0x1D00),
    range(0xA8E0, 0xA900),
    range(0xFB1D, 0xFE00),
    range(0xFE70, 0xFEFF),
)
"""Right-to-left and joining scripts: a font may have the letters, reportlab cannot set the words."""


class UnprintableText(RuleViolation):
    """A text with letters that none of our faces has."""

    def __init__(self, text: str, signs: str) -> None:
        super().__init__(
            N_("La stampa non ha le lettere «%(signs)s» di «%(text)s»: scrivi la forma in lettere latine."),
            signs=isolated(signs),
            text=isolated(text),
        )


class _Mapped:
    """A file whose content stays where the system keeps it; read into memory, the Han face alone would take 15 MB."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path

    def read(self) -> mmap:
        with self._path.open("rb") as file:
            return mmap(file.fileno(), 0, access=ACCESS_READ)


@cache
def signs_of(font: str) -> frozenset[int]:
    """The code points a font can print; it is read at the first need of it, once a process.

    Signs that stand on the letter before them are left out: without the tables for it they would stand beside it.
    Raises FileNotFoundError where the fonts have not been fetched.
    """
    with drawing_lock:
        rl_config.useA85 = 0  # streams as they are: a quarter smaller, and no time spent to spell them in letters
        path = FONT_FOLDER / f"{font}.ttf"
        if not path.is_file():
            raise FileNotFoundError(f"{path} is missing: run `make assets`.")
        # Only letters in use go into a file, not all of ASCII with each face: two fifths smaller, sooner written.
        read = TTFont(font, _Mapped(path), asciiReadable=False)
        read.face.glyphToChar = {}  # half a megabyte a face, of which nothing is asked once its widths are known
        kept: dict[tuple[float, int], tuple[float, int]] = {}  # most letters are as wide as another one
        read.face.hmetrics = [kept.setdefault(width, width) for width in read.face.hmetrics]
        pdfmetrics.registerFont(read)
        return frozenset(code for code in read.face.charToGlyph if not (_is_shaped(code) or _is_combining(code)))


def load_fonts() -> None:
    """Read the faces that nearly every document uses, before the first one asks."""
    for font in dict.fromkeys(font for fonts in FACE_FILES.values() for font in fonts):
        signs_of(font)


def _is_shaped(code: int) -> bool:
    return any(code in script for script in _SHAPED_SCRIPTS)


def _is_combining(code: int) -> bool:
    return unicodedata.category(chr(code)).startswith("M")


@lru_cache(maxsize=4096)
def cleaned(text: str) -> str:
    """The text as it is set: composed letters, plain spaces for tabs and line ends, no invisible signs."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if sign in "\t\n\r\v\f\u2028\u2029" else sign for sign in composed)
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in {"Cc", "Cf"})


@lru_cache(maxsize=4096)
def face_for(face: Face, text: str) -> str:
    """The name of the one font that can print the whole of a cleaned text. Raises UnprintableText."""
    codes = frozenset(map(ord, text))
    scripts = (font for font, script in _SCRIPT_FILES.items() if any(code in part for code in codes for part in script))
    known: set[int] = set()
    for font in (*FACE_FILES[face], *scripts):
        if signs_of(font) >= codes:
            return font
        known |= signs_of(font)
    lost = dict.fromkeys(sign for sign in text if ord(sign) not in known) or dict.fromkeys(text)
    raise UnprintableText(text, "".join(lost))


def legible(face: Face, text: str) -> str:
    """Free text with `[?]` in place of each run of signs the face cannot print.

    For what people write in passing, an emoji in a topic: a whole month must not become unprintable because of it.
    Names never go through here.
    """
    signs = signs_of(FACE_FILES[face][0])
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
