"""How each class stands to the share of newly enrolled pupils that the law names."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, bindparam, select, true
from sqlalchemy.exc import NoResultFound

from schoolapp.domain.actors import Actor
from schoolapp.domain.class_shares import ClassShare, CountedPupil
from schoolapp.domain.fami import italian_citizen
from schoolapp.domain.nai import NaiFacts, NaiRule, find_nai
from schoolapp.domain.permissions import Permission
from schoolapp.extensions import db
from schoolapp.models import ClassMembership, Pupil, PupilCitizenship, SchoolClass, SchoolYear, Site
from schoolapp.queries.profiles import nai_levels

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
    .order_by(Site.name, Site.id, SchoolClass.name, SchoolClass.id)
)
_PUPILS = (
    select(
        ClassMembership.class_id,
        Pupil.id,
        Pupil.last_name,
        Pupil.first_name,
        Pupil.first_enrolment,
        Pupil.entry_level,
    )
    .join(Pupil, Pupil.id == ClassMembership.pupil_id)
    .where(ClassMembership.class_id.in_(_IDS), ClassMembership.valid_to.is_(None), Pupil.archived_at.is_(None))
    .order_by(Pupil.sort_key, Pupil.id)
)
_CITIZENSHIPS = select(PupilCitizenship.pupil_id, PupilCitizenship.country).where(PupilCitizenship.pupil_id.in_(_IDS))


def list_of_year(
    actor: Actor, *, on: date, threshold_percent: int, class_ids: Collection[int] | None = None
) -> list[ClassShare]:
    """The classes of the school year of `on`, plesso by plesso; only `class_ids` where given. Fixed statements."""
    mine = SchoolClass.institute_id.in_(actor.institutes_with(Permission.CLASS_SHARES_READ))
    in_year = (SchoolYear.first_day <= on) & (SchoolYear.last_day >= on)
    asked = true() if class_ids is None else SchoolClass.id.in_(class_ids)
    return _shares(mine & in_year & asked, on, threshold_percent)


def get(actor: Actor, class_id: int, *, on: date, threshold_percent: int) -> ClassShare:
    """One class, with who counts and why. Raises NoResultFound outside the person's schools."""
    mine = SchoolClass.institute_id.in_(actor.institutes_with(Permission.CLASS_SHARES_READ))
    found = _shares(mine & (SchoolClass.id == class_id), on, threshold_percent)
    if not found:
        raise NoResultFound
    return found[0]


def _shares(condition: ColumnElement[bool], on: date, threshold_percent: int) -> list[ClassShare]:
    classes = db.session.execute(_CLASSES.where(condition)).all()
    pupils = _pupils([row.id for row in classes], on)
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


def _pupils(class_ids: Collection[int], on: date) -> dict[int, list[CountedPupil]]:
    """Class → its pupils of today with what the rule of the law finds on a day. Archived cards do not count."""
    rows = db.session.execute(_PUPILS, {"ids": class_ids}).all()
    ids = [row.id for row in rows]
    levels = nai_levels(ids, until=on)
    citizenships = _citizenships(ids)
    pupils: defaultdict[int, list[CountedPupil]] = defaultdict(list)
    for row in rows:
        lowest, missing = levels.get(row.id, (row.entry_level, False))
        facts = NaiFacts(
            first_enrolled=row.first_enrolment,
            lowest_level=lowest,
            skills_missing=missing,
            italian_citizen=italian_citizen(tuple(citizenships.get(row.id, ()))),
        )
        name = f"{row.last_name} {row.first_name}".strip()
        pupils[row.class_id].append(CountedPupil(row.id, name, find_nai(NaiRule.LAW, facts, on)))
    return pupils


def _citizenships(pupil_ids: Collection[int]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for pupil_id, country in db.session.execute(_CITIZENSHIPS, {"ids": pupil_ids}):
        found[pupil_id].append(country)
    return found
