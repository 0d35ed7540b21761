"""Which counts of people may leave the school."""

import pytest

from schoolapp.domain.figures import is_small, shown_counts, shown_part


@pytest.mark.parametrize(
    ("counts", "shown", "remark"),
    [
        ((5, 7, 4, 0), (5, 7, 4, 0), "none is small, and nobody points at nobody"),
        ((1, 6, 5, 4), (None, 6, 5, None), "a single small one takes the next smallest with it"),
        ((2, 1, 11, 0), (None, None, 11, 0), "two small ones hide each other"),
        ((2, 0, 0, 0), (None, 0, 0, 0), "there is nobody else to hide with"),
        ((1, 4, 4, 9), (None, None, 4, 9), "of equals the first"),
        ((3, 3, 3), (3, 3, 3), "the threshold itself is shown"),
        ((), (), "no cells"),
    ],
)
def test_a_small_count_is_hidden_and_cannot_be_computed(
    counts: tuple[int, ...], shown: tuple[int | None, ...], remark: str
) -> None:
    assert shown_counts(counts, 3) == shown, remark


@pytest.mark.parametrize(
    ("part", "whole", "shown", "remark"),
    [
        (9, 13, 9, "neither part is small"),
        (1, 13, None, "the part is small"),
        (12, 13, None, "the rest is small"),
        (0, 13, 0, "nobody"),
        (13, 13, 13, "everybody"),
    ],
)
def test_a_part_is_shown_where_neither_it_nor_the_rest_is_small(
    part: int, whole: int, shown: int | None, remark: str
) -> None:
    assert shown_part(part, whole, 3) == shown, remark


def test_the_threshold_is_a_parameter() -> None:
    assert is_small(4, 5)
    assert not is_small(4, 4)
