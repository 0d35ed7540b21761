"""Levels of many pupils, as one read model: the page, the spreadsheet and the report draw the same figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from schoolapp.domain.assessment import AssessmentState, Moment
from schoolapp.domain.assessment_sheets import KeptAssessment
from schoolapp.domain.levels import Level
from schoolapp.domain.placement import Placement
from schoolapp.domain.profile_history import ProfileHistory
from schoolapp.domain.profiles import Profile


@dataclass(frozen=True)
class LevelLine:
    """A pupil with the completed profiles of the school year."""

    pupil_id: int
    name: str
    school_class: str
    history: ProfileHistory

    def at(self, moment: Moment) -> Profile | None:
        return next((profile for profile in self.history.profiles if profile.moment is moment), None)


class MomentState(NamedTuple):
    """How far the assessment of a moment is, and why its overall level is not the proposed one."""

    state: AssessmentState
    overall_why: str


@dataclass(frozen=True)
class PupilLevels:
    """One pupil: every completed profile, every assessment that the reader may know, the group suggested."""

    name: str
    school_class: str
    site: str
    institute: str
    on: date
    read_at: datetime
    history: ProfileHistory
    assessments: tuple[KeptAssessment, ...]
    placement: Placement


@dataclass(frozen=True)
class LevelsTable:
    """Pupils with their profiles. `title` is the workshop's, None for the table of the school."""

    title: str | None
    institute: str
    school_year: str
    on: date
    read_at: datetime
    lines: tuple[LevelLine, ...]
    states: Mapping[tuple[int, Moment], MomentState] = field(default_factory=dict)
    """Pupil and moment → how far it is, drafts too; for files, which say it beside the levels."""

    @property
    def improved(self) -> int:
        """Pupils whose overall level rose by at least one from the entry profile of the year."""
        return sum(line.history.improvement.answer is True for line in self.lines)

    @property
    def not_improved(self) -> int:
        return sum(line.history.improvement.answer is False for line in self.lines)

    @property
    def not_comparable(self) -> int:
        """Pupils who lack the entry profile or one after it: counted on neither side."""
        return sum(line.history.improvement.answer is None for line in self.lines)

    def overall_levels(self, moment: Moment) -> dict[Level, int]:
        """Overall level → pupils who had it at a moment, every level of the scale."""
        reached = [profile.overall for line in self.lines if (profile := line.at(moment)) is not None]
        return {level: reached.count(level) for level in Level}
