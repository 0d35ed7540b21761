"""When a step may be taken, and what the last moment costs: before a meeting, during it and after."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_reports import Present, ReportFacts
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meeting_wishes import Slot
from schoolapp.domain.roles import Role
from schoolapp.models import HourBudget, HourEntry, MeetingRequest, SchoolYear
from tests import factories
from tests.support.meetings import DAY, ENDS, NOW, STARTS, MeetingPlace

A, S = MeetingAction, MeetingState
LATE = STARTS - timedelta(hours=2)
LATER = (Slot(date(2026, 12, 10), time(16, 30)),)


def another_year() -> SchoolYear:
    return factories.make_school_year(label="2027/28", first_day=date(2027, 9, 1), last_day=date(2028, 8, 31))


def step(place: MeetingPlace, who: str, request: MeetingRequest, action: MeetingAction, at: datetime = NOW) -> None:
    more = {"slots": LATER} if action is A.RESCHEDULE else {}
    services.meetings.take_step(getattr(place, who), request.id, action, at=at, reason="motivo", **more)


def hours(budget: HourBudget) -> tuple[int, int]:
    """Committed and used."""
    found = services.budgets.figure_of(budget)
    return found.committed, found.used


@pytest.mark.parametrize("action", [A.HOLD, A.MISS])
def test_a_meeting_that_has_not_begun_has_not_been_held_nor_missed(place: MeetingPlace, action: MeetingAction) -> None:
    request = place.request(S.CONFIRMED)
    with pytest.raises(RuleViolation, match="deve ancora cominciare"):
        step(place, "mediator", request, action, at=STARTS - timedelta(minutes=1))
    step(place, "mediator", request, action, at=STARTS)


@pytest.mark.parametrize(
    ("who", "action"),
    [("teacher", A.MOVE), ("teacher", A.CANCEL), ("coordinator", A.CANCEL), ("cooperative", A.MOVE)],
)
def test_a_meeting_that_has_begun_is_told_by_its_mediator_and_taken_from_nobody(
    place: MeetingPlace, who: str, action: MeetingAction
) -> None:
    """Else a school could make the worked hour of a mediator disappear before the report is written."""
    request = place.request(S.CONFIRMED)
    with pytest.raises(RuleViolation, match="è già cominciato"):
        step(place, who, request, action, at=STARTS)
    assert (request.state, hours(place.budget)) == (S.CONFIRMED, (60, 0))
    step(place, "mediator", request, A.HOLD, at=STARTS)


def test_a_mediator_who_did_not_come_costs_nothing_and_the_school_proposes_other_times(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    step(place, "cooperative", request, A.WITHDRAW, at=ENDS)
    step(place, "teacher", request, A.MOVE, at=ENDS)
    step(place, "teacher", request, A.RESCHEDULE, at=ENDS)
    assert (request.state, hours(place.budget)) == (S.WITH_PROVIDER, (60, 0))
    step(place, "teacher", request, A.CANCEL, at=ENDS)
    assert hours(place.budget) == (0, 0)


@pytest.mark.parametrize("who", ["cooperative", "teacher", "coordinator"])
def test_where_no_mediator_is_free_other_times_are_asked_for(place: MeetingPlace, who: str) -> None:
    request = place.request(S.WITH_PROVIDER)
    step(place, who, request, A.MOVE)
    assert (request.state, hours(place.budget)) == (S.MOVED, (60, 0))
    step(place, "teacher", request, A.RESCHEDULE)
    assert [slot.day for slot in request.slots] == [LATER[0].day]


@pytest.mark.parametrize(
    ("after", "used", "remark"),
    [
        ([], 60, "moved late, then cancelled"),
        ([("teacher", A.RESCHEDULE)], 60, "other times in between do not give the lost hour back"),
        ([("teacher", A.RESCHEDULE), ("cooperative", A.PROPOSE)], 60, "nor does a mediator who has not answered"),
        (
            [("teacher", A.RESCHEDULE), ("cooperative", A.PROPOSE), ("mediator", A.ACCEPT)],
            0,
            "a new time was agreed, and is given back in time",
        ),
    ],
)
def test_moving_at_the_last_moment_is_no_way_round_the_hours_of_a_late_cancellation(
    place: MeetingPlace, after: list[tuple[str, MeetingAction]], used: int, remark: str
) -> None:
    request = place.request(S.CONFIRMED)
    step(place, "teacher", request, A.MOVE, at=LATE)
    for who, action in after:
        if action is A.PROPOSE:
            week = timedelta(days=7)
            offer = place.offer(starts_at=STARTS + week, ends_at=ENDS + week)
            services.meetings.take_step(place.cooperative, request.id, action, at=LATE, offer=offer)
        else:
            step(place, who, request, action, at=LATE)
    step(place, "teacher", request, A.CANCEL, at=LATE)
    assert hours(place.budget) == (0, used), remark


def test_moving_in_time_and_then_cancelling_is_free(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    step(place, "teacher", request, A.MOVE, at=STARTS - timedelta(hours=49))
    step(place, "teacher", request, A.CANCEL, at=LATE)
    assert hours(place.budget) == (0, 0)


def test_a_time_that_has_passed_is_proposed_to_nobody(place: MeetingPlace) -> None:
    request = place.request(S.WITH_PROVIDER)
    with pytest.raises(RuleViolation, match="già passato"):
        services.meetings.take_step(place.cooperative, request.id, A.PROPOSE, at=STARTS, offer=place.offer())


def test_an_hour_that_is_paid_already_is_not_sold_again(place: MeetingPlace, database: Session) -> None:
    """A mediator paid for a late cancellation cannot be paid for another meeting in the same minutes."""
    first = place.request(S.CONFIRMED)
    step(place, "teacher", first, A.CANCEL, at=LATE)
    second = place.request(S.WITH_PROVIDER)
    half_an_hour = timedelta(minutes=59)
    offer = place.offer(starts_at=STARTS + half_an_hour, ends_at=ENDS + half_an_hour)
    with pytest.raises(RuleViolation, match="già ore scritte"):
        services.meetings.take_step(place.cooperative, second.id, A.PROPOSE, at=LATE, offer=offer)
    step_after = place.offer(starts_at=ENDS, ends_at=ENDS + timedelta(hours=1))
    services.meetings.take_step(place.cooperative, second.id, A.PROPOSE, at=LATE, offer=step_after)
    assert len(database.scalars(select(HourEntry)).all()) == 1


@pytest.mark.parametrize(
    ("start", "minutes", "sentence"),
    [
        (time(23, 30), 60, "prima di mezzanotte"),
        (time(23, 30), 30, "prima di mezzanotte"),
        (time(3, 30), 60, "dalle 6"),
        (time(0, 0), 60, "dalle 6"),
    ],
)
def test_a_meeting_is_by_day_and_ends_on_its_day(place: MeetingPlace, start: time, minutes: int, sentence: str) -> None:
    """Times past midnight, and those that a change of hour skips or repeats, never reach ledger and calendar."""
    with pytest.raises(RuleViolation, match=sentence) as refused:
        place.draft(slots=(Slot(DAY, time(16, 30)), Slot(DAY, start)), minutes=minutes)
    assert refused.value.field == "slot2_start"


@pytest.mark.parametrize("start", [time(6, 0), time(22, 59)])
def test_early_and_late_meetings_are_possible(place: MeetingPlace, start: time) -> None:
    assert place.draft(slots=(Slot(DAY, start),)).slots[0].start == start


def test_all_times_are_of_the_school_year_that_pays(place: MeetingPlace) -> None:
    next_year = another_year()
    september = Slot(next_year.first_day + timedelta(days=20), time(10))
    with pytest.raises(RuleViolation, match="altro anno scolastico") as refused:
        place.draft(slots=(Slot(DAY, time(16, 30)), september))
    assert refused.value.field == "slot2_day"


def test_a_meeting_is_not_moved_into_a_school_year_that_does_not_pay(place: MeetingPlace) -> None:
    next_year = another_year()
    request = place.request(S.CONFIRMED)
    step(place, "teacher", request, A.MOVE)
    september = Slot(next_year.first_day + timedelta(days=20), time(10))
    with pytest.raises(RuleViolation, match="altro anno scolastico"):
        services.meetings.take_step(place.teacher, request.id, A.RESCHEDULE, at=NOW, slots=[september])


def test_nothing_is_asked_for_a_pupil_who_has_left(place: MeetingPlace) -> None:
    request = place.draft()
    place.pupil.archived_at = NOW
    with pytest.raises(RuleViolation, match="non è più tra gli alunni"):
        step(place, "teacher", request, A.SEND)
    step(place, "teacher", request, A.CANCEL)


def test_nobody_confirms_the_hours_of_the_own_report(place: MeetingPlace) -> None:
    """Who teaches here and mediates for the cooperative would pay themselves."""
    factories.make_membership(place.nadia, Role.COORDINATOR, place.institute)
    request = place.request(S.CONFIRMED)
    facts = ReportFacts(family_came=True, start=time(16, 30), end=time(17, 30), present=(Present.MOTHER,))
    services.meeting_reports.write(place.mediator, request.id, facts, at=ENDS, version=request.version)
    with pytest.raises(RuleViolation, match="un’altra persona"):
        services.meeting_reports.confirm(place.mediator, request.id, at=ENDS)
    services.meeting_reports.confirm(place.teacher, request.id, at=ENDS)


def test_the_last_minute_of_a_budget_can_be_used_and_not_one_more(place: MeetingPlace) -> None:
    place.budget.granted_minutes = 60
    request = place.request(S.CONFIRMED)
    assert services.budgets.figure_of(place.budget).left == 0
    facts = ReportFacts(family_came=True, start=time(16, 30), end=time(17, 31), present=(Present.MOTHER,))
    with pytest.raises(RuleViolation, match="restano 0 minuti"):
        services.meeting_reports.write(place.mediator, request.id, facts, at=ENDS + timedelta(hours=1), version=4)


def test_a_mediator_who_can_come_no_more_says_so_and_the_school_pays_nothing(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    with pytest.raises(RuleViolation, match="è già cominciato"):
        step(place, "mediator", request, A.DECLINE, at=STARTS)
    step(place, "mediator", request, A.DECLINE, at=LATE)
    assert (request.state, hours(place.budget)) == (S.WITH_PROVIDER, (60, 0))
    assert request.appointments[0].sequence == 2
    step(place, "teacher", request, A.CANCEL, at=LATE)
    assert hours(place.budget) == (0, 0)
