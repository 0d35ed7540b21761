"""The register as one read model: its parts, its totals, its letters."""

from datetime import UTC, datetime

import pytest

from schoolapp.domain.attendance import AttendanceFigure, MarkStatus
from schoolapp.domain.registers import Signature, marks_figure
from tests.support.registers import (
    cancelled_lesson,
    lesson_marks,
    make_lesson,
    make_register,
    planned_lesson,
    unsigned_lesson,
)


@pytest.mark.parametrize(
    ("attended", "offered", "percent", "remark"),
    [
        (0, 0, None, "nothing offered yet is not 0 %"),
        (0, 60, 0, "offered and never there"),
        (660, 660, 100, "always there"),
        (555, 660, 84, "84,09"),
        (699, 1000, 69, "69,9 does not read as a reached 70"),
        (700, 1000, 70, "exactly 70"),
        (29, 100, 29, "a share that floats would make 28"),
    ],
)
def test_a_share_is_read_as_a_whole_percentage(attended: int, offered: int, percent: int | None, remark: str) -> None:
    assert AttendanceFigure(attended=attended, offered=offered).percent == percent, remark


@pytest.mark.parametrize(
    ("status", "letter", "counted"),
    [
        (MarkStatus.PRESENT, "P", 60),
        (MarkStatus.ABSENT, "A", 0),
        (MarkStatus.CLASS_ACTIVITY, "G", None),
        (MarkStatus.EXEMPT, "E", None),
        (None, None, None),
    ],
)
def test_a_mark_has_a_letter_and_the_minutes_that_count(
    status: MarkStatus | None, letter: str | None, counted: int | None
) -> None:
    mark = lesson_marks(status, 60)
    assert (mark.letter, mark.counted_minutes) == (letter, counted)


def test_a_late_pupil_counts_the_minutes_attended() -> None:
    mark = lesson_marks(MarkStatus.LATE, 60, 15)
    assert (mark.letter, mark.counted_minutes) == ("R", 45)


def test_days_before_the_enrolment_are_not_in_the_figure() -> None:
    marks = [None, lesson_marks(MarkStatus.PRESENT, 60), lesson_marks(MarkStatus.ABSENT, 90), lesson_marks(None, 60)]
    assert marks_figure(marks) == AttendanceFigure(attended=60, offered=150)


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Chiara Fontana", "C.F."), ("maria de luca", "M.D.L."), ("Ștefan", "Ș."), ("", "")],
)
def test_initials_are_the_first_letters_of_the_name(name: str, initials: str) -> None:
    assert Signature(name, datetime(2027, 1, 11, tzinfo=UTC)).initials == initials


@pytest.mark.parametrize(("lessons", "parts"), [(0, [0]), (1, [1]), (10, [10]), (11, [10, 1]), (35, [10, 10, 10, 5])])
def test_a_register_goes_into_sheets_of_ten_lessons(lessons: int, parts: list[int]) -> None:
    register = make_register(lessons=lessons, names=3)
    assert [len(sheet.lessons) for sheet in register.sheets()] == parts


def test_sheets_together_make_the_register() -> None:
    register = make_register(lessons=[*(make_lesson(index) for index in range(23)), cancelled_lesson(23)], names=5)
    sheets = register.sheets()
    assert [lesson for sheet in sheets for lesson in sheet.lessons] == list(register.lessons)
    assert sum(sheet.held_minutes for sheet in sheets) == register.held_minutes
    for row, pupil in enumerate(register.pupils):
        assert sum(sheet.pupils[row].figure.attended for sheet in sheets) == pupil.figure.attended
        assert sum(sheet.pupils[row].figure.offered for sheet in sheets) == pupil.figure.offered
        assert tuple(mark for sheet in sheets for mark in sheet.pupils[row].marks) == pupil.marks


def test_each_sheet_says_its_days_and_the_minutes_held_until_its_last_lesson() -> None:
    register = make_register(lessons=12, names=1, held_minutes_from_start=1890)
    first, second = register.sheets()
    assert (first.first_day, first.last_day) == (register.first_day, register.lessons[9].day)
    assert (second.first_day, second.last_day) == (register.lessons[10].day, register.last_day)
    assert (first.held_minutes_from_start, second.held_minutes_from_start) == (1740, 1890)


def test_a_first_sheet_stays_as_it_was_when_lessons_are_added() -> None:
    before = make_register(lessons=10, names=4).sheets()[0]
    after = make_register(lessons=14, names=4).sheets()[0]
    assert after.pupils == before.pupils
    assert after.lessons == before.lessons


def test_lessons_cancelled_to_come_or_not_signed_hold_no_minutes() -> None:
    lessons = [make_lesson(0), cancelled_lesson(1), planned_lesson(2), unsigned_lesson(3)]
    register = make_register(lessons=lessons, names=2)
    assert register.held_minutes == 60
    assert [lesson.called for lesson in register.lessons] == [True, False, False, True]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("assemblea di plesso", "Annullata: assemblea di plesso"),
        ("Annullata dalla scuola", "Annullata dalla scuola"),
        (None, None),
    ],
)
def test_a_cancelled_lesson_says_so_once(reason: str | None, said: str | None) -> None:
    assert make_lesson(0, cancelled=reason).cancellation == said
