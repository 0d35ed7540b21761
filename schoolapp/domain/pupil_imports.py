"""What bringing in a list would do: who is new, what changes in whom, who stays as they are, what must be asked."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from schoolapp.domain.pupil_lists import (
    CREATE,
    SKIP_LINE,
    Doubt,
    DoubtKind,
    Field,
    LineError,
    ParsedList,
    ParsedRow,
    SkippedLine,
)
from schoolapp.domain.pupil_matching import Likeness, Match, Person, PupilIndex
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.wording import N_, Sentence


@dataclass(frozen=True)
class KnownPupil:
    """A pupil of the school, as far as a list may speak of them. `contacts` are (name, telephone)."""

    id: int
    last_name: str
    first_name: str
    birth_date: date | None = None
    sex: str | None = None
    class_id: int | None = None
    arrival_month: date | None = None
    first_enrolment: date | None = None
    years_abroad: int | None = None
    letters_language: str | None = None
    mediator_needed: bool | None = None
    mediator_language: str | None = None
    citizenships: tuple[str, ...] = ()
    home_languages: tuple[str, ...] = ()
    contacts: tuple[tuple[str, str | None], ...] = ()
    archived: bool = False
    birth_place: str | None = None

    @property
    def person(self) -> Person:
        return Person(self.last_name, self.first_name, self.birth_date, self.sex)


def known_as(pupil: KnownPupil) -> dict[str, Any]:
    """The facts of a pupil as JSON keeps them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(pupil).items()}


def digest(pupil: KnownPupil) -> str:
    """A fingerprint of the facts: another one as soon as anyone has changed them."""
    # A fact that is not known leaves no trace, so that lists brought in before we kept it can still be taken back.
    facts = repr(pupil).replace(", birth_place=None", "")
    return hashlib.blake2b(facts.encode(), digest_size=8).hexdigest()


Value = date | str | int | bool | tuple[str, ...] | None


@dataclass(frozen=True)
class Change:
    """One fact, as it is and as the list has it. For a class: its id, or its name where it is to be made."""

    field: Field
    old: Value
    new: Value


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class PlannedRow:
    """What one line does. A line with open questions is counted as it would be if they were left empty."""

    row: ParsedRow
    outcome: Outcome
    pupil_id: int | None = None
    changes: tuple[Change, ...] = ()
    unarchive: bool = False


@dataclass(frozen=True)
class Question:
    """A doubt with all the lines it concerns; `candidates` are ids of the pupils a line may be, with the reason."""

    doubt: Doubt
    lines: tuple[int, ...]
    candidates: tuple[tuple[int, Sentence], ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """All that a list would do. It can be applied when it has neither errors nor open questions."""

    rows: tuple[PlannedRow, ...]
    errors: tuple[LineError, ...]
    skipped: tuple[SkippedLine, ...]
    questions: tuple[Question, ...]
    has_answers: bool = False
    """Whether the school has answered questions, of this list or of an earlier one, that could be asked again."""

    def with_outcome(self, outcome: Outcome) -> tuple[PlannedRow, ...]:
        return tuple(planned for planned in self.rows if planned.outcome is outcome)

    @property
    def may_be_applied(self) -> bool:
        return not self.errors and not self.questions


def same_pupil_doubt(row: ParsedRow) -> Doubt:
    """The question whether a line is a pupil the school has: the same for the same name and birth date."""
    born = row.birth_date.isoformat() if row.birth_date else ""
    name = f"{row.last_name} {row.first_name}".strip()
    sentence = Sentence(N_("%(name)s somiglia a un alunno che c’è già."), {"name": name})
    return Doubt(DoubtKind.SAME_PUPIL, f"{name} {born}".strip(), sentence)


def plan_import(parsed: ParsedList, known: Sequence[KnownPupil], decisions: Mapping[str, str]) -> ImportPlan:
    """Compare a list with the pupils of the school.

    A line with the names and the birth date of one pupil (where neither has a date: names and class) is that pupil;
    one that resembles others is a question (same pupil, or another one), unless those are already lines of their own.
    What the list does not say, and what it says differently only in accents and capitals of a name, stays as it is.
    """
    by_id = {pupil.id: pupil for pupil in known}
    index = PupilIndex((pupil.id, pupil.person) for pupil in known)
    found = [index.matches(Person(row.last_name, row.first_name, row.birth_date, row.sex)) for row in parsed.rows]
    claimed: dict[int, int] = {}
    certain: dict[int, int] = {}
    for row, matches in zip(parsed.rows, found, strict=True):
        exact = [key for key, match in matches if _is_certain(row, by_id[key], match)]
        if len(exact) == 1 and exact[0] not in claimed:
            claimed[exact[0]] = row.line
            certain[row.line] = exact[0]
    planned: list[PlannedRow] = []
    errors, skipped = list(parsed.errors), list(parsed.skipped)
    questions: dict[str, Question] = {}
    for row, matches in zip(parsed.rows, found, strict=True):
        pupil_id = certain.get(row.line)
        if pupil_id is None and decisions.get(same_pupil_doubt(row).key) == SKIP_LINE:
            skipped.append(_left_out(row))
            continue
        if pupil_id is None:
            open_matches = [(key, match) for key, match in matches if key not in claimed]
            pupil_id, question = _decided(row, open_matches, decisions, by_id)
            if question is not None:
                questions[question.doubt.key] = question
            elif pupil_id is not None and pupil_id in claimed:
                sentence = Sentence(N_("È già l’alunno della riga %(line)s."), {"line": claimed[pupil_id]})
                errors.append(LineError(row.line, sentence, f"{row.last_name} {row.first_name}".strip()))
                continue
            elif pupil_id is not None:
                claimed[pupil_id] = row.line
        for doubt in row.doubts:
            asked = questions.get(doubt.key)
            questions[doubt.key] = Question(doubt, ((*asked.lines, row.line) if asked else (row.line,)))
        planned.append(_planned(row, by_id[pupil_id] if pupil_id is not None else None))
    return ImportPlan(
        tuple(planned),
        tuple(sorted(errors, key=lambda error: error.line)),
        tuple(sorted(skipped, key=lambda line: line.line)),
        tuple(sorted(questions.values(), key=lambda question: question.lines[0])),
        has_answers=bool(decisions),
    )


def _left_out(row: ParsedRow) -> SkippedLine:
    name = f"{row.last_name} {row.first_name}".strip()
    return SkippedLine(row.line, name, Sentence(N_("Somiglia a un alunno che c’è già: non importata.")))


def _is_certain(row: ParsedRow, pupil: KnownPupil, match: Match) -> bool:
    """The same names and birth date; where neither has a birth date, the same names and class."""
    if pupil.archived:
        return False
    if row.birth_date is None and pupil.birth_date is None:
        same_class = pupil.class_id is None or row.class_id is None or pupil.class_id == row.class_id
        return same_class and (search_key(row.last_name), search_key(row.first_name)) == (
            search_key(pupil.last_name),
            search_key(pupil.first_name),
        )
    return match.likeness is Likeness.EXACT


def _decided(
    row: ParsedRow,
    matches: list[tuple[int, Match]],
    decisions: Mapping[str, str],
    by_id: Mapping[int, KnownPupil],
) -> tuple[int | None, Question | None]:
    """The pupil a person said it is (None: a new one), or the question."""
    doubt = same_pupil_doubt(row)
    answer = decisions.get(doubt.key)
    if answer is not None and answer.isdigit() and int(answer) in by_id:
        return int(answer), None
    if not matches or answer == CREATE:
        return None, None
    candidates = tuple(
        (key, Sentence(N_("è in archivio")) if by_id[key].archived else match.reason) for key, match in matches
    )
    return None, Question(replace(doubt, suggestion=str(candidates[0][0])), (row.line,), candidates)


def _planned(row: ParsedRow, pupil: KnownPupil | None) -> PlannedRow:
    if pupil is None:
        return PlannedRow(row, Outcome.NEW)
    changes = tuple(_changes(row, pupil))
    outcome = Outcome.CHANGED if changes or pupil.archived else Outcome.UNCHANGED
    return PlannedRow(row, outcome, pupil.id, changes, unarchive=pupil.archived)


def _changes(row: ParsedRow, pupil: KnownPupil) -> list[Change]:
    """What the list says otherwise. Of citizenships and languages a card may know more than the list: that stays."""
    simple: list[tuple[Field, Value, Value]] = [
        (Field.BIRTH_DATE, pupil.birth_date, row.birth_date),
        (Field.SEX, pupil.sex, row.sex),
        (Field.ARRIVAL, pupil.arrival_month, row.arrival_month),
        (Field.FIRST_ENROLMENT, pupil.first_enrolment, row.first_enrolment),
        (Field.YEARS_ABROAD, pupil.years_abroad, row.years_abroad),
        (Field.LETTERS_LANGUAGE, pupil.letters_language, row.letters_language),
        (Field.MEDIATOR_NEEDED, pupil.mediator_needed, row.mediator_needed),
    ]
    if row.mediator_needed or (row.mediator_needed is None and pupil.mediator_needed):
        simple.append((Field.MEDIATOR_LANGUAGE, pupil.mediator_language, row.mediator_language))
    if search_key(row.birth_place or "") != search_key(pupil.birth_place or ""):
        simple.append((Field.BIRTH_PLACE, pupil.birth_place, row.birth_place))
    changes = [Change(field, old, new) for field, old, new in simple if new is not None and new != old]
    for field, have, said in (
        (Field.CITIZENSHIP, pupil.citizenships, row.citizenships),
        (Field.HOME_LANGUAGES, pupil.home_languages, row.home_languages),
    ):
        if not set(said) <= set(have):
            changes.append(Change(field, have, said))
    if row.create_class and row.class_name:
        changes.append(Change(Field.CLASS_NAME, pupil.class_id, row.class_name))
    elif row.class_id is not None and row.class_id != pupil.class_id:
        changes.append(Change(Field.CLASS_NAME, pupil.class_id, row.class_id))
    phones = tuple(phone for _name, phone in pupil.contacts if phone)
    more = tuple(phone for phone in row.contact_phones if phone not in phones)
    if more:
        changes.append(Change(Field.CONTACT_PHONE, phones, phones + more))
    elif row.contact_name and not row.contact_phones:
        names = tuple(name for name, _phone in pupil.contacts if name)
        if search_key(row.contact_name) not in {search_key(name) for name in names}:
            changes.append(Change(Field.CONTACT_NAME, names, (*names, row.contact_name)))
    return changes
