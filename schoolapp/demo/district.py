"""The demo of one district: a school day seen from every role."""

from dataclasses import asdict
from datetime import datetime, time, timedelta
from random import Random

from schoolapp.demo.accounts import Accounts, add_accounts, add_facilitator, add_provider
from schoolapp.demo.calendar import KeptYear, add_year, year_of_lessons
from schoolapp.demo.certificates import add_certificates
from schoolapp.demo.emblems import invented_emblems
from schoolapp.demo.levels import Assessor
from schoolapp.demo.mediators import add_services
from schoolapp.demo.meetings import MeetingPlaces, add_meetings
from schoolapp.demo.pupils import DemoPupil, add_pupil
from schoolapp.demo.reports import Reporter
from schoolapp.demo.rows import Rows
from schoolapp.demo.schools import School, add_ambito, add_schools
from schoolapp.demo.teaching import MadeWorkshop, Moment, Plan, add_workshop
from schoolapp.domain.levels import Level
from schoolapp.domain.referral import ReferralState
from schoolapp.domain.workshops import WorkshopKind

PUPILS_BY_SCHOOL = (60, 40, 22, 16, 14)
GROUP = 9

_TALK, _STUDY = WorkshopKind.TO_COMMUNICATE, WorkshopKind.FOR_STUDY


def _at(hours: str) -> tuple[time, time]:
    start, end = hours.split("-")
    return time.fromisoformat(start), time.fromisoformat(end)


# School, plesso (its place in the list), kind, level, room, facilitator, weekly times (0 is Monday). The first
# facilitator has lessons on every school day, Saturday included.
WORKSHOPS: tuple[tuple[int, int, WorkshopKind, Level, str, str, tuple[tuple[int, str], ...]], ...] = (
    (0, 0, _TALK, Level.A1, "aula 4", "facilitator", ((0, "10:30-12:00"), (2, "10:30-12:00"), (4, "10:30-12:00"))),
    (0, 1, _STUDY, Level.B1, "biblioteca", "facilitator", ((0, "08:30-10:00"), (3, "08:30-10:00"))),
    (0, 1, _TALK, Level.PRE_A1, "aula 2", "facilitator", ((1, "10:30-12:00"), (5, "09:00-10:30"))),
    (0, 0, _STUDY, Level.A2, "aula 1", "facilitator", ((1, "14:00-15:30"), (3, "14:00-15:30"))),
    (0, 2, _TALK, Level.A2, "sala insegnanti", "albosaggia", ((2, "09:00-10:30"), (4, "09:00-10:30"))),
    (1, 0, _TALK, Level.A1, "aula 7", "facilitator2", ((0, "10:30-12:00"), (3, "10:30-12:00"))),
    (1, 1, _TALK, Level.A2, "aula 3", "facilitator2", ((1, "08:30-10:00"), (4, "08:30-10:00"))),
    (1, 1, _STUDY, Level.B1, "biblioteca", "facilitator2", ((2, "11:00-12:30"),)),
    (2, 0, _TALK, Level.A1, "aula 12", "sondrio", ((1, "10:30-12:00"), (4, "10:30-12:00"))),
    (2, 1, _STUDY, Level.A2, "laboratorio", "sondrio", ((2, "14:00-16:00"),)),
    (3, 0, _TALK, Level.A1, "aula 2", "ponte", ((0, "09:00-10:30"), (2, "09:00-10:30"))),
    (4, 1, _TALK, Level.A2, "aula 5", "berbenno", ((1, "11:00-12:30"), (3, "11:00-12:30"))),
)
INTENSIVE: dict[int, int] = {4: 15 * 60}
"""Place in the list → minutes of a workshop that ends in autumn, so that there are certificates to look at."""
MORE_FACILITATORS = {"albosaggia": 0, "sondrio": 2, "ponte": 3, "berbenno": 4}


def fill(*, now: datetime, accounts: Accounts) -> KeptYear:
    """Make the demo as it stands at `now` (aware, on the school's clock) in empty tables; the year in progress."""
    random = Random(2463)
    rows = accounts.rows
    year = add_year(rows, year_of_lessons(now.date()))
    ambito_id, comuni = add_ambito(rows)
    schools = add_schools(rows, ambito_id, comuni, year)
    provider_id = add_provider(rows, ambito_id)
    services = add_services(rows, ambito_id, comuni)
    people = add_accounts(accounts, schools, ambito_id=ambito_id, provider_id=provider_id, services=services)
    for name, school in MORE_FACILITATORS.items():
        people[name] = add_facilitator(accounts, random, schools[school], f"{name}@example.org")
    funding_line_id = _add_funding(rows, ambito_id)
    pupils = [
        _add_pupils(rows, random, school, count, year) for school, count in zip(schools, PUPILS_BY_SCHOOL, strict=False)
    ]
    _give_classes(rows, people["teacher"], pupils[0])
    made = _add_workshops(rows, random, schools, people, pupils, year, now, funding_line_id)
    _add_requests(rows, pupils[0], people, made, now)
    add_meetings(
        accounts,
        MeetingPlaces(
            ambito_id=ambito_id,
            provider_id=provider_id,
            school_year_id=year.id,
            school_ids=[school.id for school in schools],
            services=services,
            funding_line_id=funding_line_id,
            comuni=comuni,
        ),
        people,
        _pupils_of_teacher(pupils[0]),
        now,
    )
    rows.write()
    for number in INTENSIVE:
        if made[number].concluded_on is not None:
            add_certificates(rows, Random(31), made[number], by_id=people["coordinator"], now=now)
    rows.finish()
    return year


def _add_funding(rows: Rows, ambito_id: int) -> int:
    """The funded plan and the municipal money; the id of the plan's line."""
    project_id = rows.add("project", ambito_id=ambito_id, title="Lab’Impact", code="PROG-2463", cup="E00E00000000000")
    for position, emblem in enumerate(invented_emblems(), 1):
        rows.add("project_emblem", project_id=project_id, position=position, **asdict(emblem))
    line_id = rows.add("funding_line", ambito_id=ambito_id, project_id=project_id, name="FAMI")
    rows.add("funding_line", ambito_id=ambito_id, project_id=None, name="Fondi comunali")
    return line_id


def _add_pupils(rows: Rows, random: Random, school: School, count: int, year: KeptYear) -> list[DemoPupil]:
    classes = [each for each in school.classes if each.age >= 6]
    start = year.calendar.year.start
    return [add_pupil(rows, random, school, random.choice(classes), year_start=start) for _ in range(count)]


def _give_classes(rows: Rows, teacher_id: int, pupils: list[DemoPupil]) -> None:
    """The teacher's classes: the four with the most pupils."""
    for class_id in _fullest_classes(pupils):
        rows.add_keyed("class_teacher", ("class_id", "user_id"), (class_id, teacher_id))


def _fullest_classes(pupils: list[DemoPupil]) -> list[int]:
    counts: dict[int, int] = {}
    for pupil in pupils:
        counts[pupil.class_id] = counts.get(pupil.class_id, 0) + 1
    return sorted(counts, key=lambda each: (-counts[each], each))[:4]


def _pupils_of_teacher(pupils: list[DemoPupil]) -> list[DemoPupil]:
    classes = set(_fullest_classes(pupils))
    return [pupil for pupil in pupils if pupil.class_id in classes]


def _add_workshops(
    rows: Rows,
    random: Random,
    schools: list[School],
    people: dict[str, int],
    pupils: list[list[DemoPupil]],
    year: KeptYear,
    now: datetime,
    funding_line_id: int,
) -> list[MadeWorkshop]:
    made: list[MadeWorkshop] = []
    groups: list[tuple[Plan, MadeWorkshop, dict[int, Level]]] = []
    reporter = Reporter(rows, Random(45), year, now, people["head"])
    for number, (school, site, kind, level, place, facilitator, slots) in enumerate(WORKSHOPS):
        site_id = list(schools[school].sites)[site]
        group = _group(random, pupils[school], site_id, level)
        plan = Plan(
            institute_id=schools[school].id,
            site_id=site_id,
            kind=kind,
            level=level,
            place=place,
            facilitator_id=people[facilitator],
            slots=tuple((weekday, *_at(hours)) for weekday, hours in slots),
            planned_minutes=INTENSIVE.get(number),
            intensive=number in INTENSIVE,
        )
        moment = Moment(
            now=now,
            funding_line_id=funding_line_id,
            countersigner_id={0: people["head"]}.get(school),
            countersigned_until=now.date() - timedelta(days=14),
            left_open=1 if number in {0, 1} else 0,
        )
        made.append(add_workshop(rows, random, plan, year, group, moment))
        groups.append((plan, made[-1], {pupil.id: pupil.level for pupil in group}))
        reporter.write(
            workshop_id=made[-1].id,
            facilitator_id=plan.facilitator_id,
            pupil_ids=list(made[-1].first_days),
            lessons_held=made[-1].lessons_held,
        )
    _assess(Assessor(rows, Random(106), year, now), groups)
    return made


def _assess(assessor: Assessor, groups: list[tuple[Plan, MadeWorkshop, dict[int, Level]]]) -> None:
    """Concluded workshops before the others, as in life; the first of the list has its test before Christmas."""
    for plan, workshop, levels in sorted(groups, key=lambda group: group[1].concluded_on is None):
        assessor.assess_group(
            institute_id=plan.institute_id,
            workshop_id=workshop.id,
            facilitator_id=plan.facilitator_id,
            group={pupil_id: (day, levels[pupil_id]) for pupil_id, day in workshop.first_days.items()},
            concluded_on=workshop.concluded_on,
            has_middle=workshop is groups[0][1],
        )


def _group(random: Random, pupils: list[DemoPupil], site_id: int, level: Level) -> list[DemoPupil]:
    """Some pupils of the plesso, where there are few of the whole school: those nearest to the level."""
    near = [pupil for pupil in pupils if pupil.site_id == site_id]
    if len(near) < GROUP:
        near = near + [pupil for pupil in pupils if pupil.site_id != site_id]
    ranks = list(Level)
    mixed = random.sample(near, len(near))
    return sorted(mixed, key=lambda pupil: abs(ranks.index(pupil.level) - ranks.index(level)))[:GROUP]


def _add_requests(
    rows: Rows, pupils: list[DemoPupil], people: dict[str, int], made: list[MadeWorkshop], now: datetime
) -> None:
    """Three referrals on their way, and a pupil who turned up at the last lesson."""
    states = (ReferralState.REFERRED, ReferralState.REFERRED, ReferralState.WAITING)
    for days, (pupil, state) in enumerate(zip(pupils[-3:], states, strict=True), start=2):
        rows.add(
            "referral",
            institute_id=1,
            pupil_id=pupil.id,
            referred_by_id=people["teacher"],
            referred_at=now - timedelta(days=days),
            wanted_kind=_TALK.value,
            note="Capisce poco le consegne in classe.",
            state=state.value,
            decision_why="",
        )
    if made[0].last_lesson_id is not None:
        rows.add(
            "unlisted_pupil", lesson_id=made[0].last_lesson_id, name="Amina Diallo", class_name="3B", state="proposed"
        )
