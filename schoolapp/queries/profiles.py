"""Profiles over time: of one pupil, of many, of a workshop and of a school."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    func,
    or_,
    select,
    type_coerce,
)

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.assessment import AssessmentState, Moment
from schoolapp.domain.level_tables import LevelLine, LevelsTable, MomentState
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.permissions import Permission
from schoolapp.domain.profile_history import ProfileHistory
from schoolapp.domain.profiles import Levels, Profile, lowest_level, missing_skills
from schoolapp.extensions import db
from schoolapp.models import (
    AssessedLevel,
    Assessment,
    ClassMembership,
    Enrolment,
    Institute,
    Pupil,
    SchoolClass,
    SchoolYear,
    Workshop,
)
from schoolapp.queries import scope
from schoolapp.queries.rows import read

AnyRow = Row[*tuple[Any, ...]]
COMPLETED = Assessment.state != AssessmentState.DRAFT


def history(actor: Actor, pupil_id: int) -> ProfileHistory:
    """The completed profiles of a pupil that the person may read. One statement."""
    return histories(actor, [pupil_id]).get(pupil_id, ProfileHistory(()))


def histories(
    actor: Actor, pupil_ids: Collection[int], *, school_year_id: int | None = None, until: date | None = None
) -> dict[int, ProfileHistory]:
    """Pupil → completed profiles that the person may read; of one school year, or up to a day, where asked.

    One statement for any number of pupils; who has no profile is absent.
    """
    conditions: list[ColumnElement[bool]] = [scope.assessments(actor, Permission.ASSESSMENTS_READ)]
    if school_year_id is not None:
        conditions.append(Assessment.school_year_id == school_year_id)
    if until is not None:
        conditions.append(Assessment.day <= until)
    return _found(_PROFILES.where(*conditions), pupil_ids)


_OF_PUPILS: BindParameter[int] = bindparam("pupil_ids", expanding=True)
# The levels of a profile in one text, "listening:a1 reading:a2": a row a profile, not one a skill.
_LEVELS_IN_ONE = func.aggregate_strings(
    type_coerce(AssessedLevel.skill, String) + ":" + type_coerce(AssessedLevel.level, String), " "
)
_PROFILES = (
    select(
        Assessment.id,
        Assessment.pupil_id,
        Assessment.moment,
        Assessment.day,
        Assessment.overall_level,
        Assessment.literacy,
        Assessment.scale_version,
        _LEVELS_IN_ONE,
    )
    .join(Pupil, Pupil.id == Assessment.pupil_id)
    .outerjoin(AssessedLevel, AssessedLevel.assessment_id == Assessment.id)
    .where(Assessment.pupil_id.in_(_OF_PUPILS), COMPLETED)
    .group_by(Assessment.id)
)
_LEVELS = {f"{skill}:{level}": (place, skill, level) for place, skill in enumerate(Skill) for level in Level}
_PROFILES_OF_YEAR = _PROFILES.where(Assessment.school_year_id == bindparam("school_year_id"))
_UNTIL = (
    select(
        Assessment.id,
        Assessment.pupil_id,
        func.row_number()
        .over(partition_by=Assessment.pupil_id, order_by=(Assessment.day.desc(), Assessment.id.desc()))
        .label("place"),
    )
    .where(Assessment.pupil_id.in_(_OF_PUPILS), COMPLETED, Assessment.day <= bindparam("until", type_=Date))
    .subquery()
)
_LATEST_LEVELS = (
    select(_UNTIL.c.pupil_id, _LEVELS_IN_ONE)
    .outerjoin(AssessedLevel, AssessedLevel.assessment_id == _UNTIL.c.id)
    .where(_UNTIL.c.place == 1)
    .group_by(_UNTIL.c.pupil_id)
)


def profiles_of(pupil_ids: Collection[int], *, school_year_id: int | None = None) -> dict[int, ProfileHistory]:
    """The completed profiles, of one school year where asked, of pupils who are the caller's to know.

    They are for computed facts, such as the rule of the law.
    """
    if school_year_id is None:
        return _found(_PROFILES, pupil_ids)
    return _found(_PROFILES_OF_YEAR, pupil_ids, school_year_id=school_year_id)


def _found(
    statement: Select[*tuple[Any, ...]], pupil_ids: Collection[int], **values: object
) -> dict[int, ProfileHistory]:
    if not pupil_ids:
        return {}
    rows = read(statement, {"pupil_ids": sorted(pupil_ids)} | values)
    profiles: defaultdict[int, list[Profile]] = defaultdict(list)
    for number, pupil_id, moment, day, overall, literacy, version, levels in rows.all():
        profiles[pupil_id].append(Profile(number, moment, day, _levels_in(levels), overall, literacy, version))
    return {pupil_id: ProfileHistory.of(found) for pupil_id, found in profiles.items()}


@lru_cache(maxsize=4096)
def _levels_in(text: str | None) -> Levels:
    """The levels of a profile in the order of the skills. Of as many profiles, few texts differ."""
    found = sorted(_LEVELS[pair] for pair in text.split()) if text else []
    return MappingProxyType({skill: level for _place, skill, level in found})


def nai_levels(
    pupil_ids: Collection[int], *, until: date, known: Mapping[int, ProfileHistory] | None = None
) -> dict[int, tuple[Level | None, bool]]:
    """Pupil → lowest level of the latest profile up to a day, and whether it lacks a skill: what the law asks.

    `known`: profiles of the school year of that day which the caller has already; only the others are asked for.
    """
    latest: dict[int, Levels] = {}
    for pupil_id, history in (known or {}).items():
        latest.update((pupil_id, profile.levels) for profile in history.profiles if profile.day <= until)
    unknown = [pupil_id for pupil_id in pupil_ids if pupil_id not in latest]
    if unknown:
        rows = read(_LATEST_LEVELS, {"pupil_ids": sorted(unknown), "until": until})
        latest |= {pupil_id: _levels_in(text) for pupil_id, text in rows.all()}
    return {pupil_id: (lowest_level(levels), bool(missing_skills(levels))) for pupil_id, levels in latest.items()}


def levels_of_workshop(actor: Actor, workshop_id: int, *, with_states: bool = False) -> LevelsTable:
    """Every pupil of a workshop with the profiles of its year, those without one too.

    `with_states` tells too how far each assessment is, in one more statement.
    """
    head = read(
        select(Workshop.title, Institute.name, SchoolYear.label, SchoolYear.id)
        .join(Institute, Institute.id == Workshop.institute_id)
        .join(SchoolYear, SchoolYear.id == Workshop.school_year_id)
        .where(Workshop.id == workshop_id, scope.workshops(actor, Permission.ASSESSMENTS_READ))
    ).one()
    pupils = enrolled([workshop_id], clock.today())
    return _table(actor, pupils, head[0], head[1], head[2], head[3], with_states=with_states)


def levels_of_school(actor: Actor, *, with_states: bool = False) -> LevelsTable:
    """The pupils with a completed profile of this school year, as far as the person may read them."""
    today = clock.today()
    year = year_of(today)
    readable = (
        select(Assessment.pupil_id)
        .join(Pupil, Pupil.id == Assessment.pupil_id)
        .where(
            scope.assessments(actor, Permission.ASSESSMENTS_READ),
            Assessment.school_year_id == (year.id if year else None),
            COMPLETED,
        )
    )
    rows = read(_pupils().where(Pupil.id.in_(readable)).order_by(Pupil.sort_key, Pupil.id)).all()
    names = db.session.scalars(
        select(Institute.name)
        .where(Institute.id.in_(actor.institutes_with(Permission.ASSESSMENTS_READ)))
        .order_by(Institute.name)
    )
    label = year.label if year else ""
    return _table(actor, rows, None, ", ".join(names), label, year.id if year else 0, with_states=with_states)


def year_of(day: date) -> AnyRow | None:
    """Id and label of the school year of a day, None where nobody has needed it yet."""
    return read(
        select(SchoolYear.id, SchoolYear.label).where(SchoolYear.first_day <= day, SchoolYear.last_day >= day)
    ).first()


def _pupils() -> Select[*tuple[Any, ...]]:
    return (
        select(Pupil.id, Pupil.first_name, Pupil.last_name, SchoolClass.name.label("class_name"))
        .outerjoin(ClassMembership, (ClassMembership.pupil_id == Pupil.id) & ClassMembership.valid_to.is_(None))
        .outerjoin(SchoolClass, SchoolClass.id == ClassMembership.class_id)
    )


def enrolled(workshop_ids: Sequence[int], on: date) -> Sequence[AnyRow]:
    """The pupils ever enrolled in the workshops, each once, with whether they are on the day."""
    is_present = (Enrolment.first_day <= on) & or_(Enrolment.last_day.is_(None), Enrolment.last_day >= on)
    ever = (
        select(Enrolment.pupil_id, func.max(func.coalesce(is_present.cast(Integer), 0)).label("present"))
        .where(Enrolment.workshop_id.in_(workshop_ids))
        .group_by(Enrolment.pupil_id)
        .subquery()
    )
    statement = (
        _pupils().add_columns(ever.c.present).join(ever, ever.c.pupil_id == Pupil.id).order_by(Pupil.sort_key, Pupil.id)
    )
    return read(statement).all()


_LEVELS_OF = select(AssessedLevel.assessment_id, AssessedLevel.skill, AssessedLevel.level).where(
    AssessedLevel.assessment_id.in_(bindparam("ids", expanding=True))
)


def levels_of(assessment_ids: Collection[int]) -> dict[int, dict[Skill, Level]]:
    """Assessment → its levels, in the order of the skills."""
    levels: defaultdict[int, dict[Skill, Level]] = defaultdict(dict)
    if assessment_ids:
        for assessment_id, skill, level in read(_LEVELS_OF, {"ids": sorted(assessment_ids)}).all():
            levels[assessment_id][skill] = level
    order = list(Skill)
    return {
        number: dict(sorted(found.items(), key=lambda pair: order.index(pair[0]))) for number, found in levels.items()
    }


def _table(
    actor: Actor,
    rows: Sequence[AnyRow],
    title: str | None,
    institute: str,
    year: str,
    year_id: int,
    *,
    with_states: bool,
) -> LevelsTable:
    found = histories(actor, [row.id for row in rows], school_year_id=year_id)
    return LevelsTable(
        title=title,
        institute=institute,
        school_year=year,
        on=clock.today(),
        read_at=clock.now(),
        lines=tuple(
            LevelLine(
                row.id,
                f"{row.last_name} {row.first_name}".strip(),
                row.class_name or "",
                found.get(row.id, ProfileHistory(())),
            )
            for row in rows
        ),
        states=_states(actor, [row.id for row in rows], year_id) if with_states else {},
    )


def _states(actor: Actor, pupil_ids: Sequence[int], school_year_id: int) -> dict[tuple[int, Moment], MomentState]:
    rows = read(
        select(Assessment.pupil_id, Assessment.moment, Assessment.state, Assessment.overall_why)
        .join(Pupil, Pupil.id == Assessment.pupil_id)
        .where(
            scope.assessments(actor, Permission.ASSESSMENTS_READ),
            Assessment.pupil_id.in_(pupil_ids),
            Assessment.school_year_id == school_year_id,
        )
    )
    return {(pupil_id, moment): MomentState(state, why) for pupil_id, moment, state, why in rows}
