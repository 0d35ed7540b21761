"""Texts that a spreadsheet would run as formulas, made harmless before they leave."""

from typing import Final

_FORMULA_STARTS: Final = frozenset("=+-@＝＋－＠")
_CONTROL_STARTS: Final = frozenset("\t\r\n")
_INVISIBLE: Final = " \t\r\n\v\f\x00\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet could take it for a formula.

    That is where it begins with = + - @ (wide forms too), after spaces or a byte order mark as well, or with a tab or a
    line end. Give it texts only: a negative number is a number and is written as one.
    """
    seen = text.lstrip(_INVISIBLE)
    if text[:1] in _CONTROL_STARTS or seen[:1] in _FORMULA_STARTS:
        return f"'{text}"
    return text
