"""Assessments of the pupils of a workshop: nearly all at entry, some in the middle, with drafts and gaps as in life."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.demo.calendar import KeptYear
from schoolapp.demo.rows import Rows
from schoolapp.domain.assessment import AssessmentState, Literacy, Moment
from schoolapp.domain.descriptors import SCALE_VERSION, descriptors
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.profiles import proposed_overall

_LADDER = list(Level)
_NOTES = (
    "Capisce più di quanto dica: aspettare la risposta aiuta.",
    "Legge ad alta voce con sicurezza; scrive ancora in stampatello.",
    "Parla volentieri in coppia, meno davanti a tutti.",
    "Confonde le doppie. Le immagini aiutano molto.",
)
_REASONS = (
    "In classe mostra più di quanto dica la prova.",
    "Parla e capisce già come il gruppo del livello sopra.",
    "Gli ultimi giorni ha letto e scritto da sé pagine intere.",
)
"""Why an overall level is above the proposed one."""


@dataclass
class Assessor:
    """Makes the assessments of one school year; a pupil of two workshops is assessed once a moment, and grows on."""

    rows: Rows
    random: Random
    year: KeptYear
    now: datetime
    done: dict[int, dict[Moment, date]] = field(default_factory=dict)
    """Pupil → the moments assessed, and when."""
    profiles: dict[int, dict[Skill, Level]] = field(default_factory=dict)
    """Pupil → the levels last reached."""

    def assess_group(
        self,
        *,
        institute_id: int,
        workshop_id: int,
        facilitator_id: int,
        group: Mapping[int, tuple[date, Level]],
        concluded_on: date | None = None,
        has_middle: bool = False,
    ) -> None:
        """`group`: pupil → first day in the workshop, and the level that the pupil really has.

        `has_middle`: has the test before Christmas for sure, which other groups have by chance.
        """
        has_middle = self.random.random() < 0.35 or has_middle
        for pupil_id, (first_day, level) in group.items():
            if self.random.random() < 0.08:
                continue  # nobody found the time yet
            profile = self.profiles.get(pupil_id) or self._profile(level)
            literacy = self._literacy(level)
            entry_day = first_day + timedelta(days=self.random.randrange(3, 15))
            days = {Moment.ENTRY: entry_day}
            if has_middle or self.now.date() > self._day(2, 5):
                days[Moment.INTERMEDIATE] = max(entry_day + timedelta(days=35), self._middle(has_middle))
            if concluded_on is not None:
                days[Moment.FINAL] = max(entry_day, concluded_on) + timedelta(days=3)
            elif self.now.date() > self._day(5, 10):
                days[Moment.FINAL] = self._day(5, self.random.randrange(11, 29))
            for moment, day in days.items():
                if day <= self.now.date() and self._follows(pupil_id, moment, day):
                    if moment is not Moment.ENTRY:
                        profile = self._grown(profile)
                    self.done.setdefault(pupil_id, {})[moment] = day
                    self.profiles[pupil_id] = profile
                    keys = {"institute_id": institute_id, "pupil_id": pupil_id, "workshop_id": workshop_id}
                    self._add(keys, facilitator_id, moment, day, profile, literacy)

    def _day(self, month: int, day: int) -> date:
        return date(self.year.calendar.year.start + 1, month, day)

    def _follows(self, pupil_id: int, moment: Moment, day: date) -> bool:
        """Whether nobody assessed the pupil at the moment yet, and the other moments stand in their order around it."""
        moments = list(Moment)
        return all(
            other is not moment and (moments.index(other) < moments.index(moment)) == (there < day)
            for other, there in self.done.get(pupil_id, {}).items()
        )

    def _middle(self, has_middle: bool) -> date:
        """A test before Christmas that some groups do; the others in January."""
        first = date(self.year.calendar.year.start, 11, 9) if has_middle else self._day(1, 18)
        return first + timedelta(days=self.random.randrange(8))

    def _profile(self, level: Level) -> dict[Skill, Level]:
        """Around the level: the ear ahead, the pen behind; the language of study only from A2 on."""
        ahead = {Skill.LISTENING: 0.6, Skill.SPOKEN_INTERACTION: 0.35, Skill.SPOKEN_PRODUCTION: 0.1}
        behind = {Skill.READING: 0.35, Skill.WRITING: 0.6, Skill.STUDY: 0.8}
        rank = _LADDER.index(level)
        levels = {}
        for skill in Skill:
            step = (self.random.random() < ahead.get(skill, 0)) - (self.random.random() < behind.get(skill, 0))
            levels[skill] = _LADDER[min(max(rank + step, 0), len(_LADDER) - 1)]
        if rank < _LADDER.index(Level.A2):
            del levels[Skill.STUDY]
        if self.random.random() < 0.06:
            del levels[self.random.choice((Skill.SPOKEN_PRODUCTION, Skill.WRITING))]
        return levels

    def _grown(self, levels: Mapping[Skill, Level]) -> dict[Skill, Level]:
        chances = {Skill.LISTENING: 0.7, Skill.SPOKEN_INTERACTION: 0.7, Skill.SPOKEN_PRODUCTION: 0.6}
        return {
            skill: _LADDER[min(_LADDER.index(level) + (self.random.random() < chances.get(skill, 0.5)), 5)]
            for skill, level in levels.items()
        }

    def _literacy(self, level: Level) -> Literacy | None:
        if self.random.random() < 0.05:
            return None
        weights = {Level.PRE_A1: [3, 7, 10], Level.A1: [0, 3, 17]}.get(level, [0, 0, 1])
        return self.random.choices(list(Literacy), weights=weights)[0]

    def _add(
        self,
        keys: Mapping[str, int],
        facilitator_id: int,
        moment: Moment,
        day: date,
        levels: Mapping[Skill, Level],
        literacy: Literacy | None,
    ) -> None:
        recent = (self.now.date() - day).days < 21
        weights = [2, 6, 4] if recent else [1, 5, 30]
        state = self.random.choices(list(AssessmentState), weights=weights)[0]
        if state is AssessmentState.DRAFT:
            levels = dict(list(levels.items())[: self.random.randrange(1, 5)])
        at = datetime.combine(day, time(16, 5), tzinfo=SCHOOL_ZONE)
        is_shared = state is AssessmentState.SHARED
        overall, why = proposed_overall(levels), ""
        if state is not AssessmentState.DRAFT and overall not in {None, _LADDER[-1]} and self.random.random() < 0.05:
            overall, why = _LADDER[min(_LADDER.index(overall) + 1, 5)], self.random.choice(_REASONS)
        shared_at = min(at + timedelta(days=6), self.now)
        assessment_id = self.rows.add(
            "assessment",
            **keys,
            school_year_id=self.year.id,
            moment=moment,
            day=day,
            scale_version=SCALE_VERSION,
            literacy=literacy,
            overall_level=overall,
            overall_why=why,
            note=self.random.choice(_NOTES) if self.random.random() < 0.3 else "",
            state=state,
            assessor_id=facilitator_id,
            completed_at=None if state is AssessmentState.DRAFT else min(at, self.now),
            shared_at=shared_at if is_shared else None,
            shared_by_id=facilitator_id if is_shared else None,
            version=1,
        )
        for skill, level in levels.items():
            self.rows.add_keyed(
                "assessed_level", ("assessment_id", "skill", "level"), (assessment_id, skill.value, level.value)
            )
            if self.random.random() < 0.5:
                seen = self.random.choice(descriptors(skill, level))
                self.rows.add_keyed("assessed_descriptor", ("assessment_id", "code"), (assessment_id, seen.code))
