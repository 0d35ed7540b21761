"""A line of letters of many alphabets, the same on every certificate: an ornament, not a text to read."""

from typing import Final

from schoolapp.documents.pen import Pen
from schoolapp.documents.theme import LABEL, RULE

_SIZE: Final = 12.0
_STEP: Final = 7.85
_RULE_WIDTH: Final = 37.0
_GAP: Final = 5.0

_LATIN: Final = "Lora_400Regular"
LETTERS: Final[tuple[tuple[str, str], ...]] = (
    ("A", _LATIN),
    ("ب", "NotoNaskhArabic_letters"),
    ("文", "NotoSerifSC_letters"),
    ("Я", _LATIN),
    ("অ", "NotoSansBengali_letters"),
    ("አ", "NotoSansEthiopic_letters"),
    ("Ë", _LATIN),
    ("ਅ", "NotoSansGurmukhi_letters"),
    ("ა", "NotoSansGeorgian_letters"),
    ("அ", "NotoSansTamil_letters"),
    ("अ", "NotoSansDevanagari_letters"),
    ("Ș", _LATIN),
    ("Z", _LATIN),
)
"""Each with the font that holds it: of those that serve for this alone only the letter itself is shipped."""


def draw_letters(pen: Pen, centre: float, baseline: float) -> None:
    left = centre - _STEP * (len(LETTERS) - 1) / 2
    for index, (letter, font) in enumerate(LETTERS):
        pen.sign(left + _STEP * index, baseline, letter, font, _SIZE, colour=LABEL)
    middle = baseline - 1.2
    for edge, way in ((left - _GAP, -1), (left + _STEP * (len(LETTERS) - 1) + _GAP, 1)):
        pen.line(edge, middle, edge + way * _RULE_WIDTH, middle, colour=RULE, width=0.6)
