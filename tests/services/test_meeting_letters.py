"""What a letter about a meeting says, after all that can happen to a meeting."""

from datetime import timedelta

import pytest

from schoolapp import queries, services
from schoolapp.domain.letters.kinds import LetterKind
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meeting_wishes import Slot
from schoolapp.models import MeetingRequest
from tests import factories
from tests.support.meetings import DAY, ENDS, NOW, STARTS, MeetingPlace

pytestmark = pytest.mark.usefixtures("friday")

A, S = MeetingAction, MeetingState
WEEK = timedelta(days=7)


def step(place: MeetingPlace, who: str, request: MeetingRequest, action: MeetingAction, **more: object) -> None:
    services.meetings.take_step(getattr(place, who), request.id, action, at=NOW, reason="motivo", **more)  # type: ignore[arg-type]


def propose_a_week_later(place: MeetingPlace, request: MeetingRequest) -> None:
    omar = factories.make_mediator(place.provider)
    offer = place.offer(mediator_id=omar.id, starts_at=STARTS + WEEK, ends_at=ENDS + WEEK)
    step(place, "cooperative", request, A.PROPOSE, offer=offer)


@pytest.mark.parametrize(("who", "action"), [("cooperative", A.WITHDRAW), ("mediator", A.DECLINE), ("teacher", A.MOVE)])
def test_a_family_can_be_told_that_a_time_does_not_hold_any_more(
    place: MeetingPlace, who: str, action: MeetingAction
) -> None:
    request = place.request(S.CONFIRMED)
    step(place, who, request, action)
    draft = queries.letters.of_meeting(place.teacher, request.id)
    assert (draft.kinds, draft.day) == ((LetterKind.CANCELLED,), DAY)


def test_the_time_that_is_cancelled_is_the_one_the_family_knew(place: MeetingPlace) -> None:
    """Not a later one that a mediator was asked for and nobody agreed to."""
    request = place.request(S.CONFIRMED)
    step(place, "cooperative", request, A.WITHDRAW)
    propose_a_week_later(place, request)
    assert queries.letters.of_meeting(place.teacher, request.id).day == DAY
    step(place, "teacher", request, A.CANCEL)
    draft = queries.letters.of_meeting(place.teacher, request.id)
    assert (draft.kinds, draft.day) == ((LetterKind.CANCELLED,), DAY)


def test_who_was_never_told_of_a_time_is_invited_and_not_told_of_a_move(place: MeetingPlace) -> None:
    request = place.request(S.WITH_PROVIDER)
    step(place, "cooperative", request, A.MOVE)
    step(place, "teacher", request, A.RESCHEDULE, slots=[Slot(DAY, place.wish().slots[0].start)])
    assert queries.letters.of_meeting(place.teacher, request.id).kinds == ()
    step(place, "cooperative", request, A.PROPOSE, offer=place.offer())
    step(place, "mediator", request, A.ACCEPT)
    assert queries.letters.of_meeting(place.teacher, request.id).kinds[0] is LetterKind.INVITATION
