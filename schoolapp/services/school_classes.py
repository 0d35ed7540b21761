"""Classes made by hand, and the teachers of a class."""

from datetime import date

from sqlalchemy import func, select

from schoolapp.domain.class_shares import ensure_pupils_enrolled
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.pupils import tidy
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import ClassMembership, ClassTeacher, Membership, Pupil, SchoolClass, Site
from schoolapp.queries import school_classes as questions
from schoolapp.services import school_years


def create(*, site: Site, name: str, on: date) -> SchoolClass:
    """A class of the plesso in the school year of `on`. One with the same name in the same year is refused."""
    school_year = school_years.prepared(on)
    name = tidy(name)
    if not name:
        raise RuleViolation(N_("Scrivi il nome della classe, per esempio 2B."), field="name")
    same = select(SchoolClass.id).where(
        SchoolClass.site_id == site.id, SchoolClass.school_year_id == school_year.id, SchoolClass.name == name
    )
    if db.session.scalar(same) is not None:
        raise RuleViolation(N_("La classe %(name)s di %(site)s c’è già."), field="name", name=name, site=site.name)
    school_class = SchoolClass(institute_id=site.institute_id, site=site, school_year_id=school_year.id, name=name)
    db.session.add(school_class)
    db.session.flush()
    return school_class


def add_teacher(school_class: SchoolClass, *, user_id: int, on: date) -> ClassTeacher:
    """The person teaches the class: sees its pupils and refers them. Only for teachers of the institute."""
    teaches = select(Membership.id).where(
        Membership.user_id == user_id, *questions.teaches_at(school_class.institute_id, on)
    )
    if db.session.scalar(teaches) is None:
        raise RuleViolation(N_("Scegli un docente dell’istituto dall’elenco."), field="user_id")
    found = db.session.get(ClassTeacher, (school_class.id, user_id))
    if found is not None:
        return found
    teacher = ClassTeacher(school_class=school_class, user_id=user_id)
    db.session.add(teacher)
    db.session.flush()
    return teacher


def set_pupils_enrolled(school_class: SchoolClass, *, number: int | None) -> SchoolClass:
    """How many pupils the class has, also those not in this software; None takes the number back."""
    on_list = (
        select(func.count(ClassMembership.id))
        .join(Pupil, Pupil.id == ClassMembership.pupil_id)
        .where(
            ClassMembership.class_id == school_class.id,
            ClassMembership.valid_to.is_(None),
            Pupil.archived_at.is_(None),
        )
    )
    ensure_pupils_enrolled(number, on_list=db.session.scalar(on_list) or 0)
    school_class.pupils_enrolled = number
    db.session.flush()
    return school_class


def remove_teacher(school_class: SchoolClass, *, user_id: int) -> None:
    """The person no longer sees the pupils of the class."""
    found = db.session.get(ClassTeacher, (school_class.id, user_id))
    if found is not None:
        db.session.delete(found)
        db.session.flush()
