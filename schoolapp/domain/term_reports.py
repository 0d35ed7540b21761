"""The report of a school at the end of a term (*relazione di fine quadrimestre*): the school's page.

One figure, three renderings: page, PDF and spreadsheet draw these read models. The page of a workshop is in
`term_report_workshops.py`, the sheet of a pupil in `term_report_sheets.py`, what is missing in
`term_report_missing.py`.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.class_shares import ClassShare
from schoolapp.domain.term_report_heads import ProjectCodes, ReportHead
from schoolapp.domain.term_report_missing import Missing, missing_of_school
from schoolapp.domain.term_report_workshops import (
    LevelCounts,
    PupilProgress,
    WorkshopTermReport,
    level_counts,
)


@dataclass(frozen=True)
class ClassInReport:
    """A class with pupils in workshops of the term. `below_a2` counts those assessed, `unassessed` the others."""

    class_id: int
    name: str
    site: str
    pupils: int
    below_a2: int
    unassessed: int
    share: ClassShare | None


@dataclass(frozen=True)
class MeetingsFigure:
    """Mediated meetings of the term."""

    held: int
    requested: int


@dataclass(frozen=True)
class SchoolTermReport:
    """All workshops of a school in a term, its classes and its meetings (None where they are not recorded here)."""

    head: ReportHead
    workshops: tuple[WorkshopTermReport, ...]
    classes: tuple[ClassInReport, ...]
    meetings: MeetingsFigure | None

    @property
    def concluded(self) -> int:
        return sum(report.concluded for report in self.workshops)

    @cached_property
    def held_minutes(self) -> int:
        return sum(report.held_minutes for report in self.workshops)

    @cached_property
    def planned_minutes(self) -> int:
        return sum(report.planned_minutes for report in self.workshops)

    @property
    def held_lessons(self) -> int:
        return sum(len(report.held_lessons) for report in self.workshops)

    @property
    def planned_lessons(self) -> int:
        return sum(len(report.planned_lessons) for report in self.workshops)

    @cached_property
    def pupils(self) -> dict[int, PupilProgress]:
        """Pupils with at least a lesson, each once, also who is in two workshops."""
        return {pupil.pupil_id: pupil.progress for report in self.workshops for pupil in report.present_pupils}

    @cached_property
    def figure(self) -> AttendanceFigure:
        figures = [report.figure for report in self.workshops]
        return AttendanceFigure(
            attended=sum(figure.attended for figure in figures), offered=sum(figure.offered for figure in figures)
        )

    @cached_property
    def levels(self) -> LevelCounts:
        """Overall levels of the pupils assessed at both moments."""
        return level_counts(self.pupils.values())

    @property
    def improved(self) -> int:
        return self._comparisons[True]

    @property
    def compared(self) -> int:
        """Pupils of whom one can say whether they improved."""
        return self._comparisons[True] + self._comparisons[False]

    @cached_property
    def _comparisons(self) -> Counter[bool | None]:
        return Counter(progress.improved for progress in self.pupils.values())

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        without_size = [line.name for line in self.classes if line.share is not None and line.share.enrolled is None]
        return missing_of_school(self.workshops, classes_without_size=without_size, meetings=self.meetings is not None)

    @property
    def project_codes(self) -> tuple[ProjectCodes, ...]:
        return tuple(dict.fromkeys(report.project for report in self.workshops if report.project is not None))
