"""A person's own calendar of meetings, at a secret address that other programs may read."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from schoolapp import clock, parameters, queries, services
from schoolapp.blueprints.links.routes import bp
from schoolapp.domain.links import LinkGone, LinkPurpose
from schoolapp.domain.meeting_messages import CALENDAR_NAME, entry_of
from schoolapp.domain.permissions import Permission
from schoolapp.transaction import transaction
from schoolapp.web import access, links
from schoolapp.web.wording import translate

FEED = LinkPurpose.CALENDAR_FEED
HAS_MEETINGS = (Permission.MEETINGS_ANSWER, Permission.MEETINGS_REQUEST)


@bp.get("/calendar/<token>.ics")
@links.personal
def feed(token: str) -> ResponseReturnValue:
    """The appointments as a calendar program reads them. No name of a family is in it."""
    from schoolapp.exchange.calendars import feed as written  # weighs as much as a page: loaded where one is written

    link = services.links.look(token, FEED)
    actor = queries.accounts.actor_of(link.user_id, day=clock.today()) if link.user_id else None
    if actor is None or not any(actor.may(permission) for permission in HAS_MEETINGS):
        raise LinkGone
    with force_locale(queries.accounts.locale_of(actor) or "it"):
        entries = [
            entry_of(
                meeting,
                translate,
                address=parameters.installation().address(services.meeting_messages.page_of(meeting.request_id)),
            )
            for meeting in queries.links.meeting_times(actor, now=clock.now())
        ]
        content = written(
            entries,
            name=_(CALENDAR_NAME),
            organizer=parameters.installation().organizer,
            stamped_at=clock.now(),
        )
    return Response(content, content_type="text/calendar; charset=utf-8")


@bp.get("/account/calendar")
@access.requires(*HAS_MEETINGS)
def calendar() -> ResponseReturnValue:
    return _page()


@bp.post("/account/calendar")
@access.requires(*HAS_MEETINGS)
def new_calendar() -> ResponseReturnValue:
    """A new address; the old one ends. It is shown in this answer and never again, so nothing leads away from it."""
    actor = access.signed_in_user()
    with transaction(actor):
        services.links.take_back(purpose=FEED, user_id=actor.user_id)
        secret = services.links.make(purpose=FEED, user_id=actor.user_id, expires_at=None)
    return _page(url_for(".feed", token=secret))


@bp.post("/account/calendar/stop")
@access.requires(*HAS_MEETINGS)
def stop_calendar() -> ResponseReturnValue:
    actor = access.signed_in_user()
    with transaction(actor):
        services.links.take_back(purpose=FEED, user_id=actor.user_id)
    flash(_("L’indirizzo del calendario non vale più."), "success")
    return redirect(url_for(".calendar"), 303)


def _page(path: str | None = None) -> str:
    return render_template("links/calendar.html", own=queries.links.own_calendar(access.signed_in_user()), path=path)
