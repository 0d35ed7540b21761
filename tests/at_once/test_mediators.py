"""Two who write one mediator's card at the same moment: real connections, real threads."""

from functools import partial

from flask import Flask
from sqlalchemy import func, select

from schoolapp import services
from schoolapp.domain.mediators import MediatorFacts, Spoken, WeeklyTime
from schoolapp.domain.meetings import LanguageLevel
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import Availability, MediatorProfile, Unavailability, User
from schoolapp.transaction import transaction
from tests import factories
from tests.support.at_once import at_once
from tests.support.meetings import DAY, NOW, MeetingPlace

TODAY = NOW.date()
THREADS = 4


def test_the_same_days_away_are_marked_once(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        actor, person_id = place.cooperative, place.nadia.id
    told = at_once(
        app,
        [lambda: services.mediators.add_days_away(actor, person_id, first_day=DAY, last_day=DAY, on=TODAY)] * THREADS,
    )
    assert told[0] == ""
    assert all("l’assenza è già segnata" in sentence for sentence in told[1:])
    with app.app_context():
        assert db.session.scalar(select(func.count(Unavailability.id))) == 1


def test_one_week_is_left_of_two_that_are_saved_at_once(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        actor, person_id = place.cooperative, place.nadia.id
    weeks = [[WeeklyTime(day, NOW.time(), NOW.replace(hour=18).time())] for day in range(THREADS)]
    told = at_once(
        app,
        [partial(services.mediators.set_week, actor, person_id, times=times, on=TODAY) for times in weeks],
    )
    assert told == [""] * THREADS
    with app.app_context():
        assert db.session.scalar(select(func.count(Availability.id))) == 1


def test_a_card_that_nobody_has_written_yet_is_written_once(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        person = factories.make_user()
        factories.make_membership(person, Role.MEDIATOR, provider=place.provider)
        actor, person_id = place.cooperative, person.id
    facts = MediatorFacts(languages=(Spoken("zh", LanguageLevel.FLUENT),))
    told = at_once(app, [lambda: services.mediators.change(actor, person_id, facts=facts, on=TODAY)] * THREADS)
    assert told == [""] * THREADS
    with app.app_context():
        assert db.session.get(MediatorProfile, person_id) is not None


def test_one_new_mediator_is_made_by_two_who_press_at_once(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        place = MeetingPlace()
        actor, provider_id = place.cooperative, place.provider.id
    facts = MediatorFacts(languages=(Spoken("zh", LanguageLevel.FLUENT),))
    told = at_once(
        app,
        [
            lambda: services.mediators.enrol(
                actor, provider_id=provider_id, name="Liu Mei", email="liu@example.org", facts=facts, on=TODAY
            )
        ]
        * THREADS,
    )
    assert told[0] == ""
    assert all("c’è già un accesso" in sentence for sentence in told[1:])
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(User.email == "liu@example.org")) == 1
