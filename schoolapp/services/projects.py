"""Projects and funding lines."""

from datetime import date

from sqlalchemy import select

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.periods import ensure_period
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import FundingLine, Project


def create(*, title: str, code: str, cup: str, valid_from: date | None, valid_to: date | None) -> Project:
    project = Project(title=title)
    db.session.add(project)
    return _fill(project, title=title, code=code, cup=cup, valid_from=valid_from, valid_to=valid_to)


def change(
    project_id: int, *, title: str, code: str, cup: str, valid_from: date | None, valid_to: date | None
) -> Project:
    project = db.session.get_one(Project, project_id)
    return _fill(project, title=title, code=code, cup=cup, valid_from=valid_from, valid_to=valid_to)


def add_line(project_id: int, *, name: str) -> FundingLine:
    """A funding line of the project; its name is the only one of its ambito."""
    project = db.session.get_one(Project, project_id)
    taken = select(FundingLine.id).where(
        FundingLine.name == name, FundingLine.ambito_id.is_not_distinct_from(project.ambito_id)
    )
    if db.session.scalar(taken) is not None:
        raise RuleViolation(N_("C’è già una linea di finanziamento con questo nome."), field="name")
    line = FundingLine(project_id=project.id, ambito_id=project.ambito_id, name=name)
    db.session.add(line)
    db.session.flush()
    return line


def _fill(
    project: Project, *, title: str, code: str, cup: str, valid_from: date | None, valid_to: date | None
) -> Project:
    ensure_period(valid_from or date.min, valid_to, field="valid_to")
    project.title, project.code, project.cup = title, code or None, cup or None
    project.valid_from, project.valid_to = valid_from, valid_to
    db.session.flush()
    return project
