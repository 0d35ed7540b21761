"""Whose hours a person reads, and that a sheet says what ledger and registers say."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import clock, queries
from schoolapp.domain.actors import Actor
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meetings import MeetingMode
from schoolapp.domain.roles import Role
from schoolapp.domain.timesheets import Worker
from schoolapp.extensions import db
from schoolapp.models import HourEntry, Institute, Lesson, User
from tests import factories
from tests.support.meetings import MeetingPlace

NOVEMBER = date(2026, 11, 1)


def entry(place: MeetingPlace, mediator: User | None = None, **values: object) -> HourEntry:
    """A meeting of the school on 12 November, an hour from nine."""
    request = factories.make_meeting_request(
        place.institute,
        requester_id=place.paola.id,
        pupil=place.pupil,
        provider_id=values.pop("provider_id", place.provider.id),
        state=MeetingState.REPORTED,
        mode=values.pop("mode", MeetingMode.IN_PLACE),
    )
    return factories.make_hour_entry(
        mediator or place.nadia,
        **{
            "request_id": request.id,
            "budget": place.budget,
            "kind": HoursKind.MEETING,
            "end": time(10),
            "place": "sala colloqui",
            **values,
        },
    )


def test_a_mediator_s_month_is_what_the_ledger_says_to_the_minute(place: MeetingPlace, database: Session) -> None:
    entry(place)
    entry(
        place, day=date(2026, 11, 30), mode=MeetingMode.PHONE, validated_at=clock.now(), validated_by_id=place.paola.id
    )
    entry(place, day=date(2026, 12, 1))
    entry(place, day=date(2026, 10, 31))
    factories.make_hour_entry(
        place.nadia, service_id=place.service.id, budget=place.service_budget, day=date(2026, 11, 13), start=time(9, 13)
    )
    sheet = queries.timesheets.get(place.mediator, Worker.MEDIATOR, place.nadia.id, NOVEMBER)
    in_ledger = database.scalar(
        select(func.sum(HourEntry.minutes)).where(HourEntry.day.between(date(2026, 11, 1), date(2026, 11, 30)))
    )
    assert sheet.minutes == in_ledger == 60 + 60 + 107
    assert sum(total.minutes for total in sheet.totals) == sheet.minutes
    assert [(line.day.day, line.activity, line.confirmed) for line in sheet.lines] == [
        (12, "Colloquio scuola–famiglia", False),
        (13, "Sportello informativo", False),
        (30, "Colloquio scuola–famiglia", True),
    ]
    assert sheet.lines[0].place == f"{place.institute.name}, sala colloqui"
    assert sheet.lines[2].place == f"{place.institute.name}, a distanza"
    assert sheet.owner == place.provider.name
    assert (sheet.name, sheet.skills) == (place.nadia.name, "arabo")


def test_a_sheet_asks_as_many_questions_whatever_it_holds(
    place: MeetingPlace, database: Session, statements: Callable[[], Any]
) -> None:
    def asked() -> int:
        database.flush()
        database.expire_all()
        with statements() as seen:
            queries.timesheets.get(actor, Worker.MEDIATOR, place.nadia.id, NOVEMBER)
            queries.timesheets.of_month(actor, NOVEMBER)
        return len(seen)

    actor = place.mediator
    entry(place)
    one = asked()
    for day in range(13, 20):
        entry(place, day=date(2026, 11, day))
    assert asked() == one <= 12


def test_no_pupil_stands_on_any_sheet(place: MeetingPlace) -> None:
    entry(place)
    for actor in (place.mediator, place.cooperative):
        sheet = queries.timesheets.get(actor, Worker.MEDIATOR, place.nadia.id, NOVEMBER)
        assert place.pupil.last_name not in str(sheet)


def test_a_facilitator_s_month_is_what_the_signed_lessons_say(database: Session) -> None:
    facilitator = factories.make_user(Role.FACILITATOR)
    workshop = factories.make_workshop(facilitator=facilitator)
    factories.make_lesson(workshop, day=date(2026, 11, 9), signed_by=facilitator)
    factories.make_lesson(workshop, day=date(2026, 11, 16), start=time(10, 35), signed_by=facilitator)
    factories.make_lesson(workshop, day=date(2026, 11, 20))  # not signed
    factories.make_lesson(workshop, day=date(2026, 12, 7), signed_by=facilitator)
    actor = factories.actor_of(facilitator)
    sheet = queries.timesheets.get(actor, Worker.FACILITATOR, facilitator.id, NOVEMBER)
    register = queries.attendance.register_of_workshop(
        _coordinator(workshop.institute_id), workshop.id, date(2026, 11, 1), date(2026, 11, 30)
    )
    signed = database.scalar(
        select(func.sum(Lesson.minutes)).where(Lesson.signed_at.is_not(None), Lesson.day <= date(2026, 11, 30))
    )
    assert sheet.minutes == signed == 175
    assert sheet.minutes == sum(lesson.minutes for lesson in register.lessons if lesson.signed is not None)
    assert {line.activity for line in sheet.lines} == {workshop.title}


def _coordinator(institute_id: int) -> Actor:
    return factories.actor_of(factories.make_user(Role.COORDINATOR, db.session.get_one(Institute, institute_id)))


def test_who_coordinates_reads_the_own_mediators_for_the_own_requests(place: MeetingPlace) -> None:
    entry(place)
    elsewhere = factories.make_provider()
    factories.make_membership(place.nadia, Role.MEDIATOR, provider=elsewhere)
    entry(place, provider_id=elsewhere.id, day=date(2026, 11, 19))
    stranger = factories.make_mediator(elsewhere)
    entry(place, stranger, provider_id=elsewhere.id)
    found = queries.timesheets.of_month(place.cooperative, NOVEMBER)
    assert [(line.person_id, line.minutes, line.unconfirmed) for line in found] == [(place.nadia.id, 60, 60)]
    assert queries.timesheets.get(place.cooperative, Worker.MEDIATOR, place.nadia.id, NOVEMBER).minutes == 60
    assert queries.timesheets.get(place.mediator, Worker.MEDIATOR, place.nadia.id, NOVEMBER).minutes == 120
    with pytest.raises(NoResultFound):
        queries.timesheets.get(place.cooperative, Worker.MEDIATOR, stranger.id, NOVEMBER)


def test_a_school_reads_its_facilitators_for_the_lessons_there(place: MeetingPlace) -> None:
    facilitator = factories.make_user(Role.FACILITATOR, place.institute)
    here = factories.make_workshop(site=factories.make_site(place.institute), facilitator=facilitator)
    factories.make_lesson(here, day=date(2026, 11, 9), signed_by=facilitator)
    there = factories.make_workshop(facilitator=facilitator)
    factories.make_lesson(there, day=date(2026, 11, 10), signed_by=facilitator)
    for actor in (place.coordinator, place.head):
        assert [line.minutes for line in queries.timesheets.of_month(actor, NOVEMBER)] == [90]
        sheet = queries.timesheets.get(actor, Worker.FACILITATOR, facilitator.id, NOVEMBER)
        assert (sheet.minutes, sheet.owner) == (90, place.institute.name)
    own = queries.timesheets.get(factories.actor_of(facilitator), Worker.FACILITATOR, facilitator.id, NOVEMBER)
    assert own.minutes == 180
    assert own.lines[0].place == f"{place.institute.name}, {here.place}"
    assert sheet.lines[0].place == here.place  # the head of the sheet names the one school


@pytest.mark.parametrize("who", ["teacher", "district", "social_worker", "head", "cooperative"])
def test_nobody_else_finds_a_sheet(place: MeetingPlace, who: str) -> None:
    stranger = factories.make_mediator()
    for worker in Worker:
        with pytest.raises(NoResultFound):
            queries.timesheets.get(getattr(place, who), worker, stranger.id, NOVEMBER)
    assert queries.timesheets.of_month(getattr(place, who), NOVEMBER) == []


def test_colleagues_do_not_read_each_other_s_sheet(place: MeetingPlace) -> None:
    entry(place)
    colleague = factories.actor_of(factories.make_mediator(place.provider))
    with pytest.raises(NoResultFound):
        queries.timesheets.get(colleague, Worker.MEDIATOR, place.nadia.id, NOVEMBER)
    assert [line.minutes for line in queries.timesheets.of_month(colleague, NOVEMBER)] == [0]
