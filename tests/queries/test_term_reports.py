"""The figures of term reports, whose they are, and how many statements they take."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
import time_machine
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import clock, queries
from schoolapp.domain.actors import Actor
from schoolapp.domain.assessment import AssessmentState, Moment
from schoolapp.domain.attendance import AbsenceReason, MarkStatus
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.roles import Role
from schoolapp.domain.term_report_heads import ReportTerm
from schoolapp.domain.term_report_words import ReportState
from schoolapp.models import Institute, Workshop
from tests import factories

SHARE = 20


@pytest.fixture(autouse=True)
def _january(database: Session) -> Any:
    with time_machine.travel("2027-01-25T09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def school(database: Session) -> Institute:
    factories.make_school_year()
    return factories.make_institute()


@pytest.fixture
def workshop(school: Institute) -> Workshop:
    facilitator = factories.make_user(Role.FACILITATOR, school, name="Chiara Fontana")
    return factories.make_workshop(school, facilitator, title="Italiano per comunicare A1")


def term() -> ReportTerm:
    return queries.term_reports.chosen(queries.term_reports.terms(), None)


def actor(role: Role, school: Institute) -> Actor:
    return factories.actor_of(factories.make_user(role, school))


def facilitator_of(workshop: Workshop) -> Actor:
    return factories.actor_of(workshop.facilitators[0].user)


def assess(pupil: Any, moment: Moment, level: Level, **values: Any) -> None:
    values = {"day": date(2026, 10, 1) if moment is Moment.ENTRY else date(2027, 1, 20), **values}
    levels = dict.fromkeys(Skill, level)
    factories.make_assessment(pupil, moment=moment, levels=levels, overall_level=level, **values)


def test_terms_are_those_begun_the_latest_first(school: Institute) -> None:
    (first,) = queries.term_reports.terms()
    assert (first.name, first.moment) == ("primo quadrimestre", Moment.INTERMEDIATE)
    with time_machine.travel("2027-05-03T09:00:00+02:00", tick=False):
        assert [(each.name, each.moment) for each in queries.term_reports.terms()] == [
            ("secondo quadrimestre", Moment.FINAL),
            ("primo quadrimestre", Moment.INTERMEDIATE),
        ]
    with pytest.raises(NoResultFound):
        queries.term_reports.chosen([first], first.id + 99)


def test_the_figures_of_a_workshop_are_those_of_its_lessons_marks_and_assessments(workshop: Workshop) -> None:
    facilitator = workshop.facilitators[0].user
    risen = factories.make_enrolment(workshop).pupil
    same = factories.make_enrolment(workshop).pupil
    factories.make_enrolment(workshop)  # without any lesson
    held = factories.make_lesson(workshop, day=date(2026, 11, 16), signed_by=facilitator)
    unsigned = factories.make_lesson(workshop, day=date(2026, 11, 18))
    factories.make_lesson(workshop, day=date(2026, 11, 23), cancelled_by=CancelledBy.SCHOOL)
    factories.make_lesson(workshop, day=date(2027, 1, 27))
    factories.make_lesson(workshop, day=date(2027, 3, 1), signed_by=facilitator)  # of the next term
    for lesson in (held, unsigned):
        factories.make_mark(lesson, risen)
    factories.make_mark(held, same, status=MarkStatus.ABSENT)
    assess(risen, Moment.ENTRY, Level.PRE_A1)
    assess(risen, Moment.INTERMEDIATE, Level.A1)
    assess(same, Moment.ENTRY, Level.A1)
    assess(same, Moment.INTERMEDIATE, Level.A2, state=AssessmentState.DRAFT)
    report = queries.term_reports.of_workshop(facilitator_of(workshop), workshop.id, term())
    assert (len(report.held_lessons), len(report.planned_lessons), len(report.unsigned_lessons)) == (1, 4, 1)
    assert [lesson.present for lesson in report.lessons] == [1, 1, None, None]
    assert len(report.present_pupils) == 2
    assert (report.improved, report.compared) == (1, 1)
    assert report.figure.percent == 66
    assert report.facilitators == ("Chiara Fontana",)
    assert report.state is ReportState.MISSING


def test_the_school_adds_up_its_workshops_and_looks_at_its_classes(school: Institute, workshop: Workshop) -> None:
    facilitator = workshop.facilitators[0].user
    site = factories.make_site(school)
    known = factories.make_class(site, name="1A", pupils_enrolled=22)
    unknown = factories.make_class(site, name="2A")
    for school_class in (known, unknown):
        pupil = factories.make_pupil(school, school_class=school_class)
        factories.make_enrolment(workshop, pupil)
        factories.make_mark(
            factories.make_lesson(workshop, day=date(2026, 11, 16 + school_class.id % 7), signed_by=facilitator), pupil
        )
        assess(pupil, Moment.ENTRY, Level.A1)
    report = queries.term_reports.of_school(actor(Role.HEAD, school), school.id, term(), threshold_percent=SHARE)
    assert len(report.pupils) == 2
    assert [(line.name, line.pupils, line.below_a2) for line in report.classes] == [("1A", 1, 1), ("2A", 1, 1)]
    assert [line.share.enrolled if line.share else 0 for line in report.classes] == [22, None]
    assert "numero degli iscritti di queste classi: 2A" in [str(each.sentence) for each in report.missing]


@pytest.mark.parametrize(
    ("moments", "now", "remark"),
    [
        (
            {Moment.FINAL: date(2026, 11, 20)},
            Level.B1,
            "a short course ended in the term: its final profile is the term's",
        ),
        ({Moment.FINAL: date(2027, 5, 20)}, None, "the final one of the next term is not"),
        ({Moment.FINAL: date(2026, 11, 20), Moment.INTERMEDIATE: date(2027, 1, 20)}, Level.A2, "the term's own first"),
    ],
)
def test_the_profile_of_the_term_is_its_own_or_the_final_one_of_a_short_course(
    workshop: Workshop, moments: dict[Moment, date], now: Level | None, remark: str
) -> None:
    pupil = factories.make_enrolment(workshop).pupil
    assess(pupil, Moment.ENTRY, Level.A1)
    with time_machine.travel("2027-06-01T09:00:00+02:00", tick=False):
        for moment, day in moments.items():
            assess(pupil, moment, Level.B1 if moment is Moment.FINAL else Level.A2, day=day)
        first_term = queries.term_reports.terms()[-1]
        report = queries.term_reports.of_workshop(facilitator_of(workshop), workshop.id, first_term)
    found = report.pupils[0].progress.now
    assert (found.overall if found else None) is now


def test_words_and_signatures_are_read_with_the_figures(workshop: Workshop) -> None:
    facilitator = workshop.facilitators[0].user
    pupil = factories.make_enrolment(workshop).pupil
    now = clock.now()
    factories.make_workshop_report(workshop, topics="I mesi", signed_at=now, signed_by_id=facilitator.id, version=1)
    factories.make_pupil_report(workshop, pupil, words="Ascolta molto.", version=1)
    report = queries.term_reports.of_workshop(facilitator_of(workshop), workshop.id, term())
    assert report.state is ReportState.SIGNED
    assert report.words.topics == "I mesi"
    assert report.signed is not None
    assert report.signed.name == "Chiara Fontana"
    assert report.pupils[0].has_words
    sheet = queries.term_report_sheets.of_pupil(facilitator_of(workshop), pupil.id, term())
    assert sheet.workshops[0].words == "Ascolta molto."


def test_a_sheet_says_month_by_month_why_a_pupil_was_not_there(workshop: Workshop) -> None:
    pupil = factories.make_enrolment(workshop).pupil
    marks = [
        (date(2026, 11, 16), {}),
        (date(2026, 11, 18), {"status": MarkStatus.ABSENT, "reason": AbsenceReason.NOT_AT_SCHOOL}),
        (date(2026, 11, 23), {"status": MarkStatus.ABSENT, "reason": AbsenceReason.TEST_IN_CLASS}),
        (date(2026, 12, 2), {"status": MarkStatus.ABSENT}),
        (date(2026, 12, 9), {"status": MarkStatus.EXEMPT}),
    ]
    for day, values in marks:
        factories.make_mark(factories.make_lesson(workshop, day=day), pupil, **values)
    sheet = queries.term_report_sheets.of_pupil(facilitator_of(workshop), pupil.id, term())
    months = [(m.month.month, m.lessons, m.present, m.away, m.kept_in_class) for m in sheet.months]
    assert months == [(11, 3, 1, 1, 1), (12, 1, 0, 1, 0)]
    assert (sheet.lessons, sheet.present) == (4, 1)


def test_a_teacher_reads_the_own_class_and_only_levels_that_were_shared(school: Institute, workshop: Workshop) -> None:
    teacher = factories.make_user(Role.TEACHER, school)
    site = factories.make_site(school)
    own, other = factories.make_class(site, name="1A"), factories.make_class(site, name="1B")
    factories.make_class_teacher(teacher, own)
    mine = factories.make_pupil(school, school_class=own)
    theirs = factories.make_pupil(school, school_class=other)
    for pupil in (mine, theirs):
        factories.make_enrolment(workshop, pupil)
    assess(mine, Moment.ENTRY, Level.A1, state=AssessmentState.SHARED)
    assess(mine, Moment.INTERMEDIATE, Level.A2)
    asking = factories.actor_of(teacher)
    sheet = queries.term_report_sheets.of_pupil(asking, mine.id, term())
    assert (sheet.progress.entry is not None, sheet.progress.now) == (True, None)
    with pytest.raises(NoResultFound):
        queries.term_report_sheets.of_pupil(asking, theirs.id, term())
    assert [line.name for line in queries.term_report_sheets.classes(asking, term())] == ["1A"]
    with pytest.raises(NoResultFound):
        queries.term_report_sheets.of_class(asking, other.id, term())
    with pytest.raises(NoResultFound):
        queries.term_reports.of_workshop(asking, workshop.id, term())


def test_another_school_finds_nothing(school: Institute, workshop: Workshop) -> None:
    pupil = factories.make_enrolment(workshop).pupil
    for role in (Role.COORDINATOR, Role.HEAD, Role.FACILITATOR):
        stranger = actor(role, factories.make_institute())
        with pytest.raises(NoResultFound):
            queries.term_reports.of_school(stranger, school.id, term(), threshold_percent=SHARE)
        with pytest.raises(NoResultFound):
            queries.term_reports.of_workshop(stranger, workshop.id, term())
        with pytest.raises(NoResultFound):
            queries.term_report_sheets.of_pupil(stranger, pupil.id, term())
    with pytest.raises(NoResultFound):
        queries.term_reports.of_school(facilitator_of(workshop), school.id, term(), threshold_percent=SHARE)


def test_a_facilitator_finds_the_own_workshops_with_lessons_in_the_term(school: Institute, workshop: Workshop) -> None:
    factories.make_lesson(workshop, day=date(2026, 11, 16))
    other = factories.make_workshop(school, factories.make_user(Role.FACILITATOR, school))
    factories.make_lesson(other, day=date(2026, 11, 16))
    (report,) = queries.term_reports.of_own_workshops(facilitator_of(workshop), term())
    assert report.workshop_id == workshop.id


def test_meetings_are_counted_by_the_first_day_they_proposed(school: Institute) -> None:
    head, asked = actor(Role.HEAD, school), term()

    def figure() -> Any:
        return queries.term_reports.of_school(head, school.id, asked, threshold_percent=SHARE).meetings

    factories.make_meeting_request(school, state=MeetingState.DRAFT)
    assert figure() is None, "a draft is not a request yet"
    for state, day in (
        (MeetingState.VALIDATED, date(2026, 12, 3)),
        (MeetingState.HELD, date(2027, 1, 14)),
        (MeetingState.FAMILY_ABSENT, date(2027, 1, 15)),
        (MeetingState.HELD, date(2027, 2, 10)),
    ):
        factories.make_meeting_request(school, state=state, slots=[(day, time(16, 30))])
    factories.make_meeting_request(state=MeetingState.HELD)
    assert (figure().held, figure().requested) == (2, 3)


@pytest.mark.parametrize(("workshops", "pupils"), [(1, 1), (4, 5)])
def test_a_larger_school_asks_no_more_statements(
    school: Institute, statements: Callable[[], Any], workshops: int, pupils: int
) -> None:
    site = factories.make_site(school)
    for number in range(workshops):
        facilitator = factories.make_user(Role.FACILITATOR, school)
        made = factories.make_workshop(school, facilitator)
        for index in range(pupils):
            school_class = factories.make_class(site, name=f"{number}{index}")
            pupil = factories.make_pupil(school, school_class=school_class)
            factories.make_enrolment(made, pupil)
            factories.make_mark(factories.make_lesson(made, day=date(2026, 11, 2 + index)), pupil)
            assess(pupil, Moment.ENTRY, Level.A1)
    asking, asked = actor(Role.HEAD, school), term()
    with statements() as seen:
        report = queries.term_reports.of_school(asking, school.id, asked, threshold_percent=SHARE)
    assert len(report.pupils) == workshops * pupils
    assert len(seen) == 12
    with statements() as seen:
        shorter = queries.term_reports.of_school(
            asking, school.id, asked, threshold_percent=SHARE, with_presences=False
        )
    assert (shorter.held_minutes, shorter.pupils) == (report.held_minutes, report.pupils)
    assert len(seen) == 11
    with statements() as seen:
        sheets = queries.term_report_sheets.of_school(asking, report.head)
    assert len(sheets) == workshops * pupils
    assert len(seen) == 10
