"""Two people who begin the same sheet at the same moment: one keeps it, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from schoolapp import services
from schoolapp.domain.actors import Actor
from schoolapp.domain.assessment import Moment
from schoolapp.domain.assessment_sheets import SheetFacts
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import Assessment
from schoolapp.transaction import transaction
from tests import factories


def test_a_sheet_is_begun_once(postgresql_app: Flask) -> None:
    with postgresql_app.app_context(), transaction(None):
        institute = factories.make_institute()
        factories.make_school_year()
        pupil_id = factories.make_pupil(institute).id
        actors = [factories.make_actor(Role.COORDINATOR, institute) for _ in range(3)]
    together = Barrier(len(actors))

    def begin(actor: Actor) -> str:
        with postgresql_app.app_context():
            together.wait(timeout=10)
            try:
                with transaction(actor):
                    services.assessments.record(
                        actor,
                        pupil_id=pupil_id,
                        moment=Moment.ENTRY,
                        facts=SheetFacts(day=date(2026, 11, 20), levels=dict.fromkeys(Skill, Level.A1)),
                        version=0,
                        complete=True,
                        now=datetime(2026, 11, 20, 11, 0, tzinfo=UTC),
                    )
            except RuleViolation as violation:
                return violation.field or ""
            return "kept"

    with ThreadPoolExecutor(len(actors)) as pool:
        assert sorted(pool.map(begin, actors)) == ["kept", "version", "version"]
    with postgresql_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Assessment)) == 1
