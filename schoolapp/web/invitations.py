"""The link by which a person chooses the first password: for a week, and only while there is none."""

from datetime import timedelta

from flask import current_app, flash, session, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_security.recoverable import generate_reset_password_token
from itsdangerous import BadSignature, URLSafeTimedSerializer

from schoolapp import queries
from schoolapp.extensions import db
from schoolapp.models import User
from schoolapp.web import locale, mail
from schoolapp.web.public_address import public_address

VALID_FOR = timedelta(days=7)
_KEPT = "link_to_hand_over"


def address(user_id: int) -> str:
    """The link for the person, to be handed over in person."""
    path = url_for("accounts.welcome", token=_serializer().dumps(queries.accounts.session_mark(user_id)))
    return public_address(path)


def send(user_id: int) -> bool:
    """Send the link by mail, in the language of who gets it. False where there is no mail or it was not taken."""
    if not mail.is_configured():
        return False
    user = db.session.get_one(User, user_id)
    with force_locale(user.locale or locale.DEFAULT):
        subject = _("Il tuo accesso ai Laboratori di italiano L2")
        lines = (
            _("Ciao %(name)s,", name=user.name),
            _("hai un accesso ai Laboratori di italiano L2. Entri con questa e-mail: %(email)s.", email=user.email),
            _("Scegli la tua password entro sette giorni:"),
            address(user_id),
            current_app.config["OWNER_NAME"],
        )
    try:
        mail.send(to=user.email, subject=subject, text="\n\n".join(lines))
    except mail.MailNotSent:
        return False
    return True


def hand_over(user_id: int, email: str) -> None:
    """Send the link by mail; where that cannot be done, keep it for the next page of who made it."""
    if send(user_id):
        flash(_("Abbiamo mandato a %(email)s il collegamento per scegliere la password.", email=email), "success")
    else:
        session[_KEPT] = user_id


def kept_address(user_id: int) -> str | None:
    """The link that was kept for this page; shown once."""
    return address(user_id) if session.pop(_KEPT, None) == user_id else None


def password_page(token: str) -> str | None:
    """Where the password is chosen, for a link that is still good; None for any other."""
    try:
        mark = _serializer().loads(token, max_age=int(VALID_FOR.total_seconds()))
    except BadSignature:
        return None
    user = queries.accounts.by_session_mark(str(mark))
    if user is None or not user.active or user.password is not None:
        return None
    return url_for("security.reset_password", token=generate_reset_password_token(user))  # type: ignore[no-untyped-call]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="welcome")
