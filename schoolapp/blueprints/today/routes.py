"""The day: where to go now, and what is still to complete."""

from datetime import date

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from schoolapp import clock, queries
from schoolapp.domain.permissions import Permission
from schoolapp.web import access

bp = Blueprint("today", __name__)


@bp.get("/today")
@access.requires(Permission.LESSONS_READ)
def day() -> ResponseReturnValue:
    """Always the day of whoever asks; `?day=2026-11-24` looks at another day."""
    actor = access.signed_in_user()
    now = clock.local_now()
    wanted = _day(request.args.get("day"), now.date())
    return render_template(
        "today/day.html",
        day=wanted,
        today=now.date(),
        plan=queries.lessons.day_plan(actor, wanted, now) if actor.may(Permission.LESSONS_RECORD) else None,
        most_to_sign=queries.lessons.MOST_OVERDUE,
        school=queries.lessons.school_day(actor, wanted, now) if actor.may(Permission.LESSONS_COUNTERSIGN) else None,
    )


def _day(text: str | None, today: date) -> date:
    if not text:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(400)
