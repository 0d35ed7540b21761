"""What belongs to a term: its own lessons, who was there in its days, who is in the class today."""

from datetime import date, time
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from schoolapp import queries
from schoolapp.domain.attendance import AbsenceReason, AttendanceFigure, MarkStatus
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.roles import Role
from schoolapp.domain.term_report_heads import ReportTerm
from schoolapp.models import Institute, Lesson, Pupil, Workshop
from tests import factories


@pytest.fixture(autouse=True)
def _february(database: Session) -> Any:
    with time_machine.travel("2027-02-25T09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def school(database: Session) -> Institute:
    factories.make_school_year()
    return factories.make_institute()


@pytest.fixture
def workshop(school: Institute) -> Workshop:
    return factories.make_workshop(school, factories.make_user(Role.FACILITATOR, school, name="Chiara Fontana"))


@pytest.fixture
def pupil(school: Institute, workshop: Workshop) -> Pupil:
    pupil = factories.make_pupil(school, school_class=factories.make_class(factories.make_site(school), name="1A"))
    factories.make_enrolment(workshop, pupil)
    return pupil


@pytest.fixture
def term(school: Institute) -> ReportTerm:
    """The first one: it is over."""
    return queries.term_reports.terms()[-1]


def reader(workshop: Workshop) -> Any:
    return factories.actor_of(workshop.facilitators[0].user)


def held(workshop: Workshop, day: date, **values: Any) -> Lesson:
    return factories.make_lesson(workshop, day=day, signed_by=workshop.facilitators[0].user, **values)


def test_lessons_cancelled_and_lessons_of_another_term_weigh_on_nobody(
    workshop: Workshop, pupil: Pupil, term: ReportTerm
) -> None:
    factories.make_mark(held(workshop, date(2026, 11, 16)), pupil)
    cancelled = factories.make_lesson(workshop, day=date(2026, 11, 18), cancelled_by=CancelledBy.SCHOOL)
    factories.make_mark(cancelled, pupil, MarkStatus.ABSENT)
    factories.make_mark(held(workshop, date(2027, 2, 8)), pupil, MarkStatus.ABSENT)
    whole = AttendanceFigure(attended=90, offered=90)
    report = queries.term_reports.of_workshop(reader(workshop), workshop.id, term)
    assert report.figure == whole
    assert (report.held_minutes, report.planned_minutes) == (90, 180), "what was cancelled was planned"
    sheet = queries.term_report_sheets.of_pupil(reader(workshop), pupil.id, term)
    assert (sheet.figure, sheet.lessons) == (whole, 1)


def test_who_ran_it_or_followed_it_in_other_days_is_not_of_this_term(
    school: Institute, workshop: Workshop, pupil: Pupil, term: ReportTerm
) -> None:
    for name, dates in (
        ("Prima Persona", {"valid_from": date(2026, 6, 1), "valid_to": date(2026, 8, 31)}),
        ("Seconda Persona", {"valid_from": date(2027, 1, 31)}),
        ("Terza Persona", {"valid_from": date(2027, 2, 1)}),
    ):
        factories.make_workshop_facilitator(workshop, factories.make_user(name=name), **dates)
    for first_day, last_day in ((date(2026, 6, 1), date(2026, 8, 31)), (date(2027, 2, 1), None)):
        other = factories.make_pupil(school, first_name="Altra")
        factories.make_enrolment(workshop, other, first_day=first_day, last_day=last_day)
    report = queries.term_reports.of_workshop(reader(workshop), workshop.id, term)
    assert report.facilitators == ("Chiara Fontana", "Seconda Persona")
    assert [each.pupil_id for each in report.pupils] == [pupil.id]


@pytest.mark.parametrize(
    ("reason", "away", "kept_in_class"),
    [
        (AbsenceReason.NOT_AT_SCHOOL, 1, 0),
        (AbsenceReason.TEST_IN_CLASS, 0, 1),
        (AbsenceReason.NOT_FETCHED, 0, 1),
        (None, 1, 0),
    ],
)
def test_an_absence_from_the_workshop_is_not_always_one_from_school(
    reason: AbsenceReason | None, away: int, kept_in_class: int, workshop: Workshop, pupil: Pupil, term: ReportTerm
) -> None:
    factories.make_mark(held(workshop, date(2026, 11, 16)), pupil, MarkStatus.ABSENT, reason=reason)
    (month,) = queries.term_report_sheets.of_pupil(reader(workshop), pupil.id, term).months
    assert (month.away, month.kept_in_class) == (away, kept_in_class)


def test_a_class_has_the_sheets_of_who_is_in_it(
    school: Institute, workshop: Workshop, pupil: Pupil, term: ReportTerm
) -> None:
    left = factories.make_pupil(school, school_class=pupil.class_memberships[0].school_class)
    factories.make_enrolment(workshop, left)
    left.class_memberships[0].valid_to = date(2026, 12, 1)
    class_id = pupil.class_memberships[0].class_id
    head = factories.actor_of(factories.make_user(Role.HEAD, school))
    found = queries.term_report_sheets.of_class(head, class_id, term)
    assert [sheet.pupil_id for sheet in found.sheets] == [pupil.id]


def test_the_levels_of_a_profile_come_in_the_order_of_the_skills(
    workshop: Workshop, pupil: Pupil, term: ReportTerm
) -> None:
    factories.make_assessment(pupil, levels=dict.fromkeys(reversed(Skill), Level.A1))
    profile = queries.term_report_sheets.of_pupil(reader(workshop), pupil.id, term).progress.entry
    assert profile is not None
    assert list(profile.levels) == list(Skill)


def test_meetings_of_another_year_are_not_of_this_one(school: Institute, term: ReportTerm) -> None:
    other = factories.make_school_year(label="2025/26", first_day=date(2025, 9, 1), last_day=date(2026, 8, 31))
    slots = [(date(2026, 12, 3), time(16, 30))]
    factories.make_meeting_request(school, state=MeetingState.HELD, school_year_id=other.id, slots=slots)
    head = factories.actor_of(factories.make_user(Role.HEAD, school))
    assert queries.term_reports.of_school(head, school.id, term, threshold_percent=20).meetings is None
