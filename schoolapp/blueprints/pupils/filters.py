"""The filters of the list, as they stand in its address."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from schoolapp.blueprints.pupils.forms import FilterForm, whole
from schoolapp.queries.pupils import OTHER_LANGUAGE, PupilFilters
from schoolapp.queries.school_classes import ClassChoice
from schoolapp.web import locale
from schoolapp.web.name_fields import usual_languages

MOST_LETTERS = 80
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class Asked:
    """The form with what was chosen, the filters it means, and the address that says them again."""

    form: FilterForm
    filters: PupilFilters
    arguments: dict[str, Any]

    @property
    def narrowed(self) -> bool:
        return bool(self.arguments)


def read(arguments: "MultiDict[str, str]", classes: list[ClassChoice]) -> Asked:
    """Only what is on offer is taken from the address; the rest is left out in silence, as a stale link would be."""
    form = FilterForm(formdata=arguments)
    form.q.data = (form.q.data or "")[:MOST_LETTERS]
    form.place.choices = _places(classes)
    form.language.choices = [
        SelectChoice("", gettext("tutte")),
        *(SelectChoice(code, name) for code, name in usual_languages(locale.chosen()).items()),
        SelectChoice(OTHER_LANGUAGE, gettext("un’altra")),
    ]
    form.enrolled.choices = [
        SelectChoice("", gettext("tutti")),
        SelectChoice("yes", gettext("iscritti a un laboratorio")),
        SelectChoice("no", gettext("non iscritti")),
    ]
    form.archived.choices = [SelectChoice("", gettext("in corso")), SelectChoice("yes", gettext("in archivio"))]
    for field in (form.place, form.language, form.enrolled, form.archived):
        if not any(value == field.data for value, *_rest in field.iter_choices()):
            field.data = ""
    kind, _dash, number = (form.place.data or "").partition("-")
    filters = PupilFilters(
        text=form.q.data,
        class_id=whole(number) if kind == "class" else None,
        site_id=whole(number) if kind == "site" else None,
        language=form.language.data or None,
        enrolled=_YES_NO.get(form.enrolled.data or ""),
        archived=form.archived.data == "yes",
    )
    return Asked(form, filters, {field.name: field.data for field in form if field.data})


def _places(classes: list[ClassChoice]) -> list[SelectChoice]:
    choices = [SelectChoice("", gettext("tutte"))]
    site = None
    for item in classes:
        if item.site_id != site:
            site = item.site_id
            choices.append(SelectChoice(f"site-{item.site_id}", gettext("tutto il plesso"), optgroup=item.site_name))
        choices.append(SelectChoice(f"class-{item.id}", item.name, optgroup=item.site_name))
    return choices
