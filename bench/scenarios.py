"""What people do all day, as requests of the person who does it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from flask import Flask

from bench import meetings
from bench.client import Ask, Client, encoded
from schoolapp import clock
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import Enrolment, Lesson, Membership, User, Workshop


@dataclass(frozen=True)
class Subject:
    """A workshop in the middle of the data, its people and a lesson of it that is open."""

    facilitator: str
    coordinator: str
    lesson_id: int
    workshop_id: int
    institute_id: int
    first_day: date
    pupils: int
    pupil_id: int
    """Of the school, which has hours of mediators enough for all that is asked."""


@dataclass(frozen=True)
class Scenario:
    name: str
    by: Callable[[Subject], str]
    """Session mark of the person who asks."""
    prepare: Callable[[Client, Subject], Ask]
    times: int = 200
    pages: int = 1
    """Requests that are sent each time; as many bare pages stand beside."""


def subject(app: Flask) -> Subject:
    """A lesson begun in the last days by a workshop in the middle of the data; unsigned, so that it can be saved."""
    with app.app_context():
        db.session.rollback()
        today = clock.today()
        workshops = db.session.scalars(
            sa.select(Workshop.id).where(Workshop.first_day <= today, today <= Workshop.last_day).order_by(Workshop.id)
        ).all()
        workshop = db.session.get_one(Workshop, workshops[len(workshops) // 2])
        lesson = db.session.scalars(
            sa.select(Lesson)
            .where(Lesson.workshop_id == workshop.id, Lesson.day <= today, Lesson.cancelled_by.is_(None))
            .order_by(Lesson.day.desc())
            .limit(1)
        ).one()
        lesson.signed_at = lesson.signed_by_id = None
        _fill_group(workshop, lesson)
        db.session.commit()
        return Subject(
            facilitator=db.session.get_one(User, lesson.facilitator_id).fs_uniquifier,
            coordinator=_coordinator(workshop.institute_id),
            lesson_id=lesson.id,
            workshop_id=workshop.id,
            institute_id=workshop.institute_id,
            first_day=workshop.first_day,
            pupils=GROUP,
            pupil_id=_with_hours(workshop.institute_id),
        )


GROUP = 20


def _fill_group(workshop: Workshop, lesson: Lesson) -> None:
    """Twenty pupils on that day, the size of the figures to beat."""
    from schoolapp.models import Pupil

    open_on_day = (Enrolment.first_day <= lesson.day) & (sa.func.coalesce(Enrolment.last_day, lesson.day) >= lesson.day)
    enrolled = db.session.scalars(
        sa.select(Enrolment.pupil_id).where(Enrolment.workshop_id == workshop.id, open_on_day)
    ).all()
    ever = sa.select(Enrolment.pupil_id).where(Enrolment.workshop_id == workshop.id)
    others = db.session.scalars(
        sa.select(Pupil.id)
        .where(Pupil.institute_id == workshop.institute_id, Pupil.id.not_in(ever))
        .order_by(Pupil.id)
        .limit(GROUP - len(enrolled))
    ).all()
    db.session.add_all(
        Enrolment(workshop_id=workshop.id, pupil_id=pupil_id, first_day=lesson.day) for pupil_id in others
    )


def _coordinator(institute_id: int) -> str:
    """The session mark of the school's coordinator; the demo's facilitators elsewhere have none, so one is made."""
    found = db.session.scalar(
        sa.select(User.fs_uniquifier)
        .join(Membership)
        .where(Membership.institute_id == institute_id, Membership.role == Role.COORDINATOR)
    )
    if found:
        return found
    user = User(email=f"bench{institute_id}@example.org", name="Referente", fs_uniquifier=f"bench{institute_id}")
    user.memberships = [
        Membership(role=Role.COORDINATOR, institute_id=institute_id, valid_from=clock.today() - timedelta(days=30))
    ]
    db.session.add(user)
    db.session.flush()
    return user.fs_uniquifier


def _with_hours(institute_id: int) -> int:
    """Give the school a year of hours, and name one of its pupils."""
    from schoolapp.models import FundingLine, HourBudget, Institute, Pupil, SchoolYear

    today = clock.today()
    year_id = db.session.scalars(
        sa.select(SchoolYear.id).where(SchoolYear.first_day <= today, SchoolYear.last_day >= today)
    ).one()
    budget = db.session.scalars(
        sa.select(HourBudget).where(HourBudget.institute_id == institute_id, HourBudget.school_year_id == year_id)
    ).first()
    if budget is None:
        budget = HourBudget(
            institute_id=institute_id,
            ambito_id=db.session.get_one(Institute, institute_id).ambito_id,
            school_year_id=year_id,
            funding_line_id=db.session.scalars(sa.select(FundingLine.id).order_by(FundingLine.id).limit(1)).one(),
            granted_minutes=0,
        )
        db.session.add(budget)
    budget.granted_minutes = 1_000_000
    db.session.commit()
    pupils = sa.select(Pupil.id).where(Pupil.institute_id == institute_id, Pupil.archived_at.is_(None))
    return db.session.scalars(pupils.order_by(Pupil.id).limit(1)).one()


def _ask_for_a_mediator(client: Client, about: Subject) -> Ask:
    """A request written and sent, with its number, its first step and its message."""
    path = f"/meetings/new?pupil={about.pupil_id}"
    day = clock.today() + timedelta(days=20)
    form = client.page(path).form("Invia al referente")
    form.fill("Motivo", "Colloquio scuola–famiglia").fill("Lingua", "arabo")
    form.fill("slot1_day", day.isoformat()).fill("slot1_start", "16:30")
    values = form.values | {"do": ["send"]}

    def ask() -> bytes:
        return client.expect(*client.send("POST", path, encoded(values)), path)

    return ask


def _to_confirmed(client: Client, about: Subject) -> Ask:
    """From the teacher's first page to the page that says it is confirmed, by five people."""
    return meetings.request_to_confirmed(client, about.institute_id)


def _register(client: Client, about: Subject) -> Ask:
    return client.get(f"/lessons/{about.lesson_id}/register")


def _save(client: Client, about: Subject) -> Ask:
    """Twenty marks, each changed every time: writing what is there already would measure nothing."""
    path = f"/lessons/{about.lesson_id}/register"
    values = client.page(path).form().values
    rows = [name.removeprefix("was-") for name in values if name.startswith("was-") and name[4:].isdigit()]
    turn = 0

    def ask() -> bytes:
        nonlocal turn
        turn += 1
        for row in rows:
            values[f"mark-{row}"] = ["absent" if turn % 2 else "present"]
        content = client.expect(*client.send("POST", path, encoded(values), accept="application/json"), path)
        for row, stamp in json.loads(content)["stamps"].items():
            values[f"was-{row}"] = [stamp]
        return content

    return ask


def _pdf(client: Client, about: Subject) -> Ask:
    last = about.first_day + timedelta(days=40)
    return client.get(f"/workshops/{about.workshop_id}/register.pdf?from={about.first_day}&to={last}")


SCENARIOS = (
    Scenario("register page", lambda s: s.facilitator, _register),
    Scenario("save 20 marks", lambda s: s.facilitator, _save),
    Scenario("today", lambda s: s.facilitator, lambda c, _s: c.get("/today")),
    Scenario("pupil list", lambda s: s.coordinator, lambda c, _s: c.get("/pupils")),
    Scenario("pupil search", lambda s: s.coordinator, lambda c, _s: c.get("/pupils?q=ma")),
    Scenario("workshop page", lambda s: s.coordinator, lambda c, s: c.get(f"/workshops/{s.workshop_id}")),
    Scenario("term report", lambda s: s.coordinator, lambda c, s: c.get(f"/reports/schools/{s.institute_id}")),
    Scenario("meetings", lambda s: s.coordinator, lambda c, _s: c.get("/meetings")),
    Scenario("ask a mediator", lambda s: s.coordinator, _ask_for_a_mediator),
    Scenario("till confirmed", lambda s: s.coordinator, _to_confirmed, times=30, pages=meetings.ASKED),
    Scenario("register PDF", lambda s: s.coordinator, _pdf, times=60),
)
