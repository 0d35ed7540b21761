"""Codes by which anybody checks a paper of ours, and the little that the answer says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from schoolapp.domain.workshops import WorkshopKind

RANDOM_BYTES: Final = 16
"""128 bits: nobody meets a code by trying."""

CODE_LENGTH: Final = 26
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O, U, which are taken for other signs when a code is copied by hand."""
_MISREAD: Final = str.maketrans("ILOU", "110V")
_GROUP: Final = 4


def code_of(random: bytes) -> str:
    """The code of 16 random bytes, five bits a sign."""
    bits = int.from_bytes(random, "big") << 2
    return "".join(_SIGNS[bits >> shift & 31] for shift in range(5 * (CODE_LENGTH - 1), -1, -5))


def in_fours(code: str) -> str:
    """As it is printed: 7F3K 9QWD M2XA 4TVB H8RC P5YN E6"""
    return " ".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def typed_code(text: str) -> str | None:
    """The code that somebody typed, in any case, with spaces or dashes, or as a whole address; None if it is none."""
    last = text.strip().rstrip("/").rpartition("/")[2]
    code = "".join(sign for sign in last.upper() if sign not in " -\t\u00a0\u2013.").translate(_MISREAD)
    return code if len(code) == CODE_LENGTH and set(code) <= set(_SIGNS) else None


class Validity(StrEnum):
    VALID = "valid"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Checked:
    """What a stranger with the code may know: enough to see that the paper in hand is the one we issued."""

    validity: Validity
    initials: str = ""
    kind: WorkshopKind | None = None
    attended_minutes: int = 0
    offered_minutes: int = 0
    issue_day: date | None = None
    revoked_day: date | None = None
    replaced: bool = False
