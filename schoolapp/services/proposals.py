"""A mediator proposed for one of the times that were asked for."""

from datetime import datetime, timedelta

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.meeting_steps import MeetingAction
from schoolapp.domain.wording import N_
from schoolapp.models import MeetingRequest
from schoolapp.queries import matching
from schoolapp.services import meetings

ANSWER_DAYS = 3
"""So long a mediator has for the answer; never beyond the day before the meeting."""


def propose(
    actor: Actor, request_id: int, *, mediator_id: int, slot: int, version: int, at: datetime
) -> MeetingRequest:
    """Ask a mediator of the own cooperative; `slot` counts from 1.

    Raises NoResultFound outside the person's scope, RuleViolation for somebody who must not be proposed or is taken.
    """
    meetings.locked(actor, request_id, now=at, version=version)
    choice = matching.of_request(actor, request_id)
    found = next((each for each in choice.matches if each.candidate.mediator_id == mediator_id), None)
    if found is None:
        raise RuleViolation(N_("Questa persona non è tra i mediatori della cooperativa."), field="mediator_id")
    if not 1 <= slot <= len(choice.slots):
        raise RuleViolation(N_("Scegli uno degli orari chiesti."), field="slot")
    chosen = choice.slots[slot - 1]
    if found.candidate.has_conflict or not found.open_slots or found.blocked_by is not None:
        raise RuleViolation(N_("Questa persona non si può proporre: scegline un’altra."), field="mediator_id")
    if chosen not in found.open_slots:
        raise RuleViolation(N_("In quell’orario la persona non c’è: scegline un altro."), field="slot")
    starts_at, ends_at = matching.interval(chosen, choice.minutes)
    today = at.astimezone(SCHOOL_ZONE).date()
    answer_by = max(today, min(today + timedelta(days=ANSWER_DAYS), chosen.day - timedelta(days=1)))
    return meetings.take_step(
        actor,
        request_id,
        MeetingAction.PROPOSE,
        at=at,
        version=version,
        offer=meetings.Offer(mediator_id, starts_at, ends_at, answer_by),
    )
