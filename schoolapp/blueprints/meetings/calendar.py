"""The week of meetings: what stands, what waits for an answer, what is still only asked for."""

import re
from datetime import date, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from schoolapp import clock, queries
from schoolapp.blueprints.meetings.routes import NAMES, bp
from schoolapp.domain.permissions import Permission
from schoolapp.web import access


@bp.get("/meetings/calendar")
@access.requires(Permission.MEETINGS_READ)
def week() -> ResponseReturnValue:
    actor = access.signed_in_user()
    today = clock.today()
    monday = _monday(request.args.get("week", ""), today)
    found = queries.meeting_weeks.of_week(actor, monday)
    days = [monday + timedelta(days=number) for number in range(7)]
    return render_template(
        "meetings/week.html",
        monday=monday,
        days=[(day, found[day]) for day in days if day.weekday() < 6 or found[day]],
        today=today,
        before=_name(monday - timedelta(days=7)),
        after=_name(monday + timedelta(days=7)),
        names=NAMES,
    )


def _monday(asked: str, today: date) -> date:
    """The Monday of "2026-W49"; where the address names none, of this week, and on a Sunday of the next."""
    found = re.fullmatch(r"(20\d\d)-W(\d\d?)", asked)
    if found is not None:
        try:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            pass
    return today + timedelta(days=1) if today.weekday() == 6 else today - timedelta(days=today.weekday())


def _name(monday: date) -> str:
    year, number, _ = monday.isocalendar()
    return f"{year}-W{number:02}"
