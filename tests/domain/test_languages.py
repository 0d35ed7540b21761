"""Languages of families as schools write them."""

import pytest

from schoolapp.domain.languages import LANGUAGES, Direction, direction, language_name, language_names, languages
from schoolapp.domain.lexicons import UnknownWord


@pytest.mark.parametrize(
    ("text", "codes", "remark"),
    [
        ("Arabo", ("ar",), "the name"),
        ("ARABO", ("ar",), "in capitals"),
        ("arabo marocchino", ("ary",), "what Moroccans speak has a code of its own"),
        ("Bengalese", ("bn",), "as Italians say"),
        ("bangla", ("bn",), "as its speakers say"),
        ("Cinese mandarino", ("zh",), "with the variety"),
        ("Punjabi", ("pa",), "an English name"),
        ("Tagalog", ("fil",), "one code for Tagalog and Filipino"),
        ("Filippino", ("fil",), "one code for Tagalog and Filipino"),
        ("Tigrino", ("ti",), "as Italians say"),
        ("Rumena", ("ro",), "the feminine, for «lingua rumena»"),
        ("berbero", ("zgh",), "Amazigh"),
        ("dari", ("prs",), "a name CLDR keeps under Persian"),
        ("Arabo / Francese", ("ar", "fr"), "two"),
        ("arabo, berbero e francese", ("ar", "zgh", "fr"), "three"),
        ("English", ("en",), "in English"),
        ("Lingala", ("ln",), "one not in our list, known to CLDR"),
        ("non disponibile", (), "nothing"),
    ],
)
def test_a_language_is_recognised(text: str, codes: tuple[str, ...], remark: str) -> None:
    found = languages().recognise(text)
    assert found.codes == codes, remark
    assert found.unknown == (), remark


@pytest.mark.parametrize(
    ("text", "suggestion", "remark"),
    [
        ("Moldavo", "ro", "the picture's own question: do you mean Romanian?"),
        ("Marocchino", "ar", "a country is not a language"),
        ("Indiano", "hi", "a country of many languages"),
        ("Serbo-croato", "sr", "a language that became four"),
        ("albansese", "sq", "a slip of the pen"),
        ("qwerty", None, "nothing like it"),
    ],
)
def test_a_doubtful_language_is_a_question_with_a_proposal_if_there_is_one(
    text: str, suggestion: str | None, remark: str
) -> None:
    assert languages().recognise(text).unknown == (UnknownWord(text, suggestion),), remark


def test_direction_follows_the_script() -> None:
    right_to_left = {language.code for language in LANGUAGES if language.direction is Direction.RIGHT_TO_LEFT}
    assert right_to_left == {"ar", "ary", "arz", "ur", "pnb", "fa", "prs", "ps"}
    assert direction("ln") is Direction.LEFT_TO_RIGHT


def test_every_language_we_list_has_a_name_in_both_interfaces() -> None:
    for reader in ("it", "en"):
        assert language_names(reader).keys() >= {language.code for language in LANGUAGES}
    assert (language_name("pnb"), language_name("uk", "en"), language_name("q?")) == (
        "punjabi (Pakistan)",
        "Ukrainian",
        "q?",
    )
