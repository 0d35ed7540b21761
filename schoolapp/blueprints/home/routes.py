"""Where one lands, the language switch, the pages under every page, and the health check."""

from flask import Blueprint, abort, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from schoolapp import queries
from schoolapp.blueprints.home.help import topics
from schoolapp.web import access, locale, navigation
from schoolapp.web.logs import request_log
from schoolapp.web.redirects import back_or

bp = Blueprint("home", __name__)


@bp.get("/")
@access.signed_in
def start() -> ResponseReturnValue:
    """The first entry of the person's own menu."""
    entries = navigation.entries(access.signed_in_user().permissions)
    if entries:
        return redirect(url_for(entries[0].endpoint))
    return render_template("home/start.html")


@bp.post("/language")
@access.everyone
def set_language() -> ResponseReturnValue:
    chosen = request.form.get("language", "")
    if chosen not in locale.LANGUAGES:
        abort(400)
    session["language"] = chosen
    actor = access.actor_or_none()
    if actor is not None:
        locale.remember(actor, chosen)
    return redirect(back_or(url_for("home.start")))


@bp.get("/healthz")
@access.everyone
def health() -> ResponseReturnValue:
    """For whoever watches the service: 200 while the database answers, 503 when it does not."""
    silent = queries.health.why_the_database_is_silent()
    if silent is None:
        return jsonify(status="ok")
    request_log.error("the database does not answer", error=silent)
    return jsonify(status="the database does not answer"), 503


@bp.get("/help")
@access.everyone
def help_page() -> ResponseReturnValue:
    """Questions of those who have signed in by what their roles can do; of others, what everyone may ask."""
    actor = access.actor_or_none()
    return render_template("home/help.html", topics=topics(actor.may if actor else lambda _permission: False))


@bp.get("/privacy")
@access.everyone
def privacy() -> ResponseReturnValue:
    return render_template("home/privacy.html")


@bp.get("/accessibility")
@access.everyone
def accessibility() -> ResponseReturnValue:
    return render_template("home/accessibility.html")
