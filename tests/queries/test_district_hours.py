"""The hours of an Ambito: ledger, timesheets and the office's page say the same minutes, and nobody's name."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp import clock, queries
from schoolapp.domain.district_hours import DistrictHours
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meetings import MeetingContext
from schoolapp.domain.roles import Role
from schoolapp.domain.timesheets import Worker
from schoolapp.models import DeskContacts, HourBudget, HourEntry, Institute, Lesson, User, Workshop
from tests import factories
from tests.support.meetings import MeetingPlace

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def place(place: MeetingPlace) -> MeetingPlace:
    place.service.context = MeetingContext.DESK
    return place


def meeting(place: MeetingPlace, mediator: User, **values: Any) -> HourEntry:
    """An hour for a meeting of the school on 12 November, confirmed."""
    request = factories.make_meeting_request(
        place.institute,
        requester_id=place.paola.id,
        pupil=place.pupil,
        provider_id=place.provider.id,
        state=MeetingState.VALIDATED,
    )
    entry = {"kind": HoursKind.MEETING, "end": time(10), "validated_at": clock.now(), "validated_by_id": place.paola.id}
    return factories.make_hour_entry(mediator, request_id=request.id, budget=place.budget, **{**entry, **values})


def november(place: MeetingPlace) -> DistrictHours:
    return queries.district_hours.of_month(place.district, NOVEMBER)


def a_month(place: MeetingPlace) -> tuple[list[User], User]:
    """Meetings, an hour in vain, a desk, signed lessons, and what does not count; mediators and facilitator."""
    mediators = [place.nadia, factories.make_mediator(place.provider)]
    meeting(place, mediators[0])
    meeting(place, mediators[0], day=date(2026, 11, 30), end=time(9, 47))
    meeting(place, mediators[1], kind=HoursKind.FAMILY_ABSENT, end=time(9, 30))
    meeting(place, mediators[1], validated_at=None, validated_by_id=None, end=time(11, 13))
    meeting(place, mediators[1], day=date(2026, 12, 1))
    factories.make_hour_entry(mediators[1], service_id=place.service.id, budget=place.service_budget, start=time(9, 8))
    facilitator = factories.make_user(Role.FACILITATOR, place.institute)
    workshop = factories.make_workshop(place.institute, facilitator=facilitator)
    factories.make_lesson(workshop, day=date(2026, 11, 9), signed_by=facilitator)
    factories.make_lesson(workshop, day=date(2026, 11, 16), start=time(10, 35), signed_by=facilitator)
    factories.make_lesson(workshop, day=date(2026, 11, 20))  # not signed
    factories.make_lesson(workshop, day=date(2026, 12, 7), signed_by=facilitator)
    return mediators, facilitator


def test_ledger_timesheets_and_the_office_s_page_agree_to_the_minute(place: MeetingPlace, database: Session) -> None:
    mediators, facilitator = a_month(place)
    elsewhere = MeetingPlace()
    meeting(elsewhere, elsewhere.nadia)
    hours = november(place)

    in_november = HourEntry.day.between(date(2026, 11, 1), date(2026, 11, 30))
    in_ledger = database.scalar(
        select(func.sum(HourEntry.minutes))
        .join(HourBudget, HourBudget.id == HourEntry.budget_id)
        .where(HourBudget.ambito_id == place.ambito.id, in_november)
    )
    sheets = [queries.timesheets.get(place.cooperative, Worker.MEDIATOR, each.id, NOVEMBER) for each in mediators]
    assert hours.total.mediation == in_ledger == sum(sheet.minutes for sheet in sheets) == 60 + 47 + 30 + 133 + 112
    assert hours.total.unconfirmed == sum(sheet.unconfirmed_minutes for sheet in sheets) == 133 + 112

    signed = database.scalar(
        select(func.sum(Lesson.minutes))
        .join(Workshop, Workshop.id == Lesson.workshop_id)
        .join(Institute, Institute.id == Workshop.institute_id)
        .where(
            Institute.ambito_id == place.ambito.id,
            Lesson.signed_at.is_not(None),
            Lesson.day.between(date(2026, 11, 1), date(2026, 11, 30)),
        )
    )
    sheet = queries.timesheets.get(factories.actor_of(facilitator), Worker.FACILITATOR, facilitator.id, NOVEMBER)
    assert hours.total.facilitation == signed == sheet.minutes
    assert signed

    for rows in (hours.by_funding_line, hours.by_asker, hours.by_kind):
        assert sum(row.minutes for row in rows) == hours.total.minutes
        assert sum(row.activities for row in rows) == hours.total.activities == 7
    by_line = {total.name: total.minutes for each in [*sheets, sheet] for total in each.totals}
    assert {row.name for row in hours.by_funding_line} == set(by_line)
    for name in by_line:
        of_sheets = sum(total.minutes for each in [*sheets, sheet] for total in each.totals if total.name == name)
        assert of_sheets == next(row.minutes for row in hours.by_funding_line if row.name == name)


def test_the_hours_stand_by_cooperative_school_service_and_kind(place: MeetingPlace) -> None:
    a_month(place)
    hours = november(place)
    assert [(row.name, row.mediation) for row in hours.by_provider] == [(place.provider.name, 382)]
    askers = {row.name: (row.mediation, row.facilitation > 0) for row in hours.by_asker}
    assert askers == {place.institute.name: (270, True), place.service.name: (112, False)}
    assert [row.name for row in hours.by_kind] == [
        "Colloquio",
        "Famiglia assente",
        "Lezioni di laboratorio",
        "Sportello informativo",
    ]


def test_an_hour_at_the_desk_is_of_the_cooperative_of_that_day(place: MeetingPlace) -> None:
    other = factories.make_provider()
    place.nadia.memberships[0].valid_to = date(2026, 11, 15)
    factories.make_membership(place.nadia, Role.MEDIATOR, provider=other, valid_from=date(2026, 11, 16))
    for day in (15, 16):
        factories.make_hour_entry(
            place.nadia, service_id=place.service.id, budget=place.service_budget, day=date(2026, 11, day)
        )
    assert {row.name: row.mediation for row in november(place).by_provider} == {
        place.provider.name: 120,
        other.name: 120,
    }


def test_people_at_the_desks_are_counted(place: MeetingPlace, database: Session) -> None:
    session = factories.make_hour_entry(place.nadia, service_id=place.service.id, budget=place.service_budget)
    session.contacts = [DeskContacts(language="ar", contacts=4), DeskContacts(language="uk", contacts=3)]
    database.flush()
    (desk,) = november(place).desks
    assert (desk.name, desk.sessions, desk.minutes, desk.contacts) == (place.service.name, 1, 120, 7)
    assert november(place).contacts == 7


def test_nobody_is_named(place: MeetingPlace) -> None:
    mediators, facilitator = a_month(place)
    told = str(november(place))
    for name in [*(each.name for each in mediators), facilitator.name, place.pupil.last_name, place.paola.name]:
        assert name not in told


def test_another_ambito_and_who_is_no_office_read_nothing(place: MeetingPlace) -> None:
    a_month(place)
    other = factories.make_user()
    factories.make_membership(other, Role.DISTRICT_OFFICER, ambito=factories.make_ambito())
    for actor in (factories.actor_of(other), place.cooperative, place.head, place.mediator):
        hours = queries.district_hours.of_month(actor, NOVEMBER)
        assert (hours.activities, hours.counted_desks) == ((), ())


def test_the_month_costs_as_many_statements_whatever_it_holds(
    place: MeetingPlace, database: Session, statements: Callable[[], Any]
) -> None:
    actor = place.district

    def asked() -> int:
        database.flush()
        with statements() as seen:
            queries.district_hours.of_month(actor, NOVEMBER)
        return len(seen)

    empty = asked()
    a_month(place)
    assert asked() == empty == 4
