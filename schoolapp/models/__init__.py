"""The tables. One module an aggregate; no questions here (they are in `queries/`)."""

from schoolapp.models.accounts import ClassTeacher, Membership, Provider, User
from schoolapp.models.assessments import AssessedDescriptor, AssessedLevel, Assessment
from schoolapp.models.audit import AuditEvent
from schoolapp.models.base import Audited, Base
from schoolapp.models.documents import IssuedDocument
from schoolapp.models.enrolments import Enrolment, Referral
from schoolapp.models.funding import FundingLine, Project
from schoolapp.models.imports import PupilImport, RememberedHeading, RememberedWord
from schoolapp.models.institutes import Ambito, Comune, Institute, SchoolClass, Site
from schoolapp.models.lessons import Lesson, Mark, UnlistedPupil, UnlistedState
from schoolapp.models.pupils import (
    CardReading,
    ClassMembership,
    Contact,
    Pupil,
    PupilCitizenship,
    PupilLanguage,
)
from schoolapp.models.reports import PupilReport, WorkshopReport
from schoolapp.models.school_year import Closure, SchoolYear, Term
from schoolapp.models.workshops import Slot, Workshop, WorkshopFacilitator

__all__ = [
    "Ambito",
    "AssessedDescriptor",
    "AssessedLevel",
    "Assessment",
    "AuditEvent",
    "Audited",
    "Base",
    "CardReading",
    "ClassMembership",
    "ClassTeacher",
    "Closure",
    "Comune",
    "Contact",
    "Enrolment",
    "FundingLine",
    "Institute",
    "IssuedDocument",
    "Lesson",
    "Mark",
    "Membership",
    "Project",
    "Provider",
    "Pupil",
    "PupilCitizenship",
    "PupilImport",
    "PupilLanguage",
    "PupilReport",
    "Referral",
    "RememberedHeading",
    "RememberedWord",
    "SchoolClass",
    "SchoolYear",
    "Site",
    "Slot",
    "Term",
    "UnlistedPupil",
    "UnlistedState",
    "User",
    "Workshop",
    "WorkshopFacilitator",
    "WorkshopReport",
]
