"""The share of a class that the law asks about."""

from datetime import date

import pytest

from schoolapp.domain.class_shares import ClassShare, CountedPupil, ShareState, ensure_pupils_enrolled
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.findings import Finding
from schoolapp.domain.wording import Sentence


def share(enrolled: int | None, answers: list[bool | None], threshold: int = 20) -> ClassShare:
    pupils = [
        CountedPupil(number, f"Alunno {number}", Finding(answer, Sentence("perché sì")))
        for number, answer in enumerate(answers)
    ]
    return ClassShare(1, "2B", "Primaria", 1, date(2026, 11, 22), enrolled, threshold, tuple(pupils))


@pytest.mark.parametrize(
    ("enrolled", "yes", "unclear", "no", "threshold", "state", "remark"),
    [
        (25, 5, 0, 3, 20, ShareState.REACHED, "5 of 25 are 20 % exactly"),
        (26, 5, 0, 0, 20, ShareState.BELOW, "19,2 %"),
        (26, 5, 1, 0, 20, ShareState.OPEN, "the sixth would reach it"),
        (30, 5, 0, 0, 20, ShareState.BELOW, ""),
        (30, 4, 1, 0, 20, ShareState.BELOW, "not even with the unclear one"),
        (20, 3, 0, 0, 15, ShareState.REACHED, "another threshold"),
        (None, 5, 0, 0, 20, ShareState.NOT_COMPUTABLE, "nobody said how many they are"),
        (4, 5, 0, 0, 20, ShareState.NOT_COMPUTABLE, "fewer than on our list: one of the two is wrong"),
        (20, 0, 0, 0, 20, ShareState.BELOW, "nobody counts"),
    ],
)
def test_a_class_stands_somewhere_to_the_share(
    enrolled: int | None, yes: int, unclear: int, no: int, threshold: int, state: ShareState, remark: str
) -> None:
    answers: list[bool | None] = [True] * yes + [None] * unclear + [False] * no
    found = share(enrolled, answers, threshold)
    assert found.state is state
    assert (len(found.counted), len(found.unclear)) == (yes, unclear)
    assert (found.percent is None) is (state is ShareState.NOT_COMPUTABLE)


@pytest.mark.parametrize(
    ("number", "on_list", "accepted"),
    [(None, 9, True), (1, 0, True), (60, 9, True), (61, 9, False), (0, 0, False), (8, 9, False), (9, 9, True)],
)
def test_pupils_of_a_class_are_at_least_those_on_the_list(number: int | None, on_list: int, accepted: bool) -> None:
    if accepted:
        ensure_pupils_enrolled(number, on_list=on_list)
        return
    with pytest.raises(RuleViolation) as refused:
        ensure_pupils_enrolled(number, on_list=on_list)
    assert refused.value.field == "pupils_enrolled"
