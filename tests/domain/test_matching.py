"""The points of a mediator for a meeting, criterion by criterion."""

from datetime import date, time
from typing import Any

import pytest

from schoolapp.domain.matching import (
    MOST_POINTS,
    Candidate,
    Criterion,
    SlotState,
    Wanted,
    kilometres,
    match,
    rank,
)
from schoolapp.domain.meeting_wishes import Slot
from schoolapp.domain.meetings import LanguageLevel, MeetingMode

MOTHER, FLUENT, BASIC = LanguageLevel
FIRST, SECOND = Slot(date(2026, 12, 3), time(16, 30)), Slot(date(2026, 12, 9), time(14))
FREE, OUTSIDE, AWAY, BUSY = SlotState


def wanted(**values: Any) -> Wanted:
    return Wanted(
        **{"language": "ary", "second_language": "fr", "mode": MeetingMode.IN_PLACE, "gender": None, **values}
    )


def candidate(**values: Any) -> Candidate:
    return Candidate(
        **{
            "mediator_id": 1,
            "name": "Nadia Rahmani",
            "languages": {"ary": MOTHER},
            "meetings_before": 2,
            "slots": ((FIRST, FREE), (SECOND, FREE)),
            "km": 0,
            **values,
        }
    )


def points(criterion: Criterion, asked: Wanted | None = None, **values: Any) -> tuple[int | None, str]:
    line = next(each for each in match(asked or wanted(), candidate(**values)).lines if each.criterion is criterion)
    return line.points, str(line.words)


def test_the_best_there_can_be_has_a_hundred_points() -> None:
    assert match(wanted(), candidate()).total == 100 == sum(MOST_POINTS.values())


@pytest.mark.parametrize(
    ("languages", "expected", "remark"),
    [
        ({"ary": MOTHER}, 30, "the language, from birth"),
        ({"ary": FLUENT}, 24, "spoken well"),
        ({"ary": BASIC}, 12, "spoken a little"),
        ({"arz": MOTHER}, 22, "a near variety"),
        ({"ar": FLUENT}, 18, "a near variety, learned"),
        ({"fr": MOTHER}, 15, "the second choice counts half"),
        ({"fr": MOTHER, "ary": BASIC}, 15, "the better of the two"),
        ({"sq": MOTHER}, 0, "neither"),
    ],
)
def test_language(languages: dict[str, LanguageLevel], expected: int, remark: str) -> None:
    assert points(Criterion.LANGUAGE, languages=languages)[0] == expected, remark


@pytest.mark.parametrize(
    ("before", "expected"),
    [(0, (0, "nessun colloquio")), (1, (20, "1 colloquio già fatto")), (3, (25, "3 colloqui già fatti"))],
)
def test_continuity(before: int, expected: tuple[int, str]) -> None:
    assert points(Criterion.CONTINUITY, meetings_before=before) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (FREE, FREE, (20, "sì")),
        (BUSY, FREE, (10, "solo il 9/12")),
        (OUTSIDE, AWAY, (0, "fuori dai suoi orari")),
        (BUSY, AWAY, (0, "ha altri colloqui")),
        (AWAY, AWAY, (0, "assente")),
    ],
)
def test_availability(first: SlotState, second: SlotState, expected: tuple[int, str]) -> None:
    assert points(Criterion.AVAILABILITY, slots=((FIRST, first), (SECOND, second))) == expected


@pytest.mark.parametrize(
    ("km", "mode", "expected"),
    [
        (4, MeetingMode.IN_PLACE, (14, "4 km")),
        (18, MeetingMode.IN_PLACE, (9, "18 km")),
        (31, MeetingMode.IN_PLACE, (4, "31 km")),
        (120, MeetingMode.IN_PLACE, (0, "120 km")),
        (None, MeetingMode.IN_PLACE, (0, "comune non indicato")),
        (120, MeetingMode.PHONE, (15, "non serve spostarsi")),
    ],
)
def test_distance(km: int | None, mode: MeetingMode, expected: tuple[int, str]) -> None:
    assert points(Criterion.DISTANCE, wanted(mode=mode), km=km) == expected


@pytest.mark.parametrize(("hours", "expected"), [(0, 10), (6, 9), (9, 8), (22, 4), (60, 0)])
def test_hours_of_the_month(hours: int, expected: int) -> None:
    assert points(Criterion.LOAD, minutes=hours * 60) == (expected, f"{hours} h")


def test_who_knows_the_family_is_never_proposed_whatever_the_points() -> None:
    found = match(wanted(), candidate(has_conflict=True))
    assert (found.total, found.may_be_proposed) == (100, False)
    assert str(found.blocked_by) == "per il conflitto dichiarato"


@pytest.mark.parametrize(
    ("asked", "gender", "may"),
    [(None, "M", True), ("F", "F", True), ("F", "M", False), ("F", None, True)],
)
def test_the_gender_asked_for_rules_out_the_other_one_and_nobody_who_did_not_say(
    asked: str | None, gender: str | None, may: bool
) -> None:
    assert match(wanted(gender=asked), candidate(gender=gender)).may_be_proposed is may


def test_a_time_that_is_taken_may_not_be_proposed_and_the_free_ones_come_first() -> None:
    assert match(wanted(), candidate(slots=((FIRST, OUTSIDE), (SECOND, FREE)))).open_slots == (SECOND, FIRST)
    assert match(wanted(), candidate(slots=((FIRST, BUSY), (SECOND, FREE)))).open_slots == (SECOND,)
    assert not match(wanted(), candidate(slots=((FIRST, BUSY), (SECOND, AWAY)))).may_be_proposed


def test_the_order_is_points_then_name_with_who_cannot_go_last() -> None:
    found = rank(
        wanted(),
        [
            candidate(mediator_id=1, name="Youssef", has_conflict=True),
            candidate(mediator_id=2, name="Samira", meetings_before=0),
            candidate(mediator_id=3, name="Nadia"),
            candidate(mediator_id=4, name="Amina"),
        ],
    )
    assert [each.candidate.name for each in found] == ["Amina", "Nadia", "Samira", "Youssef"]


def test_kilometres_between_two_town_halls() -> None:
    assert kilometres((46.1699, 9.8788), (46.2163, 10.1687)) == 23
    assert kilometres((46.17, 9.87), (46.17, 9.87)) == 0
