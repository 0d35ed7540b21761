"""Hours of a school or a service: granted once, raised with a reason, never below what is taken."""

from typing import Any

import pytest
from sqlalchemy.exc import NoResultFound

from schoolapp import queries, services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_steps import MeetingState
from tests import factories
from tests.support.meetings import NOW, MeetingPlace


def grant(place: MeetingPlace, **values: Any) -> Any:
    return services.budgets.grant(
        place.district,
        **{
            "institute_id": place.institute.id,
            "funding_line_id": factories.make_funding_line().id,
            "school_year_id": place.budget.school_year_id,
            "minutes": 600,
            "needs_grant": False,
            "at": NOW,
            **values,
        },
    )


def test_a_budget_is_granted_and_then_raised_with_its_reason(place: MeetingPlace) -> None:
    budget = grant(place)
    services.budgets.change(place.district, budget.id, minutes=120, reason="Integrazione di gennaio", at=NOW)
    card = queries.budgets.card(place.district, budget.id)
    assert card.line.figure.granted == 720
    assert [(line.minutes, line.reason, line.by) for line in card.changes] == [
        (120, "Integrazione di gennaio", "Elena Credaro"),
        (600, "", "Elena Credaro"),
    ]


def test_one_budget_a_line_and_a_year(place: MeetingPlace) -> None:
    with pytest.raises(RuleViolation, match="C’è già un monte ore"):
        grant(place, funding_line_id=place.budget.funding_line_id)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"minutes": 0}, "minutes"), ({"minutes": -60}, "minutes"), ({"minutes": 10**9}, "minutes")],
)
def test_what_is_wrong_in_a_grant_is_said_at_its_field(place: MeetingPlace, values: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleViolation) as no:
        grant(place, **values)
    assert no.value.field == field


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": -541}, "minutes"),
        ({"reason": "x" * 201}, "reason"),
    ],
)
def test_what_is_wrong_in_an_addendum_is_said_at_its_field(
    place: MeetingPlace, values: dict[str, Any], field: str
) -> None:
    place.request(MeetingState.WITH_PROVIDER)  # takes 60 of 600
    with pytest.raises(RuleViolation) as no:
        services.budgets.change(
            place.district, place.budget.id, **{"minutes": 60, "reason": "Accordo", "at": NOW, **values}
        )
    assert no.value.field == field


def test_free_hours_can_be_taken_back(place: MeetingPlace) -> None:
    place.request(MeetingState.WITH_PROVIDER)
    services.budgets.change(place.district, place.budget.id, minutes=-540, reason="Ore non usate", at=NOW)
    assert services.budgets.figure_of(place.budget).left == 0


def test_the_office_of_another_ambito_grants_nothing_here(place: MeetingPlace) -> None:
    other = MeetingPlace()
    for owner in ({"institute_id": other.institute.id}, {"institute_id": None, "service_id": other.service.id}):
        with pytest.raises(RuleViolation, match="tuo Ambito"):
            grant(place, **owner)
    line = factories.make_funding_line(ambito_id=other.ambito.id)
    with pytest.raises(RuleViolation, match="tuo Ambito"):
        grant(place, funding_line_id=line.id)
    with pytest.raises(NoResultFound):
        services.budgets.change(other.district, place.budget.id, minutes=60, reason="Accordo", at=NOW)
    with pytest.raises(NoResultFound):
        services.budgets.ask_each(other.district, place.budget.id, needs_grant=True)


@pytest.mark.parametrize("who", ["teacher", "coordinator", "head", "social_worker", "cooperative", "mediator"])
def test_nobody_else_grants_hours(place: MeetingPlace, who: str) -> None:
    actor = getattr(place, who)
    with pytest.raises(RuleViolation):
        services.budgets.grant(
            actor,
            institute_id=place.institute.id,
            funding_line_id=factories.make_funding_line().id,
            school_year_id=place.budget.school_year_id,
            minutes=60,
            needs_grant=False,
            at=NOW,
        )
    with pytest.raises(NoResultFound):
        services.budgets.change(actor, place.budget.id, minutes=60, reason="Accordo", at=NOW)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("coordinator", ["school"]),
        ("head", ["school"]),
        ("social_worker", ["service"]),
        ("district", ["school", "service"]),
        ("teacher", []),
        ("cooperative", []),
        ("mediator", []),
    ],
)
def test_who_reads_which_budgets(place: MeetingPlace, who: str, sees: list[str]) -> None:
    MeetingPlace()
    ids = {"school": place.budget.id, "service": place.service_budget.id}
    actor = getattr(place, who)
    assert {line.id for line in queries.budgets.list_budgets(actor, on=NOW.date())} == {ids[word] for word in sees}
    for word, budget_id in ids.items():
        if word in sees:
            assert queries.budgets.card(actor, budget_id).line.id == budget_id
        else:
            with pytest.raises(NoResultFound):
                queries.budgets.card(actor, budget_id)


def test_a_teacher_sees_the_hours_before_asking_for_some(place: MeetingPlace) -> None:
    other = MeetingPlace()
    ask = queries.budgets.of_asker
    assert [line.id for line in ask(place.teacher, institute_id=place.institute.id, on=NOW.date())] == [place.budget.id]
    assert ask(place.teacher, institute_id=other.institute.id, on=NOW.date()) == []
    assert ask(place.teacher, on=NOW.date()) == []
    assert [line.id for line in ask(place.social_worker, service_id=place.service.id, on=NOW.date())] == [
        place.service_budget.id
    ]
