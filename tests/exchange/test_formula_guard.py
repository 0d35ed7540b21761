"""Abuse case E8: a name that a spreadsheet would run as a formula leaves as a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.exchange.formula_guard import guarded


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("=1+1", "a formula"),
        ('=HYPERLINK("http://example.org";"apri")', "a link that sends what it reads"),
        ("+39 0342 000000", "a plus opens a formula too"),
        ("-2+3+cmd|' /C calc'!A0", "a minus"),
        ("@SUM(A1:A9)", "the old at sign"),
        ("  =1+1", "after spaces"),
        ("\u00a0=1+1", "after a no-break space"),
        ("\t=1+1", "after a tab"),
        ("\tAhmeti", "a tab alone"),
        ("\r=1+1", "after a carriage return"),
        ("\nAhmeti", "a line end alone"),
        ("\ufeff=1+1", "after a byte order mark"),
        ("\ufeff \t=1+1", "after all of them"),
        ("\u200b=1+1", "after an invisible space"),
        ("＝1+1", "a wide equals sign, which some Excel take as one"),
    ],
)
def test_a_text_that_could_be_a_formula_gets_an_apostrophe(text: str, remark: str) -> None:
    assert guarded(text) == f"'{text}", remark


@pytest.mark.parametrize(
    "text", ["", " ", "Ahmeti Arber", "2ª A", "a=b", "D’Angelo", "–", "?", "PROG-2463", "Al-Amrani", "(=1+1)"]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(st.text(alphabet="=+-@ \t\r\n\ufeff\u200b'aB1;", max_size=8))
def test_no_text_leaves_ready_to_run(text: str) -> None:
    left = guarded(text)
    assert left.endswith(text)
    assert left.strip(" \t\r\n\ufeff\u200b")[:1] not in {"=", "+", "-", "@"}
