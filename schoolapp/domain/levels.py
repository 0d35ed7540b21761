"""Levels of Italian (QCER). Literacy is a fact of its own: who reads no alphabet is not "below Pre-A1"."""

from enum import StrEnum

from schoolapp.domain.wording import N_


class Level(StrEnum):
    """In rising order. Compare with `reaches` or `lowest`: as strings the order would be wrong."""

    PRE_A1 = "pre_a1"
    A1 = "a1"
    A2 = "a2"
    B1 = "b1"
    B2 = "b2"
    C1 = "c1"

    def reaches(self, minimum: "Level") -> bool:
        """Whether this level is `minimum` or above."""
        return _RANK[self] >= _RANK[minimum]


_RANK: dict[Level, int] = {level: rank for rank, level in enumerate(Level)}

LEVEL_NAMES: dict[Level, str] = {
    Level.PRE_A1: N_("Pre-A1"),
    Level.A1: N_("A1"),
    Level.A2: N_("A2"),
    Level.B1: N_("B1"),
    Level.B2: N_("B2"),
    Level.C1: N_("C1"),
}


class Skill(StrEnum):
    """What a profile is made of: a level each, never one mark for all."""

    LISTENING = "listening"
    READING = "reading"
    SPOKEN_INTERACTION = "spoken_interaction"
    SPOKEN_PRODUCTION = "spoken_production"
    WRITING = "writing"
    STUDY = "study"


SKILL_NAMES: dict[Skill, str] = {
    Skill.LISTENING: N_("Ascolto"),
    Skill.READING: N_("Lettura"),
    Skill.SPOKEN_INTERACTION: N_("Interazione orale"),
    Skill.SPOKEN_PRODUCTION: N_("Produzione orale"),
    Skill.WRITING: N_("Scrittura"),
    Skill.STUDY: N_("Lingua dello studio"),
}


def lowest(*levels: Level | None) -> Level | None:
    """The lowest of the levels that were assessed; None where none was."""
    known = [level for level in levels if level is not None]
    return min(known, key=_RANK.__getitem__) if known else None
