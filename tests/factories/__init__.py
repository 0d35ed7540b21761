"""Valid things with one call; a test names only what matters to it. Everything is flushed, nothing is shared."""

from tests.factories.documents import (
    make_assessment,
    make_family_letter,
    make_issued_document,
    make_pupil_report,
    make_workshop_report,
)
from tests.factories.funding import make_funding_line, make_hour_budget, make_project, make_project_emblem
from tests.factories.keeping import YEAR_FIRST_DAY, YEAR_LAST_DAY
from tests.factories.meetings import make_appointment, make_hour_entry, make_meeting_request, make_outbox_message
from tests.factories.people import (
    actor_of,
    make_actor,
    make_availability,
    make_days_away,
    make_mediator,
    make_mediator_profile,
    make_membership,
    make_user,
)
from tests.factories.places import (
    make_ambito,
    make_class,
    make_closure,
    make_comune,
    make_institute,
    make_provider,
    make_school_year,
    make_service,
    make_site,
)
from tests.factories.pupils import make_class_teacher, make_pupil, make_pupil_import, make_referral
from tests.factories.workshops import (
    make_enrolment,
    make_lesson,
    make_mark,
    make_slot,
    make_unlisted_pupil,
    make_workshop,
    make_workshop_facilitator,
)

__all__ = [
    "YEAR_FIRST_DAY",
    "YEAR_LAST_DAY",
    "actor_of",
    "make_actor",
    "make_ambito",
    "make_appointment",
    "make_assessment",
    "make_availability",
    "make_class",
    "make_class_teacher",
    "make_closure",
    "make_comune",
    "make_days_away",
    "make_enrolment",
    "make_family_letter",
    "make_funding_line",
    "make_hour_budget",
    "make_hour_entry",
    "make_institute",
    "make_issued_document",
    "make_lesson",
    "make_mark",
    "make_mediator",
    "make_mediator_profile",
    "make_meeting_request",
    "make_membership",
    "make_outbox_message",
    "make_project",
    "make_project_emblem",
    "make_provider",
    "make_pupil",
    "make_pupil_import",
    "make_pupil_report",
    "make_referral",
    "make_school_year",
    "make_service",
    "make_site",
    "make_slot",
    "make_unlisted_pupil",
    "make_user",
    "make_workshop",
    "make_workshop_facilitator",
    "make_workshop_report",
]
