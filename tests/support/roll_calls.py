"""A lesson whose roll is called through the form that anyone can fill in."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.roles import Role
from schoolapp.models import Institute, Lesson, Mark, Pupil, User
from tests import factories
from tests.support.page import Form, Page

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=SCHOOL_ZONE)


class Group:
    """A lesson of today at 10:30 with its facilitator and three pupils: Amina D., Arjun S., Bogdan M."""

    def __init__(self) -> None:
        self.institute: Institute = factories.make_institute()
        self.facilitator: User = factories.make_user(Role.FACILITATOR, self.institute, name="Irene Valsecca")
        self.workshop = factories.make_workshop(self.institute, self.facilitator)
        self.lesson: Lesson = factories.make_lesson(self.workshop)
        self.url = f"/lessons/{self.lesson.id}/register"
        names = (("Amina", "Diallo"), ("Arjun", "Singh"), ("Bogdan", "Moraru"))
        self.pupils: list[Pupil] = [self.enrol(first_name=first, last_name=last) for first, last in names]

    def enrol(self, **values: Any) -> Pupil:
        return factories.make_enrolment(self.workshop, factories.make_pupil(self.institute, **values)).pupil


def mark(form: Form, pupil: Pupil, status: str, **more: str) -> None:
    form.values[f"mark-{pupil.id}"] = [status]
    for name, value in more.items():
        form.values[f"{name}-{pupil.id}"] = [value]


def marks_of(database: Session, group: Group) -> dict[str, tuple[Any, ...]]:
    database.expire_all()
    rows = database.execute(
        select(Pupil.first_name, Mark.status, Mark.missed_minutes, Mark.reason, Mark.attended_minutes)
        .join(Pupil, Pupil.id == Mark.pupil_id)
        .where(Mark.lesson_id == group.lesson.id)
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def call_all(page: Page, group: Group, status: str = "present") -> Form:
    form = page.form("Salva")
    for pupil in group.pupils:
        mark(form, pupil, status)
    return form
