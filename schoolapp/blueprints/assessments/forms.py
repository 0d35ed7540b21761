"""The shape of a sheet as a browser sends it: `level-reading`, `seen` (ticked descriptors), `overall`, …"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from schoolapp.domain.assessment import Literacy
from schoolapp.domain.assessment_sheets import SheetFacts
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.wording import N_

Choice = TypeVar("Choice")

_LEVELS = {level.value: level for level in Level}
_LITERACIES = {literacy.value: literacy for literacy in Literacy}
_UNKNOWN_CHOICE = N_("Questa scelta non c’è: ricarica la pagina.")
_DAY_PATTERNS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")


@dataclass
class Refusal:
    """Why a sheet was refused: field ("" where it is none in particular) → sentence."""

    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class DrawnSheet:
    """What stands in the fields: what is kept, or what was typed where the sheet was refused."""

    levels: dict[Skill, str]
    seen: frozenset[str]
    literacy: str
    overall: str
    overall_why: str
    note: str
    day: str
    version: int
    reason: str = ""


def drawn(facts: SheetFacts, *, overall: Level | None, version: int, today: date) -> DrawnSheet:
    """`overall` is the level that the assessor chose against the proposed one, None where they agree."""
    return DrawnSheet(
        levels={skill: level.value for skill, level in facts.levels.items()},
        seen=facts.descriptors,
        literacy=facts.literacy or "",
        overall=overall or "",
        overall_why=facts.overall_why,
        note=facts.note,
        day=(facts.day or today).isoformat(),
        version=version,
    )


def typed(form: MultiDict[str, str], *, version: int, ticked: bool = True) -> DrawnSheet:
    """The fields as they were sent, for a sheet that was refused; `version` is the one to send next time.

    What was ticked of other words than the page's is not `ticked` again.
    """
    return DrawnSheet(
        levels={skill: form.get(f"level-{skill}", "") for skill in Skill},
        seen=frozenset(form.getlist("seen") if ticked else ()),
        literacy=form.get("literacy", ""),
        overall=form.get("overall", ""),
        overall_why=form.get("overall_why", ""),
        note=form.get("note", ""),
        day=form.get("day", ""),
        version=version,
        reason=form.get("reason", ""),
    )


def read(form: MultiDict[str, str]) -> SheetFacts:
    """The sheet that was sent. Raises RuleViolation where a choice is none of ours or the day is none."""
    levels = {}
    for skill in Skill:
        word = form.get(f"level-{skill}", "")
        if word:
            levels[skill] = _chosen(_LEVELS, word, "levels")
    literacy, overall = form.get("literacy", ""), form.get("overall", "")
    return SheetFacts(
        day=_day(form.get("day", "").strip()),
        levels=levels,
        descriptors=frozenset(form.getlist("seen")),
        literacy=_chosen(_LITERACIES, literacy, "literacy") if literacy else None,
        overall=_chosen(_LEVELS, overall, "overall_why") if overall else None,
        overall_why=form.get("overall_why", ""),
        note=form.get("note", ""),
    )


def read_whole(form: MultiDict[str, str], name: str) -> int:
    """The version of the sheet that was read, or of its words; what is no number is none that we ever had."""
    text = form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _chosen(choices: dict[str, Choice], word: str, name: str) -> Choice:
    if word not in choices:
        raise RuleViolation(_UNKNOWN_CHOICE, field=name)
    return choices[word]


def _day(text: str) -> date | None:
    if not text:
        return None
    for pattern in _DAY_PATTERNS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise RuleViolation(N_("Questo giorno non esiste. Scrivilo come giorno/mese/anno."), field="day")
