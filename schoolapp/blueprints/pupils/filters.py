"""The filters of the list, as they stand in its address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext

from schoolapp.blueprints.pupils.forms import whole
from schoolapp.queries.pupils import OTHER_LANGUAGE, PupilFilters
from schoolapp.queries.school_classes import ClassChoice
from schoolapp.web import locale
from schoolapp.web.name_fields import usual_languages

MOST_LETTERS = 80
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class Choice:
    """One question of the filters: options by group ("" is none), and the value that was chosen."""

    name: str
    label: str
    groups: list[tuple[str, list[tuple[str, str]]]]
    chosen: str


@dataclass(frozen=True)
class Asked:
    """What is asked of the list, and the arguments of the address that ask it again."""

    text: str
    choices: list[Choice]
    filters: PupilFilters
    arguments: dict[str, str] = field(default_factory=dict)

    @property
    def has_choices(self) -> bool:
        return any(choice.chosen for choice in self.choices)


def read(arguments: Mapping[str, str], classes: Iterable[ClassChoice]) -> Asked:
    """Only what is on offer is taken from the address; the rest is left out in silence, as a stale link would be."""
    text = " ".join(arguments.get("q", "").split())[:MOST_LETTERS]
    choices = [
        _choice(arguments, "place", gettext("Classe o plesso"), [("", [("", gettext("tutte"))]), *_places(classes)]),
        _choice(
            arguments,
            "language",
            gettext("Lingua di casa"),
            [
                (
                    "",
                    [
                        ("", gettext("tutte")),
                        *usual_languages(locale.chosen()).items(),
                        (OTHER_LANGUAGE, gettext("un’altra")),
                    ],
                )
            ],
        ),
        _choice(
            arguments,
            "enrolled",
            gettext("Laboratorio"),
            [
                (
                    "",
                    [
                        ("", gettext("tutti")),
                        ("yes", gettext("iscritti a un laboratorio")),
                        ("no", gettext("non iscritti")),
                    ],
                )
            ],
        ),
        _choice(
            arguments,
            "archived",
            gettext("Schede"),
            [("", [("", gettext("in corso")), ("yes", gettext("in archivio"))])],
        ),
    ]
    chosen = {choice.name: choice.chosen for choice in choices}
    kind, _dash, number = chosen["place"].partition("-")
    filters = PupilFilters(
        text=text,
        class_id=whole(number) if kind == "class" else None,
        site_id=whole(number) if kind == "site" else None,
        language=chosen["language"] or None,
        enrolled=_YES_NO.get(chosen["enrolled"]),
        archived=chosen["archived"] == "yes",
    )
    again = {name: value for name, value in {"q": text, **chosen}.items() if value}
    return Asked(text, choices, filters, again)


def _choice(
    arguments: Mapping[str, str], name: str, label: str, groups: list[tuple[str, list[tuple[str, str]]]]
) -> Choice:
    value = arguments.get(name, "")
    offered = any(value == option for _group, options in groups for option, _label in options)
    return Choice(name, label, groups, value if offered else "")


def _places(classes: Iterable[ClassChoice]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Classes under their plesso, and the whole plesso before them."""
    sites: dict[int, tuple[str, list[tuple[str, str]]]] = {}
    for item in classes:
        if item.site_id not in sites:
            sites[item.site_id] = (item.site_name, [(f"site-{item.site_id}", gettext("tutto il plesso"))])
        sites[item.site_id][1].append((f"class-{item.id}", item.name))
    return list(sites.values())
