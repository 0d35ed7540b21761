"""What a pupil can do at each level of each skill, said for school-age learners: the can-do bank.

A change of words is a new version beside the old one in `SCALES`: an assessment keeps the version it was made with.
"""

from dataclasses import dataclass
from functools import lru_cache

from schoolapp.domain.descriptors import (
    listening,
    reading,
    spoken_interaction,
    spoken_production,
    study,
    writing,
)
from schoolapp.domain.descriptors.words import LevelWords
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.wording import N_

SCALE_VERSION = 1
"""The version that new assessments use."""

AFTER_THE_LAST = N_("mantenere questo livello con letture e scritture varie")

SCALES: dict[int, dict[Skill, dict[Level, LevelWords]]] = {
    1: {
        Skill.LISTENING: listening.VERSION_1,
        Skill.READING: reading.VERSION_1,
        Skill.SPOKEN_INTERACTION: spoken_interaction.VERSION_1,
        Skill.SPOKEN_PRODUCTION: spoken_production.VERSION_1,
        Skill.WRITING: writing.VERSION_1,
        Skill.STUDY: study.VERSION_1,
    },
}


@dataclass(frozen=True)
class Descriptor:
    """A sentence to tick. The code ("listening.a2.1") is what is kept, and means the same within a version."""

    code: str
    skill: Skill
    level: Level
    text: str


def level_words(skill: Skill, level: Level, version: int = SCALE_VERSION) -> LevelWords:
    """The words of a level; KeyError where the version never was."""
    return SCALES[version][skill][level]


def next_step(skill: Skill, level: Level | None, version: int = SCALE_VERSION) -> str:
    """What comes after a level, after «il prossimo passo»; None is a skill not assessed yet, and begins at Pre-A1."""
    ranks = list(Level)
    following = 0 if level is None else ranks.index(level) + 1
    if following == len(ranks):
        return AFTER_THE_LAST
    return level_words(skill, ranks[following], version).third_person


@lru_cache
def descriptors(skill: Skill, level: Level, version: int = SCALE_VERSION) -> tuple[Descriptor, ...]:
    """The sentences to tick for a level of a skill."""
    texts = level_words(skill, level, version).can_do
    return tuple(
        Descriptor(f"{skill}.{level}.{number}", skill, level, text) for number, text in enumerate(texts, start=1)
    )


@lru_cache
def by_code(version: int = SCALE_VERSION) -> dict[str, Descriptor]:
    """Every descriptor of a version, in the order of skills and levels."""
    return {
        descriptor.code: descriptor
        for skill in Skill
        for level in Level
        for descriptor in descriptors(skill, level, version)
    }
