"""After a meeting: the report, the minutes it puts into the ledger, who confirms or disputes them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import queries, services
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.meeting_reports import Extra, Present, ReportFacts
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.models import AuditEvent, CulturalNote, HourEntry, MeetingReport, MeetingRequest
from tests import factories
from tests.support.meetings import DAY, MeetingPlace

S = MeetingState
AFTER = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)


def facts(**values: Any) -> ReportFacts:
    return ReportFacts(
        **{
            "family_came": True,
            "start": time(16, 30),
            "end": time(17, 30),
            "present": (Present.MOTHER, Present.REQUESTER),
            "agreements": "La madre porta il libretto.",
            **values,
        }
    )


def write(place: MeetingPlace, request: MeetingRequest, actor: Actor | None = None, **values: Any) -> MeetingReport:
    return services.meeting_reports.write(
        actor or place.mediator, request.id, facts(**values), at=AFTER, version=request.version
    )


def ledger(database: Session) -> list[tuple[HoursKind, date, str, int, bool]]:
    entries = database.scalars(select(HourEntry).order_by(HourEntry.day, HourEntry.start))
    return [
        (each.kind, each.day, f"{each.start:%H:%M}", each.minutes, each.validated_at is not None) for each in entries
    ]


def test_the_report_says_how_it_went_and_its_minutes_stand_in_the_ledger(
    place: MeetingPlace, database: Session
) -> None:
    request = place.request(S.CONFIRMED)
    report = write(
        place,
        request,
        call=Extra(DAY - timedelta(days=3), time(9, 0), 15),
        debriefing=Extra(DAY, time(17, 30), 20),
        another_meeting=True,
    )
    assert request.state is S.REPORTED
    assert [event.action for event in request.events[-2:]] == [MeetingAction.HOLD, MeetingAction.REPORT]
    assert (report.present, report.agreements, report.another_meeting, report.reported_by_id) == (
        "mother,requester",
        "La madre porta il libretto.",
        True,
        place.nadia.id,
    )
    assert ledger(database) == [
        (HoursKind.FAMILY_CALL, DAY - timedelta(days=3), "09:00", 15, False),
        (HoursKind.MEETING, DAY, "16:30", 60, False),
        (HoursKind.DEBRIEFING, DAY, "17:30", 20, False),
    ]
    entries = database.scalars(select(HourEntry)).all()
    assert {(each.budget_id, each.funding_line_id) for each in entries} == {
        (place.budget.id, place.budget.funding_line_id)
    }
    assert request.committed_minutes == 95
    assert place.budget.committed_minutes == 95


def test_who_asked_confirms_and_what_was_committed_is_used(place: MeetingPlace, database: Session) -> None:
    request = place.request(S.CONFIRMED)
    report = write(place, request, end=time(17, 15))
    services.meeting_reports.confirm(place.teacher, request.id, at=AFTER, version=request.version)
    assert request.state is S.VALIDATED
    assert (report.confirmed_by_id, report.confirmed_at) == (place.paola.id, AFTER)
    assert (place.budget.committed_minutes, place.budget.used_minutes) == (0, 45)
    assert ledger(database) == [(HoursKind.MEETING, DAY, "16:30", 45, True)]
    with pytest.raises(RuleViolation):
        services.meeting_reports.confirm(place.teacher, request.id, at=AFTER)
    assert place.budget.used_minutes == 45


def test_a_family_that_did_not_come_costs_the_minutes_the_mediator_waited(
    place: MeetingPlace, database: Session
) -> None:
    request = place.request(S.CONFIRMED)
    write(place, request, family_came=False, present=(), end=time(17, 0))
    assert request.events[-2].to_state is S.FAMILY_ABSENT
    assert ledger(database) == [(HoursKind.FAMILY_ABSENT, DAY, "16:30", 30, False)]


def test_who_disputes_says_why_and_the_new_report_takes_the_place_of_the_old(
    place: MeetingPlace, database: Session
) -> None:
    request = place.request(S.CONFIRMED)
    write(place, request, cultural_note="Chi è più anziano parla per primo.")
    with pytest.raises(RuleViolation, match="motivo"):
        services.meeting_reports.dispute(place.teacher, request.id, reason=" ", at=AFTER)
    services.meeting_reports.dispute(place.teacher, request.id, reason="Siamo finiti alle 17.", at=AFTER)
    assert request.state is S.HELD
    write(place, request, end=time(17, 0))
    assert ledger(database) == [(HoursKind.MEETING, DAY, "16:30", 30, False)]
    assert database.scalar(select(func.count()).select_from(CulturalNote)) == 0
    services.meeting_reports.confirm(place.coordinator, request.id, at=AFTER)
    assert (place.budget.committed_minutes, place.budget.used_minutes) == (0, 30)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"end": time(16, 30)}, "end"),
        ({"present": ()}, "present"),
        ({"present": (Present.ADULT,)}, "present"),
        ({"agreements": "x" * 501}, "agreements"),
        ({"cultural_note": "x" * 1001}, "cultural_note"),
        ({"end": time(21, 30)}, "end"),  # at 21:00 in Italy
        ({"call": Extra(DAY + timedelta(days=1), time(9, 0), 10)}, "call_day"),
        ({"call": Extra(DAY, time(9, 0), 0)}, "call_minutes"),
        ({"call": Extra(DAY, time(9, 0), 181)}, "call_minutes"),
        ({"call": Extra(DAY, time(16, 45), 10)}, "call_start"),  # inside the meeting
        ({"debriefing": Extra(DAY - timedelta(days=1), time(9, 0), 10)}, "debriefing_day"),
        ({"debriefing": Extra(DAY, time(20, 55), 10)}, "debriefing_start"),
        ({"debriefing": Extra(DAY, time(23, 55), 10)}, "debriefing_start"),
    ],
)
def test_a_report_that_cannot_be_so_is_refused_at_its_field(
    place: MeetingPlace, values: dict[str, Any], field: str
) -> None:
    request = place.request(S.CONFIRMED)
    with pytest.raises(RuleViolation) as refused:
        write(place, request, **values)
    assert refused.value.field == field


def test_a_meeting_to_come_has_no_report(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    before = datetime(2026, 12, 2, 20, 0, tzinfo=UTC)
    with pytest.raises(RuleViolation, match="deve ancora"):
        services.meeting_reports.write(place.mediator, request.id, facts(), at=before, version=request.version)


def test_no_minute_of_a_mediator_counts_twice(place: MeetingPlace, database: Session) -> None:
    request = place.request(S.CONFIRMED)
    desk = factories.make_service(place.ambito)
    factories.make_hour_entry(
        place.nadia, service_id=desk.id, budget=place.service_budget, day=DAY, start=time(17, 0), end=time(18, 0)
    )
    with pytest.raises(RuleViolation, match="hai già") as refused, database.begin_nested():
        write(place, request)
    assert refused.value.field == "start"
    assert write(place, request, end=time(17, 0)).end == time(17, 0)


def test_more_than_the_budget_has_is_refused_with_what_is_left(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    place.budget.used_minutes = place.budget.granted_minutes - 60 - 10
    with pytest.raises(RuleViolation) as refused:
        write(place, request, debriefing=Extra(DAY, time(17, 30), 20))
    assert "restano 10 minuti, ne servono 20." in str(refused.value)


def test_another_mediator_finds_nothing_and_no_other_party_writes(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    other = factories.actor_of(factories.make_mediator(place.provider))
    with pytest.raises(NoResultFound):
        write(place, request, other)
    with pytest.raises(RuleViolation, match="un’altra persona"):
        write(place, request, place.teacher)
    with pytest.raises(RuleViolation, match="cambiata"):
        services.meeting_reports.write(place.mediator, request.id, facts(), at=AFTER, version=request.version - 1)


def test_a_cultural_note_is_read_by_its_author_and_by_who_asked_only(place: MeetingPlace, database: Session) -> None:
    request = place.request(S.CONFIRMED)
    write(place, request, cultural_note="Togliersi le scarpe è un segno di rispetto.")

    def note(actor: Actor) -> str | None:
        report = queries.meeting_reports.of_request(actor, queries.meetings.card(actor, request.id))
        assert report is not None
        return report.note

    assert note(place.mediator) == note(place.teacher) == "Togliersi le scarpe è un segno di rispetto."
    assert note(place.coordinator) is note(place.head) is note(place.cooperative) is None
    assert "scarpe" not in str(database.scalars(select(AuditEvent.changes)).all())


def test_the_cooperative_reads_minutes_and_the_ambito_nothing_of_what_was_said(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    write(place, request)
    cooperative = queries.meeting_reports.of_request(
        place.cooperative, queries.meetings.card(place.cooperative, request.id)
    )
    assert cooperative is not None
    assert (cooperative.minutes, cooperative.agreements, cooperative.present) == (60, None, None)
    assert queries.meeting_reports.of_request(place.district, queries.meetings.card(place.district, request.id)) is None


def test_hours_confirmed_by_mistake_are_corrected_and_counted_once(place: MeetingPlace, database: Session) -> None:
    request = place.request(S.CONFIRMED)
    write(place, request, end=time(18, 30))
    services.meeting_reports.confirm(place.teacher, request.id, at=AFTER)
    assert (place.budget.committed_minutes, place.budget.used_minutes) == (0, 120)
    with pytest.raises(RuleViolation, match="Scrivi il motivo"):
        services.meeting_reports.dispute(place.teacher, request.id, reason=" ", at=AFTER)
    services.meeting_reports.dispute(place.teacher, request.id, reason="Era un’ora sola", at=AFTER)
    report = database.scalars(select(MeetingReport)).one()
    assert (request.state, report.confirmed_at) == (S.HELD, None)
    assert (place.budget.committed_minutes, place.budget.used_minutes) == (120, 0)
    assert [counted for *_, counted in ledger(database)] == [False]
    write(place, request)
    assert (place.budget.committed_minutes, place.budget.used_minutes) == (60, 0)
    services.meeting_reports.confirm(place.teacher, request.id, at=AFTER)
    assert (place.budget.committed_minutes, place.budget.used_minutes) == (0, 60)
    assert [(minutes, counted) for *_, minutes, counted in ledger(database)] == [(60, True)]


def test_the_hours_of_a_year_that_is_over_stay_as_they_were_counted(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    write(place, request)
    services.meeting_reports.confirm(place.teacher, request.id, at=AFTER)
    next_year = AFTER.replace(year=2027, month=10)
    with pytest.raises(RuleViolation, match="anno scolastico è finito"):
        services.meeting_reports.dispute(place.teacher, request.id, reason="Era un’ora sola", at=next_year)


def test_a_report_asks_for_no_more_than_a_meeting_can_last(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    with pytest.raises(RuleViolation, match="troppe ore") as refused:
        write(place, request, start=time(8, 0), end=time(16, 1))
    assert refused.value.field == "end"


def test_minutes_that_a_corrected_report_no_longer_asks_for_are_free_for_others(place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    write(place, request, end=time(19, 30))
    assert place.budget.committed_minutes == 180
    services.meeting_reports.dispute(place.teacher, request.id, reason="Era un’ora sola", at=AFTER)
    write(place, request, end=time(17, 0))
    assert place.budget.committed_minutes == 60
