"""The shape of what is sent while bringing in a list: the file, the columns, the answers."""

import hashlib
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from schoolapp.domain.countries import countries
from schoolapp.domain.languages import languages
from schoolapp.domain.pupil_imports import Question
from schoolapp.domain.pupil_list_columns import ListLayout
from schoolapp.domain.pupil_lists import CREATE, FIELD_NAMES, LEAVE_EMPTY, DoubtKind, Field
from schoolapp.web.forms import SelectChoice, SelectField, stripped
from schoolapp.web.translations import lazy_gettext

EMPTY, OTHER = "empty", "other"
"""How a form writes "leave it empty" and "another one, which I choose"."""
_MANY_CLASSES = 3


class UploadForm(FlaskForm):
    institute = SelectField(
        lazy_gettext("Istituto"), coerce=int, validators=[InputRequired(lazy_gettext("Scegli l’istituto."))]
    )
    file = FileField(
        lazy_gettext("File dell’elenco"),
        validators=[FileRequired(lazy_gettext("Scegli il file: XLSX, XLS, ODS, CSV o TSV."))],
    )

    def __init__(self, institutes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if len(institutes) > 1:
            self.institute.choices = [SelectChoice(key, name) for key, name in institutes]
        else:
            del self.institute


def columns_form(layout: ListLayout) -> FlaskForm:
    """One choice a column of the file: which of our facts it holds; and, where we saw no headings, whether the first
    row is one."""
    chosen = {at: field for field, at in layout.columns.items()}
    choices = [SelectChoice("", gettext("non ci serve"))]
    choices += [SelectChoice(field.value, gettext(FIELD_NAMES[field])) for field in Field]
    fields: dict[str, Any] = {
        f"column_{at}": SelectField(
            heading or gettext("Colonna %(number)s", number=at + 1), choices=choices, default=chosen.get(at, "")
        )
        for at, heading in enumerate(layout.headings)
    }
    if layout.header_line is None:
        fields["first_row"] = BooleanField(gettext("La prima riga è fatta di titoli, non di un alunno"))
    form: FlaskForm = type("ColumnsForm", (FlaskForm,), fields)()
    return form


def meanings(form: FlaskForm) -> dict[int, Field | None]:
    """Column → fact, as sent."""
    return {
        int(name.removeprefix("column_")): Field(field.data) if field.data else None
        for name, field in form._fields.items()
        if name.startswith("column_")
    }


def mark(question: Question) -> str:
    """The name of a question in a form: the same at each reading, and made of letters only."""
    return "q_" + hashlib.blake2b(question.doubt.key.encode(), digest_size=8).hexdigest()


class AnswersForm(FlaskForm):
    """One question a doubt; a question without an answer stays open. Made by `answers_form`."""

    questions: tuple[Question, ...] = ()
    all_classes = RadioField(lazy_gettext("Per tutte le classi che mancano"), validators=[Optional()])

    def answer_field(self, question: Question) -> Any:
        return self[mark(question)]

    def other_field(self, question: Question) -> Any:
        return self._fields.get(f"{mark(question)}_other")

    def answers(self) -> dict[str, str]:
        """Key of the doubt → answer. Leaves a sentence on the field of an answer that cannot be understood."""
        found: dict[str, str] = {}
        for question in self.questions:
            answer = self._answer(question)
            if answer is not None:
                found[question.doubt.key] = answer
        return found

    def _answer(self, question: Question) -> str | None:
        field = self.answer_field(question)
        if not field.data:
            return self._for_all_classes(question)
        if field.data == EMPTY:
            return LEAVE_EMPTY
        if field.data != OTHER:
            return str(field.data)
        other = self.other_field(question)
        if question.doubt.kind in {DoubtKind.COUNTRY, DoubtKind.LANGUAGE}:
            lexicon = countries() if question.doubt.kind is DoubtKind.COUNTRY else languages()
            code = lexicon.code(other.data or "")
            if not code:
                other.errors = [*other.errors, gettext("Scegli un nome dall’elenco.")]
            return code
        if not other.data:
            other.errors = [*other.errors, gettext("Scegli dall’elenco.")]
            return None
        return str(other.data)

    def _for_all_classes(self, question: Question) -> str | None:
        if question.doubt.kind is not DoubtKind.CLASS or "all_classes" not in self._fields:
            return None
        if self.all_classes.data == CREATE and question.doubt.site_id is not None:
            return CREATE
        return LEAVE_EMPTY if self.all_classes.data == EMPTY else None


def answers_form(
    questions: tuple[Question, ...],
    options: dict[str, list[tuple[str, str]]],
    others: dict[str, list[tuple[str, str]]],
) -> AnswersForm:
    """`options`: what each question offers, (value, words), by the question's mark; `others`: plessi or classes to
    choose among, by the same mark."""
    fields: dict[str, Any] = {"questions": questions}
    for question in questions:
        name = mark(question)
        fields[name] = RadioField(
            gettext("Risposta"),
            choices=[SelectChoice(value, words) for value, words in options[name]],
            validators=[Optional()],
            default=question.doubt.suggestion if question.doubt.kind in _LIKELY_RIGHT else None,
        )
        if question.doubt.kind in {DoubtKind.COUNTRY, DoubtKind.LANGUAGE}:
            fields[f"{name}_other"] = StringField(
                gettext("Quale"), filters=[stripped], validators=[Optional(), Length(max=80)]
            )
        elif name in others:
            fields[f"{name}_other"] = SelectField(
                gettext("Quale"),
                choices=[
                    SelectChoice("", gettext("scegli")),
                    *(SelectChoice(key, words) for key, words in others[name]),
                ],
                validators=[Optional()],
            )
    form: AnswersForm = type("TheseAnswersForm", (AnswersForm,), fields)()
    classes = [question.doubt for question in questions if question.doubt.kind is DoubtKind.CLASS]
    if len(classes) < _MANY_CLASSES:
        del form.all_classes
    else:
        can_be_made = any(doubt.site_id is not None for doubt in classes)
        form.all_classes.choices = [
            *([SelectChoice(CREATE, gettext("Creale"))] if can_be_made else []),
            SelectChoice(EMPTY, gettext("Lasciale vuote")),
        ]
    return form


_LIKELY_RIGHT = frozenset({DoubtKind.NAME_ORDER, DoubtKind.ONE_NAME})
"""Questions whose usual answer is chosen already."""
