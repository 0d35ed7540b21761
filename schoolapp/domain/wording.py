"""Sentences for people: written in Italian where the rule is, translated where they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark an Italian message for translation without translating it now."""
    return message


def isolated(text: str) -> str:
    """A text of any direction as a word of a sentence: what stands around it keeps its order (U+2068, U+2069)."""
    return f"\u2068{text}\u2069"


@dataclass(frozen=True)
class Sentence:
    """A message with its values, e.g. Sentence(N_("Riga %(line)s: manca il nome."), {"line": 17}).

    A value may itself be a sentence, such as the name of a status.
    `str()` gives Italian; `web.wording.translate` gives the reader's language.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message
