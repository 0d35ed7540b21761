"""What may be written in a term report, when it is signed and what changes it afterwards."""

import pytest

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.term_report_words import (
    LONGEST_PUPIL_TEXT,
    LONGEST_WORKSHOP_TEXT,
    ReportState,
    ReportWords,
    cleaned_text,
    ensure_countersignable,
    ensure_pupil_text,
    ensure_same_version,
    ensure_signable,
    ensure_words,
    ensure_writable,
)

WRITTEN = ReportWords(topics="La famiglia.", progress="Bene.")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ciao   a tutti \r\n", "Ciao a tutti"),
        ("Uno\n\n\n\nDue", "Uno\n\nDue"),
        ("\n\n", ""),
    ],
)
def test_a_text_is_kept_tidy(typed: str, kept: str) -> None:
    assert cleaned_text(typed) == kept


@pytest.mark.parametrize(
    ("state", "words", "field"),
    [
        (ReportState.DRAFT, ReportWords(progress="Bene."), "topics"),
        (ReportState.DRAFT, ReportWords(topics="La famiglia."), "progress"),
        (ReportState.SIGNED, WRITTEN, None),
        (ReportState.COUNTERSIGNED, WRITTEN, None),
    ],
)
def test_a_report_is_signed_once_and_not_empty(state: ReportState, words: ReportWords, field: str | None) -> None:
    with pytest.raises(RuleViolation) as refusal:
        ensure_signable(state, words)
    assert refusal.value.field == field


def test_difficulties_and_proposals_there_may_be_none() -> None:
    ensure_signable(ReportState.DRAFT, WRITTEN)
    ensure_signable(ReportState.MISSING, WRITTEN)


@pytest.mark.parametrize("state", [ReportState.SIGNED, ReportState.COUNTERSIGNED])
def test_what_was_signed_changes_only_with_a_reason(state: ReportState) -> None:
    with pytest.raises(RuleViolation, match="motivo"):
        ensure_writable(state, "…")
    ensure_writable(state, "Mancava un argomento")


def test_a_draft_changes_freely() -> None:
    ensure_writable(ReportState.DRAFT, "")


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (ReportState.MISSING, False),
        (ReportState.DRAFT, False),
        (ReportState.SIGNED, True),
        (ReportState.COUNTERSIGNED, False),
    ],
)
def test_the_visto_is_for_what_is_signed_and_has_none(state: ReportState, allowed: bool) -> None:
    if allowed:
        ensure_countersignable(state, "A1")
    else:
        with pytest.raises(RuleViolation, match="«A1»"):
            ensure_countersignable(state, "A1")


def test_a_word_about_health_is_sent_back_from_a_pupils_sheet() -> None:
    with pytest.raises(RuleViolation, match="diagnosi"):
        ensure_pupil_text("Aspettiamo la diagnosi.", field="words")
    ensure_pupil_text("Ascolta molto.", field="words")


def test_texts_have_an_end() -> None:
    with pytest.raises(RuleViolation):
        ensure_pupil_text("a" * (LONGEST_PUPIL_TEXT + 1), field="words")
    with pytest.raises(RuleViolation) as refusal:
        ensure_words(ReportWords(proposals="a" * (LONGEST_WORKSHOP_TEXT + 1)))
    assert refusal.value.field == "proposals"


def test_nobody_writes_over_words_that_they_have_not_read() -> None:
    ensure_same_version(2, 2)
    with pytest.raises(RuleViolation, match="ricarica"):
        ensure_same_version(3, 2)


def test_words_are_there_when_any_text_is() -> None:
    assert ReportWords(proposals="Sì.")
    assert not ReportWords()
