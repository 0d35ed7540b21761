"""The tables. One module an aggregate; no questions here (they are in `queries/`)."""

from schoolapp.models.accounts import ClassTeacher, Membership, Provider, User
from schoolapp.models.assessments import AssessedDescriptor, AssessedLevel, Assessment
from schoolapp.models.audit import AuditEvent
from schoolapp.models.base import Audited, Base
from schoolapp.models.documents import IssuedDocument
from schoolapp.models.enrolments import Enrolment, Referral
from schoolapp.models.funding import FundingLine, Project, ProjectEmblem
from schoolapp.models.hours import BudgetChange, DeskContacts, HourBudget, HourEntry
from schoolapp.models.imports import PupilImport, RememberedHeading, RememberedWord
from schoolapp.models.institutes import Ambito, Comune, Institute, SchoolClass, Service, Site
from schoolapp.models.lessons import Lesson, Mark, UnlistedPupil, UnlistedState
from schoolapp.models.mediators import (
    Availability,
    DeclaredConflict,
    MediatorLanguage,
    MediatorProfile,
    Unavailability,
)
from schoolapp.models.meetings import (
    Appointment,
    CulturalNote,
    MeetingEvent,
    MeetingReport,
    MeetingRequest,
    ProposedSlot,
)
from schoolapp.models.messages import CheckedSentence, FamilyLetter, OutboxMessage, PersonalLink
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
    "Appointment",
    "AssessedDescriptor",
    "AssessedLevel",
    "Assessment",
    "AuditEvent",
    "Audited",
    "Availability",
    "Base",
    "BudgetChange",
    "CardReading",
    "CheckedSentence",
    "ClassMembership",
    "ClassTeacher",
    "Closure",
    "Comune",
    "Contact",
    "CulturalNote",
    "DeclaredConflict",
    "DeskContacts",
    "Enrolment",
    "FamilyLetter",
    "FundingLine",
    "HourBudget",
    "HourEntry",
    "Institute",
    "IssuedDocument",
    "Lesson",
    "Mark",
    "MediatorLanguage",
    "MediatorProfile",
    "MeetingEvent",
    "MeetingReport",
    "MeetingRequest",
    "Membership",
    "OutboxMessage",
    "PersonalLink",
    "Project",
    "ProjectEmblem",
    "ProposedSlot",
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
    "Service",
    "Site",
    "Slot",
    "Term",
    "Unavailability",
    "UnlistedPupil",
    "UnlistedState",
    "User",
    "Workshop",
    "WorkshopFacilitator",
    "WorkshopReport",
]
