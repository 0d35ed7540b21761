"""A list brought in by a command, where nobody is there to be asked."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from schoolapp.domain.pupil_imports import ImportPlan, Question
from schoolapp.domain.pupil_lists import KEEP, LEAVE_EMPTY, SKIP_LINE, DoubtKind
from schoolapp.extensions import db
from schoolapp.models import Institute, PupilImport
from schoolapp.services import import_changes, import_plans


@dataclass(frozen=True)
class BroughtIn:
    """What was done, and the questions that were settled without asking."""

    plan: ImportPlan
    settled: tuple[Question, ...]


def bring_in(*, institute_id: int, filename: str, content: bytes, now: datetime, today: date) -> BroughtIn:
    """Save a whole list, or nothing when a line is in error: the plan then says which.

    What the school does not know (plesso, class, language, citizenship) is left empty; a name that could be parted
    otherwise follows the rule; a line that only resembles a pupil is left out: a person decides on the page.
    """
    db.session.execute(select(Institute.id).where(Institute.id == institute_id).with_for_update())
    open_ = import_plans.read_list(content, filename, institute_id=institute_id, today=today)
    answers: dict[str, str] = {}
    settled: list[Question] = []
    plan = import_plans.make_plan(open_, institute_id=institute_id, decisions=answers, today=today)
    for _round in range(import_plans.ROUNDS):
        if not plan.questions:
            break
        settled += plan.questions
        answers |= {question.doubt.key: _answer(question) for question in plan.questions}
        plan = import_plans.make_plan(open_, institute_id=institute_id, decisions=answers, today=today)
    if not plan.errors:
        pupil_import = PupilImport(
            institute_id=institute_id,
            uploaded_at=now,
            filename=filename[-160:],
            columns={field.value: at for field, at in open_.layout.columns.items()},
            choices=answers,
            undo={},
        )
        db.session.add(pupil_import)
        import_changes.apply_plan(pupil_import, plan=plan, now=now, today=today)
    return BroughtIn(plan, tuple(sorted(settled, key=lambda question: question.lines[0])))


def _answer(question: Question) -> str:
    if question.doubt.kind is DoubtKind.SAME_PUPIL:
        return SKIP_LINE
    if question.doubt.kind is DoubtKind.ONE_NAME:
        return KEEP
    if question.doubt.kind is DoubtKind.NAME_ORDER:
        return question.doubt.suggestion or "1"
    return LEAVE_EMPTY
