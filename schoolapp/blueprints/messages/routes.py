"""Messages that have not gone: how many and which numbers, for who keeps the installation running."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.domain.permissions import Permission
from schoolapp.transaction import transaction
from schoolapp.web import access, mail

bp = Blueprint("messages", __name__)


@bp.get("/messages")
@access.requires(Permission.MESSAGES_READ)
def index() -> ResponseReturnValue:
    return render_template(
        "messages/index.html",
        outbox=queries.messages.outbox(access.signed_in_user(), now=clock.now()),
        has_mail=mail.is_configured(),
    )


@bp.post("/messages/<int:message_id>/try-again")
@access.requires(Permission.MESSAGES_READ)
def try_again(message_id: int) -> ResponseReturnValue:
    with transaction(access.signed_in_user()):
        services.messages.try_again(message_id)
    flash(_("Il messaggio n. %(number)s torna tra quelli da mandare.", number=message_id), "success")
    return redirect(url_for(".index"), 303)
