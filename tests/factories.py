"""Valid things with one call; a test names only what matters to it. Everything is flushed, nothing is shared."""

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select

from schoolapp import clock
from schoolapp.domain.actors import Actor, Grant
from schoolapp.domain.assessment import AssessmentState, Moment
from schoolapp.domain.attendance import MarkStatus, mark_minutes
from schoolapp.domain.certificates import certificate_number
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.issued_documents import DocumentKind
from schoolapp.domain.lessons import minutes_between
from schoolapp.domain.letters.bank import BANK_VERSION
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meetings import (
    AppointmentState,
    InvitedBy,
    LanguageLevel,
    MeetingContext,
    MeetingMode,
    MeetingReason,
)
from schoolapp.domain.profiles import proposed_overall
from schoolapp.domain.referral import ReferralState
from schoolapp.domain.roles import ROLE_SCOPE, Role, ScopeKind
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.workshops import WorkshopKind, WorkshopStatus
from schoolapp.extensions import db
from schoolapp.models import (
    Ambito,
    Appointment,
    AssessedLevel,
    Assessment,
    Base,
    ClassMembership,
    ClassTeacher,
    Closure,
    Comune,
    Enrolment,
    FamilyLetter,
    FundingLine,
    HourBudget,
    HourEntry,
    Institute,
    IssuedDocument,
    Lesson,
    Mark,
    MediatorLanguage,
    MediatorProfile,
    MeetingRequest,
    Membership,
    OutboxMessage,
    Project,
    ProjectEmblem,
    ProposedSlot,
    Provider,
    Pupil,
    PupilCitizenship,
    PupilImport,
    PupilLanguage,
    PupilReport,
    Referral,
    SchoolClass,
    SchoolYear,
    Service,
    Site,
    Slot,
    Term,
    UnlistedPupil,
    UnlistedState,
    User,
    Workshop,
    WorkshopFacilitator,
    WorkshopReport,
)
from tests.support.certificates import make_contents
from tests.support.emblems import make_emblem
from tests.support.letters import make_letter

Kept = TypeVar("Kept", bound=Base)

YEAR_FIRST_DAY = date(2026, 9, 1)
YEAR_LAST_DAY = date(2027, 8, 31)
"""Tests live in the school year 2026/27; stop the clock with time-machine where today matters."""

_number = count(1)


def _kept(item: Kept) -> Kept:
    db.session.add(item)
    db.session.flush()
    return item


def make_ambito(**values: Any) -> Ambito:
    number = next(_number)
    return _kept(Ambito(**{"name": f"Ambito {number}", "lead_body": "Comune di Prova", "province": "SO", **values}))


def make_comune(**values: Any) -> Comune:
    return _kept(Comune(**{"name": f"Comune {next(_number)}", "province": "SONDRIO", **values}))


def make_institute(**values: Any) -> Institute:
    values.setdefault("ambito_id", make_ambito().id)
    return _kept(Institute(**{"name": f"IC Valle {next(_number)}", "code": None, **values}))


def make_site(institute: Institute | None = None, **values: Any) -> Site:
    institute = institute or make_institute()
    return _kept(Site(**{"institute": institute, "name": f"Primaria {next(_number)}", **values}))


def make_school_year(**values: Any) -> SchoolYear:
    """The one year of the tests: made once a test, found afterwards."""
    values = {"label": "2026/27", "first_day": YEAR_FIRST_DAY, "last_day": YEAR_LAST_DAY, **values}
    found = db.session.scalar(select(SchoolYear).where(SchoolYear.label == values["label"]))
    if found is not None:
        return found
    year = _kept(SchoolYear(**values))
    first, last = year.first_day, year.last_day
    halfway = date(last.year, 1, 31)
    _kept(Term(school_year=year, name="primo quadrimestre", first_day=first, last_day=halfway))
    _kept(Term(school_year=year, name="secondo quadrimestre", first_day=date(last.year, 2, 1), last_day=last))
    return year


def make_closure(**values: Any) -> Closure:
    day = values.pop("day", date(2026, 12, 8))
    return _kept(
        Closure(
            **{
                "school_year_id": make_school_year().id,
                "first_day": day,
                "last_day": day,
                "name": "Immacolata",
                **values,
            }
        )
    )


def make_class(site: Site | None = None, **values: Any) -> SchoolClass:
    site = site or make_site()
    return _kept(
        SchoolClass(
            **{
                "institute_id": site.institute_id,
                "site": site,
                "school_year_id": make_school_year().id,
                "name": "2B",
                **values,
            }
        )
    )


def make_provider(**values: Any) -> Provider:
    return _kept(Provider(**{"name": f"Cooperativa {next(_number)}", **values}))


def make_user(role: Role | None = None, institute: Institute | None = None, **values: Any) -> User:
    """A person; with `role`, holding it since the start of the year at `institute` (or a place of its own)."""
    number = next(_number)
    user = _kept(
        User(
            **{
                "email": f"persona{number}@example.org",
                "name": f"Persona {number}",
                "fs_uniquifier": f"{number:064}",
                "active": True,
                **values,
            }
        )
    )
    if role is not None:
        make_membership(user, role, institute)
    return user


def make_membership(user: User, role: Role, institute: Institute | None = None, **values: Any) -> Membership:
    scope = ROLE_SCOPE[role]
    if scope is ScopeKind.INSTITUTE:
        values.setdefault("institute", institute or make_institute())
    elif scope is ScopeKind.PROVIDER:
        values.setdefault("provider", make_provider())
    elif scope in {ScopeKind.DISTRICT, ScopeKind.SERVICE}:
        values.setdefault("ambito", make_ambito())
    return _kept(Membership(**{"user": user, "role": role, "valid_from": YEAR_FIRST_DAY, **values}))


def actor_of(user: User) -> Actor:
    """The person as the rules see them, with all memberships."""
    return Actor(
        user_id=user.id,
        name=user.name,
        grants=tuple(
            Grant(
                role=membership.role,
                institute_id=membership.institute_id,
                ambito_id=membership.ambito_id,
                provider_id=membership.provider_id,
                service_id=membership.service_id,
            )
            for membership in user.memberships
        ),
    )


def make_actor(role: Role, institute: Institute | None = None, **values: Any) -> Actor:
    return actor_of(make_user(role, institute, **values))


def make_project(**values: Any) -> Project:
    return _kept(
        Project(**{"title": "Lab’Impact", "code": "PROG-2463", "cup": "E00E00000000000", "ambito_id": None, **values})
    )


def make_project_emblem(project: Project | None = None, **values: Any) -> ProjectEmblem:
    emblem = make_emblem()
    return _kept(
        ProjectEmblem(
            **{
                "project_id": (project or make_project()).id,
                "position": 1,
                "name": emblem.name,
                "png": emblem.png,
                "width": emblem.width,
                "height": emblem.height,
                **values,
            }
        )
    )


def make_funding_line(**values: Any) -> FundingLine:
    if "project_id" not in values:
        values["project_id"] = make_project().id
    return _kept(FundingLine(**{"name": f"FAMI {next(_number)}", **values}))


def make_pupil(institute: Institute | None = None, **values: Any) -> Pupil:
    """A pupil; `citizenships=["MA"]`, `languages=["ar"]` and `school_class=…` as they are said."""
    institute = institute or make_institute()
    number = next(_number)
    citizenships = values.pop("citizenships", ["MA"])
    languages = values.pop("languages", ["ar"])
    school_class = values.pop("school_class", None)
    values = {"last_name": f"Benali {number}", "first_name": "Salma", "birth_date": date(2014, 3, 14), **values}
    names = f"{values['last_name']} {values['first_name']}"
    pupil = _kept(Pupil(institute_id=institute.id, search_key=search_key(names), sort_key=search_key(names), **values))
    pupil.citizenships = [PupilCitizenship(country=country) for country in citizenships]
    pupil.languages = [
        PupilLanguage(language=language, position=position) for position, language in enumerate(languages)
    ]
    if school_class is not None:
        pupil.class_memberships = [ClassMembership(school_class=school_class, valid_from=YEAR_FIRST_DAY)]
    db.session.flush()
    return pupil


def make_pupil_import(institute: Institute | None = None, **values: Any) -> PupilImport:
    """A list of one new pupil, uploaded and not applied yet."""
    institute = institute or make_institute()
    return _kept(
        PupilImport(
            **{
                "institute_id": institute.id,
                "uploaded_by_id": None,
                "uploaded_at": clock.now(),
                "filename": "elenco.csv",
                "content": b"Cognome;Nome;Nato il\nFall;Awa;03/05/2014\n",
                "columns": {},
                "choices": {},
                "undo": {},
                **values,
            }
        )
    )


def make_class_teacher(user: User, school_class: SchoolClass) -> ClassTeacher:
    return _kept(ClassTeacher(school_class=school_class, user_id=user.id))


def make_workshop(institute: Institute | None = None, facilitator: User | None = None, **values: Any) -> Workshop:
    """A workshop under way; with `facilitator`, theirs since its first day."""
    site = values.pop("site", None) or make_site(institute)
    if "funding_line_id" not in values:
        values["funding_line_id"] = make_funding_line().id
    workshop = _kept(
        Workshop(
            **{
                "institute_id": site.institute_id,
                "site": site,
                "school_year_id": make_school_year().id,
                "title": "Italiano per comunicare A1",
                "kind": WorkshopKind.TO_COMMUNICATE,
                "level": Level.A1,
                "status": WorkshopStatus.STARTED,
                "place": "aula 4",
                "capacity": 10,
                "planned_minutes": 60 * 60,
                "threshold_percent": 70,
                "first_day": date(2026, 9, 21),
                "last_day": date(2027, 5, 31),
                **values,
            }
        )
    )
    if facilitator is not None:
        make_workshop_facilitator(workshop, facilitator)
    return workshop


def make_workshop_facilitator(workshop: Workshop, user: User, **values: Any) -> WorkshopFacilitator:
    return _kept(
        WorkshopFacilitator(**{"workshop": workshop, "user": user, "valid_from": workshop.first_day, **values})
    )


def make_slot(workshop: Workshop | None = None, **values: Any) -> Slot:
    workshop = workshop or make_workshop()
    return _kept(
        Slot(
            **{
                "workshop": workshop,
                "weekday": 0,
                "start": time(10, 30),
                "end": time(12, 0),
                "valid_from": workshop.first_day,
                **values,
            }
        )
    )


def make_lesson(workshop: Workshop | None = None, **values: Any) -> Lesson:
    """A lesson of the first facilitator of the workshop, 90 minutes from 10:30, on Monday 23 November 2026."""
    workshop = workshop or make_workshop()
    facilitators = workshop.facilitators
    values = {
        "day": date(2026, 11, 23),
        "start": time(10, 30),
        "end": time(12, 0),
        "facilitator_id": facilitators[0].user_id if facilitators else None,
        "funding_line_id": workshop.funding_line_id,
        "place": workshop.place,
        **values,
    }
    values.setdefault("minutes", minutes_between(values["start"], values["end"]))
    signed_by = values.pop("signed_by", None)
    if signed_by is not None:
        values.setdefault("signed_at", clock.now())
        values["signed_by_id"] = signed_by.id
    return _kept(Lesson(workshop=workshop, **values))


def make_enrolment(workshop: Workshop | None = None, pupil: Pupil | None = None, **values: Any) -> Enrolment:
    workshop = workshop or make_workshop()
    if pupil is None:
        institute = db.session.get_one(Institute, workshop.institute_id)
        pupil = make_pupil(institute)
    return _kept(Enrolment(**{"workshop": workshop, "pupil": pupil, "first_day": workshop.first_day, **values}))


def make_mark(lesson: Lesson, pupil: Pupil, status: MarkStatus = MarkStatus.PRESENT, **values: Any) -> Mark:
    missed = values.get("missed_minutes")
    worth = mark_minutes(status, lesson_minutes=lesson.minutes, missed_minutes=missed)
    recorded_by = values.pop("recorded_by", None) or make_user()
    return _kept(
        Mark(
            **{
                "lesson_id": lesson.id,
                "pupil_id": pupil.id,
                "status": status,
                "attended_minutes": worth.attended,
                "offered_minutes": worth.offered,
                "recorded_by_id": recorded_by.id,
                "recorded_at": clock.now(),
                **values,
            }
        )
    )


def make_unlisted_pupil(lesson: Lesson | None = None, **values: Any) -> UnlistedPupil:
    lesson = lesson or make_lesson()
    return _kept(
        UnlistedPupil(
            **{"lesson": lesson, "name": "Omar", "class_name": "2B", "state": UnlistedState.PROPOSED, **values}
        )
    )


def make_referral(pupil: Pupil | None = None, referred_by: User | None = None, **values: Any) -> Referral:
    pupil = pupil or make_pupil()
    referred_by = referred_by or make_user()
    return _kept(
        Referral(
            **{
                "institute_id": pupil.institute_id,
                "pupil": pupil,
                "referred_by_id": referred_by.id,
                "referred_at": clock.now(),
                "wanted_kind": WorkshopKind.TO_COMMUNICATE,
                "state": ReferralState.REFERRED,
                **values,
            }
        )
    )


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
    return _kept(assessment)


def make_issued_document(workshop: Workshop | None = None, pupil: Pupil | None = None, **values: Any) -> IssuedDocument:
    workshop = workshop or make_workshop()
    pupil = pupil or make_enrolment(workshop).pupil
    if "issued_by_id" not in values:
        values["issued_by_id"] = make_user().id
    number = values.setdefault("number", next(_number))
    code = values.setdefault("code", f"{number:026}")
    contents = make_contents(number=certificate_number("2026/27", number), code=code)
    return _kept(
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
    return _kept(WorkshopReport(workshop=workshop, term=term, **values))


def make_pupil_report(workshop: Workshop | None = None, pupil: Pupil | None = None, **values: Any) -> PupilReport:
    workshop = workshop or make_workshop()
    pupil = pupil or make_enrolment(workshop).pupil
    term = values.pop("term", None) or make_school_year().terms[0]
    return _kept(PupilReport(workshop=workshop, pupil=pupil, term=term, **values))


def make_service(ambito: Ambito | None = None, **values: Any) -> Service:
    ambito = ambito or make_ambito()
    return _kept(
        Service(
            **{"ambito_id": ambito.id, "name": f"Servizio {next(_number)}", "context": MeetingContext.SOCIAL, **values}
        )
    )


def make_hour_budget(institute: Institute | None = None, **values: Any) -> HourBudget:
    """Sixty hours of a school; with `service_id`, of that service."""
    if "service_id" not in values:
        institute = institute or make_institute()
        values = {"institute": institute, "ambito_id": institute.ambito_id, **values}
    if "funding_line_id" not in values:
        values["funding_line_id"] = make_funding_line().id
    return _kept(HourBudget(**{"school_year_id": make_school_year().id, "granted_minutes": 60 * 60, **values}))


def make_mediator(provider: Provider | None = None, languages: tuple[str, ...] = ("ar",), **values: Any) -> User:
    """A mediator of a provider, at home in the languages; `values` are of the profile."""
    user = make_user()
    provider = provider or make_provider()
    _kept(Membership(user=user, role=Role.MEDIATOR, provider_id=provider.id, valid_from=YEAR_FIRST_DAY))
    make_mediator_profile(user, languages, **values)
    return user


def make_mediator_profile(user: User, languages: tuple[str, ...] = ("ar",), **values: Any) -> MediatorProfile:
    """What a mediator speaks, as at home."""
    profile = MediatorProfile(user_id=user.id, **values)
    profile.languages = [
        MediatorLanguage(language=language, level=LanguageLevel.MOTHER_TONGUE) for language in languages
    ]
    return _kept(profile)


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
            "number": next(_number),
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
    return _kept(request)


def make_appointment(request: MeetingRequest | None = None, mediator: User | None = None, **values: Any) -> Appointment:
    request = request or make_meeting_request(state=MeetingState.PROPOSED)
    mediator = mediator or make_mediator()
    return _kept(
        Appointment(
            **{
                "request": request,
                "mediator": mediator,
                "starts_at": datetime(2026, 12, 3, 15, 30, tzinfo=UTC),
                "ends_at": datetime(2026, 12, 3, 16, 30, tzinfo=UTC),
                "state": AppointmentState.PROPOSED,
                "uid": f"{next(_number)}@example.org",
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
    return _kept(HourEntry(mediator=mediator, **values))


def make_outbox_message(**values: Any) -> OutboxMessage:
    written_at = datetime(2026, 11, 20, 11, tzinfo=UTC)
    return _kept(
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


def make_family_letter(request: MeetingRequest | None = None, **values: Any) -> FamilyLetter:
    """An invitation in Arabic as it was printed; `contents` are made by `tests.support.letters.make_letter`."""
    request = request or make_meeting_request(state=MeetingState.CONFIRMED)
    contents = values.pop("contents", None) or make_letter()
    if "printed_by_id" not in values:
        values["printed_by_id"] = request.requester_id
    return _kept(
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
