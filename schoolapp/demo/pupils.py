"""Invented pupils, with the few facts a school knows of each: some facts are missing, as in life."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from schoolapp.demo.names import Origin, origin
from schoolapp.demo.rows import Rows
from schoolapp.demo.schools import School, SchoolClass
from schoolapp.domain.levels import Level
from schoolapp.domain.names import pupil_search_key, register_sort_key


@dataclass(frozen=True)
class DemoPupil:
    id: int
    class_id: int
    site_id: int
    level: Level
    language: str
    """The mediator's."""


def add_pupil(rows: Rows, random: Random, school: School, school_class: SchoolClass, *, year_start: int) -> DemoPupil:
    """A pupil of the class, with citizenships, languages, class and mostly a contact."""
    family = origin(random)
    sex = random.choice("FM")
    last_name, first_name = family.name(random, sex)
    birth_date = date(year_start - school_class.age, 1, 1) + timedelta(days=random.randrange(365))
    born_in_italy = random.random() < 0.25
    arrival = None if born_in_italy else _arrival(random, birth_date, year_start)
    level = random.choices([Level.PRE_A1, Level.A1, Level.A2, Level.B1], weights=[4, 5, 4, 2])[0]
    pupil_id = rows.add(
        "pupil",
        institute_id=school.id,
        last_name=last_name,
        first_name=first_name,
        birth_date=birth_date,
        birth_place="Sondrio" if born_in_italy else None,
        sex=sex,
        arrival_month=arrival.replace(day=1) if arrival else None,
        first_enrolment=arrival + timedelta(days=random.randrange(10, 60)) if arrival else None,
        years_abroad=max(0, arrival.year - birth_date.year - 6) if arrival else 0,
        alphabets=family.alphabets if school_class.age > 6 else "",
        letters_language=family.letters_language,
        mediator_needed=random.choices([True, False, None], weights=[5, 3, 2])[0],
        mediator_language=family.languages[0],
        entry_level=level.value if random.random() < 0.8 else None,
        search_key=pupil_search_key(last_name, first_name),
        sort_key=register_sort_key(last_name, first_name),
    )
    _add_family(rows, random, pupil_id, family, born_in_italy=born_in_italy)
    rows.add("class_membership", pupil_id=pupil_id, class_id=school_class.id, valid_from=date(year_start, 9, 1))
    return DemoPupil(pupil_id, school_class.id, school_class.site_id, level, family.languages[0])


def _arrival(random: Random, birth_date: date, year_start: int) -> date:
    """Most came in the last years, some in the months since school began."""
    months = min(random.choice((2, 3, 5, 8, 14, 20, 30, 44, 60)), (year_start - birth_date.year) * 12 - 6)
    day = date(year_start, 10, 15) - timedelta(days=30 * months)
    return max(day, birth_date + timedelta(days=30))


def _add_family(rows: Rows, random: Random, pupil_id: int, family: Origin, *, born_in_italy: bool) -> None:
    countries = [family.country]
    if born_in_italy and random.random() < 0.15:
        countries.append("IT")
    for country in countries:
        rows.add_keyed("pupil_citizenship", ("pupil_id", "country"), (pupil_id, country))
    for position, language in enumerate(family.languages):
        rows.add_keyed("pupil_language", ("pupil_id", "language", "position"), (pupil_id, language, position))
    if random.random() < 0.7:
        surname, first_name = family.name(random, random.choice("FM"))
        rows.add(
            "contact",
            pupil_id=pupil_id,
            name=f"{first_name} {surname}",
            relation=random.choice(("madre", "padre", "tutore")),
            phone=f"+39034200{random.randrange(1000, 9999)}",
            position=0,
        )
