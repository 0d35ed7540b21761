"""What a term report counts, and what it says is missing."""

from dataclasses import replace
from datetime import date

import pytest

from schoolapp.domain.assessment import Moment
from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.term_report_heads import ProjectCodes, codes_in_words, moment_of_term
from schoolapp.domain.term_report_missing import missing_by_person
from schoolapp.domain.term_report_sheets import PupilTermSheet
from schoolapp.domain.term_report_words import ReportState, ReportWords
from schoolapp.domain.term_report_workshops import LessonOutcome, PupilProgress, WorkshopTermReport
from schoolapp.domain.term_reports import MeetingsFigure, SchoolTermReport
from tests.support.term_reports import (
    TERM,
    make_class,
    make_lesson,
    make_profile,
    make_progress,
    make_pupil,
    make_school_report,
    make_sheet,
    make_workshop_report,
)


def sentences(report: WorkshopTermReport | SchoolTermReport) -> list[str]:
    return [str(missing.sentence) for missing in report.missing]


@pytest.mark.parametrize(
    ("position", "count", "moment"),
    [(0, 2, Moment.INTERMEDIATE), (1, 2, Moment.FINAL), (0, 1, Moment.FINAL), (1, 3, Moment.INTERMEDIATE)],
)
def test_the_last_term_of_the_year_ends_with_the_final_assessment(position: int, count: int, moment: Moment) -> None:
    assert moment_of_term(position, count) is moment


def test_only_signed_lessons_count_as_held_and_a_recovered_one_is_planned_once() -> None:
    lessons = [
        make_lesson(0, LessonOutcome.HELD),
        make_lesson(1, LessonOutcome.UNSIGNED),
        make_lesson(2, LessonOutcome.CANCELLED, recovered=True),
        make_lesson(3, LessonOutcome.CANCELLED),
        make_lesson(4, LessonOutcome.PLANNED),
    ]
    report = make_workshop_report(lessons=lessons)
    assert (len(report.held_lessons), len(report.planned_lessons)) == (1, 4)
    assert (report.held_minutes, report.planned_minutes) == (60, 60 + 90 + 90 + 60)


def test_a_pupil_without_lessons_is_said_and_not_counted() -> None:
    absent = make_pupil(3, figure=AttendanceFigure(attended=0, offered=0))
    report = make_workshop_report(lessons=2, pupils=[make_pupil(0), make_pupil(1), absent])
    assert len(report.present_pupils) == 2
    assert "1 alunno iscritto senza nessuna lezione: non è contato" in sentences(report)


def test_a_pupil_who_enters_two_weeks_after_the_first_lesson_is_late() -> None:
    pupils = [make_pupil(0), make_pupil(1, first_day=date(2026, 10, 4)), make_pupil(2, first_day=date(2026, 10, 5))]
    assert make_workshop_report(pupils=pupils).late_entries == 1


@pytest.mark.parametrize(
    ("entry", "now", "improved", "compared", "remark"),
    [
        (Level.PRE_A1, Level.A1, 1, 1, "up by one"),
        (Level.A1, Level.A1, 0, 1, "the same"),
        (Level.A2, Level.A1, 0, 1, "down"),
        (Level.A1, None, 0, 0, "not assessed now: neither improved nor not"),
        (None, Level.A1, 0, 0, "no entry level"),
    ],
)
def test_improved_is_said_of_pupils_assessed_twice(
    entry: Level | None, now: Level | None, improved: int, compared: int, remark: str
) -> None:
    report = make_workshop_report(pupils=[make_pupil(0, progress=make_progress(entry, now))])
    assert (report.improved, report.compared) == (improved, compared), remark


def test_skills_are_counted_level_by_level() -> None:
    pupils = [
        make_pupil(0, progress=make_progress(Level.PRE_A1, Level.A1)),
        make_pupil(1, progress=make_progress(Level.PRE_A1, None)),
    ]
    row = make_workshop_report(pupils=pupils).skill_counts[0]
    assert row.skill is Skill.LISTENING
    assert (row.entry, row.now, row.not_assessed) == ((2, 0, 0, 0), (0, 1, 0, 0), 1)


def test_a_column_more_where_somebody_is_there() -> None:
    assert make_workshop_report().columns[-1] is Level.B1
    top = make_pupil(0, progress=make_progress(Level.B1, Level.C1))
    assert make_workshop_report(pupils=[top]).columns[-1] is Level.C1


def test_a_copy_that_leaves_the_school_keeps_small_numbers_to_itself() -> None:
    pupils = [make_pupil(number, progress=make_progress(Level.A1, Level.A2)) for number in range(9)]
    pupils.append(make_pupil(9, progress=make_progress(Level.PRE_A1, Level.PRE_A1)))
    inside = make_workshop_report(pupils=pupils)
    outside = replace(inside, smallest_shown=3)
    assert inside.skill_counts[0].entry == (1, 9, 0, 0)
    assert outside.skill_counts[0].entry == (None, None, 0, 0)
    assert (inside.shown_improved, outside.shown_improved) == (9, None)
    assert not outside.is_too_small
    assert make_workshop_report(pupils=2, smallest_shown=3).is_too_small


def test_a_copy_that_leaves_the_school_counts_no_pupils_among_what_is_missing() -> None:
    pupils = [make_pupil(0, progress=PupilProgress(None, None), has_words=False), make_pupil(1), make_pupil(2)]
    inside = make_workshop_report(lessons=[make_lesson(0, LessonOutcome.UNSIGNED)], pupils=pupils)
    assert len(inside.missing) == 4
    assert sentences(replace(inside, smallest_shown=3)) == [
        "1 lezione svolta e non ancora firmata: è contata nella frequenza, non nelle ore svolte"
    ]


def test_what_is_missing_is_said_in_numbers() -> None:
    pupils = [make_pupil(number, progress=make_progress(Level.A1, None), has_words=False) for number in range(3)]
    lessons = [make_lesson(0), make_lesson(1, LessonOutcome.UNSIGNED), make_lesson(2, LessonOutcome.UNSIGNED)]
    report = make_workshop_report(lessons=lessons, pupils=pupils, state=ReportState.DRAFT)
    assert sentences(report) == [
        "2 lezioni svolte e non ancora firmate: sono contate nella frequenza, non nelle ore svolte",
        "3 valutazioni intermedie su 3",
        "Lingua dello studio: nessuna valutazione",
        "la firma di chi conduce il laboratorio",
        "3 schede su 3 senza le parole di chi conduce",
    ]


def test_one_thing_is_said_in_the_singular() -> None:
    pupils = [make_pupil(0, progress=PupilProgress(None, None), has_words=False)]
    lessons = [make_lesson(0, LessonOutcome.UNSIGNED)]
    report = make_workshop_report(lessons=lessons, pupils=pupils, state=ReportState.MISSING, words=ReportWords())
    assert sentences(report) == [
        "1 lezione svolta e non ancora firmata: è contata nella frequenza, non nelle ore svolte",
        "1 valutazione d’ingresso su 1",
        "1 valutazione intermedia su 1",
        "le parole di chi conduce il laboratorio",
        "1 scheda su 1 senza le parole di chi conduce",
    ]


def test_nothing_is_missing_where_all_is_done() -> None:
    pupils = [make_pupil(0, progress=make_progress(Level.A2, Level.B1))]
    assert make_workshop_report(lessons=4, pupils=pupils).missing == ()


def test_the_school_says_each_thing_once_with_its_places() -> None:
    both = make_pupil(0, progress=make_progress(Level.A1, None))
    first = make_workshop_report(workshop_id=1, title="Comunicare A1", lessons=2, pupils=[both])
    second = make_workshop_report(workshop_id=2, title="Studio A2", lessons=2, pupils=[both, make_pupil(1)])
    report = make_school_report(workshops=[first, second], classes=[make_class(1), make_class(2, enrolled=None)])
    assert sentences(report) == [
        "1 valutazione intermedia su 2 (Comunicare A1: 1; Studio A2: 1)",
        "numero degli iscritti di queste classi: 2ª A",
        "i colloqui non sono ancora registrati qui",
    ]
    assert len(report.pupils) == 2, "who is in two workshops is one pupil"
    assert report.compared == 1


def test_meetings_are_missing_until_they_are_recorded() -> None:
    assert sentences(make_school_report(workshops=0, classes=0)) == [
        "nessun laboratorio con lezioni nel periodo",
        "i colloqui non sono ancora registrati qui",
    ]
    report = make_school_report(workshops=0, classes=0, meetings=MeetingsFigure(held=9, requested=11))
    assert sentences(report) == ["nessun laboratorio con lezioni nel periodo"]


def test_missing_things_are_grouped_by_who_can_bring_them() -> None:
    done = make_workshop_report(workshop_id=1, lessons=2, pupils=[make_pupil(0, progress=make_progress(Level.A2))])
    to_sign = make_workshop_report(
        workshop_id=2,
        title="Studio A2",
        lessons=[make_lesson(0, LessonOutcome.UNSIGNED)],
        facilitators=("Dario Rossi",),
    )
    (person,) = missing_by_person([done, to_sign])
    assert person.person == "Dario Rossi"
    assert [(number, title) for number, title, _found in person.workshops] == [(2, "Studio A2")]


def test_the_sheet_says_each_skill_in_words() -> None:
    changes = [str(step.change) for step in make_sheet().steps]
    assert changes == [
        "da Pre-A1 a A2",
        "da Pre-A1 a A1",
        "da Pre-A1 a A1",
        "da Pre-A1 a A1",
        "resta Pre-A1",
        "non valutata",
    ]


@pytest.mark.parametrize(
    ("progress", "change", "level", "remark"),
    [
        (make_progress(Level.A1, None), "A1 all’ingresso", "A1", "not assessed now"),
        (make_progress(None, Level.A2), "A2 adesso", "A2", "no entry test"),
        (PupilProgress(None, None), "non valutata", None, "nothing at all"),
    ],
)
def test_half_a_profile_is_said_as_it_is(progress: PupilProgress, change: str, level: str | None, remark: str) -> None:
    sheet = make_sheet(progress=progress)
    assert str(sheet.steps[0].change) == change, remark
    assert sheet.level_name == level


def test_a_skill_not_assessed_has_a_first_step_and_no_can_do() -> None:
    study = make_sheet().steps[-1]
    assert study.can_do is None
    assert study.next_step


def test_the_sheet_says_what_it_lacks() -> None:
    sheet: PupilTermSheet = make_sheet(progress=make_progress(Level.A1, None), months=())
    workshop = replace(sheet.workshops[0], words="")
    assert [str(each) for each in replace(sheet, workshops=(workshop,)).missing] == [
        "la valutazione di fine periodo",
        "le parole di chi conduce «Italiano per comunicare A1»",
        "le lezioni: nessuna nel periodo",
    ]
    assert make_sheet().missing == ()


def test_the_known_level_is_the_one_last_assessed() -> None:
    unclear = make_profile(Level.A2, moment=Moment.INTERMEDIATE, overall=None)
    assert PupilProgress(make_profile(Level.A1), unclear).known_level is Level.A1
    assert make_progress(Level.A1, Level.A2).known_level is Level.A2


def test_codes_of_all_who_pay_stand_in_one_line() -> None:
    projects = (ProjectCodes("Lab’Impact", "PROG-2463", "E00E"), ProjectCodes("Fondi comunali", None, None))
    assert codes_in_words(projects) == "Lab’Impact · PROG-2463 · CUP E00E | Fondi comunali"


def test_days_are_counted_down_to_the_end_of_the_term() -> None:
    assert TERM.days_left(date(2027, 1, 24)) == 7
    assert TERM.days_left(date(2027, 2, 3)) == 0
    assert TERM.in_words == "primo quadrimestre 2026/27"
