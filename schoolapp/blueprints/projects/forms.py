"""The shape of what is typed about projects and funding lines."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import Length, Optional

from schoolapp.domain.emblems import NAME_LENGTH
from schoolapp.web.forms import DayField, Filled, stripped
from schoolapp.web.translations import lazy_gettext as _


def _at_most(count: int) -> Length:
    return Length(max=count, message=_("Al massimo %(max)d caratteri."))


class ProjectForm(FlaskForm):
    title = StringField(_("Titolo"), filters=[stripped], validators=[Filled(_("Scrivi il titolo.")), _at_most(120)])
    code = StringField(_("Codice del progetto"), filters=[stripped], validators=[Optional(), _at_most(40)])
    cup = StringField(_("CUP"), filters=[stripped], validators=[Optional(), _at_most(20)])
    valid_from = DayField(_("Dal"), validators=[Optional()])
    valid_to = DayField(_("Fino al"), validators=[Optional()])


class FundingLineForm(FlaskForm):
    name = StringField(
        _("Linea di finanziamento"), filters=[stripped], validators=[Filled(_("Scrivi il nome.")), _at_most(80)]
    )


class EmblemForm(FlaskForm):
    emblem_name = StringField(
        _("Di chi è l’emblema"),
        filters=[stripped],
        validators=[Filled(_("Scrivi di chi è, per esempio Unione europea.")), _at_most(NAME_LENGTH)],
    )
    picture = FileField(_("Immagine"), validators=[FileRequired(_("Scegli l’immagine: PNG o JPEG."))])
