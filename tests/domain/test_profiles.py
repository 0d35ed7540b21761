"""The one level of a profile, and what funders count, by declared rules."""

from datetime import date

import pytest

from schoolapp.domain.assessment import Moment
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.profiles import Profile, ensure_overall, find_improvement, proposed_overall

P, A1, A2, B1, B2, C1 = Level


def profile_of(text: str, *, study: Level | None = None) -> dict[Skill, Level]:
    """Levels of listening, reading, interaction, production, writing: "a2 a1 - a1 pre_a1", "-" for not assessed."""
    levels = {skill: Level(word) for skill, word in zip(list(Skill)[:5], text.split(), strict=True) if word != "-"}
    return levels if study is None else {**levels, Skill.STUDY: study}


@pytest.mark.parametrize(
    ("levels", "study", "overall", "remark"),
    [
        ("a2 a1 a1 a1 pre_a1", None, A1, "the picture of the pupil’s sheet"),
        ("a2 a2 a2 a2 a1", None, A2, "four of five are more than two thirds"),
        ("a2 a2 a2 a1 a1", None, A1, "three of five are less than two thirds"),
        ("a2 a2 a1 - -", None, A2, "two of three are two thirds exactly"),
        ("a2 a1 a1 - -", None, A1, "one of three"),
        ("a2 a2 a1 a1 -", None, A1, "two of four are half"),
        ("b1 a2 a2 a1 -", None, A2, "who is at B1 has reached A2 as well"),
        ("b1 a2 a2 a1 a1", None, A1, "three of five have reached A2"),
        ("pre_a1 pre_a1 pre_a1 pre_a1 pre_a1", None, P, "the scale has no level below"),
        ("c1 c1 c1 c1 c1", None, C1, "the top"),
        ("c1 pre_a1 pre_a1 pre_a1 pre_a1", None, P, "one skill far ahead does not carry the others"),
        ("a1 a1 - - -", None, None, "two skills are too few for a letter"),
        ("a1 a1 - - -", A1, None, "the language of study does not count"),
        ("b1 b1 b1 b1 b1", P, B1, "nor does it pull down"),
        ("- - - - -", None, None, "nothing assessed"),
    ],
)
def test_the_overall_level_is_the_highest_reached_in_two_thirds_of_the_skills(
    levels: str, study: Level | None, overall: Level | None, remark: str
) -> None:
    assert proposed_overall(profile_of(levels, study=study)) is overall


@pytest.mark.parametrize(
    ("levels", "chosen", "why", "field", "remark"),
    [
        ("a1 a1 a1 - -", A1, "", None, "the proposed one needs no reason"),
        ("a1 a1 a1 - -", None, "", None, "none chosen: the proposed one holds"),
        ("a1 a1 a1 - -", A2, "", "overall_why", "another needs one"),
        ("a1 a1 a1 - -", A2, "   ", "overall_why", "white space is no reason"),
        ("a1 a1 a1 - -", A2, "ieri ha letto da sé una pagina", None, "another with its reason"),
        ("a1 a1 a1 - -", P, "al test era stanca", None, "a lower one too"),
        ("a1 a1 a1 - -", A2, "x" * 201, "overall_why", "a reason is a sentence, not a page"),
        ("a1 a1 - - -", A1, "si vede", "levels", "with too few skills not even with a reason"),
    ],
)
def test_another_overall_level_is_chosen_with_a_reason(
    levels: str, chosen: Level | None, why: str, field: str | None, remark: str
) -> None:
    if field is None:
        ensure_overall(profile_of(levels), chosen, why)
        return
    with pytest.raises(RuleViolation) as refused:
        ensure_overall(profile_of(levels), chosen, why)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("entry", "last", "answer", "reason"),
    [
        (P, A1, True, "da Pre-A1 a A1"),
        (P, B1, True, "da Pre-A1 a B1"),
        (A1, A1, False, "resta A1"),
        (A2, A1, False, "da A2 a A1"),
        (C1, C1, False, "resta C1"),
        (None, A1, None, "manca il livello d’ingresso"),
        (A1, None, None, "manca una valutazione dopo quella d’ingresso"),
        (None, None, None, "manca il livello d’ingresso"),
    ],
)
def test_who_improved_is_told_from_the_first_and_the_last_overall_level(
    entry: Level | None, last: Level | None, answer: bool | None, reason: str
) -> None:
    finding = find_improvement(entry, last)
    assert (finding.answer, str(finding.reason)) == (answer, reason)


def test_the_lowest_level_is_of_the_communicative_skills() -> None:
    levels = profile_of("b1 a2 a2 - a2", study=P)
    profile = Profile(1, Moment.FINAL, date(2027, 5, 20), levels, A2, None, 1)
    assert profile.lowest_level is A2
    assert profile.missing_skills == (Skill.SPOKEN_PRODUCTION,)
