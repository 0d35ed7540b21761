"""Profiles over time: what is drawn, what nests, what is said."""

from datetime import date

import pytest

from schoolapp.domain.assessment import Moment
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.profile_history import ProfileHistory
from schoolapp.domain.profiles import Profile, proposed_overall
from tests.domain.test_profiles import profile_of

ENTRY, INTERMEDIATE, FINAL = Moment


def made(number: int, moment: Moment, day: date, levels: str, study: Level | None = None) -> Profile:
    found = profile_of(levels, study=study)
    return Profile(number, moment, day, found, proposed_overall(found), None, 1)


SALMA = ProfileHistory.of(
    [
        made(2, INTERMEDIATE, date(2027, 2, 1), "a2 a1 a1 a1 pre_a1", Level.PRE_A1),
        made(1, ENTRY, date(2026, 2, 10), "pre_a1 pre_a1 pre_a1 pre_a1 pre_a1"),
        made(3, FINAL, date(2027, 5, 20), "b1 a1 a2 a2 a1", Level.A1),
    ]
)
"""The pupil of the picture of the card."""


def test_profiles_stand_in_the_order_of_their_days() -> None:
    assert [profile.assessment_id for profile in SALMA.profiles] == [1, 2, 3]
    assert SALMA.latest is SALMA.profiles[-1]


def test_the_chart_ends_at_b2_unless_somebody_is_above() -> None:
    assert SALMA.columns[-1] is Level.B2
    assert ProfileHistory.of([made(1, ENTRY, date(2026, 10, 1), "c1 c1 c1 c1 c1")]).columns[-1] is Level.C1


@pytest.mark.parametrize(
    ("skill", "marks", "change"),
    [
        (Skill.LISTENING, [(0, {ENTRY}), (2, {INTERMEDIATE}), (3, {FINAL})], "da Pre-A1 a B1"),
        (Skill.READING, [(0, {ENTRY}), (1, {INTERMEDIATE, FINAL})], "da Pre-A1 a A1"),
        (Skill.WRITING, [(0, {ENTRY, INTERMEDIATE}), (1, {FINAL})], "da Pre-A1 a A1"),
        (Skill.STUDY, [(0, {INTERMEDIATE}), (1, {FINAL})], "da Pre-A1 a A1"),
    ],
)
def test_equal_levels_nest_in_one_mark(skill: Skill, marks: list[tuple[int, set[Moment]]], change: str) -> None:
    row = next(row for row in SALMA.rows if row.skill is skill)
    assert [(mark.column, set(mark.moments)) for mark in row.marks] == marks
    assert str(row.change) == change


def test_a_skill_not_assessed_is_absent_from_the_line_and_said() -> None:
    row = SALMA.rows[-1]
    assert row.levels == (None, Level.PRE_A1, Level.A1)
    only_entry = ProfileHistory.of([SALMA.profiles[0]])
    assert str(only_entry.rows[-1].change) == "non valutata"
    assert only_entry.rows[-1].marks == ()
    assert str(only_entry.rows[0].change) == "Pre-A1"


@pytest.mark.parametrize(
    ("profiles", "sentences", "remark"),
    [
        (
            SALMA.profiles,
            [
                "In 15 mesi almeno un livello in più in tutte le abilità.",
                "Lettura e scrittura restano indietro rispetto al parlato.",
            ],
            "the picture of the card",
        ),
        ((), ["Non c’è ancora una valutazione completata."], "nothing yet"),
        (
            SALMA.profiles[:1],
            ["C’è una sola valutazione: i passi avanti si vedranno dalla prossima."],
            "all at the same level: nothing stays behind",
        ),
        (
            (SALMA.profiles[0], made(9, FINAL, date(2026, 3, 1), "a1 a1 pre_a1 a1 pre_a1")),
            ["In un mese almeno un livello in più in 3 abilità su 5."],
            "some rose",
        ),
        (
            (SALMA.profiles[0], made(9, FINAL, date(2026, 2, 20), "pre_a1 pre_a1 pre_a1 pre_a1 pre_a1")),
            ["In meno di un mese nessuna abilità è salita di livello."],
            "none rose",
        ),
        (
            (SALMA.profiles[0], made(9, FINAL, date(2027, 2, 20), "a2 a2 a2 a2 a1")),
            [
                "In 12 mesi almeno un livello in più in tutte le abilità.",
                "Scrittura: resta indietro rispetto al parlato.",
            ],
            "writing alone stays behind",
        ),
        (
            (
                made(1, ENTRY, date(2026, 10, 1), "a1 a1 - - -"),
                made(2, FINAL, date(2027, 5, 1), "- - a2 a2 a2"),
            ),
            ["Le due valutazioni non hanno abilità in comune."],
            "nothing to compare",
        ),
    ],
)
def test_the_chart_is_said_in_words(profiles: tuple[Profile, ...], sentences: list[str], remark: str) -> None:
    assert [str(sentence) for sentence in ProfileHistory.of(profiles).sentences] == sentences


def test_of_two_years_the_first_entry_and_the_latest_of_the_others_are_drawn() -> None:
    second_entry = made(4, ENTRY, date(2027, 9, 20), "b1 a2 a2 a2 a2")
    second_half = made(5, INTERMEDIATE, date(2028, 2, 1), "b1 a2 b1 a2 a2")
    history = ProfileHistory.of([*SALMA.profiles, second_entry, second_half])
    assert [profile.assessment_id for profile in history.drawn] == [1, 3, 5]
    assert len(history.profiles) == 5


@pytest.mark.parametrize(
    ("profiles", "answer", "reason", "remark"),
    [
        (SALMA.profiles, True, "da Pre-A1 a A1", "A1 in all five, A2 in three of five only"),
        (SALMA.profiles[:1], None, "manca una valutazione dopo quella d’ingresso", ""),
        (SALMA.profiles[1:], None, "manca il livello d’ingresso", "came in the middle of the year"),
        (
            (SALMA.profiles[1], made(9, ENTRY, date(2027, 3, 1), "pre_a1 pre_a1 pre_a1 pre_a1 pre_a1")),
            None,
            "manca una valutazione dopo quella d’ingresso",
            "what was assessed before the entry is no progress from it",
        ),
        ((), None, "manca il livello d’ingresso", ""),
    ],
)
def test_improvement_counts_from_the_entry_profile(
    profiles: tuple[Profile, ...], answer: bool | None, reason: str, remark: str
) -> None:
    finding = ProfileHistory.of(profiles).improvement
    assert (finding.answer, str(finding.reason)) == (answer, reason)


def test_funders_compare_within_the_school_year_of_the_latest_profile() -> None:
    second_entry = made(4, ENTRY, date(2027, 9, 20), "b1 a2 a2 a2 a2")
    second_half = made(5, INTERMEDIATE, date(2028, 2, 1), "b1 a2 a2 a2 a2")
    history = ProfileHistory.of([*SALMA.profiles, second_entry, second_half])
    assert str(history.improvement.reason) == "da Pre-A1 a A2"
    assert [profile.assessment_id for profile in history.latest_year.profiles] == [4, 5]
    assert (history.label, str(history.latest_year.improvement.reason)) == ("2027/28", "resta A2")
    assert (ProfileHistory(()).latest_year, ProfileHistory(()).label) == (ProfileHistory(()), "")


def test_a_history_can_be_read_as_of_a_day() -> None:
    assert [profile.assessment_id for profile in SALMA.up_to(date(2027, 3, 1)).profiles] == [1, 2]
