"""A password is long, and is not one of those that are tried first."""

import pytest

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.passwords import ensure_password


@pytest.mark.parametrize(
    ("password", "remark"),
    [
        ("tetto verde lungo mare", "a phrase"),
        ("k3?vB9!mzzQ", "signs of all kinds"),
        ("Sondrio-2026-neve", "a place, a year and one word more"),
        ("Пароль-долгий-лес", "another alphabet"),
        ("x" * 5 + "lunghissima frase" * 6, "long"),
    ],
)
def test_a_password_nobody_tries_first_is_accepted(password: str, remark: str) -> None:
    ensure_password(password, name="Mario Rossi", email="mario.rossi@example.org")


@pytest.mark.parametrize(
    ("password", "remark"),
    [
        ("corta", "too short"),
        ("nove.nove", "nine characters"),
        ("l" * 129, "too long"),
        ("Password123", "the word itself"),
        ("P@ssw0rd2026!", "the word in disguise"),
        ("qwertyuiop1", "a row of keys"),
        ("1234567890", "digits in order"),
        ("8274619305", "digits alone"),
        ("aaaaaaaaaaaa", "one character"),
        ("ciaociaociao", "a common word, again and again"),
        ("mario.rossi1", "the own name"),
        ("MarioRossi1974", "the own name and a year"),
    ],
)
def test_a_password_tried_first_is_refused(password: str, remark: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        ensure_password(password, name="Mario Rossi", email="mario.rossi@example.org", field="new_password")
    assert refused.value.field == "new_password"
