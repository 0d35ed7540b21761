"""Institutes with their plessi and classes."""

from dataclasses import dataclass, field
from datetime import date

from schoolapp.demo import places
from schoolapp.demo.calendar import KeptYear
from schoolapp.demo.rows import Rows

SECTIONS = "ABC"


@dataclass(frozen=True)
class SchoolClass:
    id: int
    name: str
    site_id: int
    age: int
    """How old most of its pupils turn in the calendar year in which the school year begins."""


@dataclass
class School:
    """An institute and what later steps need to know of it."""

    id: int
    name: str
    sites: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    classes: list[SchoolClass] = field(default_factory=list)


def add_ambito(rows: Rows) -> tuple[int, dict[str, int]]:
    """The Ambito of Sondrio; its id and the ids of its comuni by name."""
    ambito_id = rows.add("ambito", name=places.AMBITO, lead_body=places.LEAD_BODY, province="SO")
    comuni = {
        name: rows.add(
            "comune",
            ambito_id=ambito_id,
            name=name,
            province="SONDRIO",
            zone=zone,
            latitude=places.TOWN_HALLS[name][0],
            longitude=places.TOWN_HALLS[name][1],
        )
        for name, zone in places.COMUNI
    }
    return ambito_id, comuni


def add_schools(rows: Rows, ambito_id: int, comuni: dict[str, int], year: KeptYear) -> list[School]:
    """The institutes of the Ambito in the order of `places.INSTITUTES`."""
    schools = []
    since = date(2020, 9, 1)
    for name, code, comune, sites in places.INSTITUTES:
        institute_id = rows.add(
            "institute",
            ambito_id=ambito_id,
            comune_id=comuni[comune],
            code=code,
            name=name,
            is_state=True,
            valid_from=since,
        )
        school = School(institute_id, name)
        for site_name, site_code, kind, site_comune in sites:
            add_site(rows, school, year, name=site_name, code=site_code, kind=kind, comune_id=comuni[site_comune])
        schools.append(school)
    return schools


def add_site(
    rows: Rows, school: School, year: KeptYear, *, name: str, code: str | None, kind: str, comune_id: int
) -> int:
    """A plesso and its classes of the year."""
    site_id = rows.add(
        "site",
        institute_id=school.id,
        comune_id=comune_id,
        code=code,
        name=name,
        kind=kind,
        valid_from=date(2020, 9, 1),
    )
    school.sites[site_id] = name
    school.kinds[site_id] = kind
    first_age, years = places.YEARS_OF_COURSE[kind]
    for course in range(1, years + 1):
        for section in SECTIONS:
            class_name = f"{course}{section}"
            number = len(school.classes)
            class_id = rows.add(
                "school_class",
                institute_id=school.id,
                site_id=site_id,
                school_year_id=year.id,
                name=class_name,
                pupils_enrolled=None if number % 5 == 4 else 10 + number * 7 % 12,
            )
            school.classes.append(SchoolClass(class_id, class_name, site_id, first_age + course - 1))
    return site_id
