"""The mediator's answer."""

from flask_wtf import FlaskForm
from wtforms import StringField, SubmitField

from schoolapp.web.translations import lazy_gettext as _


class AnswerForm(FlaskForm):
    """One of two buttons; who cannot come says why, in a few words."""

    reason = StringField(_("Se non puoi, perché?"))
    accept = SubmitField(_("Sì, vengo"))
    decline = SubmitField(_("No, non posso"))
