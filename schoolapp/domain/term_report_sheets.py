"""The sheet of a pupil for the class council: hours, levels skill by skill, months, the facilitator's words."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.descriptors import level_words, next_step
from schoolapp.domain.levels import LEVEL_NAMES, Level, Skill
from schoolapp.domain.profile_history import RANKS, name_of
from schoolapp.domain.profiles import Profile
from schoolapp.domain.registers import Signature
from schoolapp.domain.term_report_heads import ProjectCodes, ReportHead
from schoolapp.domain.term_report_workshops import PupilProgress
from schoolapp.domain.wording import N_, Sentence

FEWEST_COLUMNS = 5
"""The figure goes from Pre-A1 to B2; C1 has a column only where the pupil is there."""


@dataclass(frozen=True)
class MonthAttendance:
    """The lessons of a month. `month` is its first day."""

    month: date
    lessons: int
    """Offered: class activities and exemptions are outside them."""
    present: int
    away: int
    """Not at school, or absent without a reason given."""
    kept_in_class: int
    """At school, but not in the workshop: a test, or nobody came to fetch them."""
    figure: AttendanceFigure


@dataclass(frozen=True)
class SheetWorkshop:
    """A workshop of the pupil, with what its facilitator writes."""

    workshop_id: int
    title: str
    facilitators: tuple[str, ...]
    first_day: date
    words: str
    proposals: str
    signed: Signature | None
    countersigned: Signature | None
    project: ProjectCodes | None


@dataclass(frozen=True)
class SkillStep:
    """A skill from the entry to now; None where it was not assessed."""

    skill: Skill
    entry: Level | None
    now: Level | None
    version: int
    """Of the words, as the assessment that is shown was made with."""

    @property
    def level(self) -> Level | None:
        """As last assessed."""
        return self.now or self.entry

    @property
    def change(self) -> Sentence:
        """da Pre-A1 a A2, resta A1, A1 all’ingresso, A1 adesso, non valutata"""
        if self.entry is None and self.now is None:
            return Sentence(N_("non valutata"))
        if self.now is None and self.entry is not None:
            return Sentence(N_("%(level)s all’ingresso"), {"level": name_of(self.entry)})
        assert self.now is not None
        if self.entry is None:
            return Sentence(N_("%(level)s adesso"), {"level": name_of(self.now)})
        if self.entry is self.now:
            return Sentence(N_("resta %(entry)s"), {"entry": name_of(self.now)})
        return Sentence(N_("da %(entry)s a %(last)s"), {"entry": name_of(self.entry), "last": name_of(self.now)})

    @property
    def can_do(self) -> str | None:
        """What follows «adesso sa»; None where the skill was not assessed."""
        return level_words(self.skill, self.level, self.version).third_person if self.level else None

    @property
    def next_step(self) -> str:
        return next_step(self.skill, self.level, self.version)


@dataclass(frozen=True)
class PupilTermSheet:
    """A pupil in a term: one sheet, also for who is in two workshops."""

    head: ReportHead
    pupil_id: int
    name: str
    school_class: str
    site: str
    arrival_month: date | None
    languages: tuple[str, ...]
    """Of home, as codes."""
    years_abroad: int | None
    reads_latin: bool | None
    workshops: tuple[SheetWorkshop, ...]
    months: tuple[MonthAttendance, ...]
    progress: PupilProgress
    unsigned_lessons: int = 0
    """Of those that are counted: their marks may still change."""

    @property
    def figure(self) -> AttendanceFigure:
        return AttendanceFigure(
            attended=sum(month.figure.attended for month in self.months),
            offered=sum(month.figure.offered for month in self.months),
        )

    @property
    def lessons(self) -> int:
        return sum(month.lessons for month in self.months)

    @property
    def present(self) -> int:
        return sum(month.present for month in self.months)

    @property
    def first_day(self) -> date | None:
        """From when the hours are counted."""
        return min((workshop.first_day for workshop in self.workshops), default=None)

    @cached_property
    def steps(self) -> tuple[SkillStep, ...]:
        entry, now = self.progress.entry, self.progress.now
        version = next((profile.scale_version for profile in (now, entry) if profile), 1)
        return tuple(SkillStep(skill, _level(entry, skill), _level(now, skill), version) for skill in Skill)

    @cached_property
    def columns(self) -> tuple[Level, ...]:
        highest = max((RANKS[level] for step in self.steps for level in (step.entry, step.now) if level), default=0)
        return tuple(Level)[: max(FEWEST_COLUMNS, highest + 1)]

    @property
    def level_name(self) -> str | None:
        """The overall level as last assessed."""
        level = self.progress.known_level
        return LEVEL_NAMES[level] if level else None

    @property
    def entry_level_name(self) -> str | None:
        entry = self.progress.entry
        return LEVEL_NAMES[entry.overall] if entry and entry.overall else None

    @property
    def facilitators(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for workshop in self.workshops for name in workshop.facilitators))

    @property
    def projects(self) -> tuple[ProjectCodes, ...]:
        return tuple(dict.fromkeys(workshop.project for workshop in self.workshops if workshop.project))

    @property
    def missing(self) -> tuple[Sentence, ...]:
        found = []
        if self.progress.entry is None:
            found.append(Sentence(N_("la valutazione d’ingresso")))
        if self.progress.now is None:
            found.append(Sentence(N_("la valutazione di fine periodo")))
        found.extend(
            Sentence(N_("le parole di chi conduce «%(workshop)s»"), {"workshop": workshop.title})
            for workshop in self.workshops
            if not workshop.words
        )
        if not self.lessons:
            found.append(Sentence(N_("le lezioni: nessuna nel periodo")))
        if self.unsigned_lessons:
            found.append(
                Sentence(N_("lezioni contate e non ancora firmate: %(count)s"), {"count": self.unsigned_lessons})
            )
        return tuple(found)


def _level(profile: Profile | None, skill: Skill) -> Level | None:
    return profile.levels.get(skill) if profile else None
