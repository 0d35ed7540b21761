"""What stands at the head and the foot of a letter: the school, where to go, who signs, which project."""

from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import joinedload

from schoolapp.domain.meetings import MeetingMode
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import Comune, FundingLine, Institute, Project, Pupil, Site
from schoolapp.queries.pupil_classes import class_on
from schoolapp.queries.role_holders import holder

_FAR: dict[MeetingMode, str] = {MeetingMode.PHONE: "Al telefono", MeetingMode.VIDEO: "In video"}


def place_of(pupil: Pupil, mode: MeetingMode, room: str, today: date) -> tuple[str, ...]:
    """Where the family comes: the building of the pupil's class and the room; or that nobody has to go anywhere."""
    if mode in _FAR:
        return (_FAR[mode],)
    found = class_on(pupil.id, today)
    site = (
        db.session.scalar(select(Site).where(Site.id == found.site_id).options(joinedload(Site.comune)))
        if found
        else None
    )
    if site is None:
        institute = school(pupil.institute_id, today)
        return lines(institute.name, street(institute.address, institute.comune_name), room)
    return lines(site.name, street(site.address, site.comune), room)


def lines(*found: str | None) -> tuple[str, ...]:
    """The lines that are there, each once: who asks for a meeting writes the building, or its room."""
    return tuple(dict.fromkeys(line for line in found if line))


def street(address: str | None, comune: Comune | str | None) -> str | None:
    """Via dei Castagni 12, Sondrio; the comune alone where there is no street, once where the street says it too."""
    name = comune.name if isinstance(comune, Comune) else comune
    if address and name and name.casefold() not in address.casefold():
        return f"{address}, {name}"
    return address or name


_SCHOOL = (
    select(Institute.name, Institute.address, Comune.name.label("comune_name"), holder(Role.HEAD).label("head"))
    .outerjoin(Comune, Comune.id == Institute.comune_id)
    .where(Institute.id == bindparam("institute_id"))
)


def school(institute_id: int, on: date) -> Row[*tuple[Any, ...]]:
    """Name, address, comune and head of a school on a day."""
    return db.session.execute(_SCHOOL, {"institute_id": institute_id, "day": on}).one()


def project(funding_line_id: int) -> str:
    """Lab’Impact · PROG-2463 · CUP E00E00000000000"""
    row = db.session.execute(
        select(Project.title, Project.code, Project.cup)
        .join(FundingLine, FundingLine.project_id == Project.id)
        .where(FundingLine.id == funding_line_id)
    ).one_or_none()
    if row is None:
        return ""
    return " · ".join(part for part in (row.title, row.code, f"CUP {row.cup}" if row.cup else "") if part)
