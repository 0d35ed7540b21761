"""Meetings with a mediator, their hours and their messages."""

from datetime import UTC, date, datetime, time
from typing import Any

from schoolapp.domain.hours import HoursKind
from schoolapp.domain.lessons import minutes_between
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meetings import AppointmentState, InvitedBy, MeetingContext, MeetingMode, MeetingReason
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import (
    Appointment,
    HourEntry,
    Institute,
    MeetingRequest,
    OutboxMessage,
    ProposedSlot,
    Service,
    User,
)
from tests.factories.funding import make_hour_budget
from tests.factories.keeping import kept, numbers
from tests.factories.people import make_mediator, make_user
from tests.factories.places import make_institute, make_school_year, make_service
from tests.factories.pupils import make_pupil


def make_meeting_request(institute: Institute | None = None, **values: Any) -> MeetingRequest:
    """A school's draft about a pupil; `slots=[(day, start)]`."""
    institute = institute or make_institute()
    slots = values.pop("slots", [(date(2026, 12, 3), time(16, 30))])
    if "requester_id" not in values:
        values["requester_id"] = make_user(Role.TEACHER, institute).id
    if "pupil" not in values and "pupil_id" not in values:
        values["pupil"] = make_pupil(institute)
    request = MeetingRequest(
        **{
            "ambito_id": institute.ambito_id,
            "school_year_id": make_school_year().id,
            "number": next(numbers),
            "context": MeetingContext.SCHOOL,
            "institute_id": institute.id,
            "reason": MeetingReason.TALK,
            "language": "ar",
            "minutes": 60,
            "mode": MeetingMode.IN_PLACE,
            "place": "sala colloqui",
            "invited_by": InvitedBy.MEDIATOR,
            "state": MeetingState.DRAFT,
            **values,
        }
    )
    request.slots = [ProposedSlot(position=at, day=day, start=start) for at, (day, start) in enumerate(slots, 1)]
    return kept(request)


def make_appointment(request: MeetingRequest | None = None, mediator: User | None = None, **values: Any) -> Appointment:
    request = request or make_meeting_request(state=MeetingState.PROPOSED)
    mediator = mediator or make_mediator()
    return kept(
        Appointment(
            **{
                "request": request,
                "mediator": mediator,
                "starts_at": datetime(2026, 12, 3, 15, 30, tzinfo=UTC),
                "ends_at": datetime(2026, 12, 3, 16, 30, tzinfo=UTC),
                "state": AppointmentState.PROPOSED,
                "uid": f"{next(numbers)}@example.org",
                **values,
            }
        )
    )


def make_hour_entry(mediator: User | None = None, **values: Any) -> HourEntry:
    """Two hours at a desk on Thursday 12 November 2026, not confirmed yet; `request_id` for those of a meeting."""
    mediator = mediator or make_mediator()
    if "service_id" not in values and "request_id" not in values:
        values["service_id"] = make_service().id
    if "budget" not in values:
        ambito_id = db.session.get_one(Service, values["service_id"]).ambito_id
        values["budget"] = make_hour_budget(service_id=values["service_id"], ambito_id=ambito_id)
    values = {"day": date(2026, 11, 12), "start": time(9), "end": time(11), "kind": HoursKind.DESK, **values}
    values.setdefault("minutes", minutes_between(values["start"], values["end"]))
    values.setdefault("funding_line_id", values["budget"].funding_line_id)
    return kept(HourEntry(mediator=mediator, **values))


def make_outbox_message(**values: Any) -> OutboxMessage:
    written_at = datetime(2026, 11, 20, 11, tzinfo=UTC)
    return kept(
        OutboxMessage(
            **{
                "to_address": "amina@example.org",
                "subject": "Un colloquio",
                "body": "Ciao.",
                "created_at": written_at,
                "next_attempt_at": written_at,
                **values,
            }
        )
    )
