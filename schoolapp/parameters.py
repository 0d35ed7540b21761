"""The only reader of what an installation sets for its work, as `clock.py` is of the time."""

from flask import current_app

from schoolapp.domain.meeting_terms import MeetingTerms


def meeting_terms() -> MeetingTerms:
    """The terms under which this installation's mediators are asked for."""
    return MeetingTerms(
        notice_days=current_app.config["MEETING_NOTICE_DAYS"],
        free_cancellation_hours=current_app.config["MEETING_FREE_CANCELLATION_HOURS"],
        mediator_sees_days=current_app.config["MEETING_MEDIATOR_DAYS"],
    )
