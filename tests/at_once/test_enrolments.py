"""Two people who enrol at the same moment: real connections, real threads, nothing rolled back for us."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy import func, select

from schoolapp import services
from schoolapp.domain.workshops import WorkshopKind
from schoolapp.extensions import db
from schoolapp.models import Enrolment, Pupil, Referral
from schoolapp.transaction import transaction
from tests import factories
from tests.support.at_once import at_once

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def _enrol(workshop_id: int, pupil_id: int, by_id: int) -> Callable[[], object]:
    return lambda: services.enrolments.enrol(
        workshop_id=workshop_id,
        pupil=db.session.get_one(Pupil, pupil_id),
        first_day=date(2026, 11, 23),
        by_id=by_id,
        at=AT,
    )


def test_the_last_place_is_not_given_twice(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        workshop = factories.make_workshop(capacity=1)
        by = factories.make_user()
        pupils = [factories.make_pupil(workshop.institute).id for _ in range(4)]
        workshop_id, by_id = workshop.id, by.id
    told = at_once(app, [_enrol(workshop_id, pupil_id, by_id) for pupil_id in pupils])
    assert told[0] == ""
    assert all("pieno" in sentence for sentence in told[1:])
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Enrolment)) == 1


def test_the_same_pupil_is_not_enrolled_twice(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        workshop = factories.make_workshop()
        pupil_id, workshop_id, by_id = (
            factories.make_pupil(workshop.institute).id,
            workshop.id,
            factories.make_user().id,
        )
    told = at_once(app, [_enrol(workshop_id, pupil_id, by_id)] * 3)
    assert told[0] == ""
    assert all("già tra gli iscritti" in sentence for sentence in told[1:])


def test_a_pupil_is_not_referred_twice(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        pupil_id, by_id = factories.make_pupil().id, factories.make_user().id

    def refer() -> None:
        services.referrals.refer(
            db.session.get_one(Pupil, pupil_id), by_id=by_id, wanted_kind=WorkshopKind.FOR_STUDY, note="", at=AT
        )

    told = at_once(app, [refer, refer])
    assert told[0] == ""
    assert "già una segnalazione" in told[1]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Referral)) == 1
