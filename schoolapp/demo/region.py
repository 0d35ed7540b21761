"""A region to measure on: 35 ambiti, 1,100 institutes, 100,000 pupils, 10 million marks. Seeded, repeatable.

Of every two groups one has the profiles of last year too: some 250,000 in all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from schoolapp.demo.accounts import Accounts, add_facilitator
from schoolapp.demo.calendar import KeptYear, add_year
from schoolapp.demo.levels import Assessor
from schoolapp.demo.places import LOWER_SECONDARY, PRIMARY
from schoolapp.demo.pupils import DemoPupil, add_pupil
from schoolapp.demo.rows import Rows
from schoolapp.demo.schools import School, add_site
from schoolapp.demo.teaching import Moment, Plan, add_workshop
from schoolapp.domain.levels import Level
from schoolapp.domain.roles import Role
from schoolapp.domain.school_year import SchoolYear
from schoolapp.domain.workshops import WorkshopKind

SEED = 35
GROUP = 10
LESSONS_EACH = 112
"""Lessons held for each group, over this year and the last: above 100, as some pupils come late."""
WRITE_EVERY = 20
"""Institutes collected before their rows are sent: memory stays small."""

_SLOTS = (
    (0, time(8, 30), time(10, 0)),
    (1, time(10, 30), time(12, 0)),
    (3, time(8, 30), time(10, 0)),
    (4, time(10, 30), time(12, 0)),
)
_MINUTES = 90


@dataclass(frozen=True)
class Size:
    """How large a region. Each pupil gets about a hundred marks."""

    ambiti: int = 35
    institutes: int = 1_100
    pupils: int = 100_000


@dataclass(frozen=True)
class _Region:
    accounts: Accounts
    random: Random
    now: datetime
    this_year: KeptYear
    last_year: KeptYear
    assessors: dict[int, Assessor]
    """Year → who assesses in it."""


def fill_region(
    *, now: datetime, accounts: Accounts, this_year: KeptYear, size: Size, tell: Callable[[str], None]
) -> None:
    """Add a region beside the district of the demo; `tell` hears how far it is."""
    rows = accounts.rows
    last_year = add_year(rows, SchoolYear(this_year.calendar.year.start - 1))
    assessors = {year.id: Assessor(rows, Random(SEED + year.id), year, now) for year in (this_year, last_year)}
    region = _Region(accounts, Random(SEED), now, this_year, last_year, assessors)
    ambiti = [_add_ambito(rows, number) for number in range(size.ambiti)]
    for number in range(size.institutes):
        pupils = size.pupils * (number + 1) // size.institutes - size.pupils * number // size.institutes
        _add_institute(region, number, *ambiti[number % size.ambiti], pupils=pupils)
        if (number + 1) % WRITE_EVERY == 0:
            rows.write()
        if (number + 1) % 100 == 0:
            tell(f"{number + 1} istituti su {size.institutes}")
    rows.finish()


def _add_ambito(rows: Rows, number: int) -> tuple[int, int, int]:
    """Ids of an ambito, of a comune in it and of its funding line."""
    ambito_id = rows.add("ambito", name=f"Ambito {number + 2}", lead_body="Comune capofila", province="LO")
    comune_id = rows.add("comune", ambito_id=ambito_id, name=f"Comune {number + 2}", province="LOMBARDIA", zone=None)
    project_id = rows.add("project", ambito_id=ambito_id, title="Lab’Impact", code="PROG-2463", cup=None)
    return ambito_id, comune_id, rows.add("funding_line", ambito_id=ambito_id, project_id=project_id, name="FAMI")


def _add_institute(
    region: _Region, number: int, ambito_id: int, comune_id: int, funding_line_id: int, *, pupils: int
) -> None:
    rows, random, year = region.accounts.rows, region.random, region.this_year
    name = f"IC Lombardia {number + 1}"
    institute_id = rows.add(
        "institute", ambito_id=ambito_id, comune_id=comune_id, name=name, is_state=True, valid_from=date(2020, 9, 1)
    )
    school = School(institute_id, name)
    for site_name, kind in (("Primaria", PRIMARY), ("Secondaria", LOWER_SECONDARY)):
        add_site(rows, school, year, name=site_name, code=None, kind=kind, comune_id=comune_id)
    made = [
        add_pupil(rows, random, school, random.choice(school.classes), year_start=year.calendar.year.start)
        for _ in range(pupils)
    ]
    for start in range(0, len(made), GROUP):
        facilitator_id = add_facilitator(region.accounts, random, school, f"f{number}.{start}@example.org")
        _add_group(region, school, facilitator_id, funding_line_id, made[start : start + GROUP], start // GROUP)
    rows.add(
        "membership",
        user_id=region.accounts.add(f"c{number}@example.org", f"Referente {number + 1}"),
        role=Role.COORDINATOR.value,
        institute_id=institute_id,
        valid_from=date(2020, 9, 1),
    )


def _add_group(
    region: _Region, school: School, facilitator_id: int, funding_line_id: int, pupils: list[DemoPupil], number: int
) -> None:
    """The same group in a workshop of this year and in one of the last, which has the lessons still wanting."""
    now = region.now
    moment = Moment(now, funding_line_id, None, now.date() - timedelta(days=14))
    site_id = list(school.sites)[number % len(school.sites)]
    held = 0
    for year in (region.this_year, region.last_year):
        plan = Plan(
            institute_id=school.id,
            site_id=site_id,
            kind=WorkshopKind.TO_COMMUNICATE,
            level=Level.A1,
            place=f"aula {number + 1}",
            facilitator_id=facilitator_id,
            slots=_SLOTS[:2] if year is region.this_year else _SLOTS,
            planned_minutes=3_600 if year is region.this_year else max(1, LESSONS_EACH - held) * _MINUTES,
        )
        made = add_workshop(region.accounts.rows, region.random, plan, year, pupils, moment)
        held += made.lessons_held
        if year is region.this_year or number % 2 == 0:
            levels = {pupil.id: pupil.level for pupil in pupils}
            region.assessors[year.id].assess_group(
                institute_id=school.id,
                workshop_id=made.id,
                facilitator_id=facilitator_id,
                group={pupil_id: (day, levels[pupil_id]) for pupil_id, day in made.first_days.items()},
                concluded_on=made.concluded_on,
            )
