"""Italian is written in the sources; the English catalogue is complete and keeps every value."""

import re

import pytest
from babel.messages.catalog import Catalog, Message

from tools.translations import extracted, kept

VALUE = re.compile(r"%\(\w+\)[sd]|%[nt]\b|%%")  # %n and %t are filled in by a script
STRAIGHT = re.compile(r"[\"'«»!]")


@pytest.fixture(scope="module")
def english() -> Catalog:
    return kept()


def _texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _italian(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _values(texts: list[str]) -> set[str]:
    return {value for text in texts for value in VALUE.findall(text)}


def test_the_catalogue_holds_the_texts_of_the_sources_and_no_other(english: Catalog) -> None:
    assert {message.id for message in extracted() if message.id} == {message.id for message in english if message.id}


def test_every_text_has_its_english(english: Catalog) -> None:
    assert [message.id for message in english if message.id and not all(_texts(message))] == []


def test_a_translation_keeps_the_values_of_the_text(english: Catalog) -> None:
    for message in english:
        if message.id:
            assert _values(_texts(message)) == _values(_italian(message)), message.id


def test_texts_are_written_with_the_signs_of_their_language(english: Catalog) -> None:
    """’ for an apostrophe, quotation marks that open and close, and nobody is shouted at."""
    for message in english:
        if message.id:
            assert [text for text in _texts(message) if STRAIGHT.search(text)] == []
            assert [text for text in _italian(message) if re.search(r"[\"'“”!]", text)] == []
