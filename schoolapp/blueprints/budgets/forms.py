"""The shape of what is typed about hour budgets and services."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import Length

from schoolapp.blueprints.pupils.forms import whole
from schoolapp.domain.meetings import MEETING_CONTEXT_NAMES, MeetingContext
from schoolapp.web.forms import Chosen, Filled, HoursField, SelectChoice, SelectField, stripped
from schoolapp.web.translations import lazy_gettext as _

Names = Sequence[tuple[int, str]]


class GrantForm(FlaskForm):
    """Whose hours, of which line and year, how many."""

    owner = SelectField(_("A chi"), validate_choice=False, validators=[Chosen(_("Scegli la scuola o il servizio."))])
    funding_line_id = SelectField(
        _("Linea di finanziamento"), validate_choice=False, validators=[Chosen(_("Scegli la linea di finanziamento."))]
    )
    school_year_id = SelectField(
        _("Anno scolastico"), validate_choice=False, validators=[Chosen(_("Scegli l’anno scolastico."))]
    )
    minutes = HoursField(_("Ore"), validators=[Filled(_("Scrivi quante ore, per esempio 60."))])
    needs_grant = BooleanField(_("L’Ambito approva ogni richiesta"))

    def __init__(self, *, institutes: Names, services: Names, lines: Names, years: Names, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        empty = SelectChoice("", gettext("scegli"))
        self.owner.choices = [
            empty,
            *(SelectChoice(f"institute-{number}", name, optgroup=gettext("Scuole")) for number, name in institutes),
            *(SelectChoice(f"service-{number}", name, optgroup=gettext("Servizi")) for number, name in services),
        ]
        self.funding_line_id.choices = [empty, *(SelectChoice(str(number), name) for number, name in lines)]
        self.school_year_id.choices = [SelectChoice(str(number), name) for number, name in years]

    @property
    def chosen_owner(self) -> dict[str, int]:
        kind, _dash, number = (self.owner.data or "").partition("-")
        return {f"{kind}_id": int(number)}


class ChangeForm(FlaskForm):
    """An addendum: more hours, or fewer."""

    minutes = HoursField(_("Ore"), validators=[Filled(_("Scrivi quante ore, per esempio 10."))])
    takes_back = BooleanField(_("Togli queste ore invece di aggiungerle"))
    reason = StringField(_("Motivo"), filters=[stripped])

    @property
    def signed_minutes(self) -> int:
        minutes = self.minutes.data or 0
        return -minutes if self.takes_back.data else minutes


class ServiceForm(FlaskForm):
    """A social or health service, or a desk, that asks for mediators."""

    name = StringField(
        _("Nome del servizio"),
        filters=[stripped],
        validators=[
            Filled(_("Scrivi come si chiama il servizio.")),
            Length(max=120, message=_("È troppo lungo: accorcialo un po’.")),
        ],
    )
    context = SelectField(_("Che cosa fa"), validate_choice=False, validators=[Chosen(_("Scegli che cosa fa."))])
    place = StringField(
        _("Luogo dei colloqui"),
        filters=[stripped],
        validators=[Length(max=120, message=_("È troppo lungo: accorcialo un po’."))],
    )
    ambito_id = SelectField(_("Ambito"), coerce=whole, validate_choice=False)

    def __init__(self, *, ambiti: Names, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.context.choices = [
            SelectChoice(each.value, gettext(name))
            for each, name in MEETING_CONTEXT_NAMES.items()
            if each is not MeetingContext.SCHOOL
        ]
        if len(ambiti) > 1:
            self.ambito_id.choices = [SelectChoice(str(number), name) for number, name in ambiti]
        else:
            del self.ambito_id
        self.only_ambito_id = ambiti[0][0] if ambiti else None

    @property
    def chosen_ambito_id(self) -> int | None:
        return self.ambito_id.data if "ambito_id" in self else self.only_ambito_id
