"""The shape of what is typed about accounts and roles. Fields that are not here do not exist for a request."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from schoolapp.domain.accounts import AccountState, Place
from schoolapp.domain.roles import ROLE_NAMES, Role
from schoolapp.web.forms import DayField, Filled, SelectChoice, SelectField, stripped
from schoolapp.web.translations import lazy_gettext as _


class AccountForm(FlaskForm):
    name = StringField(
        _("Nome e cognome"),
        filters=[stripped],
        validators=[DataRequired(_("Scrivi nome e cognome.")), Length(max=120, message=_("Al massimo 120 caratteri."))],
    )
    email = EmailField(
        _("E-mail"),
        filters=[stripped],
        validators=[
            DataRequired(_("Scrivi l’e-mail con cui la persona entra.")),
            Length(max=160, message=_("Al massimo 160 caratteri.")),
            Email(_("L’indirizzo non è completo: manca qualcosa prima o dopo la chiocciola.")),
        ],
    )


class SearchForm(FlaskForm):
    """The filters of the list; what is not among the choices counts as not chosen."""

    class Meta:
        csrf = False

    q = StringField(_("Nome o e-mail"), filters=[stripped], validators=[Optional(), Length(max=100)])
    role = SelectField(_("Ruolo"), validators=[Optional()])
    state = SelectField(_("Accessi"), validators=[Optional()], default=AccountState.ALL.value)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.role.choices = [SelectChoice("", _("tutti")), *role_choices()]
        self.state.choices = [
            SelectChoice(AccountState.ALL.value, _("tutti")),
            SelectChoice(AccountState.ACTIVE.value, _("accesi")),
            SelectChoice(AccountState.WITHOUT_ROLE.value, _("senza un ruolo oggi")),
            SelectChoice(AccountState.SWITCHED_OFF.value, _("spenti")),
        ]

    @property
    def chosen_role(self) -> Role | None:
        return Role(self.role.data) if self.role.data in set(Role) else None

    @property
    def chosen_state(self) -> AccountState:
        return AccountState(self.state.data) if self.state.data in set(AccountState) else AccountState.ALL


class RoleForm(FlaskForm):
    """A role between two days, in one of the places that were found."""

    place = RadioField(_("Dove"), coerce=int, validators=[InputRequired(_("Scegli dove la persona ha questo ruolo."))])
    valid_from = DayField(_("Dal"), validators=[Filled(_("Scrivi da quale giorno."))])
    valid_to = DayField(_("Fino al"), validators=[Optional()])

    def __init__(self, places: tuple[Place, ...] | None, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if places is None:
            del self.place
        else:
            self.place.choices = [
                SelectChoice(place.id, f"{place.name} · {place.detail}" if place.detail else place.name)
                for place in places
            ]
        if not self.is_submitted() and self.valid_from.data is None:
            self.valid_from.data = today

    @property
    def chosen_place(self) -> int | None:
        return self.place.data if "place" in self else None


class EndForm(FlaskForm):
    last_day = DayField(_("Ultimo giorno"), validators=[Filled(_("Scrivi l’ultimo giorno."))])


def role_choices() -> list[SelectChoice]:
    return [SelectChoice(role.value, _(ROLE_NAMES[role])) for role in Role]
