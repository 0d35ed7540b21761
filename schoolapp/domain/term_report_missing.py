"""What a report still lacks, said and not hidden: every sentence of «Che cosa manca» is made here."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from schoolapp.domain.assessment import Moment
from schoolapp.domain.levels import SKILL_NAMES, Skill
from schoolapp.domain.term_report_words import ReportState
from schoolapp.domain.wording import N_, Sentence

if TYPE_CHECKING:
    from schoolapp.domain.term_report_workshops import TermPupil, WorkshopTermReport


class MissingKind(StrEnum):
    LESSONS = "lessons"
    NOTHING_HELD = "nothing_held"
    SIGNATURES = "signatures"
    ENTRY = "entry"
    MOMENT = "moment"
    SKILL = "skill"
    PUPILS_WITHOUT_LESSONS = "pupils_without_lessons"
    WORDS = "words"
    REPORT_SIGNATURE = "report_signature"
    PUPIL_WORDS = "pupil_words"
    CLASS_SIZE = "class_size"
    MEETINGS = "meetings"


BY_FACILITATOR = frozenset(
    {
        MissingKind.SIGNATURES,
        MissingKind.ENTRY,
        MissingKind.MOMENT,
        MissingKind.WORDS,
        MissingKind.REPORT_SIGNATURE,
        MissingKind.PUPIL_WORDS,
    }
)
"""What the facilitator can bring in order before the scrutini."""

COUNTS_PUPILS = frozenset(
    {MissingKind.ENTRY, MissingKind.MOMENT, MissingKind.PUPILS_WITHOUT_LESSONS, MissingKind.PUPIL_WORDS}
)
"""Nobody's business outside the school, where small numbers are kept to oneself."""

_ONE_AND_MORE: dict[MissingKind, tuple[str, str]] = {
    MissingKind.SIGNATURES: (
        N_("1 lezione svolta e non ancora firmata: è contata nella frequenza, non nelle ore svolte"),
        N_("%(count)s lezioni svolte e non ancora firmate: sono contate nella frequenza, non nelle ore svolte"),
    ),
    MissingKind.ENTRY: (N_("1 valutazione d’ingresso su %(all)s"), N_("%(count)s valutazioni d’ingresso su %(all)s")),
    MissingKind.PUPILS_WITHOUT_LESSONS: (
        N_("1 alunno iscritto senza nessuna lezione: non è contato"),
        N_("%(count)s alunni iscritti senza nessuna lezione: non sono contati"),
    ),
    MissingKind.PUPIL_WORDS: (
        N_("1 scheda su %(all)s senza le parole di chi conduce"),
        N_("%(count)s schede su %(all)s senza le parole di chi conduce"),
    ),
    MissingKind.WORDS: (N_("la relazione di 1 laboratorio"), N_("le relazioni di %(count)s laboratori")),
    MissingKind.REPORT_SIGNATURE: (N_("la firma di 1 relazione"), N_("la firma di %(count)s relazioni")),
    MissingKind.NOTHING_HELD: (
        N_("nessuna lezione svolta in 1 laboratorio"),
        N_("nessuna lezione svolta in %(count)s laboratori"),
    ),
}
_MOMENTS: dict[Moment, tuple[str, str]] = {
    Moment.INTERMEDIATE: (
        N_("1 valutazione intermedia su %(all)s"),
        N_("%(count)s valutazioni intermedie su %(all)s"),
    ),
    Moment.FINAL: (N_("1 valutazione finale su %(all)s"), N_("%(count)s valutazioni finali su %(all)s")),
}


@dataclass(frozen=True)
class Missing:
    """One thing that is not there: how many, of how many, and where."""

    kind: MissingKind
    what: Sentence
    count: int = 1
    where: tuple[str, ...] = ()
    """Workshops, with how many each, where the thing is of several."""

    @property
    def sentence(self) -> Sentence:
        """A whole line of the box, without full stop."""
        if not self.where:
            return self.what
        return Sentence(N_("%(what)s (%(where)s)"), {"what": self.what, "where": "; ".join(self.where)})


@dataclass(frozen=True)
class MissingOfPerson:
    """What one facilitator can still bring in order, workshop by workshop."""

    person: str
    workshops: tuple[tuple[int, str, tuple[Missing, ...]], ...]
    """Id and title of the workshop, and what it lacks."""

    @property
    def count(self) -> int:
        return sum(missing.count for _id, _title, found in self.workshops for missing in found)


def missing_of_workshop(report: "WorkshopTermReport") -> tuple[Missing, ...]:
    """What the page of a workshop lacks, in the order of the page."""
    pupils = report.present_pupils
    found = [
        _missing(MissingKind.SIGNATURES, len(report.unsigned_lessons), len(report.lessons)),
        Missing(MissingKind.NOTHING_HELD, Sentence(N_("nessuna lezione svolta nel periodo")))
        if not (report.held_lessons or report.unsigned_lessons)
        else None,
        _missing(MissingKind.PUPILS_WITHOUT_LESSONS, len(report.pupils) - len(pupils), len(report.pupils)),
        _missing(MissingKind.ENTRY, len(_without_entry(pupils)), len(pupils)),
        _missing(MissingKind.MOMENT, len(_without_now(pupils)), len(pupils), report.head.term.moment),
        *(
            Missing(
                MissingKind.SKILL,
                Sentence(N_("%(skill)s: nessuna valutazione"), {"skill": Sentence(SKILL_NAMES[skill])}),
            )
            for skill in Skill
            if skill not in report.assessed_skills and len(_without_entry(pupils)) < len(pupils)
        ),
        _words(report.state),
        _missing(MissingKind.PUPIL_WORDS, sum(not pupil.has_words for pupil in pupils), len(pupils)),
    ]
    hidden = COUNTS_PUPILS if report.smallest_shown is not None else frozenset()
    return tuple(missing for missing in found if missing is not None and missing.kind not in hidden)


def missing_of_school(
    reports: Collection["WorkshopTermReport"], *, classes_without_size: Collection[str], meetings: bool
) -> tuple[Missing, ...]:
    """What the whole report lacks, each thing once with the workshops it is missing in."""
    everybody = {pupil.pupil_id for report in reports for pupil in report.present_pupils}
    found: list[Missing] = []
    if not reports:
        found.append(Missing(MissingKind.LESSONS, Sentence(N_("nessun laboratorio con lezioni nel periodo"))))
    by_kind = _by_kind(reports)
    for kind in MissingKind:
        places = by_kind.get(kind)
        if not places or kind is MissingKind.SKILL:
            continue
        count = sum(missing.count for _report, missing in places)
        if kind in {MissingKind.ENTRY, MissingKind.MOMENT}:  # a pupil of two workshops is missing once
            count = len({pupil for report, _missing in places for pupil in _without(kind, report)})
        where = tuple(_place(report, missing, kind) for report, missing in places)
        moment = places[0][0].head.term.moment
        every = len(everybody) if kind in {MissingKind.ENTRY, MissingKind.MOMENT} else _all(kind, reports)
        made = _missing(kind, count, every, moment, where)
        if made is not None:
            found.append(made)
    if classes_without_size:
        names = ", ".join(classes_without_size)
        found.append(
            Missing(
                MissingKind.CLASS_SIZE,
                Sentence(N_("numero degli iscritti di queste classi: %(names)s"), {"names": names}),
                count=len(classes_without_size),
            )
        )
    if not meetings:
        found.append(Missing(MissingKind.MEETINGS, Sentence(N_("i colloqui non sono ancora registrati qui"))))
    return tuple(found)


def missing_by_person(reports: Iterable["WorkshopTermReport"]) -> tuple[MissingOfPerson, ...]:
    """What is missing, by who can bring it: the facilitators of each workshop, in the order of their names."""
    found: defaultdict[str, list[tuple[int, str, tuple[Missing, ...]]]] = defaultdict(list)
    for report in reports:
        missing = tuple(missing for missing in report.missing if missing.kind in BY_FACILITATOR)
        if missing:
            found[", ".join(report.facilitators)].append((report.workshop_id, report.title, missing))
    return tuple(MissingOfPerson(person, tuple(found[person])) for person in sorted(found))


def _missing(
    kind: MissingKind, count: int, every: int, moment: Moment | None = None, where: tuple[str, ...] = ()
) -> Missing | None:
    """None where nothing is missing."""
    if not count:
        return None
    words = _MOMENTS[moment] if kind is MissingKind.MOMENT and moment is not None else _ONE_AND_MORE[kind]
    return Missing(kind, Sentence(words[count != 1], {"count": count, "all": every}), count, where)


def _words(state: ReportState) -> Missing | None:
    if state is ReportState.MISSING:
        return Missing(MissingKind.WORDS, Sentence(N_("le parole di chi conduce il laboratorio")))
    if state is ReportState.DRAFT:
        return Missing(MissingKind.REPORT_SIGNATURE, Sentence(N_("la firma di chi conduce il laboratorio")))
    return None


def _by_kind(
    reports: Collection["WorkshopTermReport"],
) -> dict[MissingKind, list[tuple["WorkshopTermReport", Missing]]]:
    found: defaultdict[MissingKind, list[tuple[WorkshopTermReport, Missing]]] = defaultdict(list)
    for report in reports:
        for missing in report.missing:
            found[missing.kind].append((report, missing))
    return found


def _place(report: "WorkshopTermReport", missing: Missing, kind: MissingKind) -> str:
    """Studio A2 2: a workshop with how many; the title alone where it is one by nature."""
    alone = kind in {MissingKind.WORDS, MissingKind.REPORT_SIGNATURE, MissingKind.NOTHING_HELD}
    return report.title if alone else f"{report.title}: {missing.count}"


def _all(kind: MissingKind, reports: Collection["WorkshopTermReport"]) -> int:
    if kind is MissingKind.PUPIL_WORDS:
        return sum(len(report.present_pupils) for report in reports)
    return len(reports)


def _without(kind: MissingKind, report: "WorkshopTermReport") -> list[int]:
    pick = _without_entry if kind is MissingKind.ENTRY else _without_now
    return [pupil.pupil_id for pupil in pick(report.present_pupils)]


def _without_entry(pupils: Iterable["TermPupil"]) -> list["TermPupil"]:
    return [pupil for pupil in pupils if pupil.progress.entry is None]


def _without_now(pupils: Iterable["TermPupil"]) -> list["TermPupil"]:
    return [pupil for pupil in pupils if pupil.progress.now is None]
