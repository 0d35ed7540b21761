"""What is written about a pupil and what leaves the school on paper."""

from datetime import date
from typing import Any

from schoolapp import clock
from schoolapp.domain.assessment import AssessmentState, Moment
from schoolapp.domain.certificates import certificate_number
from schoolapp.domain.issued_documents import DocumentKind
from schoolapp.domain.letters.bank import BANK_VERSION
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.profiles import proposed_overall
from schoolapp.models import (
    AssessedLevel,
    Assessment,
    FamilyLetter,
    IssuedDocument,
    MeetingRequest,
    Pupil,
    PupilReport,
    Workshop,
    WorkshopReport,
)
from tests.factories.keeping import kept, numbers
from tests.factories.meetings import make_meeting_request
from tests.factories.people import make_user
from tests.factories.places import make_school_year
from tests.factories.pupils import make_pupil
from tests.factories.workshops import make_enrolment, make_workshop
from tests.support.certificates import make_contents
from tests.support.letters import make_letter


def make_assessment(pupil: Pupil | None = None, **values: Any) -> Assessment:
    """A completed entry assessment; `levels={Skill.READING: Level.A1}` names other levels than A1 everywhere."""
    pupil = pupil or make_pupil()
    levels = values.pop("levels", dict.fromkeys(Skill, Level.A1))
    state = values.setdefault("state", AssessmentState.COMPLETE)
    if state is not AssessmentState.DRAFT:
        values.setdefault("completed_at", clock.now())
    if state is AssessmentState.SHARED:
        values.setdefault("shared_at", clock.now())
    if "assessor_id" not in values:
        values["assessor_id"] = make_user().id
    assessment = Assessment(
        **{
            "institute_id": pupil.institute_id,
            "pupil": pupil,
            "school_year_id": make_school_year().id,
            "moment": Moment.ENTRY,
            "day": date(2026, 10, 1),
            "scale_version": 1,
            "overall_level": proposed_overall(levels),
            "version": 1,
            **values,
        }
    )
    assessment.levels = [AssessedLevel(skill=skill, level=level) for skill, level in levels.items()]
    return kept(assessment)


def make_issued_document(workshop: Workshop | None = None, pupil: Pupil | None = None, **values: Any) -> IssuedDocument:
    workshop = workshop or make_workshop()
    pupil = pupil or make_enrolment(workshop).pupil
    if "issued_by_id" not in values:
        values["issued_by_id"] = make_user().id
    number = values.setdefault("number", next(numbers))
    code = values.setdefault("code", f"{number:026}")
    contents = make_contents(number=certificate_number("2026/27", number), code=code)
    return kept(
        IssuedDocument(
            **{
                "institute_id": workshop.institute_id,
                "school_year_id": workshop.school_year_id,
                "kind": DocumentKind.CERTIFICATE,
                "workshop": workshop,
                "pupil": pupil,
                "contents": contents.to_json(),
                "issued_at": clock.now(),
                **values,
            }
        )
    )


def make_workshop_report(workshop: Workshop | None = None, **values: Any) -> WorkshopReport:
    """A draft for the first term."""
    workshop = workshop or make_workshop()
    term = values.pop("term", None) or make_school_year().terms[0]
    return kept(WorkshopReport(workshop=workshop, term=term, **values))


def make_pupil_report(workshop: Workshop | None = None, pupil: Pupil | None = None, **values: Any) -> PupilReport:
    workshop = workshop or make_workshop()
    pupil = pupil or make_enrolment(workshop).pupil
    term = values.pop("term", None) or make_school_year().terms[0]
    return kept(PupilReport(workshop=workshop, pupil=pupil, term=term, **values))


def make_family_letter(request: MeetingRequest | None = None, **values: Any) -> FamilyLetter:
    """An invitation in Arabic as it was printed; `contents` are made by `tests.support.letters.make_letter`."""
    request = request or make_meeting_request(state=MeetingState.CONFIRMED)
    contents = values.pop("contents", None) or make_letter()
    if "printed_by_id" not in values:
        values["printed_by_id"] = request.requester_id
    return kept(
        FamilyLetter(
            **{
                "institute_id": request.institute_id,
                "request_id": request.id,
                "pupil_id": request.pupil_id,
                "kind": contents.kind.value,
                "language": contents.language,
                "bank_version": BANK_VERSION,
                "contents": contents.to_json(),
                "printed_at": clock.now(),
                **values,
            }
        )
    )
