"""Where a pupil could learn best: the kind of workshop and the level of its group, by a declared rule.

A group works towards the level above the one that its pupils have. Schools name a workshop by the level it leads to or
by the one it starts from: both fit, the first before the second. Who does not read yet goes to Pre-A1, to learn it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schoolapp.domain.assessment import Literacy
from schoolapp.domain.levels import LEVEL_NAMES, Level, Skill, lowest
from schoolapp.domain.profiles import Profile
from schoolapp.domain.wording import N_, Sentence
from schoolapp.domain.workshops import WorkshopKind

FROM_STUDY = Level.A2
"""The overall level from which Italian for study begins."""
NO_WORKSHOP_FROM = Level.B2
"""The overall level from which the class is enough."""


@dataclass(frozen=True)
class OpenWorkshop:
    """A workshop of the school that accepts enrolments."""

    id: int
    title: str
    kind: WorkshopKind
    level: Level
    site_name: str
    places: int
    taken: int
    same_site: bool = False
    """In the pupil's own plesso."""
    other_school: bool = False
    """In a plesso of another kind of school than the pupil's: a primary pupil among those of lower secondary."""
    attends: bool = False
    """The pupil is enrolled in it already."""

    @property
    def free(self) -> int:
        return max(self.places - self.taken, 0)


@dataclass(frozen=True)
class Placement:
    """What is suggested, and why. `kind` None: no workshop is needed, or not enough is known (`known` False)."""

    kind: WorkshopKind | None
    level: Level | None
    literacy_first: bool
    reasons: tuple[Sentence, ...]
    known: bool = True
    workshops: tuple[OpenWorkshop, ...] = ()
    """Those that fit: free places first, the pupil's kind of school before others, then by level and plesso."""

    @property
    def with_places(self) -> tuple[OpenWorkshop, ...]:
        return tuple(workshop for workshop in self.workshops if workshop.free and not workshop.attends)


def suggest_placement(
    profile: Profile | None, workshops: Iterable[OpenWorkshop], *, literacy: Literacy | None = None
) -> Placement:
    """The suggestion for a pupil. `literacy` is the fact last known, where the profile does not say it."""
    reads = (profile.literacy if profile else None) or literacy
    if reads is Literacy.ALFA:
        why = (Sentence(N_("non legge ancora in nessuna lingua: prima si impara a leggere e scrivere")),)
        return _fitting(WorkshopKind.TO_COMMUNICATE, (Level.PRE_A1,), why, workshops, literacy_first=True)
    if profile is None or profile.overall is None:
        return Placement(None, None, False, (Sentence(N_("manca una valutazione completata")),), known=False)
    overall = profile.overall
    name = {"level": Sentence(LEVEL_NAMES[overall])}
    if overall.reaches(NO_WORKSHOP_FROM):
        return Placement(None, None, False, (Sentence(N_("livello complessivo %(level)s: basta la classe"), name),))
    reasons = (Sentence(N_("livello complessivo %(level)s"), name), *_remarks(profile, reads))
    kind = WorkshopKind.FOR_STUDY if overall.reaches(FROM_STUDY) else WorkshopKind.TO_COMMUNICATE
    return _fitting(kind, (_above(overall), overall), reasons, workshops)


def _remarks(profile: Profile, reads: Literacy | None) -> Iterable[Sentence]:
    if reads is Literacy.OTHER_ALPHABET:
        yield Sentence(N_("legge un altro alfabeto: all’inizio serve tempo per le lettere latine"))
    written = lowest(profile.levels.get(Skill.READING), profile.levels.get(Skill.WRITING))
    if written is not None and profile.overall is not None and not written.reaches(profile.overall):
        yield Sentence(
            N_("lettura o scrittura a %(level)s: nel gruppo serve un lavoro a parte"),
            {"level": Sentence(LEVEL_NAMES[written])},
        )


def _fitting(
    kind: WorkshopKind,
    levels: tuple[Level, ...],
    reasons: tuple[Sentence, ...],
    workshops: Iterable[OpenWorkshop],
    *,
    literacy_first: bool = False,
) -> Placement:
    """Workshops of the kind and of one of the levels, the best level first; the first level is the one suggested."""
    fitting = [workshop for workshop in workshops if workshop.kind is kind and workshop.level in levels]
    fitting.sort(
        key=lambda workshop: (
            not workshop.free,
            workshop.other_school,
            levels.index(workshop.level),
            not workshop.same_site,
            -workshop.free,
            workshop.title,
        )
    )
    return Placement(kind, levels[0], literacy_first, reasons, workshops=tuple(fitting))


def _above(level: Level) -> Level:
    levels = list(Level)
    return levels[levels.index(level) + 1]
