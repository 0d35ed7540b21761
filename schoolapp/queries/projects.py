"""Projects with their funding lines, for who looks after them."""

from dataclasses import replace

from sqlalchemy import select

from schoolapp.domain.actors import Actor
from schoolapp.domain.emblems import EmblemLine
from schoolapp.domain.projects import FundingLineName, ProjectCard
from schoolapp.extensions import db
from schoolapp.models import FundingLine, Project, ProjectEmblem
from schoolapp.queries import scope


def list_projects(actor: Actor) -> tuple[ProjectCard, ...]:
    """All projects, the newest first."""
    projects = db.session.scalars(
        select(Project).where(scope.projects(actor)).order_by(Project.valid_from.desc().nulls_last(), Project.title)
    ).all()
    lines = db.session.scalars(
        select(FundingLine)
        .where(FundingLine.project_id.in_([project.id for project in projects]))
        .order_by(FundingLine.name)
    ).all()
    return tuple(_card(project, [line for line in lines if line.project_id == project.id]) for project in projects)


def get(actor: Actor, project_id: int) -> ProjectCard:
    """One project with its emblems. Raises NoResultFound where the person does not look after it."""
    project = db.session.scalars(select(Project).where(Project.id == project_id, scope.projects(actor))).one()
    lines = db.session.scalars(
        select(FundingLine).where(FundingLine.project_id == project_id).order_by(FundingLine.name)
    ).all()
    emblems = db.session.execute(
        select(ProjectEmblem.id, ProjectEmblem.name, ProjectEmblem.position, ProjectEmblem.width, ProjectEmblem.height)
        .where(ProjectEmblem.project_id == project_id)
        .order_by(ProjectEmblem.position)
    )
    return replace(_card(project, list(lines)), emblems=tuple(EmblemLine(*row) for row in emblems))


def _card(project: Project, lines: list[FundingLine]) -> ProjectCard:
    return ProjectCard(
        id=project.id,
        title=project.title,
        code=project.code or "",
        cup=project.cup or "",
        valid_from=project.valid_from,
        valid_to=project.valid_to,
        lines=tuple(FundingLineName(line.id, line.name) for line in lines),
    )
