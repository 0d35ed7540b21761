"""A profile: a level for each skill that was assessed, and the one level that funders ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schoolapp.domain.assessment import Literacy, Moment
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.findings import Finding
from schoolapp.domain.levels import LEVEL_NAMES, Level, Skill, lowest
from schoolapp.domain.wording import N_, Sentence

COMMUNICATIVE_SKILLS = (
    Skill.LISTENING,
    Skill.READING,
    Skill.SPOKEN_INTERACTION,
    Skill.SPOKEN_PRODUCTION,
    Skill.WRITING,
)
"""The skills that the overall level is made of. The language of study builds on them and is left out."""

FEWEST_SKILLS = 3
"""Communicative skills below which there is no overall level."""

LONGEST_OVERALL_WHY = 200

Levels = Mapping[Skill, Level]
"""Skill → level; a skill that was not assessed is absent."""


@dataclass(frozen=True)
class Profile:
    """A completed assessment, as figures and papers read it."""

    assessment_id: int
    moment: Moment
    day: date
    levels: Levels
    overall: Level | None
    literacy: Literacy | None
    scale_version: int

    @property
    def lowest_level(self) -> Level | None:
        return lowest_level(self.levels)

    @property
    def missing_skills(self) -> tuple[Skill, ...]:
        return missing_skills(self.levels)


def communicative(levels: Levels) -> dict[Skill, Level]:
    return {skill: levels[skill] for skill in COMMUNICATIVE_SKILLS if skill in levels}


def lowest_level(levels: Levels) -> Level | None:
    """The lowest communicative level: what "all skills at least at A2" is asked of."""
    return lowest(*map(levels.get, COMMUNICATIVE_SKILLS))


def missing_skills(levels: Levels) -> tuple[Skill, ...]:
    """Communicative skills that were not assessed."""
    return tuple(skill for skill in COMMUNICATIVE_SKILLS if skill not in levels)


def proposed_overall(levels: Levels) -> Level | None:
    """The highest level reached in at least two thirds of the communicative skills assessed.

    None where fewer than three were: a letter would then say more than is known.
    """
    assessed = communicative(levels).values()
    if len(assessed) < FEWEST_SKILLS:
        return None
    reached = [level for level in Level if 3 * sum(own.reaches(level) for own in assessed) >= 2 * len(assessed)]
    return reached[-1]


def ensure_overall(levels: Levels, chosen: Level | None, why: str) -> None:
    """Refuse an overall level other than the proposed one without its reason, or made of too few skills."""
    proposed = proposed_overall(levels)
    if proposed is None:
        raise RuleViolation(
            N_("Scegli il livello di almeno %(fewest)s abilità oltre alla lingua dello studio."),
            field="levels",
            fewest=FEWEST_SKILLS,
        )
    if chosen is not None and chosen is not proposed and not why.strip():
        raise RuleViolation(
            N_("Il livello proposto è %(proposed)s. Scrivi perché scegli %(chosen)s."),
            field="overall_why",
            proposed=Sentence(LEVEL_NAMES[proposed]),
            chosen=Sentence(LEVEL_NAMES[chosen]),
        )
    if len(why) > LONGEST_OVERALL_WHY:
        raise RuleViolation(
            N_("Il motivo può avere al massimo %(most)s lettere."), field="overall_why", most=LONGEST_OVERALL_WHY
        )


def has_improved(entry: Level | None, last: Level | None) -> bool | None:
    """Whether the overall level rose by at least one from entry to the last assessment after it (R.2.8 of AMIF).

    Unknown where one of the two is missing: such a pupil is counted neither as improved nor as not improved.
    """
    if entry is None or last is None:
        return None
    return last is not entry and last.reaches(entry)


def find_improvement(entry: Level | None, last: Level | None) -> Finding:
    """Whether the level rose, and in words from where to where or what is missing."""
    answer = has_improved(entry, last)
    if entry is None:
        return Finding(answer, Sentence(N_("manca il livello d’ingresso")))
    if last is None:
        return Finding(answer, Sentence(N_("manca una valutazione dopo quella d’ingresso")))
    names = {"entry": Sentence(LEVEL_NAMES[entry]), "last": Sentence(LEVEL_NAMES[last])}
    return Finding(answer, Sentence(N_("resta %(entry)s") if last is entry else N_("da %(entry)s a %(last)s"), names))
