"""Citizenships as schools write them."""

import pytest

from schoolapp.domain.countries import (
    EU_MEMBERS,
    STATELESS,
    countries,
    country_name,
    country_names,
    is_eu,
    third_country_only,
)
from schoolapp.domain.lexicons import UnknownWord


@pytest.mark.parametrize(
    ("text", "codes", "remark"),
    [
        ("Marocco", ("MA",), "the name"),
        ("MAROCCO", ("MA",), "in capitals"),
        ("Perù", ("PE",), "with its accent"),
        ("PERU'", ("PE",), "with an apostrophe for an accent"),
        ("marocchina", ("MA",), "the adjective, feminine"),
        ("Rumena", ("RO",), "the adjective"),
        ("romena", ("RO",), "the other adjective"),
        ("cinesi", ("CN",), "the adjective, plural"),
        ("Macedonia del Nord", ("MK",), "the name of today"),
        ("Macedonia", ("MK",), "the name of yesterday"),
        ("Moldavia", ("MD",), "as Italians say"),
        ("Moldova", ("MD",), "as Moldovans say"),
        ("Cina, Rep. Popolare", ("CN",), "as the State writes it"),
        ("Costa d'Avorio", ("CI",), "an apostrophe"),
        ("Côte d’Ivoire", ("CI",), "in French"),
        ("Bosnia ed Erzegovina", ("BA",), "an «ed» inside one name"),
        ("Trinidad e Tobago", ("TT",), "an «e» inside one name"),
        ("Sri Lanka", ("LK",), "two words"),
        ("Morocco", ("MA",), "English"),
        ("United States", ("US",), "English"),
        ("PK", ("PK",), "the code"),
        ("Albania (AL)", ("AL",), "a code in brackets"),
        ("Kosovo", ("XK",), "not of ISO, yet a passport"),
        ("apolide", (STATELESS,), "none at all is an answer"),
        ("Italia / Marocco", ("IT", "MA"), "two, with a bar"),
        ("Italiana e albanese", ("IT", "AL"), "two, with «e»"),
        ("Albania; Italia", ("AL", "IT"), "two, with a semicolon"),
        ("Marocco, Italia", ("MA", "IT"), "two, with a comma"),
        ("Marocco/marocchina", ("MA",), "the same one twice"),
        ("Serbia e Montenegro", ("RS", "ME"), "a state that became two"),
        ("-", (), "a dash is nothing"),
        ("n.d.", (), "not available is nothing"),
    ],
)
def test_a_citizenship_is_recognised(text: str, codes: tuple[str, ...], remark: str) -> None:
    found = countries().recognise(text)
    assert found.codes == codes, remark
    assert found.unknown == (), remark


@pytest.mark.parametrize(
    ("text", "suggestion", "remark"),
    [
        ("Marroco", "MA", "a slip of the pen"),
        ("Atlantide", None, "no such country"),
        ("Jugoslavia", "RS", "a country that is no more"),
    ],
)
def test_an_unknown_citizenship_is_a_question_with_a_proposal_if_there_is_one(
    text: str, suggestion: str | None, remark: str
) -> None:
    assert countries().recognise(text).unknown == (UnknownWord(text, suggestion),), remark


def test_what_the_school_has_answered_before_is_remembered() -> None:
    assert countries().recognise("Marroco", {"marroco": "MA"}).codes == ("MA",)


def test_known_and_unknown_words_of_one_cell_are_kept_apart() -> None:
    found = countries().recognise("Marocco / Atlantide")
    assert (found.codes, found.unknown) == (("MA",), (UnknownWord("Atlantide", None),))


def test_the_union_has_27_members_and_italy_is_one() -> None:
    assert len(EU_MEMBERS) == 27
    assert is_eu("IT")
    assert not is_eu("GB")
    assert country_names().keys() >= EU_MEMBERS


@pytest.mark.parametrize(
    ("codes", "expected", "remark"),
    [
        (["MA"], True, "a third country"),
        (["RO"], False, "of the Union"),
        (["MA", "IT"], False, "one of two is of the Union"),
        ([STATELESS], True, "stateless people are third-country nationals"),
        ([], None, "unknown is not a no"),
    ],
)
def test_third_country_nationals_hold_no_citizenship_of_the_union(
    codes: list[str], expected: bool | None, remark: str
) -> None:
    assert third_country_only(codes) is expected, remark


def test_countries_are_named_in_the_readers_language() -> None:
    assert (country_name("MK"), country_name("MK", "en")) == ("Macedonia del Nord", "North Macedonia")
    assert (country_name(STATELESS), country_name("Q?")) == ("apolide", "Q?")
