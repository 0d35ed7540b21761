"""What an assessment may and may not be."""

from datetime import date

import pytest

from schoolapp.domain.assessment import (
    AssessmentState,
    ensure_day,
    ensure_editable,
    ensure_note,
    ensure_shareable,
)
from schoolapp.domain.errors import RuleViolation

DRAFT, COMPLETE, SHARED = AssessmentState


@pytest.mark.parametrize(
    ("state", "reason", "accepted"),
    [
        (DRAFT, "", True),
        (COMPLETE, "", True),
        (SHARED, "", False),
        (SHARED, "  ", False),
        (SHARED, "avevo confuso due alunni", True),
        (SHARED, "x" * 201, False),
    ],
)
def test_what_was_shared_changes_with_a_reason(state: AssessmentState, reason: str, accepted: bool) -> None:
    if accepted:
        ensure_editable(state, reason)
        return
    with pytest.raises(RuleViolation) as refused:
        ensure_editable(state, reason)
    assert refused.value.field == "reason"


def test_a_draft_is_not_shared() -> None:
    ensure_shareable(COMPLETE, "Awa F.")
    ensure_shareable(SHARED, "Awa F.")
    with pytest.raises(RuleViolation, match="Awa F"):
        ensure_shareable(DRAFT, "Awa F.")


@pytest.mark.parametrize(
    ("day", "accepted", "remark"),
    [
        (date(2026, 11, 22), True, "today"),
        (date(2026, 9, 1), True, "the first day of the year"),
        (date(2026, 11, 23), False, "tomorrow"),
        (date(2026, 8, 31), False, "last year"),
        (None, False, "no day"),
    ],
)
def test_the_day_has_come_and_is_of_the_year(day: date | None, accepted: bool, remark: str) -> None:
    def ask() -> None:
        ensure_day(day, today=date(2026, 11, 22), first_day=date(2026, 9, 1), last_day=date(2027, 8, 31))

    if accepted:
        ask()
        return
    with pytest.raises(RuleViolation) as refused:
        ask()
    assert refused.value.field == "day"


@pytest.mark.parametrize(
    ("note", "word"),
    [
        ("Legge ad alta voce con sicurezza, scrive ancora in stampatello.", None),
        ("Scrive le parole separate e confonde p e b.", None),
        ("In certe consegne si arresta: aiuta un esempio.", None),
        ("Ha una diagnosi di dislessia.", "diagnosi"),
        ("Forse DSA, da sentire la NPI.", "DSA"),
        ("Il padre è disoccupato.", "disoccupato"),
        ("Aspettano il permesso di soggiorno.", "permesso di soggiorno"),
        ("È seguita dai servizi sociali.", "servizi sociali"),
        ("Confonde i verbi irregolari e i plurali irregolari.", None),
        ("Il soggiorno irregolare pesa.", "soggiorno irregolare"),
        ("In romanzo e romano non c’è niente di male.", None),
        ("", None),
    ],
)
def test_a_note_is_about_italian_and_not_about_health_family_or_papers(note: str, word: str | None) -> None:
    if word is None:
        ensure_note(note)
        return
    with pytest.raises(RuleViolation, match=word) as refused:
        ensure_note(note)
    assert refused.value.field == "note"


def test_a_note_is_short() -> None:
    ensure_note("x" * 500)
    with pytest.raises(RuleViolation, match="500"):
        ensure_note("x" * 501)
