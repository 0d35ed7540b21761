"""What is written on a mediator's card is what matching sees, and what was so stays in the history."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import queries, services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.matching import Criterion
from schoolapp.domain.mediators import MediatorFacts, Spoken, WeeklyTime
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meetings import LanguageLevel
from schoolapp.domain.roles import Role
from schoolapp.models import (
    Appointment,
    Availability,
    DeclaredConflict,
    MediatorLanguage,
    MediatorProfile,
    Membership,
    Unavailability,
    User,
)
from tests import factories
from tests.support.meetings import DAY, NOW, MeetingPlace

TODAY = NOW.date()
ARABIC = Spoken("ar", LanguageLevel.MOTHER_TONGUE)


@pytest.fixture
def place(place: MeetingPlace) -> Iterator[MeetingPlace]:
    with time_machine.travel(NOW, tick=False):
        place.nadia.name = "Nadia Rahmani"
        yield place


def words(place: MeetingPlace, request_id: int) -> dict[Criterion, str] | None:
    """What the proposal says of Nadia, None where she is not in it."""
    choice = queries.matching.of_request(place.cooperative, request_id)
    match = next((each for each in choice.matches if each.candidate.mediator_id == place.nadia.id), None)
    return {line.criterion: str(line.words) for line in match.lines} if match else None


def change(place: MeetingPlace, **values: Any) -> None:
    facts = MediatorFacts(**{"languages": (ARABIC,), **values})
    services.mediators.change(place.cooperative, place.nadia.id, facts=facts, on=TODAY)


def test_what_matching_says_follows_what_is_written(place: MeetingPlace) -> None:
    request = place.request(MeetingState.WITH_PROVIDER)
    comune = factories.make_comune(latitude=46.17, longitude=9.87)
    place.school_class.site.comune_id = factories.make_comune(latitude=46.17, longitude=9.97).id
    assert words(place, request.id) == {
        Criterion.LANGUAGE: "lingua madre",
        Criterion.CONTINUITY: "nessun colloquio",
        Criterion.AVAILABILITY: "fuori dai suoi orari",
        Criterion.DISTANCE: "comune non indicato",
        Criterion.LOAD: "0 h",
        Criterion.CONFLICT: "nessuno",
    }

    thursday = WeeklyTime(DAY.weekday(), time(14), time(18))
    services.mediators.set_week(place.mediator, place.nadia.id, times=[thursday], on=TODAY)
    assert (words(place, request.id) or {})[Criterion.AVAILABILITY] == "sì"

    away = services.mediators.add_days_away(place.mediator, place.nadia.id, first_day=DAY, last_day=DAY, on=TODAY)
    assert (words(place, request.id) or {})[Criterion.AVAILABILITY] == "assente"
    services.mediators.remove_days_away(place.mediator, place.nadia.id, away.id, on=TODAY)
    assert (words(place, request.id) or {})[Criterion.AVAILABILITY] == "sì"

    until = WeeklyTime(DAY.weekday(), time(14), time(18), valid_to=DAY - timedelta(days=1))
    services.mediators.set_week(place.cooperative, place.nadia.id, times=[until], on=TODAY)
    assert (words(place, request.id) or {})[Criterion.AVAILABILITY] == "fuori dai suoi orari"

    change(place, languages=(Spoken("ar", LanguageLevel.BASIC),), comune=comune.name)
    said = words(place, request.id) or {}
    assert said[Criterion.LANGUAGE] == "parlata un po’"
    assert said[Criterion.DISTANCE] == "8 km"
    change(place, languages=(Spoken("fr", LanguageLevel.FLUENT),))
    assert words(place, request.id) is None


def test_who_has_left_is_not_proposed_and_who_comes_back_is(place: MeetingPlace) -> None:
    request = place.request(MeetingState.WITH_PROVIDER)
    services.mediators.end(place.cooperative, place.nadia.id, last_day=DAY, on=TODAY)
    assert words(place, request.id) is not None
    services.mediators.end(place.cooperative, place.nadia.id, last_day=TODAY - timedelta(days=1), on=TODAY)
    assert words(place, request.id) is None
    services.mediators.resume(place.cooperative, place.nadia.id, first_day=DAY, on=TODAY)
    assert words(place, request.id) is not None


def test_the_end_of_a_collaboration_takes_nothing_away(place: MeetingPlace, database: Session) -> None:
    place.request(MeetingState.CONFIRMED)
    factories.make_availability(place.nadia)
    before = database.scalars(select(Membership).where(Membership.user_id == place.nadia.id)).one()
    services.mediators.end(place.cooperative, place.nadia.id, last_day=TODAY, on=TODAY)
    assert (before.valid_from, before.valid_to) == (factories.YEAR_FIRST_DAY, TODAY)
    for kept in (MediatorProfile, MediatorLanguage, Availability, Appointment):
        assert database.scalars(select(kept)).first() is not None
    clashing = queries.mediators.card(place.cooperative, place.nadia.id, queries.mediators.MANAGE).clashes
    assert len(clashing) == 1


def test_a_changed_week_keeps_what_it_was_before(place: MeetingPlace, database: Session) -> None:
    old = factories.make_availability(place.nadia, weekday=3, start=time(14), end=time(18))
    kept = factories.make_availability(place.nadia, weekday=0, start=time(8), end=time(12))
    new = factories.make_availability(place.nadia, weekday=1, valid_from=TODAY + timedelta(days=7))
    services.mediators.set_week(
        place.cooperative,
        place.nadia.id,
        times=[WeeklyTime(3, time(15), time(19)), WeeklyTime(0, time(8), time(12), valid_to=date(2027, 6, 8))],
        on=TODAY,
    )
    database.expire_all()
    assert (old.valid_from, old.valid_to) == (factories.YEAR_FIRST_DAY, TODAY - timedelta(days=1))
    assert (kept.valid_from, kept.valid_to) == (factories.YEAR_FIRST_DAY, date(2027, 6, 8))
    rows = database.scalars(select(Availability).order_by(Availability.weekday, Availability.start)).all()
    assert new not in rows
    assert [(each.weekday, each.start, each.valid_from) for each in rows] == [
        (0, time(8), factories.YEAR_FIRST_DAY),
        (3, time(14), factories.YEAR_FIRST_DAY),
        (3, time(15), TODAY),
    ]


def test_a_time_that_would_end_before_it_begins_is_refused(place: MeetingPlace) -> None:
    times = [WeeklyTime(0, time(8), time(9)), WeeklyTime(1, time(8), time(9), valid_to=TODAY - timedelta(days=1))]
    with pytest.raises(RuleViolation) as refused:
        services.mediators.set_week(place.cooperative, place.nadia.id, times=times, on=TODAY)
    assert refused.value.field == "slots-1-valid_to"


def test_days_away_under_way_end_yesterday_and_others_go(place: MeetingPlace, database: Session) -> None:
    under_way = factories.make_days_away(place.nadia, TODAY - timedelta(days=2), TODAY + timedelta(days=2))
    to_come = factories.make_days_away(place.nadia, DAY, DAY)
    for away in (under_way, to_come):
        services.mediators.remove_days_away(place.mediator, place.nadia.id, away.id, on=TODAY)
    left = database.scalars(select(Unavailability)).one()
    assert (left.id, left.last_day) == (under_way.id, TODAY - timedelta(days=1))
    with pytest.raises(NoResultFound):
        services.mediators.remove_days_away(place.mediator, place.nadia.id, under_way.id, on=TODAY)


def test_nobody_writes_the_card_of_another_cooperative_or_of_a_colleague(place: MeetingPlace) -> None:
    other = factories.make_mediator()
    colleague = factories.make_mediator(place.provider)
    away = factories.make_days_away(other)
    facts = MediatorFacts(languages=(ARABIC,))
    for actor, person in ((place.cooperative, other), (place.mediator, other), (place.mediator, colleague)):
        acts: list[Any] = [
            lambda who=actor, of=person: services.mediators.set_week(who, of.id, times=[], on=TODAY),
            lambda who=actor, of=person: services.mediators.add_days_away(
                who, of.id, first_day=DAY, last_day=DAY, on=TODAY
            ),
            lambda who=actor, of=person: services.mediators.remove_days_away(who, of.id, away.id, on=TODAY),
            lambda who=actor, of=person: services.mediators.change(who, of.id, facts=facts, on=TODAY),
            lambda who=actor, of=person: services.mediators.end(who, of.id, last_day=DAY, on=TODAY),
            lambda who=actor, of=person: services.mediators.resume(who, of.id, first_day=DAY, on=TODAY),
        ]
        for act in acts:
            with pytest.raises(NoResultFound):
                act()
    with pytest.raises(NoResultFound):
        services.mediators.change(place.mediator, place.nadia.id, facts=facts, on=TODAY)
    with pytest.raises(NoResultFound):
        services.mediators.remove_days_away(place.cooperative, colleague.id, away.id, on=TODAY)


def test_a_new_mediator_is_one_of_the_own_cooperative_only(place: MeetingPlace, database: Session) -> None:
    facts = MediatorFacts(languages=(ARABIC,), engagement="MED-7")
    user = services.mediators.enrol(
        place.cooperative,
        provider_id=place.provider.id,
        name="Samira Haddou",
        email="Samira@example.org",
        facts=facts,
        on=TODAY,
    )
    assert [(held.role, held.provider_id) for held in user.memberships] == [(Role.MEDIATOR, place.provider.id)]
    assert user.password is None
    assert database.get_one(MediatorProfile, user.id).engagement == "MED-7"
    elsewhere = factories.make_provider()
    with pytest.raises(NoResultFound):
        services.mediators.enrol(
            place.cooperative, provider_id=elsewhere.id, name="X", email="x@example.org", facts=facts, on=TODAY
        )
    assert database.scalar(select(User.id).where(User.email == "x@example.org")) is None


def test_an_address_that_has_an_account_is_refused_and_nothing_of_it_changes(
    place: MeetingPlace, database: Session
) -> None:
    head = (place.lidia.email, place.lidia.name, place.lidia.fs_uniquifier)
    with pytest.raises(RuleViolation) as refused:
        services.mediators.enrol(
            place.cooperative,
            provider_id=place.provider.id,
            name="Altro nome",
            email=place.lidia.email,
            facts=MediatorFacts(languages=(ARABIC,)),
            on=TODAY,
        )
    assert refused.value.field == "email"
    assert (place.lidia.email, place.lidia.name, place.lidia.fs_uniquifier) == head
    assert len(place.lidia.memberships) == 1


def test_name_and_address_of_who_has_another_role_are_not_the_cooperatives(place: MeetingPlace) -> None:
    facts = MediatorFacts(languages=(ARABIC,))
    services.mediators.change(place.cooperative, place.nadia.id, facts=facts, on=TODAY, name="Nadia Rahmani Rossi")
    assert place.nadia.name == "Nadia Rahmani Rossi"
    factories.make_membership(place.nadia, Role.TEACHER, place.institute)
    with pytest.raises(RuleViolation):
        services.mediators.change(place.cooperative, place.nadia.id, facts=facts, on=TODAY, name="Altra")
    with pytest.raises(RuleViolation):
        services.mediators.change(place.cooperative, place.nadia.id, facts=facts, on=TODAY, email="a@example.org")
    assert place.nadia.name == "Nadia Rahmani Rossi"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"languages": ()}, "languages-0-language"),
        ({"comune": "Atlantide"}, "comune"),
        ({"gender": "X"}, "gender"),
        ({"engagement": "9" * 61}, "engagement"),
    ],
)
def test_a_card_that_cannot_be_says_where(facts: dict[str, Any], field: str, place: MeetingPlace) -> None:
    with pytest.raises(RuleViolation) as refused:
        change(place, **facts)
    assert refused.value.field == field


def test_a_conflict_is_counted_on_the_card_and_never_named(place: MeetingPlace, database: Session) -> None:
    database.add(DeclaredConflict(user_id=place.nadia.id, pupil_id=place.pupil.id, declared_on=TODAY))
    database.flush()
    card = queries.mediators.card(place.cooperative, place.nadia.id, queries.mediators.MANAGE)
    assert card.conflicts == 1
    assert place.pupil.last_name not in repr(card)
