"""What is deleted when its time is over, without anybody asking: the notes of meetings, and links that open nothing."""

from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from sqlalchemy import delete, exists, or_, select, update

from schoolapp import clock
from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.links import LinkPurpose
from schoolapp.extensions import db
from schoolapp.models import Appointment, CulturalNote, MeetingEvent, MeetingRequest, PersonalLink, ProposedSlot

DEAD_LINKS_KEPT = timedelta(days=30)

_WITHOUT_ANSWER = (LinkPurpose.MEDIATOR_ANSWER, LinkPurpose.CALENDAR_FEED)
"""What these did stands elsewhere; a family's answer is kept on its link."""


def delete_notes(*, months: int) -> dict[str, int]:
    """Delete cultural notes so many months after they were written, and the notes and reasons of a request so many
    after its last day.

    That is the last day asked of a mediator or proposed. Returns how many of each.
    """
    until = _months_ago(months)
    cultural = db.session.execute(delete(CulturalNote).where(CulturalNote.written_at < until))
    later_appointment = exists().where(Appointment.request_id == MeetingRequest.id, Appointment.ends_at >= until)
    later_slot = exists().where(
        ProposedSlot.request_id == MeetingRequest.id, ProposedSlot.day >= until.astimezone(SCHOOL_ZONE).date()
    )
    notes = db.session.execute(
        update(MeetingRequest)
        .where(MeetingRequest.note != "", ~later_appointment, ~later_slot)
        .values(note="")
        .execution_options(synchronize_session=False)
    )
    over = select(MeetingRequest.id).where(~later_appointment, ~later_slot)
    reasons = db.session.execute(
        update(MeetingEvent)
        .where(MeetingEvent.reason != "", MeetingEvent.at < until, MeetingEvent.request_id.in_(over))
        .values(reason="")
        .execution_options(synchronize_session=False)
    )
    return {"cultural_notes": _count(cultural), "request_notes": _count(notes), "reasons": _count(reasons)}


def delete_dead_links() -> int:
    """Delete links that have opened nothing for a month."""
    until = clock.now() - DEAD_LINKS_KEPT
    deleted = db.session.execute(
        delete(PersonalLink).where(
            PersonalLink.purpose.in_(_WITHOUT_ANSWER),
            or_(PersonalLink.expires_at < until, PersonalLink.used_at < until),
        )
    )
    return _count(deleted)


def _months_ago(months: int) -> datetime:
    """The beginning of the day at school, so many months before today."""
    return datetime.combine(clock.today() - relativedelta(months=months), time(), SCHOOL_ZONE)


def _count(result: object) -> int:
    return int(result.rowcount)  # type: ignore[attr-defined]
