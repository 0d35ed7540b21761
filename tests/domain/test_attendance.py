"""What a mark is worth, in minutes."""

import pytest

from schoolapp.domain.attendance import MarkMinutes, MarkStatus, mark_minutes
from schoolapp.domain.errors import RuleViolation


@pytest.mark.parametrize(
    ("status", "missed", "worth", "remark"),
    [
        (MarkStatus.PRESENT, None, (90, 90), "all of it"),
        (MarkStatus.ABSENT, None, (0, 90), "offered and not used"),
        (MarkStatus.LATE, 1, (89, 90), "the shortest delay"),
        (MarkStatus.LEFT_EARLY, 89, (1, 90), "the longest that is still a presence"),
        (MarkStatus.CLASS_ACTIVITY, None, (0, 0), "not offered"),
        (MarkStatus.EXEMPT, None, (0, 0), "not offered"),
    ],
)
def test_what_a_mark_is_worth(status: MarkStatus, missed: int | None, worth: tuple[int, int], remark: str) -> None:
    assert mark_minutes(status, lesson_minutes=90, missed_minutes=missed) == MarkMinutes(*worth), remark


@pytest.mark.parametrize(
    ("status", "missed", "sentence"),
    [
        (MarkStatus.LATE, None, "Scrivi quanti minuti"),
        (MarkStatus.LATE, 0, "da 1 a 89"),
        (MarkStatus.LEFT_EARLY, 90, "da 1 a 89"),
        (MarkStatus.PRESENT, 10, "solo per ritardo e uscita anticipata"),
        (MarkStatus.ABSENT, 10, "solo per ritardo e uscita anticipata"),
    ],
)
def test_minutes_that_say_nothing_are_refused(status: MarkStatus, missed: int | None, sentence: str) -> None:
    with pytest.raises(RuleViolation, match=sentence) as refusal:
        mark_minutes(status, lesson_minutes=90, missed_minutes=missed)
    assert refusal.value.field == "minutes"
