"""The can-do bank: complete, plain, and the same for ever within a version."""

import hashlib

import pytest

from schoolapp.domain.descriptors import (
    AFTER_THE_LAST,
    SCALE_VERSION,
    SCALES,
    by_code,
    descriptors,
    level_words,
    next_step,
)
from schoolapp.domain.levels import Level, Skill

CELLS = [(version, skill, level) for version in SCALES for skill in Skill for level in Level]

# A line of the certificate holds this many letters beside the levels, a line of the report these.
LONGEST_FIRST_PERSON = 48
LONGEST_THIRD_PERSON = 60

FINGERPRINTS = {1: "7d334a7ce6acae0d"}
"""Version → what its words hash to. An assessment keeps its words: other words are a new version, not an edit."""


@pytest.mark.parametrize(("version", "skill", "level"), CELLS)
def test_every_level_of_every_skill_has_its_words(version: int, skill: Skill, level: Level) -> None:
    words = level_words(skill, level, version)
    assert 2 <= len(words.can_do) <= 4
    assert all(text[0].isupper() and text.endswith(".") for text in words.can_do)
    assert words.first_person[0].isupper()
    assert words.first_person.endswith(".")
    assert len(words.first_person) <= LONGEST_FIRST_PERSON
    assert words.third_person[0].islower()
    assert not words.third_person.endswith(".")
    assert len(words.third_person) <= LONGEST_THIRD_PERSON


@pytest.mark.parametrize("version", SCALES)
def test_no_two_descriptors_say_the_same(version: int) -> None:
    texts = [descriptor.text for descriptor in by_code(version).values()]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("version", SCALES)
def test_words_of_a_version_never_change(version: int) -> None:
    words = [(code, descriptor.text) for code, descriptor in by_code(version).items()]
    lines = [str(level_words(skill, level, version)) for skill in Skill for level in Level]
    assert hashlib.sha256(repr((words, lines)).encode()).hexdigest()[:16] == FINGERPRINTS[version]


def test_a_code_says_its_skill_and_level() -> None:
    first = descriptors(Skill.LISTENING, Level.A2)[0]
    assert first.code == "listening.a2.1"
    assert by_code()[first.code] == first


def test_new_assessments_use_the_latest_scale() -> None:
    assert max(SCALES) == SCALE_VERSION


@pytest.mark.parametrize(
    ("level", "following", "remark"),
    [
        (None, Level.PRE_A1, "a skill not assessed yet begins at the beginning"),
        (Level.PRE_A1, Level.A1, ""),
        (Level.B2, Level.C1, ""),
        (Level.C1, None, "above the last there is practice"),
    ],
)
def test_the_next_step_is_what_the_level_above_can_do(level: Level, following: Level | None, remark: str) -> None:
    expected = level_words(Skill.READING, following).third_person if following else AFTER_THE_LAST
    assert next_step(Skill.READING, level) == expected
