"""Imports of pupil lists that a person may see, and the schools for which they may make one."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, select, true

from schoolapp.domain.actors import Actor
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import Institute, Pupil, PupilImport, SchoolClass, SchoolYear, Site

_RECENT = 20


@dataclass(frozen=True)
class Place:
    """A class with its plesso, as one writes it: "2B, Primaria di Mezzo"."""

    class_id: int
    class_name: str
    site_id: int
    site_name: str


def _scope(actor: Actor) -> ColumnElement[bool]:
    ids = actor.institutes_with(Permission.PUPILS_IMPORT)
    return PupilImport.institute_id.in_(sorted(ids)) if ids else false()


def get(actor: Actor, import_id: int) -> PupilImport:
    return db.session.scalars(select(PupilImport).where(PupilImport.id == import_id, _scope(actor))).one()


def list_recent(actor: Actor) -> list[PupilImport]:
    """The latest imports, begun or applied, the newest first; without their files."""
    statement = select(PupilImport).where(_scope(actor)).order_by(PupilImport.id.desc()).limit(_RECENT)
    return list(db.session.scalars(statement))


def list_institutes(actor: Actor) -> list[Institute]:
    """Where the person may bring in a list."""
    ids = actor.institutes_with(Permission.PUPILS_IMPORT)
    statement = select(Institute).where(Institute.id.in_(sorted(ids))).order_by(Institute.name, Institute.id)
    return list(db.session.scalars(statement))


def list_sites(actor: Actor, institute_id: int) -> list[tuple[int, str]]:
    """Plessi of the institute: id and name."""
    statement = (
        select(Site.id, Site.name)
        .where(Site.institute_id == institute_id, Site.valid_to.is_(None), _within(actor, institute_id))
        .order_by(Site.name, Site.id)
    )
    return [(row.id, row.name) for row in db.session.execute(statement)]


def list_classes(actor: Actor, institute_id: int, *, school_year: str) -> list[Place]:
    """Classes of the institute in a school year ("2026/27"), by plesso and name."""
    statement = (
        select(SchoolClass.id, SchoolClass.name, Site.id.label("site_id"), Site.name.label("site_name"))
        .join(Site, Site.id == SchoolClass.site_id)
        .join(SchoolYear, SchoolYear.id == SchoolClass.school_year_id)
        .where(
            SchoolClass.institute_id == institute_id,
            SchoolYear.label == school_year,
            _within(actor, institute_id),
        )
        .order_by(Site.name, SchoolClass.name, SchoolClass.id)
    )
    return [Place(row.id, row.name, row.site_id, row.site_name) for row in db.session.execute(statement)]


def pupil_names(actor: Actor, institute_id: int, ids: set[int]) -> dict[int, Pupil]:
    """Pupils of the institute by id, those asked for."""
    statement = select(Pupil).where(
        Pupil.institute_id == institute_id, Pupil.id.in_(sorted(ids)), _within(actor, institute_id)
    )
    return {pupil.id: pupil for pupil in db.session.scalars(statement)} if ids else {}


def _within(actor: Actor, institute_id: int) -> ColumnElement[bool]:
    return true() if institute_id in actor.institutes_with(Permission.PUPILS_IMPORT) else false()
