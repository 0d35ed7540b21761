"""Cards that may be the same pupil's: swapped names, another spelling, the same day of birth."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, union

from schoolapp.domain.pupil_matching import Likeness, Match, Person, compare
from schoolapp.domain.search_keys import search_key
from schoolapp.models import ClassMembership, Pupil, SchoolClass
from schoolapp.queries.rows import read

MOST_COMPARED = 100


@dataclass(frozen=True)
class LookAlike:
    """Another card that may be the same pupil's, and why."""

    pupil_id: int
    name: str
    birth_date: date | None
    class_name: str | None
    archived: bool
    match: Match


def find(*, institute_id: int, person: Person, but: int | None = None) -> list[LookAlike]:
    """Cards of the institute that may be this person's: one statement over those born on the same day and those whose
    surname begins with one of the names, never over the whole school."""
    # Each of the parts reads an index; one condition with OR would read the institute.
    parts = [
        select(Pupil.id).where(Pupil.institute_id == institute_id, Pupil.sort_key.between(f"{key} ", f"{key} ~"))
        for key in {search_key(person.last_name), search_key(person.first_name)} - {""}
    ]
    if person.birth_date is not None:
        parts.append(select(Pupil.id).where(Pupil.institute_id == institute_id, Pupil.birth_date == person.birth_date))
    if not parts:
        return []
    statement = (
        select(
            Pupil.id,
            Pupil.last_name,
            Pupil.first_name,
            Pupil.birth_date,
            Pupil.sex,
            Pupil.archived_at,
            SchoolClass.name,
        )
        .outerjoin(ClassMembership, (ClassMembership.pupil_id == Pupil.id) & ClassMembership.valid_to.is_(None))
        .outerjoin(SchoolClass, SchoolClass.id == ClassMembership.class_id)
        .where(Pupil.id.in_(union(*parts)), Pupil.id != (but or 0))
        .order_by(Pupil.sort_key, Pupil.id)
        .limit(MOST_COMPARED)
    )
    found = []
    for pupil_id, last_name, first_name, birth_date, sex, archived_at, class_name in read(statement).all():
        match = compare(person, Person(last_name, first_name, birth_date, sex))
        if match.likeness is not Likeness.NO:
            name = f"{first_name} {last_name}".strip()
            found.append(LookAlike(pupil_id, name, birth_date, class_name, archived_at is not None, match))
    return sorted(found, key=lambda other: other.match.likeness is not Likeness.EXACT)
