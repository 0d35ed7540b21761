"""The group of a workshop: who is assessed, who is next, and at which moment of the year."""

from datetime import date

import pytest

from schoolapp.domain.assessment import AssessmentState, Moment
from schoolapp.domain.assessment_sheets import GroupLine, MomentCell, WorkshopGroup, moment_due

ENTRY, INTERMEDIATE, FINAL = Moment
DRAFT, COMPLETE, SHARED = AssessmentState


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 9, 1), ENTRY),
        (date(2026, 12, 31), ENTRY),
        (date(2027, 1, 1), INTERMEDIATE),
        (date(2027, 3, 31), INTERMEDIATE),
        (date(2027, 4, 1), FINAL),
        (date(2027, 8, 31), FINAL),
    ],
)
def test_the_moment_that_a_school_is_at(day: date, moment: Moment) -> None:
    assert moment_due(day) is moment


def group(*lines: tuple[AssessmentState | None, bool]) -> WorkshopGroup:
    """Pupils 1, 2, …: how far the entry assessment of each is, and whether they are still in the group."""
    return WorkshopGroup(
        workshop_id=1,
        institute_id=1,
        title="Italiano per comunicare A1",
        site="Primaria",
        school_year_id=1,
        year_first_day=date(2026, 9, 1),
        year_last_day=date(2027, 8, 31),
        lines=tuple(
            GroupLine(
                number,
                f"Alunno {number}",
                "3C",
                present,
                (MomentCell(ENTRY, state=state), MomentCell(INTERMEDIATE), MomentCell(FINAL)),
            )
            for number, (state, present) in enumerate(lines, start=1)
        ),
    )


@pytest.mark.parametrize(
    ("after", "following", "remark"),
    [
        (1, 3, "the next one waiting"),
        (3, 5, "who has left is not waited for"),
        (5, 1, "round to the first"),
        (2, 3, "after one who is done"),
        (4, 1, "after one who has left: from the top"),
    ],
)
def test_the_next_pupil_is_the_next_one_of_the_list_still_to_assess(after: int, following: int, remark: str) -> None:
    found = group((None, True), (COMPLETE, True), (DRAFT, True), (None, False), (None, True))
    line = found.next_after(after, ENTRY)
    assert line is not None
    assert line.pupil_id == following


def test_there_is_no_next_pupil_after_the_last_who_waits() -> None:
    assert group((SHARED, True), (DRAFT, True)).next_after(2, ENTRY) is None
    assert group((SHARED, True)).next_after(1, ENTRY) is None


def test_counts_are_of_who_is_enrolled_and_sharing_of_everybody() -> None:
    found = group((COMPLETE, True), (COMPLETE, False), (SHARED, True), (DRAFT, True))
    assert (found.done(ENTRY), found.done(FINAL), len(found.present)) == (2, 0, 3)
    assert [line.pupil_id for line in found.missing(ENTRY)] == [4]
    assert [line.pupil_id for line in found.shareable(ENTRY)] == [1, 2]
