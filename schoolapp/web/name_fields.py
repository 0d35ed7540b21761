"""A country or a language chosen by its name, in the reader's language."""

from collections.abc import Callable, Collection, Mapping
from functools import cache, lru_cache
from typing import Any

from flask_babel import gettext
from markupsafe import Markup, escape
from wtforms import Field, SelectField, widgets
from wtforms.validators import ValidationError
from wtforms.widgets import html_params

from schoolapp.domain.countries import country_names
from schoolapp.domain.languages import LANGUAGES_BY_CODE, language_names
from schoolapp.domain.wording import N_
from schoolapp.web import locale
from schoolapp.web.translations import lazy_gettext as _

_USUAL = N_("Le più frequenti")
_ALL = N_("Tutte")

Names = Callable[[str], Mapping[str, str]]

# As many of them as families in these valleys have: the list by name follows.
USUAL_COUNTRIES = ("IT", "MA", "RO", "AL", "UA", "EG", "PK", "IN", "BD", "CN", "SN", "TN", "PE", "MK", "MD", "TR")


@cache
def usual_languages(reader: str) -> Mapping[str, str]:
    """The languages families speak here, by name."""
    names = language_names(reader)
    return {code: name for code, name in names.items() if code in LANGUAGES_BY_CODE}


class Select(widgets.Select):
    """Hundreds of options: written at once, where WTForms takes many milliseconds to make them one by one."""

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        assert isinstance(field, NameField)
        kwargs.setdefault("id", field.id)
        chosen = field.data or ""
        parts = [f"<select {html_params(name=field.name, **kwargs)}>", _option("", gettext("non indicato"), chosen)]
        reader = locale.chosen()
        for label, options in _groups(field.names, tuple(field.usual), reader):
            parts.append(f'<optgroup label="{escape(gettext(label))}">')
            parts += [_option(code, name, chosen) for code, name in options]
            parts.append("</optgroup>")
        parts.append("</select>")
        return Markup("".join(parts))  # noqa: S704 - every part is escaped where it is made


class NameField(SelectField):
    """A code, chosen by name; "" and None are "not known". The usual ones stand first, then all of them."""

    widget = Select()

    def __init__(self, label: Any = None, *, names: Names, usual: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(label, coerce=_code, choices=[], validate_choice=False, **kwargs)
        self.names = names
        self.usual = usual

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data not in self.names("it"):
            raise ValidationError(_("Scegli una voce dell’elenco."))


def country_field(label: Any) -> Any:
    return NameField(label, names=country_names, usual=USUAL_COUNTRIES)


def language_field(label: Any) -> Any:
    """Any language of the world, those of the families here first."""
    return NameField(label, names=language_names, usual=tuple(LANGUAGES_BY_CODE))


def usual_language_field(label: Any) -> Any:
    """A language in which letters are written or mediators speak."""
    return NameField(label, names=usual_languages)


def _code(value: str | None) -> str | None:
    return value or None


@lru_cache(maxsize=16)
def _groups(names: Names, usual: tuple[str, ...], reader: str) -> list[tuple[str, list[tuple[Markup, Markup]]]]:
    every = [(escape(code), escape(name)) for code, name in names(reader).items()]
    if not usual:
        return [(_ALL, every)]
    return [(_USUAL, [(code, name) for code, name in every if code in usual]), (_ALL, every)]


def _option(code: str, name: str, chosen: str) -> str:
    return f'<option value="{code}"{" selected" if code == chosen else ""}>{name}</option>'
