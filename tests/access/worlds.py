"""A small world with one of everything that a URL can name, made for a given institute."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from schoolapp.domain.links import LinkPurpose
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meetings import AppointmentState
from schoolapp.domain.roles import Role
from schoolapp.models import Institute, User
from schoolapp.services import links
from tests import factories


@dataclass
class World:
    """An institute, its people by role, and a value for each parameter that stands in a URL."""

    institute: Institute
    people: dict[Role, User]
    url_values: dict[str, Any]


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
    request = factories.make_meeting_request(
        institute, pupil=pupil, requester_id=people[Role.TEACHER].id, state=MeetingState.CONFIRMED
    )
    appointment = factories.make_appointment(request, people[Role.MEDIATOR], state=AppointmentState.CONFIRMED)
    factories.make_family_letter(request)
    closure = factories.make_closure(institute_id=institute.id, name="Elezioni")
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
            "request_id": request.id,
            "secret": links.make(
                purpose=LinkPurpose.FAMILY_ANSWER,
                request_id=request.id,
                appointment_id=appointment.id,
                expires_at=None,
            ),
            "message_id": factories.make_outbox_message(given_up_at=datetime(2026, 11, 20, 11, tzinfo=UTC)).id,
            "membership_id": people[Role.TEACHER].memberships[0].id,
        },
    )
