"""Writing a request for a mediator, until it is sent."""

from datetime import date, datetime

from sqlalchemy import func, select

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_steps import MeetingState, Party
from schoolapp.domain.meeting_wishes import MeetingWish, ensure_wish
from schoolapp.domain.meetings import MeetingContext, MeetingReason
from schoolapp.domain.permissions import Permission
from schoolapp.domain.pupils import tidy
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import Ambito, HourBudget, Institute, MeetingRequest, Pupil, SchoolClass, SchoolYear, Service
from schoolapp.queries import mediation_scope, scope
from schoolapp.services.meetings import CHANGED_MEANWHILE, locked, propose_slots

TO_WRITE = frozenset({MeetingState.DRAFT, MeetingState.TO_COMPLETE})
"""States in which a request may be written."""


def draft(
    actor: Actor, *, institute_id: int | None = None, service_id: int | None = None, wish: MeetingWish, at: datetime
) -> MeetingRequest:
    """A new request of a school or of a service, with the next number of its Ambito in its school year."""
    today = at.astimezone(SCHOOL_ZONE).date()
    ambito_id, context = _asker(actor, institute_id, service_id)
    ensure_wish(wish, context, today=today)
    year = _year_of(wish)
    request = MeetingRequest(
        ambito_id=ambito_id,
        school_year_id=year.id,
        context=context,
        institute_id=institute_id,
        service_id=service_id,
        requester_id=actor.user_id,
        state=MeetingState.DRAFT,
    )
    _write(actor, request, wish)
    request.number = _next_number(ambito_id, year.id)
    db.session.add(request)
    db.session.flush()
    propose_slots(request, wish.slots, today=today)
    db.session.flush()
    return request


def edit(actor: Actor, request_id: int, *, version: int, wish: MeetingWish, at: datetime) -> MeetingRequest:
    """Write a draft again, or complete a request that was sent back. By who asks, or by the school's coordinator."""
    today = at.astimezone(SCHOOL_ZONE).date()
    request = locked(actor, request_id, now=at, version=version)
    if request.state not in TO_WRITE:
        raise RuleViolation(CHANGED_MEANWHILE)
    if not mediation_scope.parties_of(actor, request) & {Party.REQUESTER, Party.COORDINATOR}:
        raise RuleViolation(N_("Questo passo spetta a un’altra persona."))
    ensure_wish(wish, request.context, today=today)
    if _year_of(wish).id != request.school_year_id:
        raise RuleViolation(
            N_("È un altro anno scolastico: per quel giorno fai una richiesta nuova."), field="slot1_day"
        )
    _write(actor, request, wish)
    propose_slots(request, wish.slots, today=today)
    request.version += 1
    db.session.flush()
    return request


def _asker(actor: Actor, institute_id: int | None, service_id: int | None) -> tuple[int, MeetingContext]:
    """The Ambito and the context of who asks. Raises NoResultFound where the person may not ask in that place."""
    if service_id is not None:
        own = Service.id.in_(mediation_scope.services(actor, Permission.MEETINGS_REQUEST))
        service = db.session.scalars(select(Service).where(Service.id == service_id, own)).one()
        return service.ambito_id, service.context
    condition = scope.institutes(actor, Permission.MEETINGS_REQUEST)
    institute = db.session.scalars(select(Institute).where(Institute.id == institute_id, condition)).one()
    if institute.ambito_id is None:
        raise RuleViolation(N_("La scuola non è di nessun Ambito: lo indica chi amministra il programma."))
    return institute.ambito_id, MeetingContext.SCHOOL


def _write(actor: Actor, request: MeetingRequest, wish: MeetingWish) -> None:
    """Put the wish on the request, having checked again whose each thing is: ids come from a form."""
    _ensure_about(actor, request, wish)
    _ensure_budget(request, wish)
    of_school = request.context is MeetingContext.SCHOOL
    assembly = wish.reason is MeetingReason.CLASS_ASSEMBLY
    request.pupil_id = wish.pupil_id if of_school and not assembly else None
    request.class_id = wish.class_id if of_school and assembly else None
    request.case_code = None if of_school else wish.case_code
    request.families = wish.families
    request.budget_id = wish.budget_id
    request.reason, request.language, request.second_language = wish.reason, wish.language, wish.second_language
    request.minutes, request.mode, request.place = wish.minutes, wish.mode, tidy(wish.place)
    request.participants = ",".join(wish.participants)
    request.same_mediator, request.gender_wanted = wish.same_mediator, wish.gender_wanted
    request.invited_by, request.note = wish.invited_by, tidy(wish.note)


def _ensure_about(actor: Actor, request: MeetingRequest, wish: MeetingWish) -> None:
    if request.context is not MeetingContext.SCHOOL:
        return
    if wish.reason is MeetingReason.CLASS_ASSEMBLY:
        known = select(SchoolClass.id).where(
            SchoolClass.id == wish.class_id,
            SchoolClass.institute_id == request.institute_id,
            scope.classes(actor, Permission.MEETINGS_REQUEST),
        )
        if db.session.scalar(known) is None:
            raise RuleViolation(N_("Scegli una classe tra le tue."), field="class_id")
        return
    pupil = select(Pupil.id).where(
        Pupil.id == wish.pupil_id,
        Pupil.institute_id == request.institute_id,
        Pupil.archived_at.is_(None),
        scope.pupils(actor, Permission.MEETINGS_REQUEST),
    )
    if db.session.scalar(pupil) is None:
        raise RuleViolation(N_("Scegli un alunno tra i tuoi."), field="pupil_id")


def _ensure_budget(request: MeetingRequest, wish: MeetingWish) -> None:
    """The budget is of who asks, in the year of the meeting."""
    if wish.budget_id is None:
        return
    own = select(HourBudget.id).where(
        HourBudget.id == wish.budget_id,
        HourBudget.school_year_id == request.school_year_id,
        HourBudget.institute_id == request.institute_id
        if request.institute_id is not None
        else HourBudget.service_id == request.service_id,
    )
    if db.session.scalar(own) is None:
        raise RuleViolation(N_("Scegli il monte ore dall’elenco."), field="budget_id")


def _year_of(wish: MeetingWish) -> SchoolYear:
    """The school year of the first time that is proposed: its hours pay for the meeting."""
    return year_on(wish.slots[0].day)


def year_on(day: date) -> SchoolYear:
    """The school year of a day. Raises RuleViolation where it was not opened yet."""
    statement = select(SchoolYear).where(SchoolYear.first_day <= day, SchoolYear.last_day >= day)
    year = db.session.scalars(statement).first()
    if year is None:
        raise RuleViolation(N_("Per quel giorno non c’è ancora l’anno scolastico."), field="slot1_day")
    return year


def _next_number(ambito_id: int, school_year_id: int) -> int:
    """Two who write at once wait for each other at the row of their Ambito."""
    db.session.execute(select(Ambito.id).where(Ambito.id == ambito_id).with_for_update(key_share=True))
    last = select(func.max(MeetingRequest.number)).where(
        MeetingRequest.ambito_id == ambito_id, MeetingRequest.school_year_id == school_year_id
    )
    return (db.session.scalar(last) or 0) + 1
