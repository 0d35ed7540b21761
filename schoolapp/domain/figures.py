"""Counts of people that leave the school: a small number is not shown, nor one from which it could be computed."""

from collections.abc import Sequence
from typing import Final

SMALLEST_SHOWN: Final = 3
"""The least that national statistical ethics rules ask; an installation may set more."""


def is_small(count: int, threshold: int) -> bool:
    """Whether a number of people is so small that it could point at somebody; nobody at all points at nobody."""
    return 0 < count < threshold


def shown_counts(counts: Sequence[int], threshold: int) -> tuple[int | None, ...]:
    """Counts whose sum is known, with None for those to keep to oneself.

    Where a single one is small, the next smallest hides with it: else it is the sum less the others.
    """
    hidden = {place for place, count in enumerate(counts) if is_small(count, threshold)}
    others = [place for place, count in enumerate(counts) if count and place not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda place: (counts[place], place)))
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def shown_part(part: int, whole: int, threshold: int) -> int | None:
    """A part of a known whole, None where it or the rest is small."""
    return None if is_small(part, threshold) or is_small(whole - part, threshold) else part
