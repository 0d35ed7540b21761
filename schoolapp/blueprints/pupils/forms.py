"""The shape of what is typed about pupils and classes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from babel.dates import get_month_names
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import LEVEL_NAMES, Level
from schoolapp.domain.pupils import (
    ALPHABET_NAMES,
    LONGEST_BIRTH_PLACE,
    MOST_CITIZENSHIPS,
    MOST_CONTACTS,
    MOST_LANGUAGES,
    MOST_YEARS_ABROAD,
    ContactFacts,
    PupilFacts,
    email_address,
    phone_number,
    written_phone,
)
from schoolapp.queries.school_classes import ClassChoice, InstituteChoice, PersonChoice, SiteChoice
from schoolapp.web import locale
from schoolapp.web.forms import UNSEEN, DayField, Filled, SelectChoice, SelectField, stripped
from schoolapp.web.name_fields import country_field, language_field, usual_language_field
from schoolapp.web.translations import lazy_gettext as _
from schoolapp.web.wording import sentence_of

NO_ALPHABET = "none"
_TOO_LONG = _("È troppo lungo: accorcialo un po’.")


def whole(value: str | int | None) -> int | None:
    """An id of a choice, as kept or as typed; what is none stays unchosen."""
    if isinstance(value, int):
        return value
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None


def class_choices(classes: Iterable[ClassChoice], empty: str) -> list[SelectChoice]:
    """Classes under their plesso."""
    return [
        SelectChoice("", empty),
        *(SelectChoice(str(item.id), item.name, optgroup=item.site_name) for item in classes),
    ]


class WholeField(IntegerField):
    """A whole number, with our sentence where it is none."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if text:
            self.data = whole(text)
            if self.data is None:
                raise ValueError(_("Scrivi un numero intero."))


class ContactForm(Form):
    """Who answers for the family. All empty, it does not exist."""

    name = StringField(_("Nome"), filters=[stripped], validators=[Length(max=120, message=_TOO_LONG)])
    relation = StringField(_("Chi è per l’alunno"), filters=[stripped], validators=[Length(max=40, message=_TOO_LONG)])
    phone = StringField(_("Telefono"), filters=[stripped])
    email = StringField(_("E-mail"), filters=[stripped], validators=[Length(max=160, message=_TOO_LONG)])

    def validate_phone(self, field: StringField) -> None:
        _ensure(phone_number, field)

    def validate_email(self, field: StringField) -> None:
        _ensure(email_address, field)

    def facts(self) -> ContactFacts:
        return ContactFacts(
            name=self.name.data or "",
            relation=self.relation.data or None,
            phone=self.phone.data or None,
            email=self.email.data or None,
        )


class PupilForm(FlaskForm):
    last_name = StringField(
        _("Cognome"),
        filters=[stripped],
        validators=[Filled(_("Scrivi il cognome dell’alunno.")), Length(max=80, message=_TOO_LONG)],
    )
    first_name = StringField(_("Nome"), filters=[stripped], validators=[Length(max=80, message=_TOO_LONG)])
    called_name = StringField(_("Come si fa chiamare"), filters=[stripped], validators=[Length(max=80)])
    institute_id = SelectField(_("Istituto"), coerce=whole, validate_choice=False)
    class_id = SelectField(_("Classe"), coerce=whole, validate_choice=False)
    birth_date = DayField(_("Data di nascita"))
    birth_place = StringField(
        _("Luogo di nascita"), filters=[stripped], validators=[Length(max=LONGEST_BIRTH_PLACE, message=_TOO_LONG)]
    )
    sex = RadioField(_("Sesso"), default="")
    citizenships = FieldList(country_field(_("Cittadinanza")), max_entries=MOST_CITIZENSHIPS)
    arrival_month = SelectField(_("Mese"), coerce=whole, validate_choice=False)
    arrival_year = WholeField(_("Anno"))
    first_enrolment = DayField(_("Prima iscrizione in una scuola italiana"))
    years_abroad = WholeField(
        _("Anni di scuola all’estero"),
        validators=[Optional(), NumberRange(0, MOST_YEARS_ABROAD, _("Gli anni vanno da 0 a 20."))],
    )
    alphabets = SelectMultipleField(
        _("Alfabeti che legge"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    entry_level = SelectField(_("Livello d’ingresso in italiano"), validate_choice=False)
    languages = FieldList(language_field(_("Lingua di casa")), max_entries=MOST_LANGUAGES)
    letters_language = usual_language_field(_("Lingua delle lettere alla famiglia"))
    mediator_needed = RadioField(_("Serve il mediatore per parlare con la famiglia?"), default="")
    mediator_language = usual_language_field(_("Lingua del mediatore"))
    contacts = FieldList(FormField(ContactForm), max_entries=MOST_CONTACTS)
    told = HiddenField(UNSEEN)
    """Ids of the look-alikes that the person has been told of: a second press means "it is another pupil"."""

    def __init__(self, classes: Sequence[ClassChoice], institutes: Sequence[InstituteChoice], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.institute_ids = {item.id for item in institutes}
        unknown = gettext("non indicato")
        self.class_id.choices = class_choices(classes, gettext("nessuna"))
        self.sex.choices = [SelectChoice("F", gettext("femmina")), SelectChoice("M", gettext("maschio"))]
        self.sex.choices.append(SelectChoice("", unknown))
        self.mediator_needed.choices = [SelectChoice("yes", gettext("sì")), SelectChoice("no", gettext("no"))]
        self.mediator_needed.choices.append(SelectChoice("", unknown))
        months = get_month_names("wide", locale=locale.chosen())
        self.arrival_month.choices = [
            SelectChoice("", unknown),
            *(SelectChoice(str(number), name) for number, name in months.items()),
        ]
        self.entry_level.choices = [
            SelectChoice("", gettext("non valutato")),
            *(SelectChoice(level.value, gettext(LEVEL_NAMES[level])) for level in Level),
        ]
        self.alphabets.choices = [
            *(SelectChoice(code, gettext(name)) for code, name in ALPHABET_NAMES.items()),
            SelectChoice(NO_ALPHABET, gettext("nessuno, non legge ancora")),
        ]
        if len(institutes) > 1:
            self.institute_id.choices = [SelectChoice(str(item.id), item.name) for item in institutes]
        else:
            del self.institute_id
        _room(self.citizenships, 2)
        _room(self.languages, 3)
        _room(self.contacts, 2)

    def validate_institute_id(self, field: SelectField) -> None:
        if field.data not in self.institute_ids:
            raise ValidationError(gettext("Scegli l’istituto dall’elenco."))

    def validate_alphabets(self, field: SelectMultipleField) -> None:
        chosen = field.data or []
        if NO_ALPHABET in chosen and len(chosen) > 1:
            raise ValidationError(gettext("Togli «nessuno», oppure gli altri alfabeti."))

    def validate_arrival_year(self, field: WholeField) -> None:
        if field.errors:
            return
        if field.data is not None and not 1990 <= field.data <= 2100:
            raise ValidationError(gettext("Scrivi l’anno con quattro cifre, per esempio 2026."))
        if self.arrival_month.data and field.data is None:
            raise ValidationError(gettext("Scrivi anche l’anno di arrivo, per esempio 2026."))
        if field.data is not None and not self.arrival_month.data:
            raise ValidationError(gettext("Scegli anche il mese di arrivo."))

    def validate_entry_level(self, field: SelectField) -> None:
        if field.data and field.data not in set(Level):
            raise ValidationError(gettext("Scegli una voce dell’elenco."))

    @property
    def told_ids(self) -> frozenset[int]:
        numbers = (whole(text) for text in (self.told.data or "").split(","))
        return frozenset(number for number in numbers if number is not None)

    def facts(self) -> PupilFacts:
        """What was typed, once it is valid."""
        month, year = self.arrival_month.data, self.arrival_year.data
        alphabets = self.alphabets.data or []
        return PupilFacts(
            last_name=self.last_name.data or "",
            first_name=self.first_name.data or "",
            called_name=self.called_name.data or None,
            birth_date=self.birth_date.data,
            birth_place=self.birth_place.data or None,
            sex=self.sex.data or None,
            arrival_month=date(year, month, 1) if month and year and month <= 12 else None,
            first_enrolment=self.first_enrolment.data,
            years_abroad=self.years_abroad.data,
            alphabets=tuple(code for code in ALPHABET_NAMES if code in alphabets) if alphabets else None,
            letters_language=self.letters_language.data,
            mediator_needed={"yes": True, "no": False}.get(self.mediator_needed.data),
            mediator_language=self.mediator_language.data,
            entry_level=Level(self.entry_level.data) if self.entry_level.data else None,
            citizenships=tuple(field.data for field in self.citizenships if field.data),
            languages=tuple(field.data for field in self.languages if field.data),
            contacts=tuple(entry.form.facts() for entry in self.contacts),
        )


def pupil_values(facts: PupilFacts, class_id: int | None) -> dict[str, Any]:
    """What is kept, as the fields of the form show it."""
    alphabets = None if facts.alphabets is None else list(facts.alphabets) or [NO_ALPHABET]
    return {
        "last_name": facts.last_name,
        "first_name": facts.first_name,
        "called_name": facts.called_name,
        "class_id": class_id,
        "birth_date": facts.birth_date,
        "birth_place": facts.birth_place,
        "sex": facts.sex or "",
        "citizenships": [*facts.citizenships, None],
        "arrival_month": facts.arrival_month.month if facts.arrival_month else None,
        "arrival_year": facts.arrival_month.year if facts.arrival_month else None,
        "first_enrolment": facts.first_enrolment,
        "years_abroad": facts.years_abroad,
        "alphabets": alphabets,
        "entry_level": facts.entry_level.value if facts.entry_level else "",
        "languages": [*facts.languages, None],
        "letters_language": facts.letters_language,
        "mediator_needed": {True: "yes", False: "no", None: ""}[facts.mediator_needed],
        "mediator_language": facts.mediator_language,
        "contacts": [
            {
                "name": contact.name,
                "relation": contact.relation,
                "phone": written_phone(contact.phone) if contact.phone else "",
                "email": contact.email,
            }
            for contact in facts.contacts
        ],
    }


class ClassForm(FlaskForm):
    site_id = SelectField(
        _("Plesso"), coerce=whole, validate_choice=False, validators=[Filled(_("Scegli il plesso dall’elenco."))]
    )
    name = StringField(
        _("Classe"),
        filters=[stripped],
        validators=[
            Filled(_("Scrivi il nome della classe, per esempio 2B.")),
            Length(max=20, message=_("Al massimo 20 lettere, per esempio 2B.")),
        ],
    )

    def __init__(self, sites: Sequence[SiteChoice], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.site_id.choices = [SelectChoice(str(site.id), site.name) for site in sites]


class TeacherForm(FlaskForm):
    user_id = SelectField(
        _("Docente"),
        coerce=whole,
        validate_choice=False,
        validators=[Filled(_("Scegli un docente dell’istituto dall’elenco."))],
    )

    def __init__(self, people: Sequence[PersonChoice], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user_id.choices = [
            SelectChoice("", gettext("scegli")),
            *(SelectChoice(str(person.id), person.name) for person in people),
        ]


def _room(fields: "FieldList[Any]", least: int) -> None:
    """At least so many entries to fill in."""
    while len(fields) < least:
        fields.append_entry()


def _ensure(rule: Any, field: StringField) -> None:
    if field.data:
        try:
            rule(field.data)
        except RuleViolation as violation:
            raise ValidationError(sentence_of(violation)) from violation
