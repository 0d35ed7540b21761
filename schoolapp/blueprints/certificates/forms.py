"""The shape of what is typed about certificates."""

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional

from schoolapp.web.forms import DayField, stripped
from schoolapp.web.translations import lazy_gettext as _


class ProtocolForm(FlaskForm):
    protocol_number = StringField(_("Numero di protocollo"), filters=[stripped])
    protocol_day = DayField(_("Data di protocollo"), validators=[Optional()])


def _id(text: str) -> int:
    """0, which is nobody, for what is no number."""
    return int(text) if str(text).isdecimal() else 0


class IssueForm(ProtocolForm):
    """Who is ticked; which pupils there are to tick is the service's business."""

    pupil_ids = SelectMultipleField(_("Alunni"), coerce=_id, validate_choice=False, choices=[])


class EndForm(FlaskForm):
    """Why a certificate is revoked or replaced."""

    why = TextAreaField(_("Motivo"), filters=[stripped])
