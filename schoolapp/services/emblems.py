"""The emblems of a project: added at the end of its band, taken away."""

from sqlalchemy import select

from schoolapp.domain.emblems import free_position
from schoolapp.exchange.pictures import read_emblem
from schoolapp.extensions import db
from schoolapp.models import Project, ProjectEmblem


def add(project_id: int, *, name: str, content: bytes) -> ProjectEmblem:
    """Keep the picture of a file in the first free place. Raises RuleViolation (field "picture")."""
    emblem = read_emblem(name, content)
    db.session.execute(select(Project.id).where(Project.id == project_id).with_for_update())
    taken = db.session.scalars(select(ProjectEmblem.position).where(ProjectEmblem.project_id == project_id))
    kept = ProjectEmblem(
        project_id=project_id,
        position=free_position(set(taken)),
        name=emblem.name,
        png=emblem.png,
        width=emblem.width,
        height=emblem.height,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def remove(project_id: int, *, emblem_id: int) -> ProjectEmblem:
    """Raises NoResultFound where the project has no such emblem."""
    emblem = db.session.scalars(
        select(ProjectEmblem).where(ProjectEmblem.id == emblem_id, ProjectEmblem.project_id == project_id)
    ).one()
    db.session.delete(emblem)
    db.session.flush()
    return emblem
