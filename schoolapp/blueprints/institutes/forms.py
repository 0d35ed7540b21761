"""The shape of what is typed about institutes and plessi."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, StringField
from wtforms.validators import Email, Length, Optional

from schoolapp.services.institutes import SchoolFacts
from schoolapp.web.forms import DayField, Filled, stripped
from schoolapp.web.translations import lazy_gettext as _

_AT_MOST_80 = Length(max=80, message=_("Al massimo 80 caratteri."))
_AT_MOST_160 = Length(max=160, message=_("Al massimo 160 caratteri."))


class SchoolForm(FlaskForm):
    name = StringField(_("Nome"), filters=[stripped], validators=[Filled(_("Scrivi il nome.")), _AT_MOST_160])
    comune = StringField(_("Comune"), filters=[stripped], validators=[Optional(), _AT_MOST_80])
    kind = StringField(_("Tipo di scuola"), filters=[stripped], validators=[Optional(), _AT_MOST_80])
    code = StringField(
        _("Codice meccanografico"),
        filters=[stripped],
        validators=[Optional(), Length(max=20, message=_("Al massimo 20 caratteri."))],
    )
    email = EmailField(
        _("E-mail della scuola"),
        filters=[stripped],
        validators=[
            Optional(),
            _AT_MOST_160,
            Email(_("L’indirizzo non è completo: manca qualcosa prima o dopo la chiocciola.")),
        ],
    )
    valid_from = DayField(_("Esiste dal"), validators=[Optional()])
    valid_to = DayField(_("Fino al"), validators=[Optional()])

    def facts(self) -> SchoolFacts:
        return SchoolFacts(
            name=self.name.data or "",
            comune=self.comune.data or "",
            code=self.code.data or "",
            kind=self.kind.data or "",
            email=self.email.data or "",
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
        )


class PapersForm(FlaskForm):
    """How the school's papers come out."""

    address = StringField(_("Indirizzo"), filters=[stripped], validators=[Optional(), _AT_MOST_160])
    printed_signature = BooleanField(_("Stampa il nome del dirigente al posto della firma"))


class SiteForm(SchoolForm):
    email = None  # type: ignore[assignment]
    address = StringField(_("Indirizzo"), filters=[stripped], validators=[Optional(), _AT_MOST_160])

    def facts(self) -> SchoolFacts:
        return SchoolFacts(
            name=self.name.data or "",
            comune=self.comune.data or "",
            code=self.code.data or "",
            kind=self.kind.data or "",
            address=self.address.data or "",
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
        )
