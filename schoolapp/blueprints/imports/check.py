"""What the check page shows: the plan in words, with the names it needs."""

from dataclasses import dataclass

from flask import request

from schoolapp import clock, queries
from schoolapp.blueprints.imports import words
from schoolapp.blueprints.imports.forms import AnswersForm, answers_form, mark
from schoolapp.domain.actors import Actor
from schoolapp.domain.countries import country_names
from schoolapp.domain.languages import language_names
from schoolapp.domain.permissions import Permission
from schoolapp.domain.pupil_imports import ImportPlan, Outcome, PlannedRow, Question
from schoolapp.domain.pupil_lists import DoubtKind, LineError, SkippedLine
from schoolapp.web import locale

CHANGES_AT_FIRST = 20
NAMES_AT_FIRST = 200
LINES_AT_FIRST = 100
"""Errors, questions and lines left out that one page shows: after an answer the next ones come."""


@dataclass(frozen=True)
class AskedQuestion:
    """A question with the words to set in bold and the sentence that follows."""

    question: Question
    strong: str
    sentence: str


@dataclass(frozen=True)
class CheckPage:
    form: AnswersForm
    errors: tuple[LineError, ...]
    skipped: tuple[SkippedLine, ...]
    asked: list[AskedQuestion]
    changes: list[words.ChangeLine]
    more_changes: int
    new: tuple[PlannedRow, ...]
    new_count: int
    changed_count: int
    unchanged_count: int
    names: dict[str, list[str]]
    """Names to choose among while typing: "language" and "country", where a question needs them."""


def read(actor: Actor, institute_id: int, plan: ImportPlan) -> CheckPage:
    """The plan in words; `?changes=all` shows all the changes."""
    places = _places(actor, institute_id)
    questions = plan.questions[:LINES_AT_FIRST]
    candidates = {key for question in questions for key, _reason in question.candidates}
    pupils = queries.imports.pupils_by_id(actor, institute_id, candidates)
    form = answers_form(
        questions,
        {mark(question): words.options(question, places, pupils) for question in questions},
        words.others(questions, places),
    )
    changed = plan.with_outcome(Outcome.CHANGED)
    changes = words.change_lines(changed, places)
    shown = changes if request.args.get("changes") == "all" else changes[:CHANGES_AT_FIRST]
    new = plan.with_outcome(Outcome.NEW)
    return CheckPage(
        form=form,
        errors=plan.errors[:LINES_AT_FIRST],
        skipped=plan.skipped[:LINES_AT_FIRST],
        asked=[AskedQuestion(question, *words.question_words(question, places, pupils)) for question in questions],
        changes=shown,
        more_changes=len(changes) - len(shown),
        new=new[:NAMES_AT_FIRST],
        new_count=len(new),
        changed_count=len(changed),
        unchanged_count=len(plan.with_outcome(Outcome.UNCHANGED)),
        names=_names(plan),
    )


def _places(actor: Actor, institute_id: int) -> words.Places:
    found = queries.school_classes.list_choices(actor, Permission.PUPILS_IMPORT, on=clock.today())
    classes = [choice for choice in found if choice.institute_id == institute_id]
    return words.Places(
        sites=dict(queries.imports.list_sites(actor, institute_id)),
        classes={choice.id: f"{choice.name}, {choice.site_name}" for choice in classes},
        site_of_class={choice.id: choice.site_id for choice in classes},
        names={choice.id: choice.name for choice in classes},
    )


def _names(plan: ImportPlan) -> dict[str, list[str]]:
    kinds = {question.doubt.kind for question in plan.questions}
    reader = locale.chosen()
    names: dict[str, list[str]] = {}
    if DoubtKind.LANGUAGE in kinds:
        names["language"] = list(language_names(reader).values())
    if DoubtKind.COUNTRY in kinds:
        names["country"] = list(country_names(reader).values())
    return names
