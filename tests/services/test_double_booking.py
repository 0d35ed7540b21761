"""Two coordinators at the same moment: the same person or room is never booked twice."""

from datetime import date, time

from flask import Flask
from sqlalchemy import func, select

from schoolapp import services
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.extensions import db
from schoolapp.models import Lesson, Workshop
from schoolapp.transaction import transaction
from tests import factories
from tests.support.at_once import at_once
from tests.support.school import WEDNESDAY, School


def test_a_person_is_not_given_two_workshops_at_the_same_time(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        school = School()
        sites = [factories.make_site(school.institute) for _number in range(4)]
        plans = [school.plan(title=f"Laboratorio {site.id}", site_id=site.id, slots=(WEDNESDAY,)) for site in sites]
    answers = at_once(
        app, [lambda plan=plan: services.workshops.create(school.coordinator, plan=plan) for plan in plans]
    )
    assert answers[0] == ""
    assert [answer.startswith("Irene Valsecca ha già una lezione") for answer in answers[1:]] == [True] * 3
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Workshop)) == 1


def test_a_room_is_not_given_to_two_lessons_that_move_at_the_same_time(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        school = School()
        lessons = []
        for hour in (9, 14):
            workshop = factories.make_workshop(
                site=school.site,
                facilitator=factories.make_user(None),
                status=WorkshopStatus.STARTED,
            )
            lesson = factories.make_lesson(workshop, start=time(hour), end=time(hour + 1), place="aula 4")
            lessons.append((workshop.id, lesson.id, lesson.facilitator_id))

    def move(workshop_id: int, lesson_id: int, facilitator_id: int | None) -> object:
        return services.lessons.move(
            workshop_id=workshop_id,
            lesson_id=lesson_id,
            day=date(2026, 11, 24),
            start=time(11),
            end=time(12),
            place="biblioteca",
            facilitator_id=facilitator_id,
            reason="gita",
        )

    answers = at_once(app, [lambda ids=ids: move(*ids) for ids in lessons])
    assert sum(answer == "" for answer in answers) == 1
    with app.app_context():
        moved = select(func.count()).select_from(Lesson).where(Lesson.place == "biblioteca")
        assert db.session.scalar(moved) == 1
