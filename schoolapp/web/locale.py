"""The language of the interface: Italian, or English where a person chose it."""

from flask import has_request_context, session
from flask_login import current_user

from schoolapp import services
from schoolapp.domain.actors import Actor
from schoolapp.transaction import transaction

LANGUAGES = {"it": "Italiano", "en": "English"}
DEFAULT = "it"


def chosen() -> str:
    """The language chosen in this browser, else the one kept with the account, else Italian."""
    if not has_request_context():
        return DEFAULT
    language = session.get("language")
    if language in LANGUAGES:
        return str(language)
    kept = getattr(current_user, "locale", None)
    return kept if kept in LANGUAGES else DEFAULT


def remember(actor: Actor, language: str) -> None:
    """Keep the choice with the account, for the other devices of this person."""
    with transaction(actor):
        services.accounts.set_locale(user_id=actor.user_id, locale=language)
