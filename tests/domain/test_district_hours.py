"""The office of an Ambito reads sums; people at a desk are counted as all counts of people that leave."""

from datetime import UTC, date, datetime

import pytest

from schoolapp.domain.district_hours import Activities, Desk, DistrictHours
from schoolapp.domain.timesheets import Worker


def make_hours(*activities: Activities, desks: tuple[Desk, ...] = ()) -> DistrictHours:
    read_at = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    return DistrictHours("Ambito di Sondrio", date(2026, 11, 1), activities, desks, read_at)


@pytest.mark.parametrize(
    ("contacts", "shown", "total"),
    [
        ([7], [7], 7),
        ([2], [None], None),  # the total would say it
        ([0], [0], 0),  # nobody points at nobody
        ([2, 0], [None, 0], None),
        ([2, 9], [None, None], 11),  # the other one, and the total less it, would say it
        ([1, 2, 9], [None, None, 9], 12),
        ([3, 9], [3, 9], 12),
    ],
)
def test_few_people_at_a_desk_are_kept_back(contacts: list[int], shown: list[int | None], total: int | None) -> None:
    desks = tuple(Desk(f"Sportello {number}", 1, 120, count) for number, count in enumerate(contacts))
    hours = make_hours(desks=desks)
    assert [desk.contacts for desk in hours.desks] == shown
    assert hours.contacts == total


def test_rows_are_sums_in_the_order_of_their_names() -> None:
    hours = make_hours(
        Activities(Worker.MEDIATOR, "Larice", "IC Valle", "FAMI", "Colloquio", True, 2, 120),
        Activities(Worker.FACILITATOR, "", "IC Valle", "Fondi comunali", "Lezioni", True, 3, 270),
        Activities(Worker.MEDIATOR, "Abete", "IC Alto", "FAMI", "Colloquio", False, 1, 47),
    )
    assert [(row.name, row.mediation, row.facilitation, row.unconfirmed) for row in hours.by_asker] == [
        ("IC Alto", 47, 0, 47),
        ("IC Valle", 120, 270, 0),
    ]
    assert [(row.name, row.minutes) for row in hours.by_provider] == [("Abete", 47), ("Larice", 120)]
    assert [(row.name, row.minutes) for row in hours.by_funding_line] == [("FAMI", 167), ("Fondi comunali", 270)]
    assert (hours.total.minutes, hours.total.activities) == (437, 6)


def test_a_month_without_hours_is_empty() -> None:
    hours = make_hours()
    assert (hours.total.minutes, hours.by_asker, hours.by_provider, hours.desks, hours.contacts) == (0, [], [], [], 0)
