"""Classes of a school year, their pupils and teachers."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import (
    ClassMembership,
    ClassTeacher,
    Institute,
    Membership,
    SchoolClass,
    SchoolYear,
    Site,
    User,
)
from schoolapp.queries import scope
from schoolapp.queries.institutes import still_open
from schoolapp.queries.pupil_classes import ClassOfPupil


class ClassChoice(NamedTuple):
    """A class as a form offers it."""

    id: int
    name: str
    site_id: int
    site_name: str
    institute_id: int


@dataclass(frozen=True)
class InstituteChoice:
    id: int
    name: str


@dataclass(frozen=True)
class SiteChoice:
    id: int
    name: str
    institute_id: int


@dataclass(frozen=True)
class ClassLine:
    """A class in the list: how many pupils, and who teaches it."""

    id: int
    name: str
    site_name: str
    pupils: int
    teachers: tuple[str, ...]


@dataclass(frozen=True)
class PersonChoice:
    id: int
    name: str


def get(actor: Actor, class_id: int, permission: Permission = Permission.PUPILS_MANAGE) -> SchoolClass:
    statement = (
        select(SchoolClass)
        .options(joinedload(SchoolClass.site))
        .where(SchoolClass.id == class_id, scope.classes(actor, permission))
    )
    return db.session.scalars(statement).one()


def list_choices(actor: Actor, permission: Permission, *, on: date) -> list[ClassChoice]:
    """Classes of the school year of `on` in the person's institutes (for a teacher, the own ones), plesso by plesso."""
    return [ClassChoice(*row) for row in db.session.execute(_choices(actor, permission), {"day": on})]


@lru_cache(maxsize=scope.KEPT)
def _choices(actor: Actor, permission: Permission) -> Select[int, str, int, str, int]:
    day = bindparam("day", type_=Date)
    return (
        select(SchoolClass.id, SchoolClass.name, Site.id, Site.name, SchoolClass.institute_id)
        .join(Site, Site.id == SchoolClass.site_id)
        .join(SchoolYear, SchoolYear.id == SchoolClass.school_year_id)
        .where(scope.classes(actor, permission), SchoolYear.first_day <= day, SchoolYear.last_day >= day)
        .order_by(Site.name, Site.id, SchoolClass.name)
    )


def list_institutes(actor: Actor, permission: Permission) -> list[InstituteChoice]:
    """The institutes in which the person holds the permission."""
    statement = (
        select(Institute.id, Institute.name)
        .where(scope.institutes(actor, permission))
        .order_by(Institute.name, Institute.id)
    )
    return [InstituteChoice(*row) for row in db.session.execute(statement)]


def with_current(classes: list[ClassChoice], now: ClassOfPupil | None, institute_id: int) -> list[ClassChoice]:
    """The classes on offer, and the one the pupil is in where it is of another year: a form must not lose it."""
    if now is None or any(item.id == now.id for item in classes):
        return classes
    return [*classes, ClassChoice(now.id, now.name, now.site_id, now.site_name, institute_id)]


def list_sites(actor: Actor, permission: Permission = Permission.PUPILS_MANAGE) -> list[SiteChoice]:
    """The plessi that are open, of the institutes in which the person holds the permission."""
    statement = (
        select(Site.id, Site.name, Site.institute_id)
        .where(Site.institute_id.in_(actor.institutes_with(permission)), still_open(Site, clock.today()))
        .order_by(Site.name, Site.id)
    )
    return [SiteChoice(*row) for row in db.session.execute(statement)]


def get_site(actor: Actor, site_id: int) -> Site:
    """A plesso of the institutes in which the person keeps the pupils. Raises NoResultFound elsewhere."""
    mine = actor.institutes_with(Permission.PUPILS_MANAGE)
    return db.session.scalars(select(Site).where(Site.id == site_id, Site.institute_id.in_(mine))).one()


def list_classes(actor: Actor, *, on: date) -> list[ClassLine]:
    """The classes of the school year of `on`, with pupils and teachers counted. Two statements."""
    choices = (
        select(SchoolClass.id, SchoolClass.name, Site.name, func.count(ClassMembership.id))
        .join(Site, Site.id == SchoolClass.site_id)
        .join(SchoolYear, SchoolYear.id == SchoolClass.school_year_id)
        .outerjoin(ClassMembership, (ClassMembership.class_id == SchoolClass.id) & ClassMembership.valid_to.is_(None))
        .where(scope.classes(actor, Permission.PUPILS_MANAGE), SchoolYear.first_day <= on, SchoolYear.last_day >= on)
        .group_by(SchoolClass.id, SchoolClass.name, Site.name, Site.id)
        .order_by(Site.name, Site.id, SchoolClass.name)
    )
    lines = db.session.execute(choices).all()
    teachers: dict[int, list[str]] = {line[0]: [] for line in lines}
    taught = (
        select(ClassTeacher.class_id, User.name)
        .join(User, User.id == ClassTeacher.user_id)
        .where(ClassTeacher.class_id.in_(teachers))
        .order_by(User.name, User.id)
    )
    for class_id, name in db.session.execute(taught):
        teachers[class_id].append(name)
    return [ClassLine(*line, tuple(teachers[line[0]])) for line in lines]


def list_teachers(school_class: SchoolClass) -> list[PersonChoice]:
    """Who teaches the class."""
    statement = (
        select(User.id, User.name)
        .join(ClassTeacher, ClassTeacher.user_id == User.id)
        .where(ClassTeacher.class_id == school_class.id)
        .order_by(User.name, User.id)
    )
    return [PersonChoice(*row) for row in db.session.execute(statement)]


def list_possible_teachers(school_class: SchoolClass, *, on: date) -> list[PersonChoice]:
    """Teachers of the institute on a day who do not teach the class yet."""
    already = select(ClassTeacher.user_id).where(ClassTeacher.class_id == school_class.id)
    statement = (
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(*teaches_at(school_class.institute_id, on), User.id.not_in(already))
        .distinct()
        .order_by(User.name, User.id)
    )
    return [PersonChoice(*row) for row in db.session.execute(statement)]


def teaches_at(institute_id: int, on: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Membership: a teacher of the institute on that day."""
    return (
        Membership.role == Role.TEACHER,
        Membership.institute_id == institute_id,
        Membership.valid_from <= on,
        or_(Membership.valid_to.is_(None), Membership.valid_to >= on),
    )
