"""School years with the Lombard calendar, kept once and shared by all demo schools."""

from dataclasses import dataclass
from datetime import date, timedelta

from schoolapp.demo.rows import Rows
from schoolapp.domain.school_calendar import SchoolCalendar, lombard_calendar
from schoolapp.domain.school_year import SchoolYear


@dataclass(frozen=True)
class KeptYear:
    """A school year in the database."""

    id: int
    calendar: SchoolCalendar
    first_term_id: int


def year_of_lessons(day: date) -> SchoolYear:
    """The year in progress; from the end of its lessons on, the next one, so that there is always a next lesson."""
    year = SchoolYear.of(day)
    return year if day <= lombard_calendar(year).last_lesson_day else SchoolYear.of(year.last_day + timedelta(days=1))


def add_year(rows: Rows, year: SchoolYear) -> KeptYear:
    calendar = lombard_calendar(year)
    year_id = rows.add("school_year", label=year.label, first_day=year.first_day, last_day=year.last_day)
    term_ids = [
        rows.add("term", school_year_id=year_id, name=term.name, first_day=term.first_day, last_day=term.last_day)
        for term in calendar.terms
    ]
    for closure in calendar.closures:
        rows.add(
            "closure",
            school_year_id=year_id,
            institute_id=None,
            first_day=closure.first_day,
            last_day=closure.last_day,
            name=closure.name,
        )
    return KeptYear(year_id, calendar, term_ids[0])
