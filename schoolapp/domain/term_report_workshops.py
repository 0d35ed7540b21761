"""The page of a workshop in the report of a term: hours, attendance, levels in and out, the facilitator's words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.figures import is_small, shown_counts, shown_part
from schoolapp.domain.findings import Finding
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.profiles import Profile, find_improvement, has_improved
from schoolapp.domain.registers import Signature
from schoolapp.domain.term_report_heads import ProjectCodes, ReportHead
from schoolapp.domain.term_report_missing import Missing, missing_of_workshop
from schoolapp.domain.term_report_words import ReportState, ReportWords
from schoolapp.domain.timetable import Slot
from schoolapp.domain.workshops import WorkshopKind

DAYS_OF_A_LATE_ENTRY = 14
"""Who is enrolled so many days or more after the first lesson of the term has entered late."""


class LessonOutcome(StrEnum):
    HELD = "held"
    UNSIGNED = "unsigned"
    PLANNED = "planned"
    CANCELLED = "cancelled"


class TermLesson(NamedTuple):
    """A lesson of the term. `recovered`: cancelled, and another lesson stands in for it."""

    lesson_id: int
    day: date
    minutes: int
    outcome: LessonOutcome
    present: int | None
    """Pupils present, late or leaving early; None where the roll was not called."""
    facilitator: str
    recovered: bool = False


@dataclass(frozen=True)
class PupilProgress:
    """The profile of a pupil at the entry and at the end of the term; None where it was not assessed."""

    entry: Profile | None
    now: Profile | None

    @property
    def improved(self) -> bool | None:
        """Whether the overall level rose, None where one cannot say."""
        return has_improved(*self._levels)

    @property
    def improvement(self) -> Finding:
        """The same with its words."""
        return find_improvement(*self._levels)

    @property
    def _levels(self) -> tuple[Level | None, Level | None]:
        return self.entry.overall if self.entry else None, self.now.overall if self.now else None

    @property
    def known_level(self) -> Level | None:
        """The overall level as last assessed."""
        return next((profile.overall for profile in (self.now, self.entry) if profile and profile.overall), None)


@dataclass(frozen=True)
class TermPupil:
    """A pupil enrolled in the workshop in the term, with the minutes from the pupil's own first day."""

    pupil_id: int
    name: str
    first_day: date
    figure: AttendanceFigure
    progress: PupilProgress
    has_words: bool
    """Whether the facilitator has written something for the class council."""


@dataclass(frozen=True)
class LevelCounts:
    """How many pupils stand at each level, at the entry and now: those assessed at both moments."""

    entry: dict[Level, int]
    now: dict[Level, int]

    @property
    def pupils(self) -> int:
        return sum(self.now.values())


@dataclass(frozen=True)
class SkillCounts:
    """How many pupils stand at each level of a skill; None is a number kept to oneself."""

    skill: Skill
    entry: tuple[int | None, ...]
    now: tuple[int | None, ...]
    not_assessed: int | None
    assessed: bool
    """Whether anybody was, at either moment."""


@dataclass(frozen=True)
class WorkshopTermReport:
    """A workshop in a term."""

    head: ReportHead
    workshop_id: int
    title: str
    kind: WorkshopKind
    level: Level
    site: str
    place: str
    facilitators: tuple[str, ...]
    slots: tuple[Slot, ...]
    """Its weekly times, read for paper alone."""
    project: ProjectCodes | None
    funding_line: str
    concluded: bool
    lessons: tuple[TermLesson, ...]
    pupils: tuple[TermPupil, ...]
    words: ReportWords
    state: ReportState
    signed: Signature | None
    countersigned: Signature | None
    version: int
    smallest_shown: int | None = None
    """Set on a copy that leaves the school: numbers of people under it are kept to oneself."""

    @cached_property
    def planned_lessons(self) -> tuple[TermLesson, ...]:
        """All lessons of the term, but a cancelled one for which another stands in counts once."""
        return tuple(lesson for lesson in self.lessons if not lesson.recovered)

    @cached_property
    def held_lessons(self) -> tuple[TermLesson, ...]:
        """Signed: the others do not count yet."""
        return self._lessons(LessonOutcome.HELD)

    @cached_property
    def unsigned_lessons(self) -> tuple[TermLesson, ...]:
        return self._lessons(LessonOutcome.UNSIGNED)

    def _lessons(self, outcome: LessonOutcome) -> tuple[TermLesson, ...]:
        return tuple(lesson for lesson in self.lessons if lesson.outcome is outcome)

    @cached_property
    def lessons_so_far(self) -> tuple[TermLesson, ...]:
        """Without those after the last one of which something is known."""
        known = [at for at, lesson in enumerate(self.lessons, 1) if lesson.outcome is not LessonOutcome.PLANNED]
        return self.lessons[: known[-1]] if known else ()

    @cached_property
    def held_minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.held_lessons)

    @cached_property
    def planned_minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.planned_lessons)

    @cached_property
    def present_pupils(self) -> tuple[TermPupil, ...]:
        """Pupils to whom at least a lesson was offered: the others are said to be missing."""
        return tuple(pupil for pupil in self.pupils if pupil.figure.offered)

    def following(self, pupil_id: int) -> TermPupil | None:
        """The next pupil of the register, None after the last."""
        ids = [pupil.pupil_id for pupil in self.pupils]
        place = ids.index(pupil_id) + 1 if pupil_id in ids else len(ids)
        return self.pupils[place] if place < len(ids) else None

    @property
    def late_entries(self) -> int:
        """Pupils enrolled two weeks or more after the first lesson of the term."""
        if not self.lessons:
            return 0
        start = self.lessons[0].day
        return sum((pupil.first_day - start).days >= DAYS_OF_A_LATE_ENTRY for pupil in self.present_pupils)

    @cached_property
    def figure(self) -> AttendanceFigure:
        return AttendanceFigure(
            attended=sum(pupil.figure.attended for pupil in self.pupils),
            offered=sum(pupil.figure.offered for pupil in self.pupils),
        )

    @property
    def improved(self) -> int:
        return self._comparisons[True]

    @property
    def compared(self) -> int:
        """Pupils of whom one can say whether they improved."""
        return self._comparisons[True] + self._comparisons[False]

    @cached_property
    def _comparisons(self) -> Counter[bool | None]:
        return Counter(pupil.progress.improved for pupil in self.present_pupils)

    @property
    def shown_improved(self) -> int | None:
        """None where the number is kept to oneself."""
        if self.smallest_shown is None:
            return self.improved
        return shown_part(self.improved, self.compared, self.smallest_shown)

    @property
    def is_too_small(self) -> bool:
        """The whole group is so small that no number of it leaves the school."""
        return self.smallest_shown is not None and is_small(len(self.present_pupils), self.smallest_shown)

    @cached_property
    def columns(self) -> tuple[Level, ...]:
        """Levels of the table of skills: to B1, and further where somebody is there."""
        found = {level for pupil in self.present_pupils for level in _levels_of(pupil.progress)}
        return tuple(level for level in Level if level in found or Level.B1.reaches(level))

    @cached_property
    def skill_counts(self) -> tuple[SkillCounts, ...]:
        return tuple(self._count(skill) for skill in Skill)

    @cached_property
    def assessed_skills(self) -> frozenset[Skill]:
        """Those in which anybody was, at either moment."""
        both = (profile for pupil in self.present_pupils for profile in (pupil.progress.entry, pupil.progress.now))
        return frozenset(skill for profile in both if profile for skill in profile.levels)

    def _count(self, skill: Skill) -> SkillCounts:
        entry, now = Counter[Level | None](), Counter[Level | None]()
        for pupil in self.present_pupils:
            entry[_level(pupil.progress.entry, skill)] += 1
            now[_level(pupil.progress.now, skill)] += 1
        before: tuple[int | None, ...] = tuple(entry[level] for level in self.columns)
        after: tuple[int | None, ...] = (*(now[level] for level in self.columns), now[None])
        if self.smallest_shown is not None:
            before = shown_counts([count or 0 for count in before], self.smallest_shown)
            after = shown_counts([count or 0 for count in after], self.smallest_shown)
        return SkillCounts(skill, before, after[:-1], after[-1], skill in self.assessed_skills)

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        return missing_of_workshop(self)


def level_counts(pupils: Iterable[PupilProgress]) -> LevelCounts:
    both = [
        (progress.entry.overall, progress.now.overall)
        for progress in pupils
        if progress.entry and progress.now and progress.entry.overall and progress.now.overall
    ]
    return LevelCounts(
        entry={level: sum(entry is level for entry, _now in both) for level in Level},
        now={level: sum(now is level for _entry, now in both) for level in Level},
    )


def _levels_of(progress: PupilProgress) -> set[Level]:
    return {level for profile in (progress.entry, progress.now) if profile for level in profile.levels.values()}


def _level(profile: Profile | None, skill: Skill) -> Level | None:
    return profile.levels.get(skill) if profile else None
