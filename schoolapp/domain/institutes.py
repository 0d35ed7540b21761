"""Schools as their pages show them, and what their codes look like."""

import re
from dataclasses import dataclass
from datetime import date

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_

_CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{8}")

_KINDS_IN_WORDS = (
    ("infanzia", "scuola dell’infanzia"),
    ("primaria", "scuola primaria"),
    ("secondo grado", "scuola secondaria di II grado"),
    ("ii grado", "scuola secondaria di II grado"),
    ("primo grado", "scuola secondaria di I grado"),
    ("i grado", "scuola secondaria di I grado"),
)
"""What a kind holds → its words; the first that fits."""


@dataclass(frozen=True)
class SiteLine:
    """A plesso of an institute."""

    id: int
    name: str
    kind: str
    comune: str
    address: str
    code: str | None
    valid_from: date | None
    valid_to: date | None

    def is_closed(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to < day


@dataclass(frozen=True)
class InstituteLine:
    """An institute in a list."""

    id: int
    name: str
    comune: str
    code: str | None
    site_count: int
    valid_to: date | None


@dataclass(frozen=True)
class InstitutePage:
    """One page of the list: `page` counts from 1."""

    institutes: tuple[InstituteLine, ...]
    count: int
    page: int
    last_page: int


@dataclass(frozen=True)
class InstituteCard:
    """An institute with its plessi."""

    id: int
    name: str
    kind: str
    comune: str
    code: str | None
    email: str
    address: str
    printed_signature: bool
    """Certificates carry the head's printed name in place of a signature by hand."""
    valid_from: date | None
    valid_to: date | None
    sites: tuple[SiteLine, ...]


def ministry_code(text: str, *, field: str = "code") -> str | None:
    """A ministerial code in capitals ("SOIC80400N"), None where none was written. Codes are never keys."""
    code = "".join(text.split()).upper()
    if not code:
        return None
    if not _CODE.fullmatch(code):
        raise RuleViolation(
            N_("Il codice ha due lettere della provincia e altri otto segni, per esempio SOIC80400N."), field=field
        )
    return code


def school_kind_in_words(kind: str | None) -> str:
    """The Ministry's kind of a plesso as people write it: «SCUOLA PRIMO GRADO» is a scuola secondaria di I grado."""
    text = " ".join((kind or "").lower().split())
    for sign, words in _KINDS_IN_WORDS:
        if sign in text:
            return words
    return text
