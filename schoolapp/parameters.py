"""The only reader of what an installation sets for its work, as `clock.py` is of the time."""

from flask import current_app

from schoolapp.domain.installation import Installation
from schoolapp.domain.meeting_terms import MeetingTerms


def meeting_terms() -> MeetingTerms:
    """The terms under which this installation's mediators are asked for."""
    return MeetingTerms(
        notice_days=current_app.config["MEETING_NOTICE_DAYS"],
        free_cancellation_hours=current_app.config["MEETING_FREE_CANCELLATION_HOURS"],
        mediator_sees_days=current_app.config["MEETING_MEDIATOR_DAYS"],
        notes_months=current_app.config["MEETING_NOTES_MONTHS"],
    )


def installation() -> Installation:
    """What messages say of this installation: its public address, its owner, its sender."""
    return Installation(
        base_url=current_app.config["BASE_URL"],
        owner_name=current_app.config["OWNER_NAME"],
        mail_sender=current_app.config["MAIL_SENDER"],
    )
