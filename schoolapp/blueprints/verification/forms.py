"""The shape of a code that somebody types."""

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from schoolapp.domain.verification import typed_code
from schoolapp.web.forms import stripped
from schoolapp.web.translations import lazy_gettext as _


class CodeForm(FlaskForm):
    """Asked by GET: it only reads."""

    class Meta:
        csrf = False

    code = StringField(_("Codice di verifica"), filters=[stripped])

    def validate_code(self, field: Field) -> None:
        if typed_code(field.data or "") is None:
            raise ValidationError(
                gettext("Questo codice non è intero: sono 26 lettere e cifre. Controlla che ci siano tutte.")
            )
