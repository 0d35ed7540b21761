"""School years, with the terms and closures of the regional calendar."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from schoolapp.domain import school_year
from schoolapp.domain.school_calendar import lombard_calendar
from schoolapp.extensions import db
from schoolapp.models import Closure, SchoolYear, Term


def prepared(day: date) -> SchoolYear:
    """The school year of `day`; made from the regional calendar where nobody has needed it yet."""
    found = _of(day)
    if found is not None:
        return found
    try:
        with db.session.begin_nested():
            return _made(school_year.SchoolYear.of(day))
    except IntegrityError:  # someone else has made it in the meantime
        found = _of(day)
        assert found is not None
        return found


def _of(day: date) -> SchoolYear | None:
    return db.session.scalar(select(SchoolYear).where(SchoolYear.first_day <= day, SchoolYear.last_day >= day))


def _made(year: school_year.SchoolYear) -> SchoolYear:
    calendar = lombard_calendar(year)
    made = SchoolYear(label=year.label, first_day=year.first_day, last_day=year.last_day)
    db.session.add(made)
    db.session.flush()
    for term in calendar.terms:
        db.session.add(Term(school_year_id=made.id, name=term.name, first_day=term.first_day, last_day=term.last_day))
    for closure in calendar.closures:
        db.session.add(
            Closure(school_year_id=made.id, first_day=closure.first_day, last_day=closure.last_day, name=closure.name)
        )
    db.session.flush()
    return made
