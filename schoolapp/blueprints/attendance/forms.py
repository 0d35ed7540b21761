"""The shape of a roll call as a browser sends it: plain fields named after the pupil, `mark-12`, `minutes-12`, …

One field a fact keeps the page light: a register of 25 pupils is read and drawn without a form object for each.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from schoolapp.domain.attendance import STATUSES_WITH_MINUTES, AbsenceReason, MarkStatus
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.roll_call import (
    Conflict,
    MarkValue,
    RollCall,
    Sent,
    SentMark,
    activities_in,
    known_activities,
    value_of_code,
    written_activities,
)
from schoolapp.domain.wording import N_

_STATUSES = {status.value: status for status in MarkStatus}
_REASONS = {reason.value: reason for reason in AbsenceReason}
_UNKNOWN_CHOICE = N_("Questa scelta non c’è: ricarica la pagina.")


@dataclass
class Refusal:
    """Why a form was refused: field ("" where it is none in particular) → sentence."""

    errors: dict[str, str] = field(default_factory=dict)


def refusal_of(violation: RuleViolation, sentence: str) -> Refusal:
    """The refusal of one rule, its sentence already in the reader's language."""
    return Refusal(errors={violation.field or "": sentence})


class DrawnRow(NamedTuple):
    """A row as it is drawn: what is kept, or what was typed where the form was refused."""

    pupil_id: int
    name: str
    state: str = ""
    minutes: str = ""
    reason: str = ""
    stamp: str = ""
    conflict: Conflict | None = None


@dataclass(slots=True)
class DrawnFields:
    """What stands in the other fields: what is kept, or what was typed where the form was refused."""

    topic: str
    read_topic: str
    activities: Collection[str]
    read_activities: str
    unlisted_name: str = ""
    unlisted_class: str = ""
    reason: str = ""


def drawn_fields(call: RollCall, typed: MultiDict[str, str] | None) -> DrawnFields:
    if typed is None:
        return DrawnFields(call.facts.topic, call.facts.topic, call.activities, written_activities(call.activities))
    return DrawnFields(
        topic=typed.get("topic", call.facts.topic),
        read_topic=typed.get("topic_read", call.facts.topic),
        activities=typed.getlist("activity"),
        read_activities=typed.get("activities_read", ""),
        unlisted_name=typed.get("unlisted_name", ""),
        unlisted_class=typed.get("unlisted_class", ""),
        reason=typed.get("reason", ""),
    )


def read(form: MultiDict[str, str]) -> Sent:
    """The roll call that was sent. Raises RuleViolation where a choice is none of ours or minutes are no number."""
    marks: dict[int, SentMark] = {}
    for name, stamp in form.items():
        kind, _, number = name.partition("-")
        if kind not in {"was", "mark", "keep"}:
            continue
        pupil_id = _pupil_id(number)
        if pupil_id not in marks:
            marks[pupil_id] = _mark(form, number, stamp if kind == "was" else form.get(f"was-{number}", ""))
    topic = form.get("topic")
    return Sent(
        marks=marks,
        topic=None if topic is None else _one_line_ends(topic),
        activities=None if topic is None else known_activities(form.getlist("activity")),
        read_topic=_one_line_ends(form.get("topic_read", "")),
        read_activities=activities_in(form.get("activities_read", "")),
    )


def _mark(form: Mapping[str, str], number: str, stamp: str) -> SentMark:
    chosen = form.get(f"keep-{number}")
    if chosen is not None:  # a conflict that the person has decided
        version, code = _stamp(chosen)
        return SentMark(value_of_code(code), version, "")
    version, code = _stamp(stamp)
    word = form.get(f"mark-{number}")
    if not word:  # no radio button chosen; an empty word is sent only by "undo" of a first mark
        return SentMark(None, version, code, cleared=word == "")
    status = _STATUSES.get(word)
    if status is None:
        raise RuleViolation(_UNKNOWN_CHOICE, field="marks")
    return SentMark(
        MarkValue(
            status,
            missed_minutes=_minutes(form, number) if status in STATUSES_WITH_MINUTES else None,
            reason=_reason(form, number) if status is MarkStatus.ABSENT else None,
        ),
        version,
        code,
    )


def _pupil_id(number: str) -> int:
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        raise RuleViolation(_UNKNOWN_CHOICE, field="marks")
    return int(number)


def _stamp(text: str) -> tuple[int, str]:
    """Version and code of "3 R 12"; (0, "") where no mark was there."""
    version, _, code = text.partition(" ")
    return (int(version), code) if version.isascii() and version.isdigit() and len(version) < 9 else (0, "")


def _minutes(form: Mapping[str, str], number: str) -> int | None:
    text = form.get(f"minutes-{number}", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise RuleViolation(N_("Scrivi i minuti con un numero, per esempio 10."), field=f"minutes-{number}")
    return int(text)


def _reason(form: Mapping[str, str], number: str) -> AbsenceReason | None:
    word = form.get(f"reason-{number}")
    if not word:
        return None
    if word not in _REASONS:
        raise RuleViolation(_UNKNOWN_CHOICE, field="marks")
    return _REASONS[word]


def _one_line_ends(text: str) -> str:
    """Browsers send the ends of lines as CR LF."""
    return text.replace("\r\n", "\n").strip()


def kept_rows(call: RollCall) -> list[DrawnRow]:
    """Rows as the school has them."""
    rows = []
    for row in call.rows:
        kept = row.kept
        if kept is None:
            rows.append(DrawnRow(row.pupil_id, row.name))
            continue
        value = kept.value
        minutes = "" if value.missed_minutes is None else str(value.missed_minutes)
        rows.append(DrawnRow(row.pupil_id, row.name, value.status.value, minutes, value.reason or "", kept.stamp))
    return rows


def typed_rows(call: RollCall, form: Mapping[str, str]) -> list[DrawnRow]:
    """Rows as they were typed: nothing of a refused form is lost."""
    return [
        DrawnRow(
            row.pupil_id,
            row.name,
            form.get(f"mark-{row.pupil_id}", ""),
            form.get(f"minutes-{row.pupil_id}", ""),
            form.get(f"reason-{row.pupil_id}", ""),
            form.get(f"was-{row.pupil_id}", ""),
        )
        for row in call.rows
    ]


def rows_with_conflicts(call: RollCall, form: Mapping[str, str], conflicts: tuple[Conflict, ...]) -> list[DrawnRow]:
    """Rows as they are kept; where two people disagree, what this one typed, with the other version beside it."""
    open_ones = {conflict.pupil_id: conflict for conflict in conflicts}
    rows = kept_rows(call)
    typed = {row.pupil_id: row for row in typed_rows(call, form)} if open_ones else {}
    for place, row in enumerate(rows):
        if row.pupil_id in open_ones:
            rows[place] = typed[row.pupil_id]._replace(conflict=open_ones[row.pupil_id])
    return rows


def chosen_lessons(form: MultiDict[str, str]) -> set[int]:
    """The ticked lessons. Raises RuleViolation where one is no number."""
    texts = form.getlist("lesson_id")
    if not all(text.isascii() and text.isdigit() and len(text) < 12 for text in texts):
        raise RuleViolation(_UNKNOWN_CHOICE, field="lesson_id")
    return {int(text) for text in texts}
