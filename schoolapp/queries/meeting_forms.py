"""What the form of a request starts from: whom it is about, and what is known of them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import selectinload

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.meetings import MeetingContext
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import MeetingRequest, Pupil, Service
from schoolapp.queries import mediation_scope, scope
from schoolapp.queries.pupil_classes import class_on

MET = (MeetingState.HELD, MeetingState.REPORTED, MeetingState.VALIDATED)


@dataclass(frozen=True)
class Subject:
    """The pupil a school asks a mediator for, with the languages of the card."""

    pupil_id: int
    institute_id: int
    name: str
    class_name: str | None
    site_name: str | None
    languages: tuple[str, ...]
    language: str | None
    """Of the mediator: as the card says it, else the first language of home."""
    second_language: str | None
    """Of the letters, where it is another one."""
    met_before: bool
    """A mediator has already met the family: the same one can be asked for."""


@dataclass(frozen=True)
class ServiceChoice:
    """A service for which the person may ask."""

    id: int
    name: str
    context: MeetingContext
    place: str


def subject(actor: Actor, pupil_id: int) -> Subject:
    """Raises NoResultFound for a pupil for whom the person may not ask, and for one in the archive."""
    statement = (
        select(Pupil)
        .options(selectinload(Pupil.languages))
        .where(Pupil.id == pupil_id, Pupil.archived_at.is_(None), scope.pupils(actor, Permission.MEETINGS_REQUEST))
    )
    pupil = db.session.scalars(statement).one()
    now = class_on(pupil.id, clock.today())
    languages = tuple(item.language for item in pupil.languages)
    language = pupil.mediator_language or next(iter(languages), None)
    met = select(MeetingRequest.id).where(MeetingRequest.pupil_id == pupil.id, MeetingRequest.state.in_(MET))
    return Subject(
        pupil_id=pupil.id,
        institute_id=pupil.institute_id,
        name=f"{pupil.first_name} {pupil.last_name}".strip(),
        class_name=now.name if now else None,
        site_name=now.site_name if now else None,
        languages=languages,
        language=language,
        second_language=pupil.letters_language if pupil.letters_language not in (language, "it") else None,
        met_before=db.session.scalar(met.limit(1)) is not None,
    )


def service(actor: Actor, service_id: int) -> ServiceChoice:
    """Raises NoResultFound for a service for which the person may not ask."""
    for each in services(actor):
        if each.id == service_id:
            return each
    raise NoResultFound


def services(actor: Actor) -> list[ServiceChoice]:
    """The services for which the person may ask, by name."""
    own = mediation_scope.services(actor, Permission.MEETINGS_REQUEST)
    if not own:
        return []
    statement = (
        select(Service.id, Service.name, Service.context, Service.place)
        .where(Service.id.in_(sorted(own)))
        .order_by(Service.name, Service.id)
    )
    return [ServiceChoice(*row) for row in db.session.execute(statement)]
