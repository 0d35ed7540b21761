"""The language of the interface: Italian, or English where a person chose it."""

from flask import g, has_request_context, session
from flask_babel import refresh
from flask_login import current_user

from schoolapp import services
from schoolapp.domain.actors import Actor
from schoolapp.transaction import transaction

LANGUAGES = {"it": "Italiano", "en": "English"}
DEFAULT = "it"


def chosen() -> str:
    """The language chosen in this browser, else the one kept with the account, else Italian. Asked once a request."""
    if not has_request_context():
        return DEFAULT
    language: str | None = g.get("language")
    if language is None:
        language = g.language = _choose()
    return language


def _choose() -> str:
    for language in (session.get("language"), getattr(current_user, "locale", None)):
        if language in LANGUAGES:
            return str(language)
    return DEFAULT


def prefer(language: str | None) -> None:
    """For a page without sign-in whose reader is known: their language, unless another was chosen in this browser."""
    if language in LANGUAGES and session.get("language") not in LANGUAGES:
        g.language = language
        refresh()


def remember(actor: Actor, language: str) -> None:
    """Keep the choice with the account, for the other devices of this person."""
    with transaction(actor):
        services.accounts.set_locale(user_id=actor.user_id, locale=language)
