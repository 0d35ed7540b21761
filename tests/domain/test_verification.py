"""Codes of papers: long enough, without signs that are mistaken for others, read however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from schoolapp.domain.verification import CODE_LENGTH, RANDOM_BYTES, code_of, in_fours, typed_code

CODE = "7F3K9QWDM2XA4TVBH8RCP5YNE4"


@given(
    some.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES), some.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)
)
def test_different_bytes_give_different_codes(one: bytes, other: bytes) -> None:
    assert (code_of(one) == code_of(other)) == (one == other)


@given(some.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES))
def test_a_code_is_read_back_from_what_is_printed(random: bytes) -> None:
    code = code_of(random)
    assert len(code) == CODE_LENGTH
    assert not set(code) & set("ILOU")
    assert typed_code(in_fours(code)) == code


def test_a_code_is_printed_in_fours() -> None:
    assert in_fours(CODE) == "7F3K 9QWD M2XA 4TVB H8RC P5YN E4"


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("7f3k 9qwd m2xa 4tvb h8rc p5yn e4", "in small letters"),
        ("  7F3K-9QWD-M2XA-4TVB-H8RC-P5YN-E4 ", "with dashes, and spaces around"),
        ("https://italiano.example.it/verify/7F3K9QWDM2XA4TVBH8RCP5YNE4", "the address of the QR"),
        ("https://italiano.example.it/verify/7F3K9QWDM2XA4TVBH8RCP5YNE4/", "with a slash at the end"),
        ("7F3K9QWDM2XA4TVBH8RCP5YN\u00a0E4", "a no-break space from a copy"),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str, remark: str) -> None:
    assert typed_code(typed) == CODE, remark


def test_signs_that_are_mistaken_for_others_are_taken_for_them() -> None:
    assert typed_code("O" * 13 + "I" * 6 + "l" * 6 + "U") == "0" * 13 + "1" * 12 + "V"


@pytest.mark.parametrize("typed", ["", "7F3K", "7F3K9QWDM2XA4TVBH8RCP5YNE45", "7F3K9QWDM2XA4TVBH8RCP5YNE%", "è" * 26])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert typed_code(typed) is None
