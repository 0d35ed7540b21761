"""The demo: never an empty today on a school day, never over existing data, the same twice."""

from datetime import date, datetime, time
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session, selectinload

from schoolapp import demo, queries
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.demo.rows import TABLES
from schoolapp.documents.certificate import draw_certificates
from schoolapp.domain.assessment import Moment
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.profiles import proposed_overall
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.models import (
    Assessment,
    Comune,
    Enrolment,
    HourBudget,
    HourEntry,
    Institute,
    Lesson,
    Mark,
    MeetingEvent,
    MeetingRequest,
    Pupil,
    User,
    Workshop,
)
from tests import factories


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SCHOOL_ZONE)


def _make(database: Session, now: datetime, **options: Any) -> bool:
    return demo.make(database.connection(), now=now, password_hash="hash", **options)


def test_the_demo_has_about_150_pupils_12_workshops_and_an_account_a_role(database: Session) -> None:
    assert _make(database, _moment("2026-11-23T09:00"))
    assert database.scalar(sa.select(sa.func.count()).select_from(Pupil)) in range(140, 161)
    assert database.scalar(sa.select(sa.func.count()).select_from(Workshop)) == 12
    addresses = set(database.scalars(sa.select(User.email)))
    assert {f"{name}@example.org" for name, _role, _school in demo.ADDRESSES} <= addresses


@pytest.mark.parametrize(
    ("now", "remark"),
    [
        ("2026-11-23T07:00", "a Monday"),
        ("2026-11-28T13:00", "a Saturday"),
        ("2027-01-07T09:00", "the first day after Christmas"),
        ("2027-05-21T09:00", "late in the year"),
    ],
)
def test_the_first_facilitator_has_lessons_on_every_school_day(database: Session, now: str, remark: str) -> None:
    _make(database, _moment(now))
    facilitator = database.scalar(sa.select(User.id).where(User.email == "facilitator@example.org"))
    lessons = sa.select(sa.func.count()).where(Lesson.facilitator_id == facilitator, Lesson.day == _moment(now).date())
    assert database.scalar(lessons), remark


@pytest.mark.parametrize("now", ["2026-07-20T09:00", "2026-09-02T09:00", "2026-12-28T09:00"])
def test_there_is_a_next_lesson_on_every_other_day(database: Session, now: str) -> None:
    _make(database, _moment(now))
    assert database.scalar(sa.select(sa.func.count()).where(Lesson.day > _moment(now).date()))


def test_marks_are_of_pupils_enrolled_that_day_and_of_lessons_that_ended(database: Session) -> None:
    now = _moment("2026-11-23T11:00")
    _make(database, now)
    outside = (
        sa.select(sa.func.count())
        .select_from(Mark)
        .join(Lesson, Lesson.id == Mark.lesson_id)
        .outerjoin(
            Enrolment,
            (Enrolment.workshop_id == Lesson.workshop_id)
            & (Enrolment.pupil_id == Mark.pupil_id)
            & (Enrolment.first_day <= Lesson.day)
            & (sa.func.coalesce(Enrolment.last_day, Lesson.day) >= Lesson.day),
        )
    )
    assert database.scalar(outside)
    assert database.scalar(outside.where(Enrolment.id.is_(None))) == 0
    assert database.scalar(outside.where(Lesson.day > now.date())) == 0


def test_existing_data_is_never_touched(database: Session) -> None:
    database.add(Institute(name="IC vero"))
    database.flush()
    assert not _make(database, _moment("2026-11-23T09:00"))
    assert database.scalar(sa.select(sa.func.count()).select_from(Institute)) == 1


def test_after_the_demo_new_rows_find_free_ids(database: Session) -> None:
    _make(database, _moment("2026-11-23T09:00"))
    database.add(Institute(name="IC nuovo"))
    database.flush()


def test_a_small_region_is_the_same_twice(database: Session) -> None:
    size = demo.Size(ambiti=2, institutes=4, pupils=80)
    pictures = []
    for _ in range(2):
        savepoint = database.begin_nested()
        _make(database, _moment("2026-11-23T09:00"), region=size)
        rows = {
            name: database.execute(sa.select(table).order_by(*table.primary_key)).all()
            for name, table in TABLES.items()
        }
        pictures.append(rows)
        savepoint.rollback()
    assert pictures[0] == pictures[1]
    marks = len(pictures[0]["mark"])
    assert marks >= 80 * 100, "about a hundred marks a pupil"
    of_region = [row for row in pictures[0]["assessment"] if row.institute_id > 5]
    assert 80 * 2 < len(of_region) < 80 * 4, "profiles of this year, and of half the groups those of the last"
    assert len({row.school_year_id for row in of_region}) == 2


def test_who_opens_the_demo_sees_profiles_grow(database: Session) -> None:
    _make(database, _moment("2026-11-23T09:00"))
    facilitator = database.scalars(sa.select(User).where(User.email == "facilitator@example.org")).one()
    actor = factories.actor_of(facilitator)
    with time_machine.travel(_moment("2026-11-23T09:00"), tick=False):
        progress = {each.title: each for each in queries.assessments.list_workshops(actor, on=date(2026, 11, 23))}
        first = progress["Italiano per comunicare A1"]
        table = queries.profiles.levels_of_workshop(actor, first.id)
    assert first.done[Moment.INTERMEDIATE] >= 4
    assert sum(len(line.history.drawn) >= 2 for line in table.lines) >= 4
    assert table.improved


@pytest.mark.parametrize("now", ["2026-11-23T09:00", "2027-02-20T09:00", "2027-06-03T09:00"])
def test_moments_follow_each_other_and_an_overall_level_of_their_own_has_its_reason(
    database: Session, now: str
) -> None:
    _make(database, _moment(now))
    moments = list(Moment)
    seen: dict[int, list[tuple[date, int]]] = {}
    for kept in database.scalars(sa.select(Assessment).options(selectinload(Assessment.levels))):
        seen.setdefault(kept.pupil_id, []).append((kept.day, moments.index(kept.moment)))
        chosen = kept.overall_level is not proposed_overall({row.skill: row.level for row in kept.levels})
        assert bool(kept.overall_why) == chosen
    assert any(len(days) > 1 for days in seen.values())
    for days in seen.values():
        assert [moment for _day, moment in sorted(days)] == sorted(moment for _day, moment in days)


@pytest.mark.parametrize(
    ("now", "some", "remark"),
    [
        ("2026-11-23T09:00", True, "an autumn workshop is concluded"),
        ("2026-10-01T09:00", False, "it is still on"),
        ("2027-05-21T09:00", True, "late in the year"),
    ],
)
def test_a_concluded_workshop_has_certificates_and_one_to_issue(
    database: Session, now: str, some: bool, remark: str
) -> None:
    with time_machine.travel(_moment(now), tick=False):
        _make(database, _moment(now))
        coordinator = database.scalars(sa.select(User).where(User.email == "coordinator@example.org")).one()
        actor = factories.actor_of(coordinator)
        year = database.scalars(sa.select(Workshop.school_year_id).limit(1)).one()
        counts = queries.certificates.list_workshops(actor, school_year_id=year).lines
        concluded = [line for line in counts if line.status is WorkshopStatus.CONCLUDED]
        assert bool(concluded) is some, remark
        for line in concluded:
            workshop = queries.certificates.of_workshop(actor, line.workshop_id)
            assert line.issued >= 3
            assert line.to_issue == 1
            assert sum(len(each.revoked) for each in workshop.lines) == 1
            assert draw_certificates(workshop.valid)
            assert workshop.valid[0].contents.levels
            # The tests serve at http://localhost: a code is checked where the demo is, on whatever port.
            assert {each.contents.verify_address for each in workshop.valid} == {"http://localhost/verify"}


def test_requests_for_mediators_stand_in_every_state_and_their_hours_add_up(database: Session) -> None:
    _make(database, _moment("2026-11-23T09:00"))
    states = set(database.scalars(sa.select(MeetingRequest.state)))
    assert states == set(MeetingState)
    used = sa.select(sa.func.coalesce(sa.func.sum(HourEntry.minutes), 0)).where(HourEntry.validated_at.is_not(None))
    committed = sa.select(sa.func.coalesce(sa.func.sum(MeetingRequest.committed_minutes), 0))
    for budget in database.scalars(sa.select(HourBudget)):
        assert budget.used_minutes == database.scalar(used.where(HourEntry.budget_id == budget.id))
        assert budget.committed_minutes == database.scalar(committed.where(MeetingRequest.budget_id == budget.id))


@pytest.mark.parametrize("now", ["2026-09-02T09:00", "2026-11-22T09:00", "2026-12-28T09:00"])
def test_some_mediators_are_away_some_have_left_and_one_knows_a_family(database: Session, now: str) -> None:
    with time_machine.travel(_moment(now), tick=False):
        _make(database, _moment(now))
        coordinator = factories.actor_of(
            database.scalars(sa.select(User).filter_by(email="provider@example.org")).one()
        )
        found = queries.mediator_lists.list_mediators(coordinator)
        former = queries.mediator_lists.list_mediators(coordinator, state=queries.mediator_lists.Collaboration.FORMER)
        matches = [
            match
            for request_id in database.scalars(sa.select(MeetingRequest.id).filter_by(state=MeetingState.WITH_PROVIDER))
            for match in queries.matching.of_request(coordinator, request_id).matches
        ]
    assert (found.count, former.count) == (8, 1)
    assert found.away_today == ("Liu Mei",)
    assert sum(line.away is not None for line in found.lines) == 3
    assert [line.name for line in found.lines if not line.weekly] == ["Mihaela Rusu"]
    assert sum(match.candidate.has_conflict for match in matches) == 1


def test_no_minute_of_a_demo_mediator_is_counted_twice(database: Session) -> None:
    _make(database, _moment("2026-11-23T09:00"))
    ends: dict[tuple[int, date], time] = {}
    for entry in database.scalars(sa.select(HourEntry).order_by(HourEntry.day, HourEntry.start)):
        assert ends.get((entry.mediator_id, entry.day), time()) <= entry.start
        ends[entry.mediator_id, entry.day] = entry.end
    assert set(database.scalars(sa.select(HourEntry.kind))) == set(HoursKind) - {HoursKind.LATE_CANCELLATION}


@pytest.mark.parametrize("now", ["2026-09-02T09:00", "2026-12-28T09:00", "2027-07-20T09:00"])
def test_the_story_of_a_request_is_in_order_and_over_by_now(database: Session, now: str) -> None:
    _make(database, _moment(now))
    by_request: dict[int, list[datetime]] = {}
    for request_id, at in database.execute(
        sa.select(MeetingEvent.request_id, MeetingEvent.at).order_by(MeetingEvent.id)
    ):
        by_request.setdefault(request_id, []).append(at)
    assert all(story == sorted(story) and story[-1] <= _moment(now) for story in by_request.values())


def test_every_comune_knows_where_it_is(database: Session) -> None:
    _make(database, _moment("2026-11-23T09:00"))
    places = database.execute(sa.select(Comune.latitude, Comune.longitude)).all()
    assert len(places) == 22
    assert all(46.1 < latitude < 46.4 and 9.6 < longitude < 10.1 for latitude, longitude in places)
