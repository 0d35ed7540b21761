"""The shape of what is typed about a mediator. Fields that are not here do not exist for a request."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import Email, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.matching import GENDER_NAMES
from schoolapp.domain.mediators import (
    MOST_LANGUAGES,
    MOST_TIMES,
    MediatorFacts,
    Spoken,
    WeeklyTime,
    in_groups,
    week_mark,
)
from schoolapp.domain.meetings import LANGUAGE_LEVEL_NAMES, LanguageLevel
from schoolapp.queries.mediator_lists import Collaboration
from schoolapp.queries.mediators import MediatorCard
from schoolapp.web.forms import UNSEEN, Chosen, DayField, Filled, SelectChoice, SelectField, add_violation, stripped
from schoolapp.web.name_fields import language_field
from schoolapp.web.translations import lazy_gettext as _
from schoolapp.web.weekly_times import WeeklyTimeForm, chosen_number, weekday_choices

Choices = Sequence[tuple[int, str]]


class SearchForm(FlaskForm):
    """The filters of the list; what is not among the choices counts as not chosen."""

    class Meta:
        csrf = False

    q = StringField(_("Nome"), filters=[stripped], validators=[Optional(), Length(max=100)])
    language = SelectField(_("Lingua"), validators=[Optional()])
    state = SelectField(_("Collaborazione"), validators=[Optional()])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.state.choices = [
            SelectChoice(Collaboration.CURRENT.value, _("in corso")),
            SelectChoice(Collaboration.FORMER.value, _("finita")),
        ]

    def offer(self, languages: Sequence[tuple[str, str]]) -> None:
        """Languages (code, name) to choose from."""
        self.language.choices = [SelectChoice("", _("tutte")), *(SelectChoice(*each) for each in languages)]

    @property
    def chosen_state(self) -> Collaboration:
        return Collaboration(self.state.data) if self.state.data in set(Collaboration) else Collaboration.CURRENT


class SpokenForm(Form):
    """A language with its level. Without a language, or ticked off, it does not exist."""

    language = language_field(_("Lingua"))
    level = SelectField(_("Come la parla"), validate_choice=False, default=LanguageLevel.MOTHER_TONGUE.value)
    remove = BooleanField(_("Togli questa lingua"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = [SelectChoice(level.value, _(LANGUAGE_LEVEL_NAMES[level])) for level in LanguageLevel]

    @property
    def is_given(self) -> bool:
        return self.language.data is not None and not self.remove.data

    def validate(self, extra_validators: Any = None) -> bool:
        if not self.is_given:
            return True
        fine = bool(super().validate(extra_validators))
        if self.level.data not in set(LanguageLevel):
            self.level.errors = [_("Di’ come parla questa lingua.")]
            return False
        return fine


class MediatorForm(FlaskForm):
    """The card. Who has other roles too keeps name and address from the administration."""

    name = StringField(
        _("Nome e cognome"),
        filters=[stripped],
        validators=[Filled(_("Scrivi nome e cognome.")), Length(max=120, message=_("Al massimo 120 caratteri."))],
    )
    email = EmailField(
        _("E-mail"),
        filters=[stripped],
        validators=[
            Filled(_("Scrivi l’e-mail con cui la persona entra.")),
            Length(max=160, message=_("Al massimo 160 caratteri.")),
            Email(_("L’indirizzo non è completo: manca qualcosa prima o dopo la chiocciola.")),
        ],
    )
    provider_id = SelectField(
        _("Cooperativa"), coerce=chosen_number, validate_choice=False, validators=[Chosen(_("Scegli la cooperativa."))]
    )
    languages = FieldList(FormField(SpokenForm), max_entries=MOST_LANGUAGES)
    comune = StringField(
        _("Comune da cui parte"),
        filters=[stripped],
        validators=[Length(max=80, message=_("Al massimo 80 caratteri."))],
    )
    gender = SelectField(_("Donna o uomo"), validate_choice=False)
    engagement = StringField(
        _("Numero dell’incarico"),
        filters=[stripped],
        validators=[Length(max=60, message=_("Al massimo 60 caratteri."))],
    )

    def __init__(self, *, providers: Choices = (), names: bool = True, address: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.gender.choices = [
            SelectChoice("", _("non indicato")),
            *(SelectChoice(code, _(name)) for code, name in GENDER_NAMES.items()),
        ]
        self.provider_id.choices = [SelectChoice(number, name) for number, name in providers]
        if len(providers) < 2:
            del self.provider_id
        if not names:
            del self.name
        if not address:
            del self.email
        if not self.languages.entries:
            self.languages.append_entry()

    def add_language(self) -> None:
        if len(self.languages.entries) < MOST_LANGUAGES:
            self.languages.append_entry()

    def facts(self) -> MediatorFacts:
        """What was typed; the form has been found valid."""
        return MediatorFacts(
            languages=tuple(
                Spoken(entry.form.language.data, LanguageLevel(entry.form.level.data))
                for entry in self.languages.entries
                if entry.form.is_given
            ),
            comune=self.comune.data or "",
            gender=self.gender.data or None,
            engagement=self.engagement.data or "",
        )

    def refuse(self, violation: RuleViolation) -> None:
        rows = [number for number, entry in enumerate(self.languages.entries) if entry.form.is_given]
        _refuse(self, rows, "languages", violation)


class TimesForm(WeeklyTimeForm):
    """The same hours on one day of the week or several."""

    weekday = SelectMultipleField(
        _("Giorni"),
        coerce=chosen_number,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weekday.choices = list(weekday_choices())

    def validate(self, extra_validators: Any = None) -> bool:
        self.weekday.data = sorted({number for number in self.weekday.data or [] if number is not None})
        return super().validate(extra_validators)

    def weekly(self) -> list[WeeklyTime]:
        """One for each day; the form has been found valid."""
        assert self.start.data is not None
        assert self.end.data is not None
        hours = (self.start.data, self.end.data, self.valid_from.data, self.valid_to.data)
        return [WeeklyTime(day, *hours) for day in self.weekday.data or []]


class WeekForm(FlaskForm):
    """The whole week as it is from today on."""

    slots = FieldList(FormField(TimesForm), max_entries=MOST_TIMES)
    read = HiddenField(UNSEEN)
    """The mark of the week as the person read it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not self.slots.entries:
            self.slots.append_entry()

    def add_slot(self) -> None:
        if len(self.slots.entries) < MOST_TIMES:
            self.slots.append_entry()

    def times(self) -> list[WeeklyTime]:
        """What was typed; the form has been found valid."""
        return [time for entry in self.slots.entries if entry.form.is_given for time in entry.form.weekly()]

    def refuse(self, violation: RuleViolation) -> None:
        given = enumerate(self.slots.entries)
        rows = [number for number, entry in given if entry.form.is_given for _time in entry.form.weekly()]
        _refuse(self, rows, "slots", violation)


class AwayForm(FlaskForm):
    """Days on which somebody cannot come. There is no field for why."""

    first_day = DayField(_("Dal"), validators=[Filled(_("Scrivi il primo giorno di assenza."))])
    last_day = DayField(_("Al"))


class DayForm(FlaskForm):
    """The last day of a collaboration, or the first one."""

    day = DayField(validators=[Filled(_("Scrivi il giorno."))])


def values_of(card: MediatorCard) -> dict[str, Any]:
    """The form's fields as the card has them now."""
    return {
        "name": card.name,
        "email": card.email,
        "comune": card.comune,
        "gender": card.gender or "",
        "engagement": card.engagement,
        "languages": [{"language": each.language, "level": each.level.value} for each in card.languages],
    }


def week_of(card: MediatorCard, today: date) -> dict[str, Any]:
    """The weekly times as the form writes them: the same hours together, the first day only where it is to come."""
    return {
        "read": week_mark(card.weekly),
        "slots": [
            {
                "weekday": [day for first, last in same.runs for day in range(first, last + 1)],
                "start": same.start,
                "end": same.end,
                "valid_from": same.valid_from,
                "valid_to": same.valid_to,
            }
            for same in in_groups(card.weekly, today)
        ],
    }


def _refuse(form: FlaskForm, rows: Sequence[int], name: str, violation: RuleViolation) -> None:
    """The rule counts what was given; `rows` says in which row of the form each of it stands."""
    if violation.field is not None and violation.field.startswith(f"{name}-"):
        _list, number, field = violation.field.split("-")
        row = rows[int(number)] if int(number) < len(rows) else 0
        violation.field = f"{name}-{row}-{field}"
    add_violation(form, violation)
