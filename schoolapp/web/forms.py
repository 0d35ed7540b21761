"""What all forms share: fields as people fill them in, and how a rule that says no reaches its field."""

import re
from datetime import date, datetime, time
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import DateField, Field, FieldList, Form, FormField, SelectFieldBase, StringField, TimeField
from wtforms import SelectField as LibrarySelectField
from wtforms.fields.choices import SelectChoice as SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import StopValidation
from wtforms.widgets import Select as LibrarySelect

from schoolapp.domain.errors import RuleViolation
from schoolapp.web.translations import lazy_gettext as _
from schoolapp.web.wording import sentence_of


class Select(LibrarySelect):
    """Each option is written at once: the library puts one together from twenty pieces of markup."""

    @classmethod
    def render_option(cls, choice: Any) -> Markup:  # type: ignore[override]  # newer than its stubs
        selected = "selected " if choice.selected else ""
        option = f'<option {selected}value="{escape(choice.value)}">{escape(choice.label or choice.value)}</option>'
        return Markup(option)  # noqa: S704 - every part is escaped where it is put in


class SelectField(LibrarySelectField):
    """One of some choices, none of which has attributes of its own."""

    widget = Select()


UNSEEN = ""
"""The label of a field that nobody sees: for one without a label the library reads its own catalogue anew."""

_DAY_PATTERNS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class DayField(DateField):
    """A day, from the browser's own field or typed as giorno/mese/anno."""

    data: date | None

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        text = valuelist[0].strip()
        self.data = None
        self.raw_data = [text]
        if not text:
            return
        for pattern in _DAY_PATTERNS:
            try:
                self.data = datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            if _FIRST_YEAR <= self.data.year <= _LAST_YEAR:
                return
            self.data = None
            raise ValueError(_("Controlla l’anno: va dal %(first)s al %(last)s.", first=_FIRST_YEAR, last=_LAST_YEAR))
        raise ValueError(_("Questo giorno non esiste. Scrivilo come giorno/mese/anno."))


class ClockField(TimeField):
    """A time of the day: 8:30, 08:30 or 8.30."""

    data: time | None

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        text = valuelist[0].strip()
        self.data = None
        self.raw_data = [text]
        if not text:
            return
        found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?::00)?", text)
        if found is None or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValueError(_("Scrivi l’ora così: 10:30."))
        self.data = time(int(found[1]), int(found[2]))


class HoursField(StringField):
    """A duration typed in hours ("60", "60:30", "60,5"), kept in minutes."""

    data: int | None  # type: ignore[assignment]

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        hours, minutes = divmod(self.data, 60)
        return f"{hours}:{minutes:02}" if minutes else str(hours)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        found = re.fullmatch(r"(\d{1,4})(?::([0-5]\d)|[.,](\d))?", text)
        if found is None:
            raise ValueError(_("Scrivi le ore così: 60, oppure 60:30."))
        self.data = int(found[1]) * 60 + int(found[2] or 0) + int(found[3] or 0) * 6


class Filled:
    """The field must be filled in, else `message`; a value that could not be read keeps its own sentence."""

    field_flags = {"required": True}  # noqa: RUF012 - read by WTForms

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Form, field: Field) -> None:
        if field.errors:
            raise StopValidation
        if field.data is None or field.data == "" or field.data == []:
            raise StopValidation(self.message)


class Chosen:
    """One of the choices must be taken, else `message`; for a field with `validate_choice=False`."""

    field_flags = {"required": True}  # noqa: RUF012 - read by WTForms

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Form, field: SelectFieldBase) -> None:
        if not field.data or field.data not in {choice.value for choice in field.choices}:  # type: ignore[attr-defined]
            raise StopValidation(self.message)


def stripped(value: str | None) -> str | None:
    """A text without spaces around it, and with single ones inside."""
    return " ".join(value.split()) if value else value


def add_violation(form: FlaskForm, violation: RuleViolation) -> None:
    """Put the sentence on the field it belongs to ("slots-1-start" inside a list), or on the form as a whole."""
    sentence = sentence_of(violation)
    if violation.field is None or not _add(form, violation.field, sentence):
        form.form_errors = [*form.form_errors, sentence]


def _add(form: Form, name: str, sentence: str) -> bool:
    for field in form:
        if isinstance(field, FieldList):
            if any(isinstance(entry, FormField) and _add(entry.form, name, sentence) for entry in field.entries):
                field.errors = [entry.errors for entry in field.entries]
                return True
        elif field.name == name:
            field.errors = [*field.errors, sentence]
            return True
    return False
