"""Which workshop and which level group are suggested, and why."""

from datetime import date

import pytest

from schoolapp.domain.assessment import Literacy, Moment
from schoolapp.domain.levels import Level
from schoolapp.domain.placement import OpenWorkshop, suggest_placement
from schoolapp.domain.profiles import Profile, proposed_overall
from schoolapp.domain.workshops import WorkshopKind
from tests.domain.test_profiles import profile_of

TALK, STUDY = WorkshopKind.TO_COMMUNICATE, WorkshopKind.FOR_STUDY


def made(levels: str, literacy: Literacy | None = Literacy.LATIN) -> Profile:
    found = profile_of(levels)
    return Profile(1, Moment.ENTRY, date(2026, 10, 1), found, proposed_overall(found), literacy, 1)


@pytest.mark.parametrize(
    ("levels", "literacy", "kind", "level", "reasons", "remark"),
    [
        (
            "pre_a1 pre_a1 pre_a1 pre_a1 pre_a1",
            Literacy.LATIN,
            TALK,
            Level.A1,
            ["livello complessivo Pre-A1"],
            "a literate beginner",
        ),
        (
            "pre_a1 pre_a1 pre_a1 pre_a1 pre_a1",
            Literacy.ALFA,
            TALK,
            Level.PRE_A1,
            ["non legge ancora in nessuna lingua: prima si impara a leggere e scrivere"],
            "A0 and ALFA are different",
        ),
        (
            "b1 pre_a1 b1 b1 pre_a1",
            Literacy.ALFA,
            TALK,
            Level.PRE_A1,
            ["non legge ancora in nessuna lingua: prima si impara a leggere e scrivere"],
            "however well the pupil speaks",
        ),
        (
            "a1 pre_a1 pre_a1 pre_a1 pre_a1",
            Literacy.OTHER_ALPHABET,
            TALK,
            Level.A1,
            ["livello complessivo Pre-A1", "legge un altro alfabeto: all’inizio serve tempo per le lettere latine"],
            "reads, but not our letters",
        ),
        ("a1 a1 a1 a1 a1", Literacy.LATIN, TALK, Level.A2, ["livello complessivo A1"], "towards A2"),
        ("a2 a2 a2 a2 a2", Literacy.LATIN, STUDY, Level.B1, ["livello complessivo A2"], "from A2 on, for study"),
        (
            "b1 a1 a2 a2 a2",
            Literacy.LATIN,
            STUDY,
            Level.B1,
            ["livello complessivo A2", "lettura o scrittura a A1: nel gruppo serve un lavoro a parte"],
            "reading stays behind",
        ),
        ("b1 b1 b1 b1 b1", None, STUDY, Level.B2, ["livello complessivo B1"], "literacy not said"),
        ("b2 b2 b2 b2 b2", Literacy.LATIN, None, None, ["livello complessivo B2: basta la classe"], "no workshop"),
        ("a1 a1 - - -", Literacy.LATIN, None, None, ["manca una valutazione completata"], "too little is known"),
    ],
)
def test_kind_and_level_follow_from_the_profile(
    levels: str,
    literacy: Literacy | None,
    kind: WorkshopKind | None,
    level: Level | None,
    reasons: list[str],
    remark: str,
) -> None:
    placement = suggest_placement(made(levels, literacy), ())
    assert (placement.kind, placement.level) == (kind, level)
    assert [str(reason) for reason in placement.reasons] == reasons
    assert placement.literacy_first is (literacy is Literacy.ALFA)


def test_without_a_profile_only_literacy_suggests() -> None:
    assert suggest_placement(None, ()).known is False
    assert suggest_placement(None, (), literacy=Literacy.ALFA).level is Level.PRE_A1


def shop(number: int, **values: object) -> OpenWorkshop:
    facts: dict[str, object] = {
        "id": number,
        "title": f"Laboratorio {number}",
        "kind": TALK,
        "level": Level.A1,
        "site_name": "Primaria",
        "places": 8,
        "taken": 6,
    }
    return OpenWorkshop(**{**facts, **values})  # type: ignore[arg-type]


def test_a_workshop_of_another_kind_of_school_comes_after_those_of_the_own() -> None:
    workshops = [shop(1, other_school=True), shop(2, level=Level.PRE_A1), shop(3), shop(4, taken=8)]
    placement = suggest_placement(made("pre_a1 pre_a1 pre_a1 pre_a1 pre_a1"), workshops)
    assert [workshop.id for workshop in placement.workshops] == [3, 2, 1, 4]


def test_workshops_that_fit_come_with_free_places_first_and_the_own_plesso_before() -> None:
    workshops = [
        shop(1, level=Level.A2),
        shop(2, kind=STUDY),
        shop(3, taken=8, same_site=True),
        shop(4, taken=2),
        shop(5, same_site=True),
        shop(6, same_site=True, attends=True),
        shop(7, taken=9),
        shop(8, level=Level.PRE_A1, taken=0, same_site=True),
    ]
    placement = suggest_placement(made("pre_a1 pre_a1 pre_a1 pre_a1 pre_a1"), workshops)
    assert [workshop.id for workshop in placement.workshops] == [5, 6, 4, 8, 3, 7]
    assert [workshop.id for workshop in placement.with_places] == [5, 4, 8]
    assert [workshop.free for workshop in placement.workshops] == [2, 2, 6, 8, 0, 0]
