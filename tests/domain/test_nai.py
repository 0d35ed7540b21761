from datetime import date

import pytest

from schoolapp.domain.levels import Level
from schoolapp.domain.nai import NAI_RULE_NAMES, NaiFacts, NaiRule, find_nai, months_in_italy

ON = date(2027, 6, 3)
SALMA = NaiFacts(
    arrived=date(2026, 1, 1),
    first_enrolled=date(2026, 2, 2),
    lowest_level=Level.A1,
    italian_citizen=False,
    italian_at_home=False,
)


@pytest.mark.parametrize(
    ("rule", "answer", "reason"),
    [
        (NaiRule.LAW, True, "non ha ancora tutte le abilità al livello A2"),
        (NaiRule.SCHOOL_PRACTICE, True, "in Italia da 17 mesi"),
        (NaiRule.STATISTICS, False, "prima iscrizione nell’anno 2025/26"),
    ],
)
def test_the_pupil_of_the_picture_is_newly_arrived_under_two_rules_of_three(
    rule: NaiRule, answer: bool, reason: str
) -> None:
    finding = find_nai(rule, SALMA, ON)
    assert (finding.answer, str(finding.reason)) == (answer, reason)


THIS_YEAR, LAST_YEAR, LATER = date(2026, 10, 5), date(2025, 10, 6), date(2027, 6, 7)


@pytest.mark.parametrize(
    ("enrolled", "level", "italian", "answer", "reason", "remark"),
    [
        (THIS_YEAR, None, False, True, "prima iscrizione in Italia nell’anno 2026/27", "first enrolled, not assessed"),
        (THIS_YEAR, Level.B1, False, True, "prima iscrizione in Italia nell’anno 2026/27", "first enrolled, B1"),
        (THIS_YEAR, Level.PRE_A1, True, False, "ha la cittadinanza italiana", "the law says foreign pupils"),
        (THIS_YEAR, Level.PRE_A1, None, None, "cittadinanza non indicata", "would be, if foreign"),
        (LAST_YEAR, Level.A1, False, True, "non ha ancora tutte le abilità al livello A2", "below A2, no years in it"),
        (
            LAST_YEAR,
            Level.A2,
            False,
            False,
            "prima iscrizione nell’anno 2025/26; tutte le abilità almeno al livello A2",
            "A2 in every skill",
        ),
        (
            LAST_YEAR,
            Level.B1,
            None,
            False,
            "prima iscrizione nell’anno 2025/26; tutte le abilità almeno al livello A2",
            "citizenship would change nothing",
        ),
        (
            LAST_YEAR,
            None,
            False,
            None,
            "prima iscrizione nell’anno 2025/26; livello non valutato",
            "the entry level is missing",
        ),
        (None, Level.A1, False, True, "non ha ancora tutte le abilità al livello A2", "the level is enough"),
        (None, Level.B1, False, None, "manca la data della prima iscrizione in Italia", "may be this year"),
        (None, None, None, None, "manca la data della prima iscrizione in Italia", "nothing known"),
        (LATER, Level.A1, False, False, "prima iscrizione solo dal 07/06/2027", "computed for an earlier day"),
        (date(2026, 9, 1), None, False, True, "prima iscrizione in Italia nell’anno 2026/27", "first day of the year"),
        (
            date(2026, 8, 31),
            None,
            False,
            None,
            "prima iscrizione nell’anno 2025/26; livello non valutato",
            "the day before",
        ),
    ],
)
def test_newly_arrived_by_law(
    enrolled: date | None, level: Level | None, italian: bool | None, answer: bool | None, reason: str, remark: str
) -> None:
    facts = NaiFacts(first_enrolled=enrolled, lowest_level=level, italian_citizen=italian)
    finding = find_nai(NaiRule.LAW, facts, ON)
    assert (finding.answer, str(finding.reason)) == (answer, reason)


def test_the_minimum_level_of_the_law_is_a_parameter() -> None:
    facts = NaiFacts(first_enrolled=LAST_YEAR, lowest_level=Level.A2, italian_citizen=False)
    finding = find_nai(NaiRule.LAW, facts, ON, minimum_level=Level.B1)
    assert (finding.answer, str(finding.reason)) == (True, "non ha ancora tutte le abilità al livello B1")


@pytest.mark.parametrize(
    ("arrived", "at_home", "answer", "reason", "remark"),
    [
        (date(2027, 6, 1), False, True, "in Italia da meno di un mese", "this month"),
        (date(2027, 5, 31), False, True, "in Italia da un mese", "the day of the month does not count"),
        (date(2025, 7, 1), False, True, "in Italia da 23 mesi", "the last month"),
        (date(2025, 6, 30), False, False, "in Italia da 24 mesi", "two years are over"),
        (date(2026, 1, 1), True, False, "a casa si parla italiano", "came with Italian"),
        (None, True, False, "a casa si parla italiano", "the arrival would change nothing"),
        (None, False, None, "manca la data di arrivo in Italia", "no arrival"),
        (None, None, None, "manca la data di arrivo in Italia", "nothing known"),
        (date(2026, 1, 1), None, None, "in Italia da meno di 24 mesi; lingua di casa non indicata", "no language"),
        (date(2020, 1, 1), None, False, "in Italia da 89 mesi", "the language would change nothing"),
        (date(2027, 7, 1), False, False, "non ancora in Italia", "computed for an earlier day"),
    ],
)
def test_newly_arrived_in_school_practice(
    arrived: date | None, at_home: bool | None, answer: bool | None, reason: str, remark: str
) -> None:
    finding = find_nai(NaiRule.SCHOOL_PRACTICE, NaiFacts(arrived=arrived, italian_at_home=at_home), ON)
    assert (finding.answer, str(finding.reason)) == (answer, reason)


def test_the_months_of_school_practice_are_a_parameter() -> None:
    assert find_nai(NaiRule.SCHOOL_PRACTICE, SALMA, ON, new_for_months=12).answer is False


@pytest.mark.parametrize(
    ("enrolled", "italian", "infanzia", "answer", "reason", "remark"),
    [
        (THIS_YEAR, False, False, True, "prima iscrizione nell’anno 2026/27", "entered this year"),
        (LAST_YEAR, False, False, False, "prima iscrizione nell’anno 2025/26", "entered last year"),
        (LAST_YEAR, None, False, False, "prima iscrizione nell’anno 2025/26", "citizenship would change nothing"),
        (THIS_YEAR, False, True, False, "la scuola dell’infanzia non si conta", "in nursery school"),
        (THIS_YEAR, True, False, False, "ha la cittadinanza italiana", "an Italian who comes back"),
        (THIS_YEAR, None, False, None, "cittadinanza non indicata", "would be, if foreign"),
        (None, False, False, None, "manca la data della prima iscrizione in Italia", "not known"),
        (LATER, False, False, False, "prima iscrizione solo dal 07/06/2027", "computed for an earlier day"),
    ],
)
def test_newly_arrived_for_statistics(
    enrolled: date | None, italian: bool | None, infanzia: bool, answer: bool | None, reason: str, remark: str
) -> None:
    facts = NaiFacts(first_enrolled=enrolled, italian_citizen=italian, in_infanzia=infanzia)
    finding = find_nai(NaiRule.STATISTICS, facts, ON)
    assert (finding.answer, str(finding.reason)) == (answer, reason)


def test_months_in_italy_are_counted_by_the_month() -> None:
    assert months_in_italy(date(2026, 12, 31), date(2027, 1, 1)) == 1
    assert months_in_italy(date(2026, 1, 31), date(2026, 1, 1)) == 0


def test_every_rule_has_a_name() -> None:
    assert set(NAI_RULE_NAMES) == set(NaiRule)


@pytest.mark.parametrize(
    ("level", "answer", "reason"),
    [
        (Level.A1, True, "non ha ancora tutte le abilità al livello A2"),
        (Level.A2, None, "prima iscrizione nell’anno 2025/26; non tutte le abilità sono valutate"),
    ],
)
def test_a_profile_with_gaps_shows_a_level_not_reached_and_never_that_all_are(
    level: Level, answer: bool | None, reason: str
) -> None:
    facts = NaiFacts(first_enrolled=LAST_YEAR, lowest_level=level, skills_missing=True, italian_citizen=False)
    finding = find_nai(NaiRule.LAW, facts, ON)
    assert (finding.answer, str(finding.reason)) == (answer, reason)
