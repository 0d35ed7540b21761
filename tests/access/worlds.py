"""A small world with one of everything that a URL can name, made for a given institute."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from schoolapp import clock
from schoolapp.domain.links import LinkPurpose
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meetings import AppointmentState, MeetingContext, MeetingReason
from schoolapp.domain.roles import Role
from schoolapp.models import Institute, Pupil, User
from schoolapp.services import links
from tests import factories


@dataclass
class World:
    """An institute, its people by role, and a value for each parameter that stands in a URL."""

    institute: Institute
    people: dict[Role, User]
    url_values: dict[str, Any]
    values_of: dict[Role, dict[str, Any]] = field(default_factory=dict)
    """Other values for a role that has nothing to do with schools."""

    def values_for(self, role: Role | None) -> dict[str, Any]:
        return self.url_values | (self.values_of.get(role, {}) if role else {})


def make_world() -> World:
    institute = factories.make_institute()
    people = {role: factories.make_user(role, institute) for role in Role}
    site = factories.make_site(institute)
    school_class = factories.make_class(site)
    factories.make_class_teacher(people[Role.TEACHER], school_class)
    pupil = factories.make_pupil(institute, school_class=school_class)
    workshop = factories.make_workshop(site=site, facilitator=people[Role.FACILITATOR])
    lesson = factories.make_lesson(workshop)
    unlisted = factories.make_unlisted_pupil(lesson)
    enrolment = factories.make_enrolment(workshop, pupil)
    referral = factories.make_referral(pupil, people[Role.TEACHER])
    assessment = factories.make_assessment(pupil, workshop_id=workshop.id)
    pupil_import = factories.make_pupil_import(institute)
    certificate = factories.make_issued_document(workshop, pupil)
    project = factories.make_project()
    closure = factories.make_closure(institute_id=institute.id, name="Elezioni")
    meetings = _meetings(institute, people, pupil)
    mediated = {
        "worker": "mediator",
        "person_id": people[Role.MEDIATOR].id,
        "away_id": factories.make_days_away(people[Role.MEDIATOR]).id,
    }
    return World(
        institute=institute,
        people=people,
        url_values={
            "token": "not-a-token",
            "code": certificate.code,
            "certificate_id": certificate.id,
            "institute_id": institute.id,
            "site_id": site.id,
            "class_id": school_class.id,
            "project_id": project.id,
            "emblem_id": factories.make_project_emblem(project).id,
            "pupil_id": pupil.id,
            "assessment_id": assessment.id,
            "workshop_id": workshop.id,
            "lesson_id": lesson.id,
            "closure_id": closure.id,
            "enrolment_id": enrolment.id,
            "referral_id": referral.id,
            "unlisted_id": unlisted.id,
            "import_id": pupil_import.id,
            "user_id": people[Role.TEACHER].id,
            "worker": "facilitator",
            "person_id": people[Role.FACILITATOR].id,
            "away_id": 0,
            "file_format": "csv",
            "message_id": factories.make_outbox_message(given_up_at=datetime(2026, 11, 20, 11, tzinfo=UTC)).id,
            "membership_id": people[Role.TEACHER].memberships[0].id,
            **meetings["school"],
        },
        values_of={
            Role.SERVICE_REQUESTER: meetings["service"],
            **dict.fromkeys((Role.MEDIATOR, Role.PROVIDER_COORDINATOR), mediated),
        },
    )


def _meetings(institute: Institute, people: dict[Role, User], pupil: Pupil) -> dict[str, dict[str, Any]]:
    """A meeting that stands, and a service's request; whoever has to do with them is of the same Ambito."""
    service = factories.make_service(ambito_id=institute.ambito_id, context=MeetingContext.DESK)
    people[Role.DISTRICT_OFFICER].memberships[0].ambito_id = institute.ambito_id
    people[Role.SERVICE_REQUESTER].memberships[0].ambito_id = institute.ambito_id
    people[Role.SERVICE_REQUESTER].memberships[0].service_id = service.id
    provider_id = people[Role.PROVIDER_COORDINATOR].memberships[0].provider_id
    people[Role.MEDIATOR].memberships[0].provider_id = provider_id
    budget = factories.make_hour_budget(institute)
    request = factories.make_meeting_request(
        institute,
        requester_id=people[Role.TEACHER].id,
        pupil=pupil,
        state=MeetingState.CONFIRMED,
        provider_id=provider_id,
        budget_id=budget.id,
    )
    factories.make_family_letter(request)
    factories.make_mediator_profile(people[Role.MEDIATOR], ("ar", "ur"))
    appointment = factories.make_appointment(
        request,
        people[Role.MEDIATOR],
        starts_at=clock.now() + timedelta(days=1),
        ends_at=clock.now() + timedelta(days=1, hours=1),
        state=AppointmentState.CONFIRMED,
    )
    of_service = factories.make_meeting_request(
        institute,
        institute_id=None,
        service_id=service.id,
        requester_id=people[Role.SERVICE_REQUESTER].id,
        context=MeetingContext.DESK,
        reason=MeetingReason.DESK,
        case_code="FS-2026-1",
        pupil=None,
        state=MeetingState.WITH_DISTRICT,
    )
    own = factories.make_hour_budget(service_id=service.id, ambito_id=institute.ambito_id)
    secret = links.make(
        purpose=LinkPurpose.FAMILY_ANSWER, request_id=request.id, appointment_id=appointment.id, expires_at=None
    )
    return {
        "school": {"service_id": service.id, "request_id": request.id, "budget_id": budget.id, "secret": secret},
        "service": {"request_id": of_service.id, "budget_id": own.id},
    }
