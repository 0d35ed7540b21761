"""Sentences in the language of who will read them, for messages written while another person’s page is made."""

from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations

from schoolapp.domain.wording import Sentence

_CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
_AS_WRITTEN = "it"


@cache
def _catalogue(locale: str) -> NullTranslations:
    if locale == _AS_WRITTEN:
        return NullTranslations()
    return Translations.load(_CATALOGUES, [locale])


def translate(sentence: Sentence, locale: str) -> str:
    """The sentence in `locale`, its values too where they are sentences; Italian where it has no translation."""
    text = str(_catalogue(locale).ugettext(sentence.message))
    values = {
        name: translate(value, locale) if isinstance(value, Sentence) else value
        for name, value in sentence.values.items()
    }
    return text % values if values else text
