"""How alike two texts are spelled, from 0 to 100, as rapidfuzz measures it.

It is loaded by who first compares (10 MiB): most days of a service nobody does.
"""

from collections.abc import Iterable


def alike(one: str, other: str) -> float:
    """100 for the same letters in the same order."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other)


def closest(text: str, among: Iterable[str], *, at_least: float, in_any_order: bool = False) -> str | None:
    """The most alike of some texts, if one is enough; `in_any_order` compares words, wherever they stand."""
    from rapidfuzz import fuzz, process

    scorer = fuzz.token_set_ratio if in_any_order else fuzz.ratio
    best = process.extractOne(text, tuple(among), scorer=scorer, score_cutoff=at_least)
    return best[0] if best else None
