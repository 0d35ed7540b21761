"""The sentence bank: which languages we write to families in, and every sentence of ours in each of them.

A sentence is found by its name. When a translation is changed its name goes into `CHANGED` with a new version: what
a mediator had checked was the old one.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from schoolapp.domain.languages import ITALIAN as ITALIAN_CODE
from schoolapp.domain.languages import Direction, direction
from schoolapp.domain.letters.arabic import ARABIC, PERSIAN, URDU
from schoolapp.domain.letters.balkan import ALBANIAN, ROMANIAN, TURKISH
from schoolapp.domain.letters.chinese import CHINESE
from schoolapp.domain.letters.cyrillic import MACEDONIAN, RUSSIAN, UKRAINIAN
from schoolapp.domain.letters.ethiopic import AMHARIC, TIGRINYA
from schoolapp.domain.letters.indic import BENGALI, HINDI, PUNJABI
from schoolapp.domain.letters.italian import ITALIAN
from schoolapp.domain.letters.others import FILIPINO, WOLOF
from schoolapp.domain.letters.southern import SINHALA, TAMIL
from schoolapp.domain.letters.western import ENGLISH, FRENCH, PORTUGUESE, SPANISH

BANK_VERSION: Final = 1
"""Of the bank as a whole; it grows with each change of a sentence."""

CHANGED: Final[dict[tuple[str, str], int]] = {}
"""(language, sentence) → the version of the bank since which it reads as it does; version 1 where it is not here."""

SENTENCES: Final[dict[str, dict[str, str]]] = {
    ITALIAN_CODE: ITALIAN,
    "en": ENGLISH,
    "fr": FRENCH,
    "es": SPANISH,
    "pt": PORTUGUESE,
    "ro": ROMANIAN,
    "sq": ALBANIAN,
    "uk": UKRAINIAN,
    "ru": RUSSIAN,
    "mk": MACEDONIAN,
    "tr": TURKISH,
    "ar": ARABIC,
    "ur": URDU,
    "fa": PERSIAN,
    "zh": CHINESE,
    "hi": HINDI,
    "pa": PUNJABI,
    "bn": BENGALI,
    "ti": TIGRINYA,
    "am": AMHARIC,
    "wo": WOLOF,
    "fil": FILIPINO,
    "si": SINHALA,
    "ta": TAMIL,
}
"""Language → its sentences by name. The codes are those of `domain/languages.py`."""

LETTER_LANGUAGES: Final = tuple(SENTENCES)

_WRITTEN_IN: Final = {"ary": "ar", "arz": "ar", "prs": "fa"}
"""Spoken forms → the language their speakers read."""

_TAGS: Final = {"zh": "zh-Hans"}

_PLACE: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Part:
    """A piece of a sentence: our words, or the name of a value that stands there."""

    words: str = ""
    value: str = ""


def letter_language(code: str | None) -> str | None:
    """The language of ours in which a family that asked for `code` gets its letters; None where we have none."""
    language = _WRITTEN_IN.get(code or "", code)
    return language if language in SENTENCES else None


def sentence(language: str, name: str) -> str:
    return SENTENCES[language][name]


def sentence_version(language: str, name: str) -> int:
    """The version of the bank since which the sentence reads as it does."""
    return CHANGED.get((language, name), 1)


def language_tag(language: str) -> str:
    """As `lang` of a page writes it: zh-Hans."""
    return _TAGS.get(language, language)


def reading_direction(language: str) -> Direction:
    return direction(language)


@lru_cache(maxsize=2048)
def parts(language: str, name: str) -> tuple[Part, ...]:
    """A sentence cut where values stand in it."""
    pieces = _PLACE.split(sentence(language, name))
    cut = (Part(value=piece) if at % 2 else Part(words=piece) for at, piece in enumerate(pieces))
    return tuple(part for part in cut if part.words or part.value)


def values_of(language: str, name: str) -> tuple[str, ...]:
    """Names of the values that a sentence needs, in its order."""
    return tuple(_PLACE.findall(sentence(language, name)))
