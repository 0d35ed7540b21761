"""What mediators say of themselves: whom they must not be sent to."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState, Party
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import DeclaredConflict, MediatorProfile
from schoolapp.queries import scope
from schoolapp.services import meetings


def declare_conflict(actor: Actor, request_id: int, *, at: datetime) -> MeetingState:
    """Who is asked to go knows the family: never proposed there again, and a proposal that waits is declined.

    Schools are not told why. Raises NoResultFound for who is not the mediator of the request.
    """
    request = meetings.locked(actor, request_id, now=at, version=None)
    if Party.MEDIATOR not in scope.parties_of(actor, request) or db.session.get(MediatorProfile, actor.user_id) is None:
        raise NoResultFound
    about = {"pupil_id": request.pupil_id, "case_code": None if request.pupil_id else request.case_code}
    if not any(about.values()):
        raise RuleViolation(N_("Questa richiesta non riguarda una famiglia sola."))
    known = select(DeclaredConflict.id).filter_by(user_id=actor.user_id, **about)
    if db.session.scalar(known.limit(1)) is None:
        today = at.astimezone(SCHOOL_ZONE).date()
        db.session.add(DeclaredConflict(user_id=actor.user_id, declared_on=today, **about))
        db.session.flush()
    if request.state is MeetingState.PROPOSED:
        reason = str(N_("Conosco questa famiglia"))
        return meetings.take_step(actor, request_id, MeetingAction.DECLINE, at=at, reason=reason).state
    return request.state
