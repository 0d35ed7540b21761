"""The words of the check: questions with their answers, and changes as a person reads them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import get_locale, gettext

from schoolapp.blueprints.imports.forms import EMPTY, OTHER, mark
from schoolapp.domain.countries import country_name
from schoolapp.domain.languages import language_name
from schoolapp.domain.person_names import possible_splits, split_after
from schoolapp.domain.pupil_imports import Change, PlannedRow, Question, Value
from schoolapp.domain.pupil_lists import CREATE, FIELD_NAMES, KEEP, SKIP_LINE, DoubtKind, Field
from schoolapp.queries.imports import PupilLine
from schoolapp.web.formats import day_with_year, month
from schoolapp.web.wording import translate

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Places:
    """What a person may choose among: id → words."""

    sites: Mapping[int, str]
    classes: Mapping[int, str]
    site_of_class: Mapping[int, int]
    names: Mapping[int, str]
    """Class id → its name alone."""


@dataclass(frozen=True)
class ChangeLine:
    """One row of the table of changes."""

    line: int
    pupil: str
    what: str
    before: str
    after: str


def _reader() -> str:
    return str(get_locale() or "it")


def question_words(question: Question, places: Places, pupils: Mapping[int, PupilLine]) -> tuple[str, str]:
    """The words to set in bold, and the sentence that follows."""
    doubt = question.doubt
    match doubt.kind:
        case DoubtKind.SAME_PUPIL:
            likely = [
                _resembles(pupils[key], translate(reason)) for key, reason in question.candidates if key in pupils
            ]
            return doubt.sentence.values["name"], gettext("somiglia a %(pupils)s.", pupils="; ".join(likely))  # type: ignore[return-value]
        case DoubtKind.CLASS if doubt.site_id is not None:
            return doubt.text, gettext("non è tra le classi di %(site)s.", site=places.sites.get(doubt.site_id, ""))
        case DoubtKind.CLASS:
            return doubt.text, gettext("è una classe senza plesso: non sappiamo quale sia.")
        case DoubtKind.SITE:
            return doubt.text, gettext("non è tra i plessi della scuola.")
        case DoubtKind.NAME_ORDER:
            return doubt.text, gettext("qual è il cognome e qual è il nome?")
        case DoubtKind.ONE_NAME:
            return doubt.text, gettext("ha un nome solo: è scritto così nel registro della scuola?")
        case DoubtKind.LANGUAGE if doubt.suggestion:
            name = language_name(doubt.suggestion, _reader())
            return doubt.text, gettext("non è una lingua che conosciamo: intendi %(language)s?", language=name)
        case DoubtKind.COUNTRY if doubt.suggestion:
            name = country_name(doubt.suggestion, _reader())
            return doubt.text, gettext("non è una cittadinanza che conosciamo: intendi %(country)s?", country=name)
        case DoubtKind.LANGUAGE:
            return doubt.text, gettext("non è una lingua che conosciamo.")
        case _:
            return doubt.text, gettext("non è una cittadinanza che conosciamo.")


def _resembles(pupil: PupilLine, reason: str) -> str:
    name = f"{pupil.last_name} {pupil.first_name}".strip()
    parts = [name, pupil.class_name or gettext("senza classe")]
    if pupil.birth_date:
        parts.append(gettext("data di nascita %(day)s", day=day_with_year(pupil.birth_date)))
    return f"{', '.join(parts)} ({reason})"


def options(question: Question, places: Places, pupils: Mapping[int, PupilLine]) -> Options:
    """What can be answered: value and words."""
    doubt = question.doubt
    match doubt.kind:
        case DoubtKind.SAME_PUPIL:
            return [*_same_pupil(question, pupils), (CREATE, gettext("Sono due alunni diversi"))]
        case DoubtKind.CLASS:
            make = [(CREATE, gettext("Crea la classe %(name)s", name=doubt.text))] if doubt.site_id is not None else []
            empty = [(EMPTY, gettext("Lascia la classe vuota"))]
            return [*make, *empty, *([(OTHER, gettext("Scegli un’altra classe"))] if places.classes else [])]
        case DoubtKind.SITE:
            likely = _known(doubt.suggestion, {str(key): name for key, name in places.sites.items()})
            other = [(OTHER, gettext("Scegli un altro plesso"))] if places.sites else []
            empty = [(EMPTY, gettext("Lascia plesso e classe vuoti"))]
            return [*likely, (CREATE, gettext("Crea il plesso «%(name)s»", name=doubt.text)), *empty, *other]
        case DoubtKind.NAME_ORDER:
            words = doubt.text.replace(",", " ").split()
            splits = [(str(at), split_after(doubt.text, at)) for at in possible_splits(words)]
            return [
                (at, gettext("Cognome %(last)s, nome %(first)s", last=name.last_name, first=name.first_name))
                for at, name in splits
            ]
        case DoubtKind.ONE_NAME:
            return [(KEEP, gettext("Sì, ha un nome solo")), (SKIP_LINE, gettext("Non importare questa riga"))]
        case DoubtKind.LANGUAGE:
            likely = _known(
                doubt.suggestion, {doubt.suggestion or "": language_name(doubt.suggestion or "", _reader())}
            )
            return [*likely, (EMPTY, gettext("Lascia vuoto")), (OTHER, gettext("Scegli un’altra lingua"))]
        case _:
            likely = _known(doubt.suggestion, {doubt.suggestion or "": country_name(doubt.suggestion or "", _reader())})
            return [*likely, (EMPTY, gettext("Lascia vuoto")), (OTHER, gettext("Scegli un altro Paese"))]


def _known(suggestion: str | None, names: Mapping[str, str]) -> Options:
    if not suggestion or suggestion not in names:
        return []
    return [(suggestion, gettext("Sì, %(name)s", name=names[suggestion]))]


def _same_pupil(question: Question, pupils: Mapping[int, PupilLine]) -> Options:
    if len(question.candidates) == 1:
        return [(str(question.candidates[0][0]), gettext("È lo stesso alunno"))]
    return [
        (str(key), gettext("È %(name)s", name=f"{pupils[key].last_name} {pupils[key].first_name}".strip()))
        for key, _reason in question.candidates
        if key in pupils
    ]


def others(questions: Iterable[Question], places: Places) -> dict[str, Options]:
    """Plessi and classes to choose among, by the mark of the question."""
    found: dict[str, Options] = {}
    for question in questions:
        if question.doubt.kind is DoubtKind.SITE and places.sites:
            found[mark(question)] = [(str(key), name) for key, name in places.sites.items()]
        elif question.doubt.kind is DoubtKind.CLASS and places.classes:
            site_id = question.doubt.site_id
            near = {key for key, of in places.site_of_class.items() if of == site_id} or set(places.classes)
            found[mark(question)] = [(str(key), name) for key, name in places.classes.items() if key in near]
    return found


def change_lines(planned: Iterable[PlannedRow], places: Places) -> list[ChangeLine]:
    """Old → new, fact by fact."""
    lines = []
    for item in planned:
        name = f"{item.row.last_name} {item.row.first_name}".strip()
        if item.unarchive:
            lines.append(
                ChangeLine(item.row.line, name, gettext("archivio"), gettext("in archivio"), gettext("in elenco"))
            )
        lines += [
            ChangeLine(
                item.row.line,
                name,
                gettext(FIELD_NAMES[change.field]),
                _value(change, change.old, places),
                _value(change, change.new, places),
            )
            for change in item.changes
        ]
    return lines


def _value(change: Change, value: Value, places: Places) -> str:
    if value is None or value == () or value == "":
        return str(gettext("(vuoto)"))
    if change.field is Field.CLASS_NAME:
        return places.names.get(value, gettext("classe di un altro anno")) if isinstance(value, int) else str(value)
    if change.field is Field.MEDIATOR_NEEDED:
        return str(gettext("sì") if value else gettext("no"))
    if isinstance(value, date):
        return month(value) if change.field is Field.ARRIVAL else day_with_year(value)
    if change.field is Field.CITIZENSHIP and isinstance(value, tuple):
        return ", ".join(country_name(code, _reader()) for code in value)
    if change.field is Field.HOME_LANGUAGES and isinstance(value, tuple):
        return ", ".join(language_name(code, _reader()) for code in value)
    if change.field in {Field.LETTERS_LANGUAGE, Field.MEDIATOR_LANGUAGE}:
        return language_name(str(value), _reader())
    return ", ".join(value) if isinstance(value, tuple) else str(value)
