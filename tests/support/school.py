"""A school that is ready for workshops, with one call."""

from datetime import date, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.actors import Actor
from schoolapp.domain.levels import Level
from schoolapp.domain.roles import Role
from schoolapp.domain.timetable import Slot
from schoolapp.domain.workshops import WorkshopKind
from schoolapp.models import Institute, Lesson, Site, User, Workshop
from schoolapp.services.workshops import WorkshopPlan
from tests import factories

MONDAY = Slot(0, time(10, 30), time(12, 0))
WEDNESDAY = Slot(2, time(14, 0), time(15, 30))
FIRST, LAST = date(2026, 11, 23), date(2027, 2, 26)


class School:
    """An institute with its coordinator, a facilitator, a site and somebody who pays."""

    def __init__(self) -> None:
        self.institute: Institute = factories.make_institute()
        self.site: Site = factories.make_site(self.institute, name="Primaria Ponte Alto")
        self.lucia: User = factories.make_user(Role.COORDINATOR, self.institute, name="Lucia Fontanive")
        self.coordinator: Actor = factories.actor_of(self.lucia)
        self.irene: User = factories.make_user(Role.FACILITATOR, self.institute, name="Irene Valsecca")
        self.funding_line_id: int = factories.make_funding_line().id
        factories.make_school_year()

    def plan(self, **values: Any) -> WorkshopPlan:
        return WorkshopPlan(
            **{
                "title": "Italiano per comunicare A1",
                "kind": WorkshopKind.TO_COMMUNICATE,
                "level": Level.A1,
                "site_id": self.site.id,
                "place": "aula 4",
                "capacity": 10,
                "planned_minutes": 9 * 60,
                "threshold_percent": 70,
                "funding_line_id": self.funding_line_id,
                "first_day": FIRST,
                "last_day": LAST,
                "facilitator_ids": (self.irene.id,),
                "slots": (MONDAY, WEDNESDAY),
                **values,
            }
        )

    def open(self, **values: Any) -> Workshop:
        return services.workshops.create(self.coordinator, plan=self.plan(**values))[0]


def lessons_of(database: Session, workshop: Workshop) -> list[Lesson]:
    return list(
        database.scalars(select(Lesson).where(Lesson.workshop_id == workshop.id).order_by(Lesson.day, Lesson.start))
    )
