"""What one chooses when a letter to a family is printed."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TelField
from wtforms.validators import Optional

from schoolapp.domain.letters.bank import LETTER_LANGUAGES
from schoolapp.domain.letters.drafts import LetterChoices, LetterDraft
from schoolapp.domain.letters.kinds import LETTER_KIND_NAMES, LetterKind
from schoolapp.domain.search_keys import search_key
from schoolapp.web.formats import language
from schoolapp.web.forms import Chosen, DayField, Filled, SelectChoice, SelectField, stripped
from schoolapp.web.translations import lazy_gettext as _


class LetterForm(FlaskForm):
    """A letter of one draft, or of one among several workshops."""

    kind = RadioField(_("Lettera"), validators=[Chosen(_("Scegli quale lettera."))], validate_choice=False)
    workshop_id = SelectField(
        _("Laboratorio"), coerce=int, validators=[Chosen(_("Scegli il laboratorio."))], validate_choice=False
    )
    language = SelectField(
        _("Lingua accanto all’italiano"),
        validators=[Chosen(_("Scegli la lingua della lettera."))],
        validate_choice=False,
    )
    phone = TelField(
        _("Telefono della scuola"),
        filters=[stripped],
        validators=[Filled(_("Scrivi il telefono della scuola: le famiglie lo chiamano."))],
    )
    people = StringField(_("Chi ci sarà della scuola"), filters=[stripped])
    reply_by = DayField(_("Risposta entro"), validators=[Optional()])
    protocol = StringField(_("Numero di protocollo"), filters=[stripped])

    def __init__(self, drafts: Sequence[LetterDraft], **values: Any) -> None:
        first = drafts[0]
        known = {
            "kind": first.kinds[0].value,
            "workshop_id": first.workshop_id,
            "language": first.language,
            "phone": first.phone,
            "people": first.people,
            "reply_by": first.reply_by,
        }
        super().__init__(**{**known, **values})
        kinds = [kind for kind in LetterKind if kind in first.kinds]
        self.kind.choices = [SelectChoice(kind.value, gettext(LETTER_KIND_NAMES[kind])) for kind in kinds]
        names = sorted(((code, language(code)) for code in LETTER_LANGUAGES), key=lambda item: search_key(item[1]))
        empty = [] if first.language else [SelectChoice("", gettext("Scegli la lingua"))]
        self.language.choices = [*empty, *(SelectChoice(code, name) for code, name in names)]
        self.workshop_id.choices = [SelectChoice(draft.workshop_id, draft.workshop) for draft in drafts]
        if first.workshop_id is None:
            del self.workshop_id
        else:
            del self.people
            del self.reply_by

    def choices(self) -> LetterChoices:
        return LetterChoices(
            kind=LetterKind(self.kind.data),
            language=self.language.data,
            phone=self.phone.data or "",
            protocol=self.protocol.data or "",
            people=self.people.data or "" if "people" in self else "",
            reply_by=self.reply_by.data if "reply_by" in self else None,
        )
