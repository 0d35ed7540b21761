"""How each class stands to the share of newly enrolled pupils that the law names."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Date, Row, bindparam, func, select
from sqlalchemy.exc import NoResultFound

from schoolapp.domain.actors import Actor
from schoolapp.domain.class_shares import ClassShare, CountedPupil
from schoolapp.domain.fami import italian_citizen
from schoolapp.domain.nai import NaiFacts, NaiRule, find_nai
from schoolapp.domain.permissions import Permission
from schoolapp.domain.profile_history import ProfileHistory
from schoolapp.models import ClassMembership, Pupil, PupilCitizenship, SchoolClass, SchoolYear, Site
from schoolapp.queries.profiles import nai_levels
from schoolapp.queries.rows import read

AnyRow = Row[*tuple[Any, ...]]

# Statements are made once: to make one takes longer than to ask it.
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_CLASSES = (
    select(
        SchoolClass.id,
        SchoolClass.name,
        Site.name.label("site_name"),
        SchoolClass.institute_id,
        SchoolClass.pupils_enrolled,
    )
    .join(Site, Site.id == SchoolClass.site_id)
    .join(SchoolYear, SchoolYear.id == SchoolClass.school_year_id)
    .where(SchoolClass.institute_id.in_(bindparam("mine", expanding=True)))
    .order_by(Site.name, Site.id, SchoolClass.name, SchoolClass.id)
)
_ON = bindparam("on", type_=Date())
_OF_YEAR = _CLASSES.where(SchoolYear.first_day <= _ON, SchoolYear.last_day >= _ON)
_SOME_OF_YEAR = _OF_YEAR.where(SchoolClass.id.in_(_IDS))
_ONE = _CLASSES.where(SchoolClass.id == bindparam("class_id"))
_PUPILS = (
    select(
        ClassMembership.class_id,
        Pupil.id,
        Pupil.last_name,
        Pupil.first_name,
        Pupil.first_enrolment,
        Pupil.entry_level,
        # All of a pupil in one text, "MA IT".
        select(func.aggregate_strings(PupilCitizenship.country, " "))
        .where(PupilCitizenship.pupil_id == Pupil.id)
        .scalar_subquery()
        .label("citizenships"),
    )
    .join(Pupil, Pupil.id == ClassMembership.pupil_id)
    .where(ClassMembership.class_id.in_(_IDS), ClassMembership.valid_to.is_(None), Pupil.archived_at.is_(None))
    .order_by(Pupil.sort_key, Pupil.id)
)


def list_of_year(
    actor: Actor,
    *,
    on: date,
    threshold_percent: int,
    class_ids: Collection[int] | None = None,
    known: Mapping[int, ProfileHistory] | None = None,
) -> list[ClassShare]:
    """The classes of the school year of `on`, plesso by plesso; only `class_ids` where given. Fixed statements.

    `known`: profiles of that year which the caller has already.
    """
    statement = _OF_YEAR if class_ids is None else _SOME_OF_YEAR
    values = {"mine": _mine(actor), "on": on, "ids": class_ids}
    return _shares(read(statement, values).all(), on, threshold_percent, known)


def get(actor: Actor, class_id: int, *, on: date, threshold_percent: int) -> ClassShare:
    """One class, with who counts and why. Raises NoResultFound outside the person's schools."""
    classes = read(_ONE, {"mine": _mine(actor), "class_id": class_id}).all()
    found = _shares(classes, on, threshold_percent)
    if not found:
        raise NoResultFound
    return found[0]


def _mine(actor: Actor) -> list[int]:
    return sorted(actor.institutes_with(Permission.CLASS_SHARES_READ))


def _shares(
    classes: Sequence[AnyRow],
    on: date,
    threshold_percent: int,
    known: Mapping[int, ProfileHistory] | None = None,
) -> list[ClassShare]:
    pupils = _pupils([row.id for row in classes], on, known)
    return [
        ClassShare(
            class_id=row.id,
            name=row.name,
            site_name=row.site_name,
            institute_id=row.institute_id,
            on=on,
            enrolled=row.pupils_enrolled,
            threshold_percent=threshold_percent,
            pupils=tuple(pupils.get(row.id, ())),
        )
        for row in classes
    ]


def _pupils(
    class_ids: Collection[int], on: date, known: Mapping[int, ProfileHistory] | None
) -> dict[int, list[CountedPupil]]:
    """Class → its pupils of today with what the rule of the law finds on a day. Archived cards do not count."""
    rows = read(_PUPILS, {"ids": class_ids}).all()
    levels = nai_levels([row.id for row in rows], until=on, known=known)
    pupils: defaultdict[int, list[CountedPupil]] = defaultdict(list)
    for class_id, pupil_id, last_name, first_name, first_enrolment, entry_level, citizenships in rows:
        lowest, missing = levels.get(pupil_id, (entry_level, False))
        facts = NaiFacts(
            first_enrolled=first_enrolment,
            lowest_level=lowest,
            skills_missing=missing,
            italian_citizen=italian_citizen((citizenships or "").split()),
        )
        name = f"{last_name} {first_name}".strip()
        pupils[class_id].append(CountedPupil(pupil_id, name, find_nai(NaiRule.LAW, facts, on)))
    return pupils
