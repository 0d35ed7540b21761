"""The class a pupil is in on a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, Integer, bindparam, or_, select

from schoolapp.models import ClassMembership, SchoolClass, Site
from schoolapp.queries.rows import read


@dataclass(frozen=True)
class ClassOfPupil:
    id: int
    name: str
    site_id: int
    site_name: str
    site_kind: str | None

    @property
    def is_infanzia(self) -> bool:
        return "INFANZIA" in f"{self.site_kind} {self.site_name}".upper()


_DAY = bindparam("day", type_=Date())
_CLASS = (
    select(SchoolClass.id, SchoolClass.name, Site.id, Site.name, Site.kind)
    .join(ClassMembership, ClassMembership.class_id == SchoolClass.id)
    .join(Site, Site.id == SchoolClass.site_id)
    .where(
        ClassMembership.pupil_id == bindparam("pupil_id", type_=Integer()),
        ClassMembership.valid_from <= _DAY,
        or_(ClassMembership.valid_to.is_(None), ClassMembership.valid_to >= _DAY),
    )
    .order_by(ClassMembership.valid_from.desc())
    .limit(1)
)


def class_on(pupil_id: int, day: date) -> ClassOfPupil | None:
    """The class of the pupil on a day."""
    row = read(_CLASS, {"pupil_id": pupil_id, "day": day}).first()
    return ClassOfPupil(*row) if row else None
