"""Who of the cooperative can go to a meeting. Asked by its coordinator alone; no pupil is named."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from schoolapp import clock
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.matching import (
    Candidate,
    Match,
    SlotState,
    Wanted,
    kilometres,
    languages_to_look_for,
    rank,
)
from schoolapp.domain.mediators import WeeklyTime, is_free
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meeting_wishes import Slot
from schoolapp.domain.meetings import OPEN_APPOINTMENTS, AppointmentState, MeetingMode, MeetingReason, request_label
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import (
    Appointment,
    Comune,
    DeclaredConflict,
    Institute,
    MediatorLanguage,
    MediatorProfile,
    MeetingRequest,
    Membership,
    SchoolYear,
    Service,
    Unavailability,
    User,
)
from schoolapp.queries import mediation_scope
from schoolapp.queries.board import comune_of_request

MET = (MeetingState.HELD, MeetingState.REPORTED, MeetingState.VALIDATED)


@dataclass(frozen=True)
class Choice:
    """A request with those who could go, the best first."""

    request_id: int
    label: str
    version: int
    state: MeetingState
    asker: str
    """The school or the service."""
    comune: str | None
    language: str
    second_language: str | None
    reason: MeetingReason
    minutes: int
    mode: MeetingMode
    place: str
    slots: tuple[Slot, ...]
    matches: tuple[Match, ...]

    def end_of(self, slot: Slot) -> time:
        """When a time that was asked for would be over."""
        return interval(slot, self.minutes)[1].timetz().replace(tzinfo=None)


def of_request(actor: Actor, request_id: int) -> Choice:
    """Raises NoResultFound for a request that was not given to the person's cooperative.

    As many statements for three mediators as for three hundred.
    """
    statement = (
        select(
            MeetingRequest,
            SchoolYear.first_day,
            func.coalesce(Institute.name, Service.name),
            Comune.name,
            Comune.latitude,
            Comune.longitude,
        )
        .join(SchoolYear, SchoolYear.id == MeetingRequest.school_year_id)
        .outerjoin(Institute, Institute.id == MeetingRequest.institute_id)
        .outerjoin(Service, Service.id == MeetingRequest.service_id)
        .outerjoin(Comune, Comune.id == comune_of_request())
        .where(
            MeetingRequest.id == request_id,
            mediation_scope.meeting_requests(actor, Permission.MEETINGS_MATCH, now=clock.now()),
        )
        .options(selectinload(MeetingRequest.slots))
    )
    request, year_starts, asker, comune, latitude, longitude = db.session.execute(statement).one()
    wanted = Wanted(request.language, request.second_language, request.mode, request.gender_wanted)
    slots = tuple(Slot(each.day, each.start) for each in request.slots)
    here = (latitude, longitude) if latitude is not None and longitude is not None else None
    candidates = _candidates(request, wanted, slots, here) if slots else []
    return Choice(
        request_id=request.id,
        label=request_label(year_starts, request.number),
        version=request.version,
        state=request.state,
        asker=asker,
        comune=comune,
        language=request.language,
        second_language=request.second_language,
        reason=request.reason,
        minutes=request.minutes,
        mode=request.mode,
        place=request.place,
        slots=slots,
        matches=tuple(rank(wanted, candidates)),
    )


def interval(slot: Slot, minutes: int) -> tuple[datetime, datetime]:
    """The instants of a time that was asked for."""
    starts_at = datetime.combine(slot.day, slot.start, tzinfo=SCHOOL_ZONE)
    return starts_at, starts_at + timedelta(minutes=minutes)


def _candidates(
    request: MeetingRequest, wanted: Wanted, slots: tuple[Slot, ...], here: tuple[float, float] | None
) -> list[Candidate]:
    day = slots[0].day
    held = select(Membership.user_id).where(
        Membership.provider_id == request.provider_id,
        Membership.role == Role.MEDIATOR,
        Membership.valid_from <= day,
        or_(Membership.valid_to.is_(None), Membership.valid_to >= day),
    )
    speakers = select(MediatorLanguage.user_id).where(MediatorLanguage.language.in_(languages_to_look_for(wanted)))
    found = db.session.execute(
        select(MediatorProfile, User.name, Comune.latitude, Comune.longitude)
        .join(User, User.id == MediatorProfile.user_id)
        .outerjoin(Comune, Comune.id == MediatorProfile.comune_id)
        .where(User.active.is_(True), User.id.in_(held), User.id.in_(speakers))
        .options(selectinload(MediatorProfile.languages), selectinload(MediatorProfile.availabilities))
    ).all()
    ids = [profile.user_id for profile, *_ in found]
    if not ids:
        return []
    away = _away(ids, slots)
    taken, minutes = _appointments(ids, slots, request.id)
    before = _meetings_before(ids, request)
    conflicts = _conflicts(ids, request)
    return [
        Candidate(
            mediator_id=profile.user_id,
            name=name,
            languages={each.language: each.level for each in profile.languages},
            gender=profile.gender,
            meetings_before=before.get(profile.user_id, 0),
            slots=tuple(
                (
                    slot,
                    _state(slot, request.minutes, weekly, away[profile.user_id], taken[profile.user_id]),
                )
                for slot in slots
            ),
            km=kilometres(here, (lat, lon)) if here and lat is not None and lon is not None else None,
            minutes=minutes[profile.user_id],
            has_conflict=profile.user_id in conflicts,
        )
        for profile, name, lat, lon in found
        for weekly in [[each.weekly for each in profile.availabilities]]
    ]


def _state(
    slot: Slot,
    minutes: int,
    weekly: list[WeeklyTime],
    away: list[tuple[date, date]],
    taken: list[tuple[datetime, datetime]],
) -> SlotState:
    starts_at, ends_at = interval(slot, minutes)
    if any(first < ends_at and starts_at < last for first, last in taken):
        return SlotState.BUSY
    if any(first <= slot.day <= last for first, last in away):
        return SlotState.AWAY
    if ends_at.date() == slot.day and is_free(weekly, slot.day, slot.start, ends_at.time()):
        return SlotState.FREE
    return SlotState.OUTSIDE


def _away(ids: list[int], slots: tuple[Slot, ...]) -> dict[int, list[tuple[date, date]]]:
    days = [slot.day for slot in slots]
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for user_id, first, last in db.session.execute(
        select(Unavailability.user_id, Unavailability.first_day, Unavailability.last_day).where(
            Unavailability.user_id.in_(ids), Unavailability.first_day <= max(days), Unavailability.last_day >= min(days)
        )
    ):
        found[user_id].append((first, last))
    return found


def _appointments(
    ids: list[int], slots: tuple[Slot, ...], request_id: int
) -> tuple[dict[int, list[tuple[datetime, datetime]]], dict[int, int]]:
    """The open times of each around the days asked for, and the minutes of the month of the first."""
    month = slots[0].day.replace(day=1)
    month_ends = (month + timedelta(days=32)).replace(day=1)
    since = min(month, *(slot.day for slot in slots))
    until = max(month_ends, *(slot.day + timedelta(days=2) for slot in slots))
    taken: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    minutes: dict[int, int] = defaultdict(int)
    for mediator_id, starts_at, ends_at in db.session.execute(
        select(Appointment.mediator_id, Appointment.starts_at, Appointment.ends_at).where(
            Appointment.mediator_id.in_(ids),
            Appointment.state.in_(OPEN_APPOINTMENTS),
            Appointment.request_id != request_id,
            Appointment.starts_at >= _midnight(since),
            Appointment.starts_at < _midnight(until),
        )
    ):
        taken[mediator_id].append((starts_at, ends_at))
        if _midnight(month) <= starts_at < _midnight(month_ends):
            minutes[mediator_id] += int((ends_at - starts_at).total_seconds()) // 60
    return taken, minutes


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SCHOOL_ZONE)


def _meetings_before(ids: list[int], request: MeetingRequest) -> dict[int, int]:
    """Meetings each has already held with this family, or on this case of the same service."""
    about: Any
    if request.pupil_id is not None:
        about = MeetingRequest.pupil_id == request.pupil_id
    elif request.case_code is not None:
        about = (MeetingRequest.case_code == request.case_code) & (MeetingRequest.service_id == request.service_id)
    else:
        return {}
    rows = db.session.execute(
        select(Appointment.mediator_id, func.count())
        .join(MeetingRequest, MeetingRequest.id == Appointment.request_id)
        .where(
            Appointment.mediator_id.in_(ids),
            Appointment.state == AppointmentState.CONFIRMED,
            MeetingRequest.state.in_(MET),
            MeetingRequest.id != request.id,
            about,
        )
        .group_by(Appointment.mediator_id)
    )
    return {row[0]: row[1] for row in rows}


def _conflicts(ids: list[int], request: MeetingRequest) -> set[int]:
    about = (
        DeclaredConflict.pupil_id == request.pupil_id
        if request.pupil_id is not None
        else DeclaredConflict.case_code == request.case_code
    )
    return set(db.session.scalars(select(DeclaredConflict.user_id).where(DeclaredConflict.user_id.in_(ids), about)))
