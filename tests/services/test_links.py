"""Links that act without signing in: their secret is told once, and opens one thing."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp import clock, services
from schoolapp.domain.links import LinkGone, LinkPurpose
from schoolapp.models import Appointment, PersonalLink
from schoolapp.transaction import transaction
from tests import factories
from tests.support.at_once import at_once

pytestmark = pytest.mark.usefixtures("friday")

ANSWER, FAMILY, FEED = LinkPurpose.MEDIATOR_ANSWER, LinkPurpose.FAMILY_ANSWER, LinkPurpose.CALENDAR_FEED


def tomorrow() -> datetime:
    return clock.now() + timedelta(days=1)


@pytest.fixture
def appointment(database: Session) -> Appointment:
    return factories.make_appointment()


def test_the_secret_is_long_and_nowhere_in_the_database(database: Session, appointment: Appointment) -> None:
    secret = services.links.make(purpose=ANSWER, appointment_id=appointment.id, expires_at=tomorrow())
    assert len(secret) >= 22  # 128 bits in base 64
    link = database.scalars(select(PersonalLink)).one()
    assert secret not in repr([getattr(link, column.key) for column in PersonalLink.__table__.columns])


def test_two_links_have_two_secrets(database: Session, appointment: Appointment) -> None:
    made = {
        services.links.make(purpose=ANSWER, appointment_id=appointment.id, expires_at=tomorrow()) for _ in range(20)
    }
    assert len(made) == 20


def test_looking_changes_nothing_and_using_ends_it(database: Session, appointment: Appointment) -> None:
    secret = services.links.make(purpose=ANSWER, appointment_id=appointment.id, expires_at=tomorrow())
    for _ in range(3):
        assert services.links.look(secret, ANSWER).appointment_id == appointment.id
    link = services.links.use(secret, ANSWER, answer="accept")
    assert (link.used_at, link.answer) == (clock.now(), "accept")
    for again in (services.links.look, services.links.use):
        with pytest.raises(LinkGone):
            again(secret, ANSWER)


def test_a_calendar_is_used_again_and_again(database: Session) -> None:
    user = factories.make_user()
    secret = services.links.make(purpose=FEED, user_id=user.id, expires_at=None)
    for _ in range(3):
        assert services.links.use(secret, FEED).user_id == user.id


@pytest.mark.parametrize("forged", ["", "x", "A" * 22, "../../etc", "' OR 1=1 --", "\x00", "é" * 22])
def test_a_forged_secret_opens_nothing(database: Session, appointment: Appointment, forged: str) -> None:
    services.links.make(purpose=ANSWER, appointment_id=appointment.id, expires_at=tomorrow())
    with pytest.raises(LinkGone):
        services.links.look(forged, ANSWER)


def test_the_kept_hash_is_not_a_secret(database: Session, appointment: Appointment) -> None:
    services.links.make(purpose=ANSWER, appointment_id=appointment.id, expires_at=tomorrow())
    kept = database.scalars(select(PersonalLink.secret_hash)).one()
    with pytest.raises(LinkGone):
        services.links.look(kept, ANSWER)


def test_a_link_opens_only_what_it_was_made_for(database: Session, appointment: Appointment) -> None:
    secret = services.links.make(purpose=FAMILY, request_id=appointment.request_id, expires_at=tomorrow())
    with pytest.raises(LinkGone):
        services.links.use(secret, ANSWER)
    assert services.links.look(secret, FAMILY).request_id == appointment.request_id


def test_an_expired_link_opens_nothing(database: Session, appointment: Appointment) -> None:
    secret = services.links.make(purpose=ANSWER, appointment_id=appointment.id, expires_at=clock.now())
    with pytest.raises(LinkGone):
        services.links.look(secret, ANSWER)


def test_what_is_taken_back_opens_nothing_and_the_others_go_on(database: Session, appointment: Appointment) -> None:
    other = factories.make_appointment()
    secrets = [
        services.links.make(purpose=ANSWER, appointment_id=one.id, expires_at=tomorrow())
        for one in (appointment, other)
    ]
    services.links.take_back(purpose=ANSWER, appointment_id=appointment.id)
    with pytest.raises(LinkGone):
        services.links.look(secrets[0], ANSWER)
    assert services.links.look(secrets[1], ANSWER).appointment_id == other.id


def test_taking_back_names_what_it_is_about(database: Session) -> None:
    with pytest.raises(ValueError, match="about"):
        services.links.take_back(purpose=ANSWER)


def test_two_people_with_one_link_get_one_answer(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        user = factories.make_user()
        secret = services.links.make(purpose=FAMILY, user_id=user.id, expires_at=tomorrow())
    answers = [lambda word=word: services.links.use(secret, FAMILY, answer=word) for word in ("yes", "no")]
    assert at_once(app, answers) == ["", str(LinkGone())]
