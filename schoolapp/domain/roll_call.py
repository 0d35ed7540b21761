"""The roll call of a lesson: what is kept, what a person sends, and how the two are brought together.

Two people may call the roll of one lesson. A mark that someone else changed since it was read is never overwritten:
it becomes a conflict, and a person chooses between the two versions.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from schoolapp.domain.attendance import (
    MARK_LETTERS,
    STATUSES_WITH_MINUTES,
    AbsenceReason,
    MarkMinutes,
    MarkStatus,
    mark_minutes,
)
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import LessonFacts
from schoolapp.domain.wording import N_

ACTIVITIES: tuple[str, ...] = (
    N_("ascolto"),
    N_("lettura"),
    N_("parlato"),
    N_("scrittura"),
    N_("lessico"),
    N_("grammatica"),
    N_("gioco"),
)
"""Words for what was practised, in the order in which they are offered and kept."""

LONGEST_TOPIC = 500
MARK_OF = "mark:"
"""In the audit of a lesson the mark of pupil 12 stands under "mark:12"."""

_REASON_OF_WORD = {reason.value: reason for reason in AbsenceReason}
_STATUS_OF_LETTER = {letter: status for status, letter in MARK_LETTERS.items()}


def written_activities(words: Collection[str]) -> str:
    """The words as they are kept, sent back by a form and told in the audit."""
    return ", ".join(words)


def activities_in(text: str) -> tuple[str, ...]:
    """The words of `written_activities` that are ours, in the order in which they are offered."""
    return known_activities(text.split(", "))


def known_activities(words: Collection[str]) -> tuple[str, ...]:
    """Those of the words that are ours, in the order in which they are offered."""
    return tuple(word for word in ACTIVITIES if word in words)


@dataclass(frozen=True, slots=True)
class MarkValue:
    """What is said of one pupil at one lesson."""

    status: MarkStatus
    missed_minutes: int | None = None
    reason: AbsenceReason | None = None

    @property
    def code(self) -> str:
        """As it stands in forms and in the audit: "P", "R 12", "A not_at_school"."""
        letter = MARK_LETTERS[self.status]
        if self.missed_minutes is not None:
            return f"{letter} {self.missed_minutes}"
        return f"{letter} {self.reason}" if self.reason is not None else letter


def value_of_code(code: str | None) -> MarkValue | None:
    """The value that was written as `code`; None where there is none, or nobody can have written it."""
    if code is None:
        return None
    letter, _, rest = code.partition(" ")
    status = _STATUS_OF_LETTER.get(letter)
    if status is None:
        return None
    if status in STATUSES_WITH_MINUTES:
        return MarkValue(status, missed_minutes=int(rest)) if rest.isascii() and rest.isdigit() else None
    if status is MarkStatus.ABSENT and rest:
        return MarkValue(status, reason=_REASON_OF_WORD[rest]) if rest in _REASON_OF_WORD else None
    return None if rest else MarkValue(status)


@dataclass(frozen=True, slots=True)
class KeptMark:
    """The mark as the school has it."""

    value: MarkValue
    version: int
    author_id: int
    author: str
    at: datetime

    @property
    def stamp(self) -> str:
        """What a form says back to tell which version it has read: "3 R 12"."""
        return f"{self.version} {self.value.code}"


@dataclass(frozen=True, slots=True)
class RollCallRow:
    """A pupil enrolled on the day of the lesson, by first name and initial."""

    pupil_id: int
    name: str
    kept: KeptMark | None = None


@dataclass(frozen=True, slots=True)
class SentMark:
    """What a person says of a pupil, and the version that was on the screen before ("" where there was none).

    Without a value nothing is said of the pupil; `cleared` where a mark is taken back.
    """

    value: MarkValue | None
    read_version: int = 0
    read_code: str = ""
    cleared: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A whole roll call as it was sent. `topic` and `activities` are None where the form does not hold them."""

    marks: Mapping[int, SentMark]
    topic: str | None = None
    activities: tuple[str, ...] | None = None
    read_topic: str = ""
    read_activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenMark:
    """A mark to be kept in the place of `old`, with the minutes it is worth."""

    pupil_id: int
    value: MarkValue
    worth: MarkMinutes
    old: KeptMark | None

    @property
    def version(self) -> int:
        return self.old.version + 1 if self.old else 1


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people said different things of a pupil."""

    pupil_id: int
    mine: MarkValue
    kept: KeptMark


@dataclass(frozen=True)
class UnlistedName:
    """A pupil who turned up without being enrolled."""

    name: str
    class_name: str


@dataclass(frozen=True)
class Correction:
    """A change made after the signature, as everyone may read it."""

    at: datetime
    author: str
    reason: str
    marks: tuple[tuple[int, MarkValue | None, MarkValue | None], ...] = ()
    """Pupil, old value, new value."""
    topic: tuple[str, str] | None = None
    """Old and new topic."""
    activities: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    """Old and new."""


@dataclass(frozen=True)
class RollCall:
    """A lesson with its pupils and marks, and what the person who reads it may do."""

    lesson_id: int
    workshop_id: int
    institute_id: int
    version: int
    title: str
    site: str
    place: str
    facts: LessonFacts
    activities: tuple[str, ...]
    rows: tuple[RollCallRow, ...]
    facilitator_id: int | None
    facilitator: str
    cancelled_why: str
    signed_at: datetime | None
    signer: str
    countersigned_at: datetime | None
    countersigner: str
    may_record: bool
    may_correct: bool
    may_countersign: bool
    earlier_topic: tuple[date, str] | None = None
    unlisted: tuple[UnlistedName, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def minutes(self) -> int:
        return self.facts.minutes


@dataclass(frozen=True)
class Merged:
    """What a sent roll call changes."""

    written: tuple[WrittenMark, ...]
    removed: Mapping[int, KeptMark]
    """Pupil → the mark that was taken back."""
    conflicts: tuple[Conflict, ...]
    topic: str
    activities: tuple[str, ...]
    facts: LessonFacts
    """The lesson as it will be."""
    stamps: Mapping[int, str] = field(default_factory=dict)
    """Pupil → stamp of the mark as it will be kept."""


def merge(call: RollCall, sent: Sent, *, actor_id: int) -> Merged:
    """Bring what was sent together with what is kept.

    Rejected whole where a pupil is not enrolled on that day or minutes are wrong; `field` names the row.
    """
    by_pupil = {row.pupil_id: row.kept for row in call.rows}
    if any(pupil_id not in by_pupil for pupil_id in sent.marks):
        raise RuleViolation(
            N_("Nell’elenco c’è chi in quel giorno non frequenta il laboratorio: ricarica la pagina."), field="marks"
        )
    written: list[WrittenMark] = []
    removed: dict[int, KeptMark] = {}
    conflicts: list[Conflict] = []
    stamps = {pupil_id: kept.stamp for pupil_id, kept in by_pupil.items() if kept is not None}
    for pupil_id, mark in sent.marks.items():
        kept = by_pupil[pupil_id]
        if mark.cleared and kept is not None and (kept.version == mark.read_version or kept.author_id == actor_id):
            removed[pupil_id] = kept
            del stamps[pupil_id]
        if mark.value is None or not _is_new(mark, mark.value, kept):
            continue
        if kept is not None and kept.version != mark.read_version and kept.author_id != actor_id:
            conflicts.append(Conflict(pupil_id, mark.value, kept))
            continue
        new = WrittenMark(pupil_id, mark.value, _worth(pupil_id, mark.value, call.minutes), kept)
        written.append(new)
        stamps[pupil_id] = f"{new.version} {new.value.code}"
    topic = _merged_topic(call.facts.topic, sent)
    activities = _merged_activities(call.activities, sent)
    return Merged(
        written=tuple(sorted(written, key=lambda mark: mark.pupil_id)),
        removed=removed,
        conflicts=tuple(conflicts),
        topic=topic,
        activities=known_activities(activities),
        facts=replace(call.facts, topic=topic, marked=len(stamps)),
        stamps=stamps,
    )


def _is_new(sent: SentMark, value: MarkValue, kept: KeptMark | None) -> bool:
    """Whether the person changed the mark: what is only sent back, or already kept, is not written again."""
    return value.code != sent.read_code and (kept is None or kept.value != value)


def _worth(pupil_id: int, value: MarkValue, lesson_minutes: int) -> MarkMinutes:
    try:
        return mark_minutes(value.status, lesson_minutes=lesson_minutes, missed_minutes=value.missed_minutes)
    except RuleViolation as violation:
        violation.field = f"minutes-{pupil_id}"
        raise


def _merged_topic(kept: str, sent: Sent) -> str:
    """What was typed, or what is kept where the person left the topic as it was."""
    if sent.topic is None or sent.topic == sent.read_topic:
        return kept
    if len(sent.topic) > LONGEST_TOPIC:
        raise RuleViolation(N_("L’argomento può avere al massimo %(most)s lettere."), field="topic", most=LONGEST_TOPIC)
    return sent.topic


def _merged_activities(kept: tuple[str, ...], sent: Sent) -> tuple[str, ...]:
    """What was ticked, or what is kept where the person left the boxes as they were."""
    if sent.activities is None or sent.activities == sent.read_activities:
        return kept
    return sent.activities
