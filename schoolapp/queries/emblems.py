"""The emblems that a document carries, and the picture of one for who looks after its project."""

from collections.abc import Collection
from itertools import groupby

from sqlalchemy import select

from schoolapp.domain.actors import Actor
from schoolapp.domain.emblems import Emblem
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import FundingLine, Project, ProjectEmblem, Workshop
from schoolapp.queries import scope

_PARTS = (ProjectEmblem.name, ProjectEmblem.png, ProjectEmblem.width, ProjectEmblem.height)


def of_workshop(actor: Actor, workshop_id: int, permission: Permission) -> tuple[Emblem, ...]:
    """Those of the project that pays for the workshop, in their order; none where the workshop is not the person's."""
    rows = db.session.execute(
        select(*_PARTS)
        .join(FundingLine, FundingLine.project_id == ProjectEmblem.project_id)
        .join(Workshop, Workshop.funding_line_id == FundingLine.id)
        .where(Workshop.id == workshop_id, scope.workshops(actor, permission))
        .order_by(ProjectEmblem.position)
    )
    return tuple(Emblem(*row) for row in rows)


def of_funding_line(funding_line_id: int) -> tuple[Emblem, ...]:
    """Those of the project behind a funding line, for a paper whose reader was let through before."""
    rows = db.session.execute(
        select(*_PARTS)
        .join(FundingLine, FundingLine.project_id == ProjectEmblem.project_id)
        .where(FundingLine.id == funding_line_id)
        .order_by(ProjectEmblem.position)
    )
    return tuple(Emblem(*row) for row in rows)


def of_projects(project_ids: Collection[int]) -> dict[int, tuple[Emblem, ...]]:
    """Project → its emblems in their order, for papers of workshops that the caller may print."""
    rows = db.session.execute(
        select(ProjectEmblem.project_id, *_PARTS)
        .where(ProjectEmblem.project_id.in_(sorted(project_ids)))
        .order_by(ProjectEmblem.project_id, ProjectEmblem.position)
    )
    return {
        project_id: tuple(Emblem(*row[1:]) for row in found)
        for project_id, found in groupby(rows, key=lambda row: row.project_id)
    }


def get(actor: Actor, project_id: int, emblem_id: int) -> Emblem:
    """Raises NoResultFound where the emblem is not of the project, or the project not of the person."""
    row = db.session.execute(
        select(*_PARTS)
        .join(Project, Project.id == ProjectEmblem.project_id)
        .where(ProjectEmblem.id == emblem_id, Project.id == project_id, scope.projects(actor))
    ).one()
    return Emblem(*row)
