"""A request on its way: who moves it, what it does to the hours, what stays impossible."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState, Party
from schoolapp.domain.meetings import AppointmentState
from schoolapp.domain.roles import Role
from schoolapp.models import AuditEvent, HourBudget, HourEntry
from tests import factories
from tests.support.meetings import ENDS, NOW, STARTS, MeetingPlace

A, S = MeetingAction, MeetingState


def figure(budget: HourBudget) -> tuple[int, int, int]:
    """Granted, committed, used."""
    found = services.budgets.figure_of(budget)
    return found.granted, found.committed, found.used


def test_the_way_from_a_draft_to_hours_that_count(place: MeetingPlace, database: Session) -> None:
    request = place.draft()
    step = services.meetings.take_step
    assert (request.state, request.number, figure(place.budget)) == (S.DRAFT, 1, (600, 0, 0))
    step(place.teacher, request.id, A.SEND, at=NOW)
    assert (request.state, figure(place.budget)) == (S.WITH_COORDINATOR, (600, 0, 0))
    step(place.coordinator, request.id, A.APPROVE, at=NOW)
    assert (request.state, figure(place.budget)) == (S.WITH_PROVIDER, (600, 60, 0))
    assert request.provider_id == place.provider.id
    step(place.cooperative, request.id, A.PROPOSE, at=NOW, offer=place.offer())
    step(place.mediator, request.id, A.ACCEPT, at=NOW)
    assert (request.state, request.appointments[0].state) == (S.CONFIRMED, AppointmentState.CONFIRMED)
    step(place.mediator, request.id, A.HOLD, at=ENDS)
    step(place.mediator, request.id, A.REPORT, at=ENDS)
    _worked(place, request.id, minutes=75, database=database)
    step(place.teacher, request.id, A.VALIDATE, at=ENDS)
    assert (request.state, figure(place.budget)) == (S.VALIDATED, (600, 0, 75))
    assert [(event.action, event.party) for event in request.events] == [
        (A.SEND, Party.REQUESTER),
        (A.APPROVE, Party.COORDINATOR),
        (A.PROPOSE, Party.PROVIDER),
        (A.ACCEPT, Party.MEDIATOR),
        (A.HOLD, Party.MEDIATOR),
        (A.REPORT, Party.MEDIATOR),
        (A.VALIDATE, Party.REQUESTER),
    ]
    assert request.version == 7
    entry = database.scalars(select(HourEntry)).one()
    assert entry.validated_by_id == place.paola.id


def _worked(place: MeetingPlace, request_id: int, *, minutes: int, database: Session) -> None:
    entry = HourEntry(
        mediator_id=place.nadia.id,
        kind=HoursKind.MEETING,
        request_id=request_id,
        budget=place.budget,
        funding_line_id=place.budget.funding_line_id,
        day=STARTS.date(),
        start=STARTS.time(),
        end=(STARTS + timedelta(minutes=minutes)).time(),
        minutes=minutes,
    )
    database.add(entry)
    database.flush()


def test_the_hours_of_a_request_leave_a_row_in_the_register_of_changes(place: MeetingPlace, database: Session) -> None:
    place.walked_to(S.WITH_PROVIDER)
    rows = database.scalars(
        select(AuditEvent).where(AuditEvent.subject == "hour_budget", AuditEvent.action == "changed")
    )
    assert [row.changes for row in rows] == [{"committed_minutes": [0, 60]}]


def test_where_the_budget_asks_it_the_ambito_approves_and_only_then_hours_are_committed(place: MeetingPlace) -> None:
    place.budget.needs_grant = True
    request = place.request(S.WITH_COORDINATOR)
    services.meetings.take_step(place.coordinator, request.id, A.APPROVE, at=NOW)
    assert (request.state, figure(place.budget)) == (S.WITH_DISTRICT, (600, 0, 0))
    services.meetings.take_step(place.district, request.id, A.GRANT, at=NOW)
    assert (request.state, figure(place.budget)) == (S.WITH_PROVIDER, (600, 60, 0))


def test_a_service_has_no_coordinator_and_goes_straight_on(place: MeetingPlace) -> None:
    request = place.service_draft()
    services.meetings.take_step(place.social_worker, request.id, A.SEND, at=NOW)
    assert (request.state, figure(place.service_budget)) == (S.WITH_PROVIDER, (300, 60, 0))
    assert (request.pupil_id, request.case_code) == (None, "TM-2026-14")


def test_a_service_whose_budget_asks_it_goes_to_the_ambito(place: MeetingPlace) -> None:
    place.service_budget.needs_grant = True
    request = place.service_draft()
    services.meetings.take_step(place.social_worker, request.id, A.SEND, at=NOW)
    assert request.state is S.WITH_DISTRICT


def test_hours_that_are_not_there_are_not_committed(place: MeetingPlace) -> None:
    place.budget.granted_minutes = 45
    request = place.request(S.WITH_COORDINATOR)
    with pytest.raises(RuleViolation, match="restano 45 minuti e ne servono 60"):
        services.meetings.take_step(place.coordinator, request.id, A.APPROVE, at=NOW)


def test_without_a_budget_a_draft_can_be_kept_but_not_sent(place: MeetingPlace) -> None:
    request = place.draft(budget_id=None)
    with pytest.raises(RuleViolation, match="monte ore"):
        services.meetings.take_step(place.teacher, request.id, A.SEND, at=NOW)


@pytest.mark.parametrize(
    ("hours_before", "used", "remark"),
    [(49, 0, "two days and an hour: free"), (48, 0, "exactly two days: free"), (47, 60, "later: the hours are used")],
)
def test_cancelling_is_free_until_48_hours_before(
    place: MeetingPlace, database: Session, hours_before: int, used: int, remark: str
) -> None:
    request = place.request(S.CONFIRMED)
    at = STARTS - timedelta(hours=hours_before)
    services.meetings.take_step(place.teacher, request.id, A.CANCEL, at=at, reason="La famiglia non può")
    assert (request.state, figure(place.budget)) == (S.CANCELLED, (600, 0, used)), remark
    entries = database.scalars(select(HourEntry)).all()
    assert [(entry.kind, entry.minutes) for entry in entries] == ([(HoursKind.LATE_CANCELLATION, 60)] if used else [])
    assert request.appointments[0].state is AppointmentState.CANCELLED
    assert request.appointments[0].sequence == 2  # asked, confirmed, cancelled


def test_moving_at_the_last_moment_and_then_cancelling_is_cancelling_at_the_last_moment(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    late = STARTS - timedelta(hours=2)
    services.meetings.take_step(place.teacher, request.id, A.MOVE, at=late, reason="Sciopero")
    assert figure(place.budget) == (600, 60, 0)
    services.meetings.take_step(place.teacher, request.id, A.CANCEL, at=late, reason="Non serve più")
    assert figure(place.budget) == (600, 0, 60)


def test_when_the_cooperative_moved_it_cancelling_is_free(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    late = STARTS - timedelta(hours=2)
    services.meetings.take_step(place.cooperative, request.id, A.MOVE, at=late, reason="Malattia")
    services.meetings.take_step(place.teacher, request.id, A.CANCEL, at=late, reason="Non serve più")
    assert figure(place.budget) == (600, 0, 0)


def test_moved_and_given_new_times_it_keeps_its_hours(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    services.meetings.take_step(place.teacher, request.id, A.MOVE, at=NOW, reason="Sciopero")
    with pytest.raises(RuleViolation, match="almeno un orario"):
        services.meetings.take_step(place.teacher, request.id, A.RESCHEDULE, at=NOW)
    slots = place.wish().slots
    services.meetings.take_step(place.teacher, request.id, A.RESCHEDULE, at=NOW, slots=slots)
    assert (request.state, figure(place.budget)) == (S.WITH_PROVIDER, (600, 60, 0))


def test_who_read_an_older_version_is_told(place: MeetingPlace) -> None:
    request = place.request(S.WITH_COORDINATOR)
    with pytest.raises(RuleViolation, match="Intanto la richiesta è cambiata"):
        services.meetings.take_step(place.coordinator, request.id, A.APPROVE, at=NOW, version=0)
    services.meetings.take_step(place.coordinator, request.id, A.APPROVE, at=NOW, version=1)


def test_a_mediator_who_says_no_gives_the_request_back_to_the_cooperative(place: MeetingPlace) -> None:
    request = place.request(S.PROPOSED)
    services.meetings.take_step(place.mediator, request.id, A.DECLINE, at=NOW, reason="Siamo parenti")
    assert (request.state, request.appointments[0].state) == (S.WITH_PROVIDER, AppointmentState.DECLINED)
    assert figure(place.budget) == (600, 60, 0)


def test_a_mediator_of_another_cooperative_is_not_proposed(place: MeetingPlace) -> None:
    request = place.request(S.WITH_PROVIDER)
    offer = place.offer(mediator_id=factories.make_mediator().id)
    with pytest.raises(RuleViolation, match="non è tra i mediatori"):
        services.meetings.take_step(place.cooperative, request.id, A.PROPOSE, at=NOW, offer=offer)


def test_a_mediator_who_is_taken_is_not_proposed(place: MeetingPlace) -> None:
    place.request(S.CONFIRMED)
    request = place.request(S.WITH_PROVIDER)
    with pytest.raises(RuleViolation, match="già un altro colloquio"):
        services.meetings.take_step(place.cooperative, request.id, A.PROPOSE, at=NOW, offer=place.offer())


def test_numbers_are_counted_by_ambito(place: MeetingPlace) -> None:
    other = MeetingPlace()
    assert [place.draft().number, place.service_draft().number, other.draft().number] == [1, 2, 1]


@pytest.mark.parametrize(
    "who", ["teacher", "coordinator", "head", "social_worker", "district", "cooperative", "mediator"]
)
def test_people_of_another_place_find_no_request(place: MeetingPlace, who: str) -> None:
    request = place.request(S.PROPOSED)
    stranger = getattr(MeetingPlace(), who)
    for action in MeetingAction:
        with pytest.raises(NoResultFound):
            services.meetings.take_step(stranger, request.id, action, at=NOW, reason="motivo")


def test_a_colleague_teacher_finds_no_request_of_mine(place: MeetingPlace) -> None:
    request = place.draft()
    colleague = factories.make_actor(Role.TEACHER, place.institute)
    with pytest.raises(NoResultFound):
        services.meetings.take_step(colleague, request.id, A.SEND, at=NOW)


@pytest.mark.parametrize(
    ("who", "action", "remark"),
    [
        ("teacher", A.APPROVE, "who asks does not approve"),
        ("head", A.APPROVE, "the head reads"),
        ("social_worker", A.APPROVE, "a service has no say in a school"),
        ("district", A.APPROVE, "the Ambito comes later"),
    ],
)
def test_a_step_is_taken_by_its_party_alone(place: MeetingPlace, who: str, action: MeetingAction, remark: str) -> None:
    request = place.request(S.WITH_COORDINATOR)
    with pytest.raises((RuleViolation, NoResultFound)):
        services.meetings.take_step(getattr(place, who), request.id, action, at=NOW)
    assert request.state is S.WITH_COORDINATOR, remark


def test_the_ambito_without_a_cooperative_is_told(place: MeetingPlace, database: Session) -> None:
    place.provider.valid_to = NOW.date() - timedelta(days=1)
    request = place.request(S.WITH_COORDINATOR)
    with pytest.raises(RuleViolation, match="Nessuna cooperativa"):
        services.meetings.take_step(place.coordinator, request.id, A.APPROVE, at=NOW)
