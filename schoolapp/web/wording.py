"""Sentences of the rules, in the reader's language."""

from flask_babel import gettext

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import Sentence


def translate(sentence: Sentence) -> str:
    text: str = gettext(sentence.message)
    values = {
        name: translate(value) if isinstance(value, Sentence) else value for name, value in sentence.values.items()
    }
    return text % values if values else text


def sentence_of(violation: RuleViolation) -> str:
    return translate(violation.sentence)
