"""Two people who begin the same sheet at the same moment: one keeps it, the others are told."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy import func, select

from schoolapp import services
from schoolapp.domain.actors import Actor
from schoolapp.domain.assessment import Moment
from schoolapp.domain.assessment_sheets import SheetFacts
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import Assessment
from schoolapp.transaction import transaction
from tests import factories
from tests.support.at_once import at_once

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def test_a_sheet_is_begun_once(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        institute = factories.make_institute()
        factories.make_school_year()
        pupil_id = factories.make_pupil(institute).id
        actors = [factories.make_actor(Role.COORDINATOR, institute) for _ in range(3)]
    levels = dict(zip([actor.user_id for actor in actors], Level, strict=False))

    def begin(actor: Actor) -> Callable[[], object]:
        facts = SheetFacts(day=date(2026, 11, 20), levels=dict.fromkeys(Skill, levels[actor.user_id]))
        return lambda: services.assessments.record(
            actor, pupil_id=pupil_id, moment=Moment.ENTRY, facts=facts, version=0, complete=True, now=NOW
        )

    told = at_once(app, [begin(actor) for actor in actors])
    assert told[0] == ""
    assert all("questa valutazione è stata salvata di nuovo" in sentence for sentence in told[1:])
    assert len(told) == 3
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Assessment)) == 1
