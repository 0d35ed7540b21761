"""Imports of pupil lists that a person may see, and the schools for which they may make one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import defer

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import ClassMembership, Institute, Pupil, PupilImport, SchoolClass, Site
from schoolapp.queries.institutes import still_open

_RECENT = 20


@dataclass(frozen=True)
class PupilLine:
    """A pupil that a line of a list may be."""

    id: int
    last_name: str
    first_name: str
    birth_date: date | None
    class_name: str | None


def _scope(actor: Actor) -> ColumnElement[bool]:
    ids = actor.institutes_with(Permission.PUPILS_IMPORT)
    return PupilImport.institute_id.in_(sorted(ids)) if ids else false()


def get(actor: Actor, import_id: int) -> PupilImport:
    return db.session.scalars(select(PupilImport).where(PupilImport.id == import_id, _scope(actor))).one()


def list_recent(actor: Actor) -> list[PupilImport]:
    """The latest imports, begun or applied, the newest first; without their files."""
    statement = (
        select(PupilImport)
        .options(defer(PupilImport.content), defer(PupilImport.undo), defer(PupilImport.choices))
        .where(_scope(actor))
        .order_by(PupilImport.id.desc())
        .limit(_RECENT)
    )
    return list(db.session.scalars(statement))


def list_institutes(actor: Actor) -> list[Institute]:
    """Where the person may bring in a list."""
    ids = actor.institutes_with(Permission.PUPILS_IMPORT)
    statement = select(Institute).where(Institute.id.in_(sorted(ids))).order_by(Institute.name, Institute.id)
    return list(db.session.scalars(statement))


def list_sites(actor: Actor, institute_id: int) -> list[tuple[int, str]]:
    """Open plessi of the institute: id and name."""
    statement = (
        select(Site.id, Site.name)
        .where(Site.institute_id == institute_id, still_open(Site, clock.today()), _within(actor, institute_id))
        .order_by(Site.name, Site.id)
    )
    return [(row.id, row.name) for row in db.session.execute(statement)]


def pupils_by_id(actor: Actor, institute_id: int, ids: set[int]) -> dict[int, PupilLine]:
    """Pupils of the institute, those asked for, each with the class of today."""
    if not ids:
        return {}
    statement = (
        select(Pupil.id, Pupil.last_name, Pupil.first_name, Pupil.birth_date, SchoolClass.name.label("class_name"))
        .outerjoin(ClassMembership, (ClassMembership.pupil_id == Pupil.id) & ClassMembership.valid_to.is_(None))
        .outerjoin(SchoolClass, SchoolClass.id == ClassMembership.class_id)
        .where(Pupil.institute_id == institute_id, Pupil.id.in_(sorted(ids)), _within(actor, institute_id))
    )
    return {row.id: PupilLine(*row) for row in db.session.execute(statement)}


def _within(actor: Actor, institute_id: int) -> ColumnElement[bool]:
    return true() if institute_id in actor.institutes_with(Permission.PUPILS_IMPORT) else false()
