"""The profiles of a pupil over time: one read model that the page, the paper and the spreadsheet draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from schoolapp.domain.assessment import Moment
from schoolapp.domain.findings import Finding
from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES, Level, Skill
from schoolapp.domain.profiles import Profile, find_improvement
from schoolapp.domain.school_year import SchoolYear
from schoolapp.domain.wording import N_, Sentence

SPOKEN = (Skill.LISTENING, Skill.SPOKEN_INTERACTION, Skill.SPOKEN_PRODUCTION)
WRITTEN = (Skill.READING, Skill.WRITING)
FEWEST_COLUMNS = 5
"""The chart goes from Pre-A1 to B2; it has a column for C1 only where somebody is there."""

RANKS = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True)
class LevelMark:
    """A place of the chart: the moments at which a skill stood at a level. Equal levels nest, so none hides another."""

    level: Level
    moments: frozenset[Moment]

    @property
    def column(self) -> int:
        return RANKS[self.level]


@dataclass(frozen=True)
class SkillRow:
    """A row of the chart and of the table: one level for each drawn profile, None where it was not assessed."""

    skill: Skill
    levels: tuple[Level | None, ...]
    marks: tuple[LevelMark, ...]

    @property
    def first(self) -> Level | None:
        """The level in the first drawn profile in which the skill was assessed."""
        return next((level for level in self.levels if level is not None), None)

    @property
    def last(self) -> Level | None:
        return next((level for level in reversed(self.levels) if level is not None), None)

    @property
    def change(self) -> Sentence:
        """The row in words: da Pre-A1 a A2, resta A1, A1, non valutata."""
        if self.first is None or self.last is None:
            return Sentence(N_("non valutata"))
        if sum(level is not None for level in self.levels) == 1:
            return Sentence("%(level)s", {"level": name_of(self.last)})
        if self.first is self.last:
            return Sentence(N_("resta %(entry)s"), {"entry": name_of(self.last)})
        return Sentence(N_("da %(entry)s a %(last)s"), {"entry": name_of(self.first), "last": name_of(self.last)})


@dataclass(frozen=True)
class ProfileHistory:
    """Completed profiles in the order of their days."""

    profiles: tuple[Profile, ...]

    @classmethod
    def of(cls, profiles: Sequence[Profile]) -> "ProfileHistory":
        return cls(tuple(sorted(profiles, key=lambda profile: (profile.day, profile.assessment_id))))

    @property
    def latest(self) -> Profile | None:
        return self.profiles[-1] if self.profiles else None

    @cached_property
    def drawn(self) -> tuple[Profile, ...]:
        """At most one profile a moment, since a moment has one shape: the first entry, the latest of the others."""
        kept: dict[Moment, Profile] = {}
        for profile in self.profiles:
            if profile.moment is not Moment.ENTRY or Moment.ENTRY not in kept:
                kept[profile.moment] = profile
        return tuple(profile for profile in self.profiles if kept[profile.moment] is profile)

    @cached_property
    def columns(self) -> tuple[Level, ...]:
        """The levels that the chart has a column for."""
        highest = max((mark.column for row in self.rows for mark in row.marks), default=0)
        return tuple(Level)[: max(FEWEST_COLUMNS, highest + 1)]

    @cached_property
    def rows(self) -> tuple[SkillRow, ...]:
        """A row for each of the six skills, with the drawn profiles."""
        return tuple(_row(skill, self.drawn) for skill in Skill)

    @property
    def improvement(self) -> Finding:
        """Whether the overall level rose by at least one, from the first entry profile to the last one after it."""
        entry = next((profile for profile in self.profiles if profile.moment is Moment.ENTRY), None)
        later = [profile for profile in self.profiles if entry is None or profile is not entry]
        if entry is None:
            return find_improvement(None, later[-1].overall if later else None)
        after = [profile for profile in later if profile.day >= entry.day]
        return find_improvement(entry.overall, after[-1].overall if after else None)

    @property
    def latest_year(self) -> "ProfileHistory":
        """The profiles of the latest one's school year: funders and reports compare within it."""
        if self.latest is None:
            return self
        year = SchoolYear.of(self.latest.day)
        return ProfileHistory(tuple(profile for profile in self.profiles if SchoolYear.of(profile.day) == year))

    @property
    def label(self) -> str:
        """The school year of the latest profile, empty where there is none."""
        return SchoolYear.of(self.latest.day).label if self.latest else ""

    def up_to(self, day: date) -> "ProfileHistory":
        """What was known on a day."""
        return ProfileHistory(tuple(profile for profile in self.profiles if profile.day <= day))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The chart in words: how far it went, and what stays behind."""
        if not self.drawn:
            return (Sentence(N_("Non c’è ancora una valutazione completata.")),)
        behind = _behind(self.drawn[-1])
        if len(self.drawn) == 1:
            return (Sentence(N_("C’è una sola valutazione: i passi avanti si vedranno dalla prossima.")), *behind)
        return (_progress(self.drawn[0], self.drawn[-1]), *behind)


def name_of(level: Level) -> Sentence:
    """The level as a sentence, for use inside another."""
    return Sentence(LEVEL_NAMES[level])


def _row(skill: Skill, profiles: Sequence[Profile]) -> SkillRow:
    levels = tuple(profile.levels.get(skill) for profile in profiles)
    places: dict[Level, set[Moment]] = {}
    for profile, level in zip(profiles, levels, strict=True):
        if level is not None:
            places.setdefault(level, set()).add(profile.moment)
    marks = (LevelMark(level, frozenset(moments)) for level, moments in places.items())
    return SkillRow(skill, levels, tuple(sorted(marks, key=lambda mark: mark.column)))


def _progress(first: Profile, last: Profile) -> Sentence:
    months = (last.day.year - first.day.year) * 12 + last.day.month - first.day.month
    both = [skill for skill in Skill if skill in first.levels and skill in last.levels]
    risen = sum(RANKS[last.levels[skill]] > RANKS[first.levels[skill]] for skill in both)
    when = _span(months)
    if not both:
        return Sentence(N_("Le due valutazioni non hanno abilità in comune."))
    if risen == len(both):
        return Sentence(N_("%(when)s almeno un livello in più in tutte le abilità."), {"when": when})
    if risen == 0:
        return Sentence(N_("%(when)s nessuna abilità è salita di livello."), {"when": when})
    return Sentence(
        N_("%(when)s almeno un livello in più in %(risen)s abilità su %(all)s."),
        {"when": when, "risen": risen, "all": len(both)},
    )


def _span(months: int) -> Sentence:
    if months < 1:
        return Sentence(N_("In meno di un mese"))
    if months == 1:
        return Sentence(N_("In un mese"))
    return Sentence(N_("In %(months)s mesi"), {"months": months})


def _behind(profile: Profile) -> tuple[Sentence, ...]:
    """Written skills that stand below every spoken one that was assessed."""
    spoken = [RANKS[profile.levels[skill]] for skill in SPOKEN if skill in profile.levels]
    if not spoken:
        return ()
    behind = [skill for skill in WRITTEN if skill in profile.levels and RANKS[profile.levels[skill]] < min(spoken)]
    if len(behind) == len(WRITTEN):
        return (Sentence(N_("Lettura e scrittura restano indietro rispetto al parlato.")),)
    return tuple(
        Sentence(N_("%(skill)s: resta indietro rispetto al parlato."), {"skill": Sentence(SKILL_NAMES[skill])})
        for skill in behind
    )
