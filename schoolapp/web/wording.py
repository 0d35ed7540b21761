"""Sentences of the rules, in the reader's language."""

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import Sentence
from schoolapp.web.translations import plain_gettext


def translate(sentence: Sentence) -> str:
    text = plain_gettext(sentence.message)
    values = {
        name: translate(value) if isinstance(value, Sentence) else value for name, value in sentence.values.items()
    }
    return text % values if values else text


def sentence_of(violation: RuleViolation) -> str:
    return translate(violation.sentence)
