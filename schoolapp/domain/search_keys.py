"""One spelling for a text however it was typed: what lists search by and names are compared by."""

import re
import unicodedata

from anyascii import anyascii

_NOT_LETTERS_OR_DIGITS = re.compile(r"[^a-z0-9]+")


def search_key(text: str) -> str:
    """The text in lower-case Latin letters without accents; apostrophes, hyphens and other signs become one space.

    search_key("D’Angelo-Niccolò") == "d angelo niccolo"; search_key("Коваленко") == "kovalenko".
    """
    latin = text if text.isascii() else anyascii(unicodedata.normalize("NFC", text))
    return _NOT_LETTERS_OR_DIGITS.sub(" ", latin.lower()).strip()
