"""The emblems that a document carries, and the picture of one for who looks after its project."""

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


def get(actor: Actor, project_id: int, emblem_id: int) -> Emblem:
    """Raises NoResultFound where the emblem is not of the project, or the project not of the person."""
    row = db.session.execute(
        select(*_PARTS)
        .join(Project, Project.id == ProjectEmblem.project_id)
        .where(ProjectEmblem.id == emblem_id, Project.id == project_id, scope.projects(actor))
    ).one()
    return Emblem(*row)
