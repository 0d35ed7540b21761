"""Words people write for a country or a language, and the code we keep for them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schoolapp.domain.search_keys import search_key
from schoolapp.domain.spelling import closest

_BETWEEN_SEVERAL = re.compile(r"[/;|+&\n]")
_BETWEEN_WORDS = re.compile(r",|\be\b|\bed\b|\band\b|(?<=\s)-(?=\s)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(\[].*?[)\]]")
# fmt: off
_NOTHING = frozenset({
    "", "n d", "nd", "n a", "na", "nn", "non disponibile", "non indicata", "non indicato", "non nota", "non noto",
    "nessuna", "nessuno", "sconosciuta", "sconosciuto", "none", "unknown", "not available",
})
# fmt: on
_ALIKE_ENOUGH = 84
_LONGEST = 120
"""Signs of a cell that may name countries or languages: what is longer is a text, and is not searched."""


@dataclass(frozen=True)
class UnknownWord:
    """A word as it stands in the list, and the code we would propose for it, if any comes to mind."""

    text: str
    suggestion: str | None


@dataclass(frozen=True)
class Recognised:
    """The codes found in a cell, in the order written, and the words nobody knows."""

    codes: tuple[str, ...] = ()
    unknown: tuple[UnknownWord, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """`names`: search key → code, certain. `hints`: search key → code to propose, never to take for granted."""

    names: Mapping[str, str]
    hints: Mapping[str, str]

    def code(self, text: str, remembered: Mapping[str, str] | None = None) -> str | None:
        """The code of one name; `remembered` holds what this school has already answered, by search key: a code, or ""
        for a word that says nothing."""
        if len(text) > _LONGEST:
            return None
        for spelling in (text, _IN_BRACKETS.sub(" ", text)):
            key = search_key(spelling)
            if remembered and key in remembered:
                return remembered[key]
            if key in self.names:
                return self.names[key]
        return None

    def recognise(self, text: str, remembered: Mapping[str, str] | None = None, *, suggest: bool = True) -> Recognised:
        """Every country or language in a cell: one, or several parted by signs, commas or «e»."""
        if len(text) > _LONGEST:
            return Recognised(unknown=(UnknownWord(text, None),))
        codes: list[str] = []
        unknown: list[UnknownWord] = []
        for part in self._parts(text, remembered):
            code = self.code(part, remembered)
            if code is None:
                unknown.append(UnknownWord(part, self._suggestion(part) if suggest else None))
            elif code and code not in codes:
                codes.append(code)
        return Recognised(tuple(codes), tuple(unknown))

    def _parts(self, text: str, remembered: Mapping[str, str] | None) -> Iterable[str]:
        if self.code(text, remembered) is not None:
            return [text]
        parts: list[str] = []
        for piece in _BETWEEN_SEVERAL.split(text):
            known = self.code(piece, remembered) is not None
            words = [piece] if known else _BETWEEN_WORDS.split(piece)
            parts += [word.strip() for word in words if search_key(word) not in _NOTHING]
        return parts

    def _suggestion(self, text: str) -> str | None:
        key = search_key(text)
        if key in self.hints:
            return self.hints[key]
        best = closest(key, self.names, at_least=_ALIKE_ENOUGH)
        return self.names[best] if best else None


def keyed(names: Mapping[str, str]) -> dict[str, str]:
    """The names of each code, parted by commas in one text, as search key → code.

    A name in -o or -e also stands for its feminine and plural: marocchino → marocchina, marocchini, marocchine.
    """
    found: dict[str, str] = {}
    for code, listed in names.items():
        for name in listed.split(","):
            key = search_key(name)
            forms = [key]
            if key.endswith("o"):
                forms += [key[:-1] + ending for ending in "aie"]
            elif key.endswith("e"):
                forms.append(key[:-1] + "i")
            for form in forms:
                found.setdefault(form, code)
    return found
