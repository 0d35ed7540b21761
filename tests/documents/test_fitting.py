"""Text shrinks to its floor, then wraps, then is refused: nothing is cut."""

import pytest

from schoolapp.documents.fitting import fit, wrapped
from schoolapp.documents.fonts import Face, text_width
from schoolapp.documents.theme import MM
from schoolapp.domain.errors import RuleViolation

STEPS = ((9.0, 1), (7.0, 2), (5.5, 3))


@pytest.mark.parametrize(
    ("text", "size", "lines"),
    [
        ("Chen Wei", 9.0, 1),
        ("Rahman Abdul-Karim Siddiqui Chowdhury", 7.0, 1),
        ("Wickramasinghe Mudiyanselage Don Sebastian Gunawardena", 7.0, 2),
    ],
)
def test_a_long_name_shrinks_and_then_takes_two_lines(text: str, size: float, lines: int) -> None:
    fitted = fit(text, Face.SEMIBOLD, 54.5, STEPS)
    assert (fitted.size, len(fitted.lines)) == (size, lines)
    assert " ".join(fitted.lines) == text


def test_every_line_stays_in_its_place() -> None:
    fitted = fit("Wickramasinghe Mudiyanselage Don Sebastian Gunawardena " * 2, Face.SEMIBOLD, 54.5, STEPS)
    assert all(text_width(fitted.font, line) * fitted.size <= 54.5 * MM + 1e-6 for line in fitted.lines)


def test_a_word_wider_than_its_place_is_broken_and_nothing_is_lost() -> None:
    word = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    lines = wrapped(word, "NotoSans_600SemiBold", 7.0, 20.0)
    assert len(lines) > 1
    assert "".join(lines) == word


def test_a_text_too_long_for_the_last_step_is_refused_with_a_sentence() -> None:
    with pytest.raises(RuleViolation, match="troppo lungo"):
        fit("Nome " * 60, Face.SEMIBOLD, 54.5, STEPS)
