"""Letters to families: what can be printed for a meeting or a pupil, and the page behind a letter's QR."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from schoolapp import clock
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.letters import bank
from schoolapp.domain.letters.contents import LetterContents, Slot
from schoolapp.domain.letters.drafts import FamilyPage, GivenAnswer, LetterDraft, PrintedLetter
from schoolapp.domain.letters.kinds import PUPIL_KINDS, WITH_REPLY, FamilyAnswer, LetterKind
from schoolapp.domain.links import LinkGone, LinkPurpose
from schoolapp.domain.meeting_lateness import last_agreed
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meeting_wishes import Participant
from schoolapp.domain.meetings import AppointmentState, MeetingMode, request_label
from schoolapp.domain.permissions import Permission
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.extensions import db
from schoolapp.models import (
    Appointment,
    Enrolment,
    FamilyLetter,
    HourBudget,
    MeetingRequest,
    PersonalLink,
    Pupil,
    SchoolYear,
    Site,
    User,
    Workshop,
)
from schoolapp.queries import emblems, letter_heads, mediation_scope, scope
from schoolapp.queries.pupil_classes import class_on

READ = Permission.PUPILS_READ
MOST_PRINTED = 10
_DAYS_TO_ANSWER = 3

_OVER = (WorkshopStatus.CANCELLED,)

FELL_THROUGH = frozenset(
    {MeetingState.CANCELLED, MeetingState.MOVED, MeetingState.WITH_PROVIDER, MeetingState.PROPOSED}
)
"""A time that was agreed before does not hold any more."""


def of_meeting(actor: Actor, request_id: int) -> LetterDraft:
    """The letter about a meeting with a pupil's family. Raises NoResultFound outside the person's school and scope."""
    now = clock.now()
    request = db.session.scalars(
        select(MeetingRequest)
        .where(
            MeetingRequest.id == request_id,
            MeetingRequest.pupil_id.is_not(None),
            mediation_scope.meeting_requests(actor, Permission.MEETINGS_READ, now=now),
            MeetingRequest.institute_id.in_(sorted(actor.institutes_with(READ))),
        )
        .options(
            joinedload(MeetingRequest.pupil),
            joinedload(MeetingRequest.requester).load_only(User.name),
            joinedload(MeetingRequest.school_year).load_only(SchoolYear.first_day),
            joinedload(MeetingRequest.budget).load_only(HourBudget.funding_line_id),
            selectinload(MeetingRequest.events),
            selectinload(MeetingRequest.appointments),
        )
    ).one()
    assert request.institute_id is not None
    assert request.pupil is not None
    today = now.astimezone(SCHOOL_ZONE).date()
    appointment = _told_time(request)
    starts = appointment.starts_at.astimezone(SCHOOL_ZONE) if appointment else None
    present = {Participant(each) for each in request.participants.split(",") if each}
    place = letter_heads.place_of(request.pupil, request.mode, request.place, today)
    return _draft(
        request.pupil,
        today=today,
        kinds=_meeting_kinds(request, appointment, now),
        request_id=request.id,
        label=request_label(request.school_year.first_day, request.number),
        appointment_id=appointment.id if appointment else None,
        ends_at=appointment.ends_at if appointment else None,
        mode=request.mode,
        day=starts.date() if starts else None,
        start=starts.time() if starts else None,
        place=place,
        minutes=int((appointment.ends_at - appointment.starts_at).total_seconds()) // 60 if appointment else None,
        people=request.requester.name if Participant.REQUESTER in present or not present else "",
        reply_by=_reply_by(starts.date(), today) if starts else None,
        **_paid_by(request.budget.funding_line_id if request.budget else None),
        answers=answers(request.id),
    )


def of_pupil(actor: Actor, pupil_id: int) -> list[LetterDraft]:
    """A draft for each workshop the pupil is or was in, the latest first. Raises NoResultFound outside the scope."""
    pupil = db.session.scalars(select(Pupil).where(Pupil.id == pupil_id, scope.pupils(actor, READ))).one()
    today = clock.today()
    workshops = db.session.scalars(
        select(Workshop)
        .join(Enrolment, Enrolment.workshop_id == Workshop.id)
        .where(Enrolment.pupil_id == pupil.id, Workshop.status.not_in(_OVER))
        .options(selectinload(Workshop.slots), joinedload(Workshop.site).joinedload(Site.comune))
        .order_by(Workshop.first_day.desc(), Workshop.id.desc())
    ).unique()
    return [_of_workshop(pupil, workshop, today) for workshop in workshops]


def pupil_name(actor: Actor, pupil_id: int) -> str:
    """Raises NoResultFound outside the person's scope."""
    first, last = db.session.execute(
        select(Pupil.first_name, Pupil.last_name).where(Pupil.id == pupil_id, scope.pupils(actor, READ))
    ).one()
    return f"{first} {last}".strip()


def _of_workshop(pupil: Pupil, workshop: Workshop, today: date) -> LetterDraft:
    slots: tuple[Slot, ...] = tuple(
        (slot.weekday, slot.start, slot.end)
        for slot in sorted(workshop.slots, key=lambda slot: (slot.weekday, slot.start))
        if slot.valid_to is None or slot.valid_to >= max(today, workshop.first_day)
    )
    on_first_day = [start for weekday, start, _ in slots if weekday == workshop.first_day.weekday()]
    started = workshop.first_day < today
    site = workshop.site
    return _draft(
        pupil,
        today=today,
        kinds=PUPIL_KINDS[::-1] if started else PUPIL_KINDS,
        workshop_id=workshop.id,
        workshop=workshop.title,
        day=workshop.first_day,
        start=on_first_day[0] if on_first_day else None,
        place=letter_heads.lines(site.name, letter_heads.street(site.address, site.comune), workshop.place),
        slots=slots,
        **_paid_by(workshop.funding_line_id),
    )


def _paid_by(funding_line_id: int | None) -> dict[str, Any]:
    """The project's codes and emblems; neither where nobody pays yet."""
    if funding_line_id is None:
        return {"project": "", "emblems": ()}
    return {
        "project": letter_heads.project(funding_line_id),
        "emblems": emblems.of_funding_line(funding_line_id),
    }


def _draft(pupil: Pupil, *, today: date, **values: Any) -> LetterDraft:
    school = letter_heads.school(pupil.institute_id, today)
    school_class = class_on(pupil.id, today)
    letters = _printed(pupil.id, values.get("request_id"))
    unknown: dict[str, Any] = {
        "request_id": None,
        "label": "",
        "appointment_id": None,
        "ends_at": None,
        "workshop_id": None,
        "workshop": "",
        "mode": MeetingMode.IN_PLACE,
        "minutes": None,
        "people": "",
        "slots": (),
        "reply_by": None,
        "answers": (),
    }
    return LetterDraft(
        **{
            **unknown,
            "institute_id": pupil.institute_id,
            "pupil_id": pupil.id,
            "language": bank.letter_language(pupil.letters_language),
            "institute": school.name,
            "institute_address": letter_heads.street(school.address, school.comune_name) or "",
            "comune": school.comune_name or "",
            "phone": _last_phone(pupil.institute_id),
            "first_name": pupil.first_name,
            "last_name": pupil.last_name,
            "class_name": school_class.name if school_class else "",
            "head": school.head or "",
            "printed": letters,
            **values,
        }
    )


def _told_time(request: MeetingRequest) -> Appointment | None:
    """The time of which the family is told, or was."""
    if not request.appointments:
        return None
    agreed = last_agreed([event.action for event in request.events])
    at = len(request.appointments) - 1 if agreed is None else min(agreed, len(request.appointments) - 1)
    return request.appointments[at]


def _meeting_kinds(request: MeetingRequest, appointment: Appointment | None, now: datetime) -> tuple[LetterKind, ...]:
    if appointment is None:
        return ()
    actions = [event.action for event in request.events]
    if request.state is MeetingState.CONFIRMED and appointment.state is AppointmentState.CONFIRMED:
        if appointment.ends_at <= now:
            return ()
        moved = actions.count(MeetingAction.ACCEPT) > 1  # the family may know of another time
        return (LetterKind.MOVED, LetterKind.INVITATION) if moved else (LetterKind.INVITATION, LetterKind.MOVED)
    was_agreed = MeetingAction.ACCEPT in actions
    return (LetterKind.CANCELLED,) if request.state in FELL_THROUGH and was_agreed else ()  # else nobody was told


def _reply_by(day: date, today: date) -> date:
    """Three days before; tomorrow where that is too soon; the day itself at the latest."""
    return min(day, max(day - timedelta(days=_DAYS_TO_ANSWER), today + timedelta(days=1)))


def _last_phone(institute_id: int) -> str:
    """The telephone that the school's last letter had."""
    contents = db.session.scalar(
        select(FamilyLetter.contents)
        .where(FamilyLetter.institute_id == institute_id)
        .order_by(FamilyLetter.id.desc())
        .limit(1)
    )
    return LetterContents.from_json(contents).phone if contents else ""


def _printed(pupil_id: int, request_id: int | None) -> tuple[PrintedLetter, ...]:
    rows = db.session.execute(
        select(FamilyLetter.kind, FamilyLetter.language, FamilyLetter.printed_at, User.name)
        .join(User, User.id == FamilyLetter.printed_by_id)
        .where(
            FamilyLetter.pupil_id == pupil_id,
            FamilyLetter.request_id == request_id if request_id is not None else FamilyLetter.request_id.is_(None),
        )
        .order_by(FamilyLetter.id.desc())
        .limit(MOST_PRINTED)
    )
    return tuple(PrintedLetter(LetterKind(kind), language, at, by) for kind, language, at, by in rows)


def answers(request_id: int) -> tuple[GivenAnswer, ...]:
    """What the family has answered to the letters of a request that was let through before, the last first."""
    rows = db.session.execute(
        select(PersonalLink.answer, PersonalLink.used_at)
        .where(
            PersonalLink.request_id == request_id,
            PersonalLink.purpose == LinkPurpose.FAMILY_ANSWER,
            PersonalLink.used_at.is_not(None),
        )
        .order_by(PersonalLink.used_at.desc(), PersonalLink.id.desc())
    )
    return tuple(GivenAnswer(FamilyAnswer(answer), at) for answer, at in rows if at is not None)


def page_of(link: PersonalLink) -> FamilyPage:
    """What the family's page shows. Raises LinkGone where the meeting is no longer the one on the paper."""
    row = db.session.execute(
        select(FamilyLetter.contents)
        .join(MeetingRequest, MeetingRequest.id == FamilyLetter.request_id)
        .join(Appointment, Appointment.id == link.appointment_id)
        .where(
            FamilyLetter.request_id == link.request_id,
            FamilyLetter.kind.in_([kind.value for kind in WITH_REPLY]),
            FamilyLetter.printed_at <= link.made_at,
            MeetingRequest.state == MeetingState.CONFIRMED,
            Appointment.state == AppointmentState.CONFIRMED,
        )
        .order_by(FamilyLetter.id.desc())
        .limit(1)
    ).first()
    if row is None:
        raise LinkGone
    contents = LetterContents.from_json(row[0])
    assert contents.day is not None
    assert contents.start is not None
    return FamilyPage(contents.language, contents.first_name, contents.day, contents.start, contents.place)
