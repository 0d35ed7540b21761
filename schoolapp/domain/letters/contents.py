"""What one letter says, frozen when it is printed."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any, Final

from schoolapp.domain.languages import ITALIAN
from schoolapp.domain.letters import bank, numbers
from schoolapp.domain.letters.kinds import WITH_REPLY, LetterKind, body
from schoolapp.domain.meetings import MeetingMode

_HAN: Final = re.compile("[\u3400-\u9fff]+")

Slot = tuple[int, time, time]
"""A weekday (0 is Monday), start and end."""


@dataclass(frozen=True)
class Piece:
    """A run of a sentence as it is set: plain words, or a value that stands out.

    `foreign` values are names and telephone numbers: Italian in a text of another language, never turned or bent.
    """

    text: str
    value: bool = False
    foreign: bool = False


@dataclass(frozen=True)
class LetterContents:
    """A letter to one family: names, day and place as they were, and whether its sentences were checked by then."""

    VERSION = 1

    kind: LetterKind
    language: str
    """Of ours (`bank.LETTER_LANGUAGES`)."""
    mode: MeetingMode
    institute: str
    institute_address: str
    phone: str
    """Of the school, as one dials it."""
    comune: str
    printed_on: date
    protocol: str
    first_name: str
    last_name: str
    class_name: str
    day: date | None
    start: time | None
    place: tuple[str, ...]
    """Lines of where to go, the first one the most important."""
    minutes: int | None
    people: str
    """Who will be there of the school."""
    slots: tuple[Slot, ...]
    """When the lessons are, in a letter about a workshop."""
    reply_by: date | None
    head: str
    project: str
    checked: bool
    """Whether a mediator had confirmed every sentence of it."""

    @property
    def name(self) -> str:
        """First name, then surname; in Han, 陈伟 as it is written there."""
        if _HAN.fullmatch(self.first_name) and _HAN.fullmatch(self.last_name):
            return self.last_name + self.first_name
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def has_reply(self) -> bool:
        return self.kind in WITH_REPLY and self.day is not None

    @property
    def translated(self) -> bool:
        """Whether a translation stands beside the Italian."""
        return self.language != ITALIAN

    def body(self) -> tuple[str, ...]:
        """The names of its sentences, without those that have nothing to say here."""
        silent = set()
        if not self.people:
            silent.add("from_school")
        if not self.minutes:
            silent.add("lasts")
        if not self.slots:
            silent.add("workshop_times")
        return tuple(name for name in body(self.kind, self.mode) if name not in silent)

    def said(self, name: str, language: str) -> tuple[Piece, ...]:
        """A sentence of the bank with this letter's values in it."""
        parts = bank.parts(language, name)
        return tuple(
            self._value(part.value, language) if part.value else Piece(_bound(part.words, before))
            for part, before in zip(parts, (*(part.value for part in parts[1:]), ""), strict=True)
        )

    def _value(self, value: str, language: str) -> Piece:
        foreign = language != ITALIAN
        match value:
            case "name":
                return Piece(plain(self.name), value=True, foreign=foreign)
            case "class":
                return Piece(plain(self.class_name) or "–", value=True, foreign=foreign)
            case "people":
                return Piece(plain(self.people), value=True, foreign=foreign)
            case "phone":
                return Piece(unbroken(plain(self.phone)), value=True, foreign=foreign)
            case "minutes":
                return Piece(numbers.written_number(self.minutes or 0, language), value=True)
            case "day":
                assert self.reply_by is not None
                return Piece(numbers.written_day(self.reply_by, language).removesuffix("."), value=True)
            case "times":
                return Piece(numbers.written_times(self.slots, language), value=True)
        raise KeyError(value)

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the version of this shape."""
        kept: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in ("printed_on", "day", "start", "reply_by"):
            kept[name] = kept[name].isoformat() if kept[name] else None
        kept["slots"] = [[weekday, start.isoformat(), end.isoformat()] for weekday, start, end in self.slots]
        return {
            "version": self.VERSION,
            **kept,
            "kind": self.kind.value,
            "mode": self.mode.value,
            "place": list(self.place),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "LetterContents":
        """Raises ValueError for a version we do not know."""
        if kept["version"] != cls.VERSION:
            raise ValueError(f"letter contents of version {kept['version']}")
        values = {name: value for name, value in kept.items() if name != "version"}
        for name in ("printed_on", "day", "reply_by"):
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        values["start"] = time.fromisoformat(values["start"]) if values["start"] else None
        values["slots"] = tuple(
            (weekday, time.fromisoformat(start), time.fromisoformat(end)) for weekday, start, end in values["slots"]
        )
        values["kind"], values["mode"] = LetterKind(values["kind"]), MeetingMode(values["mode"])
        values["place"] = tuple(values["place"])
        return cls(**values)


def plain(text: str) -> str:
    """What somebody typed, without signs that nobody sees: one of them could turn the words around it."""
    seen = "".join(" " if unicodedata.category(sign) in {"Cc", "Cf"} else sign for sign in text)
    return " ".join(seen.split())


def unbroken(text: str) -> str:
    """A text whose spaces do not end a line: a telephone number stays whole."""
    return text.replace(" ", "\u00a0")


def _bound(words: str, before: str) -> str:
    """Our words, their last one kept on the line of the class that follows: "(classe" never ends a line."""
    return words[:-1] + "\u00a0" if before == "class" and words.endswith(" ") else words
