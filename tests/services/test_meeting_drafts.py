"""Writing a request: what it must say, and whose each id in it must be (A5, A12)."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meeting_wishes import Participant, Slot
from schoolapp.domain.meetings import MeetingReason
from schoolapp.domain.roles import Role
from schoolapp.models import AuditEvent, MeetingRequest
from tests import factories
from tests.support.meetings import DAY, NOW, MeetingPlace


def test_a_draft_keeps_what_was_typed(place: MeetingPlace) -> None:
    request = place.draft(
        slots=(Slot(DAY, time(16, 30)), Slot(date(2026, 12, 9), time(14, 0))),
        participants=(Participant.REQUESTER, Participant.PUPIL),
        note="  Meglio   dopo le 16 ",
        same_mediator=True,
        gender_wanted="F",
    )
    assert [(slot.position, slot.day) for slot in request.slots] == [(1, DAY), (2, date(2026, 12, 9))]
    assert request.participants == "requester,pupil"
    assert request.note == "Meglio dopo le 16"
    assert (request.state, request.ambito_id) == (MeetingState.DRAFT, place.ambito.id)


def test_the_note_stays_out_of_the_register_of_changes(place: MeetingPlace, database: Session) -> None:
    place.draft(note="La mamma è in ospedale")
    for row in database.scalars(select(AuditEvent)):
        assert "ospedale" not in str(row.changes)


@pytest.mark.parametrize(
    ("typed", "field", "remark"),
    [
        ({"reason": MeetingReason.VACCINATION}, "reason", "a reason of another context"),
        ({"pupil_id": None}, "pupil_id", "a talk is about a pupil"),
        ({"reason": MeetingReason.CLASS_ASSEMBLY}, "class_id", "an assembly is of a class"),
        ({"language": "xx"}, "language", "no such language"),
        ({"language": "it"}, "language", "a mediator is not asked for Italian"),
        ({"place": "a" * 121}, "place", "cut off in silence it would name another place"),
        ({"second_language": "ar"}, "second_language", "the same language twice"),
        ({"slots": ()}, "slot1_day", "no time at all"),
        ({"slots": (Slot(date(2026, 11, 19), time(9)),)}, "slot1_day", "yesterday"),
        ({"slots": (Slot(DAY, time(9)), Slot(DAY, time(9)))}, "slot2_day", "the same time twice"),
        ({"slots": (Slot(date(2030, 1, 7), time(9)),)}, "slot1_day", "a school year that is not there"),
        ({"minutes": 5}, "minutes", "too short"),
        ({"note": "x" * 201}, "note", "too long"),
        ({"families": 0}, "families", "nobody"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    place: MeetingPlace, typed: dict[str, Any], field: str, remark: str
) -> None:
    with pytest.raises(RuleViolation) as no:
        place.draft(**typed)
    assert no.value.field == field, remark


@pytest.mark.parametrize(
    ("code", "remark"),
    [(None, "a case has a code"), ("Rossi Mario", "a name"), ("Rossi", "a surname has no figure"), ("T 1", "a space")],
)
def test_a_service_names_a_case_by_its_code_alone(place: MeetingPlace, code: str | None, remark: str) -> None:
    with pytest.raises(RuleViolation) as no:
        place.service_draft(case_code=code)
    assert no.value.field == "case_code", remark


def test_a_service_that_sends_a_pupil_along_keeps_none(place: MeetingPlace) -> None:
    request = place.service_draft(pupil_id=place.pupil.id, class_id=place.school_class.id)
    assert (request.pupil_id, request.class_id) == (None, None)


def test_a_pupil_of_another_class_or_school_is_refused(place: MeetingPlace) -> None:
    strangers = [factories.make_pupil(place.institute).id, MeetingPlace().pupil.id]
    for pupil_id in strangers:
        with pytest.raises(RuleViolation) as no:
            place.draft(pupil_id=pupil_id)
        assert no.value.field == "pupil_id"


def test_a_class_of_somebody_else_is_refused(place: MeetingPlace) -> None:
    other = factories.make_class(factories.make_site(place.institute))
    with pytest.raises(RuleViolation) as no:
        place.draft(reason=MeetingReason.CLASS_ASSEMBLY, class_id=other.id)
    assert no.value.field == "class_id"


def test_the_budget_of_another_school_is_refused(place: MeetingPlace) -> None:
    for budget in (MeetingPlace().budget, place.service_budget):
        with pytest.raises(RuleViolation) as no:
            place.draft(budget_id=budget.id)
        assert no.value.field == "budget_id"


def test_nobody_asks_in_the_name_of_another_school_or_service(place: MeetingPlace) -> None:
    other = MeetingPlace()
    for where in ({"institute_id": other.institute.id}, {"service_id": place.service.id}, {"institute_id": None}):
        with pytest.raises(NoResultFound):
            services.meeting_drafts.draft(place.teacher, wish=place.wish(), at=NOW, **where)
    for where in ({"service_id": other.service.id}, {"institute_id": place.institute.id}):
        with pytest.raises(NoResultFound):
            services.meeting_drafts.draft(place.social_worker, wish=place.case_wish(), at=NOW, **where)


def test_a_draft_is_written_again_by_who_asks_or_by_the_coordinator(place: MeetingPlace) -> None:
    request = place.draft()
    services.meeting_drafts.edit(place.teacher, request.id, version=0, wish=place.wish(minutes=90), at=NOW)
    services.meeting_drafts.edit(place.coordinator, request.id, version=1, wish=place.wish(minutes=30), at=NOW)
    assert (request.minutes, request.version) == (30, 2)


def test_an_edited_request_does_not_change_its_case(place: MeetingPlace) -> None:
    """A12: access to one request is no way to another pupil, nor to another school year's hours."""
    request = place.draft()
    for wish in (
        place.wish(pupil_id=MeetingPlace().pupil.id),
        replace(place.wish(), budget_id=place.service_budget.id),
    ):
        with pytest.raises(RuleViolation):
            services.meeting_drafts.edit(place.teacher, request.id, version=0, wish=wish, at=NOW)
    for stranger in (MeetingPlace().teacher, place.social_worker, place.cooperative):
        with pytest.raises(NoResultFound):
            services.meeting_drafts.edit(stranger, request.id, version=0, wish=place.wish(), at=NOW)
    with pytest.raises(RuleViolation):
        services.meeting_drafts.edit(place.head, request.id, version=0, wish=place.wish(), at=NOW)


def test_what_was_sent_is_written_again_only_when_sent_back(place: MeetingPlace) -> None:
    request = place.request(MeetingState.WITH_COORDINATOR)
    with pytest.raises(RuleViolation, match="Intanto la richiesta è cambiata"):
        services.meeting_drafts.edit(place.teacher, request.id, version=1, wish=place.wish(), at=NOW)
    services.meetings.take_step(place.coordinator, request.id, MeetingAction.RETURN, at=NOW, reason="Manca il luogo")
    services.meeting_drafts.edit(place.teacher, request.id, version=2, wish=place.wish(place="aula 3"), at=NOW)
    assert request.place == "aula 3"


def test_times_of_another_school_year_ask_for_another_request(place: MeetingPlace) -> None:
    factories.make_school_year(label="2027/28", first_day=date(2027, 9, 1), last_day=date(2028, 8, 31))
    request = place.draft()
    wish = place.wish(slots=(Slot(date(2027, 9, 20), time(9)),), budget_id=None)
    with pytest.raises(RuleViolation, match="altro anno scolastico"):
        services.meeting_drafts.edit(place.teacher, request.id, version=0, wish=wish, at=NOW)


def test_a_school_of_no_ambito_is_told(place: MeetingPlace, database: Session) -> None:
    place.institute.ambito_id = None
    with pytest.raises(RuleViolation, match="nessun Ambito"):
        place.draft()


def test_a_meeting_may_be_asked_for_today(place: MeetingPlace, database: Session) -> None:
    today = (NOW + timedelta(hours=1)).date()
    place.draft(slots=(Slot(today, time(18)),))
    assert database.scalars(select(MeetingRequest)).one().slots[0].day == today


@pytest.mark.parametrize("of_the_other", ["pupil_id", "class_id", "budget_id"])
def test_who_works_in_two_schools_does_not_mix_them(place: MeetingPlace, of_the_other: str) -> None:
    """Both are hers; the hours of one school are not spent on the pupils of the other."""
    other = MeetingPlace()
    factories.make_membership(place.lucia, Role.COORDINATOR, other.institute)
    lucia = place.actor(place.lucia)
    theirs = {"pupil_id": other.pupil.id, "class_id": other.school_class.id, "budget_id": other.budget.id}
    reason = {"reason": MeetingReason.CLASS_ASSEMBLY} if of_the_other == "class_id" else {}
    wish = place.wish(**{of_the_other: theirs[of_the_other]}, **reason)
    with pytest.raises(RuleViolation) as refused:
        services.meeting_drafts.draft(lucia, institute_id=place.institute.id, wish=wish, at=NOW)
    assert refused.value.field == of_the_other
