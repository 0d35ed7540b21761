"""What the pages of assessments show and send: the group of a workshop, and one pupil's sheet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from schoolapp.domain.assessment import AssessmentState, Literacy, Moment
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.profiles import COMMUNICATIVE_SKILLS, Profile
from schoolapp.domain.school_year import SchoolYear
from schoolapp.domain.wording import N_


def moment_due(on: date) -> Moment:
    """The moment that a school is at: entry until December, intermediate from January to March, then final."""
    if on < date(SchoolYear.of(on).start + 1, 1, 1):
        return Moment.ENTRY
    return Moment.INTERMEDIATE if on.month <= 3 else Moment.FINAL


@dataclass(frozen=True)
class SheetFacts:
    """What an assessor enters. `overall` None takes the proposed level; skills without a level are not assessed."""

    day: date | None = None
    levels: Mapping[Skill, Level] = field(default_factory=dict)
    descriptors: frozenset[str] = frozenset()
    literacy: Literacy | None = None
    overall: Level | None = None
    overall_why: str = ""
    note: str = ""


@dataclass(frozen=True)
class KeptAssessment:
    """An assessment as it is kept, with the names of its people."""

    id: int
    pupil_id: int
    workshop_id: int | None
    moment: Moment
    state: AssessmentState
    scale_version: int
    version: int
    facts: SheetFacts
    assessor: str
    completed_at: datetime | None
    shared_at: datetime | None
    shared_by: str | None

    @property
    def profile(self) -> Profile:
        assert self.facts.day is not None
        return Profile(
            self.id,
            self.moment,
            self.facts.day,
            self.facts.levels,
            self.facts.overall,
            self.facts.literacy,
            self.scale_version,
        )

    @property
    def missing_skills(self) -> tuple[Skill, ...]:
        """Communicative skills without a level."""
        return tuple(skill for skill in COMMUNICATIVE_SKILLS if skill not in self.facts.levels)


@dataclass(frozen=True)
class MomentCell:
    """One moment of one pupil in the list of a group; `id` None where nobody has begun."""

    moment: Moment
    id: int | None = None
    state: AssessmentState | None = None
    day: date | None = None
    overall: Level | None = None
    missing_skills: tuple[Skill, ...] = ()

    @property
    def done(self) -> bool:
        return self.state in {AssessmentState.COMPLETE, AssessmentState.SHARED}


@dataclass(frozen=True)
class GroupLine:
    """A pupil of the group. `present`: enrolled on the day of the list."""

    pupil_id: int
    name: str
    school_class: str
    present: bool
    cells: tuple[MomentCell, ...]

    def cell(self, moment: Moment) -> MomentCell:
        return next(cell for cell in self.cells if cell.moment is moment)


@dataclass(frozen=True)
class WorkshopGroup:
    """The pupils of a workshop with their assessments of its school year."""

    workshop_id: int
    institute_id: int
    title: str
    site: str
    school_year_id: int
    year_first_day: date
    year_last_day: date
    lines: tuple[GroupLine, ...]

    @property
    def present(self) -> tuple[GroupLine, ...]:
        return tuple(line for line in self.lines if line.present)

    def done(self, moment: Moment) -> int:
        """Pupils enrolled whose assessment is complete."""
        return sum(line.cell(moment).done for line in self.present)

    def missing(self, moment: Moment) -> tuple[GroupLine, ...]:
        return tuple(line for line in self.present if not line.cell(moment).done)

    def shareable(self, moment: Moment) -> tuple[GroupLine, ...]:
        """Who has a complete assessment that the class council cannot read yet."""
        return tuple(line for line in self.lines if line.cell(moment).state is AssessmentState.COMPLETE)

    def next_after(self, pupil_id: int, moment: Moment) -> GroupLine | None:
        """The next pupil of the list still to assess at the moment, going round; None where nobody else is left."""
        ids = [line.pupil_id for line in self.present]
        start = ids.index(pupil_id) + 1 if pupil_id in ids else 0
        waiting = [*self.present[start:], *self.present[:start]]
        left = (line for line in waiting if not line.cell(moment).done and line.pupil_id != pupil_id)
        return next(left, None)


@dataclass(frozen=True)
class WorkshopProgress:
    """A workshop in the list of levels: its pupils and how many of them are assessed at each moment."""

    id: int
    title: str
    site: str
    pupils: int
    done: Mapping[Moment, int]
    drafts: Mapping[Moment, int]
    to_share: int

    def left(self, moment: Moment) -> int:
        """Pupils enrolled today without a completed assessment of the moment."""
        return max(self.pupils - self.done[moment], 0)


def ensure_descriptors(codes: frozenset[str], known: Collection[str], *, same_scale: bool = True) -> None:
    """Refuse evidence of another scale than the assessment's, or that it does not have.

    Such a page was kept open over a change of the words, or the request is forged.
    """
    if codes and not (same_scale and codes <= set(known)):
        raise RuleViolation(N_("Gli indizi intanto sono cambiati: leggili e segnali di nuovo."), field="seen")
