"""What a step of a request tells to whom: messages, links and calendar entries, written in the same transaction."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import ColumnElement, or_, select

from schoolapp import clock, parameters
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.calendar_entries import CalendarMethod, CalendarPerson, MeetingTime
from schoolapp.domain.links import LinkPurpose
from schoolapp.domain.meeting_messages import MeetingFacts, Translate, body, entry_of, subject
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState, Party
from schoolapp.domain.meeting_tellings import FAMILY_ANSWERED, Door, Telling, is_about_a_time, tellings
from schoolapp.domain.meetings import AppointmentState, request_label
from schoolapp.domain.roles import Role
from schoolapp.domain.wording import Sentence
from schoolapp.extensions import db
from schoolapp.models import Appointment, MeetingRequest, Membership, User
from schoolapp.services import links, messages
from schoolapp.services.wording import translate

PAGE = "/meetings/{request_id}"
ANSWER_PAGE = "/answer/{secret}"

DEFAULT_LOCALE = "it"

_ROLE_OF = {
    Party.COORDINATOR: (Role.COORDINATOR, Membership.institute_id),
    Party.DISTRICT: (Role.DISTRICT_OFFICER, Membership.ambito_id),
    Party.PROVIDER: (Role.PROVIDER_COORDINATOR, Membership.provider_id),
}

_ENDS_THE_QUESTION = frozenset(
    {MeetingAction.ACCEPT, MeetingAction.DECLINE, MeetingAction.WITHDRAW, MeetingAction.MOVE, MeetingAction.CANCEL}
)
_ENDS_THE_MEETING = _ENDS_THE_QUESTION - {MeetingAction.ACCEPT}


def tell(request: MeetingRequest, action: MeetingAction, *, before: MeetingState, by: Actor) -> None:
    """Write the messages of a step that was just taken. Who took it is told only what changes a calendar."""
    appointment = request.appointments[-1] if is_about_a_time(action, before) and request.appointments else None
    if appointment is not None and action in _ENDS_THE_QUESTION:
        links.take_back(purpose=LinkPurpose.MEDIATOR_ANSWER, appointment_id=appointment.id)
    if action in _ENDS_THE_MEETING:
        links.take_back(purpose=LinkPurpose.FAMILY_ANSWER, request_id=request.id)
    facts = _facts(request, appointment)
    for telling in tellings(action, before=before, after=request.state):
        for person in _readers(telling.to, request, appointment):
            if person.id != by.user_id or telling.calendar is not None:
                _write(telling, person, request, appointment, facts)


def tell_of_family(request_id: int) -> None:
    """The family has answered its letter: who asked for the meeting reads that it did, and in the page what."""
    request = db.session.get_one(MeetingRequest, request_id)
    appointment = request.appointments[-1] if request.appointments else None
    facts = _facts(request, appointment)
    for person in _readers(FAMILY_ANSWERED.to, request, appointment):
        _write(FAMILY_ANSWERED, person, request, appointment, facts)


def _write(
    telling: Telling, person: User, request: MeetingRequest, appointment: Appointment | None, facts: MeetingFacts
) -> None:
    locale = person.locale or DEFAULT_LOCALE

    def in_their_language(sentence: Sentence) -> str:
        return translate(sentence, locale)

    if telling.door is Door.ANSWER and appointment is not None:
        secret = links.make(
            purpose=LinkPurpose.MEDIATOR_ANSWER,
            appointment_id=appointment.id,
            user_id=person.id,
            expires_at=_last_moment(appointment),
        )
        address = parameters.installation().address(ANSWER_PAGE.format(secret=secret))
    else:
        address = _page_of(request)
    messages.queue(
        to=person.email,
        subject=subject(telling, facts, in_their_language),
        body=body(
            telling,
            facts,
            in_their_language,
            locale=locale,
            name=person.name,
            address=address,
            owner=parameters.installation().owner_name,
        ),
        calendar=_calendar(telling.calendar, person, appointment, facts, in_their_language),
        request_id=request.id,
        locale=locale,
    )


def _calendar(
    method: CalendarMethod | None,
    person: User,
    appointment: Appointment | None,
    facts: MeetingFacts,
    in_their_language: Translate,
) -> str | None:
    if method is None or appointment is None:
        return None
    from schoolapp.exchange.calendars import invitation  # weighs as much as a page: loaded where one is written

    meeting = MeetingTime(
        request_id=appointment.request_id,
        label=facts.label,
        uid=appointment.uid,
        sequence=appointment.sequence,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        mode=facts.mode,
        place=facts.place,
        tentative=appointment.state is AppointmentState.PROPOSED,
    )
    return invitation(
        entry_of(meeting, in_their_language, address=_page_of(appointment.request)),
        method=method,
        organizer=parameters.installation().organizer,
        attendee=CalendarPerson(person.name, person.email),
        stamped_at=clock.now(),
    )


def page_of(request_id: int) -> str:
    """The path of the page of a request."""
    return PAGE.format(request_id=request_id)


def _page_of(request: MeetingRequest) -> str:
    return parameters.installation().address(page_of(request.id))


def _last_moment(appointment: Appointment) -> datetime:
    """Until the end of the day by which an answer is asked, and never after the meeting has begun."""
    if appointment.answer_by is None:
        return appointment.starts_at
    midnight = datetime.combine(appointment.answer_by + timedelta(days=1), time(), SCHOOL_ZONE)
    return min(midnight.astimezone(UTC), appointment.starts_at)


def _facts(request: MeetingRequest, appointment: Appointment | None) -> MeetingFacts:
    return MeetingFacts(
        label=request_label(request.school_year.first_day, request.number),
        context=request.context,
        reason=request.reason,
        language=request.language,
        minutes=request.minutes,
        mode=request.mode,
        asker=_asker(request),
        place=", ".join(part for part in (_asker(request), request.place) if part),
        starts_at=appointment.starts_at.astimezone(SCHOOL_ZONE) if appointment else None,
        ends_at=appointment.ends_at.astimezone(SCHOOL_ZONE) if appointment else None,
        answer_by=appointment.answer_by if appointment else None,
    )


def _asker(request: MeetingRequest) -> str:
    """The school or the service that asks."""
    place = request.institute or request.service
    return place.name if place is not None else ""


def _readers(party: Party, request: MeetingRequest, appointment: Appointment | None) -> list[User]:
    """The people who are this party today and may still sign in."""
    if party is Party.REQUESTER:
        return _who_asks(request)
    if party is Party.MEDIATOR:
        return [appointment.mediator] if appointment is not None and appointment.mediator.active else []
    role, column = _ROLE_OF[party]
    place_id = {
        Party.COORDINATOR: request.institute_id,
        Party.DISTRICT: request.ambito_id,
        Party.PROVIDER: request.provider_id,
    }[party]
    return _holders(Membership.role == role, column == place_id) if place_id is not None else []


def _who_asks(request: MeetingRequest) -> list[User]:
    """Who has asked; where they work there no more, who can go on with it: coordinators, colleagues of the service."""
    here = (
        Membership.institute_id == request.institute_id
        if request.institute_id is not None
        else Membership.service_id == request.service_id
    )
    asker = _holders(here, Membership.user_id == request.requester_id)
    if asker or request.institute_id is None:
        return asker or _holders(here)
    return _holders(here, Membership.role == Role.COORDINATOR)


def _holders(*conditions: ColumnElement[bool]) -> list[User]:
    """Who holds such a role today and may sign in."""
    today = clock.today()
    holders = select(Membership.user_id).where(
        *conditions,
        Membership.valid_from <= today,
        or_(Membership.valid_to.is_(None), Membership.valid_to >= today),
    )
    return list(db.session.scalars(select(User).where(User.id.in_(holders), User.active.is_(True)).order_by(User.id)))
