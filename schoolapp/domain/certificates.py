"""The certificate of attendance (*attestato di frequenza*): who has earned it, and what the paper says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.wording import N_, Sentence
from schoolapp.domain.workshops import WorkshopKind

MOST_WHY_LETTERS: Final = 200
MOST_PROTOCOL_LETTERS: Final = 40
MOST_FILE_NAME_LETTERS: Final = 100

_HAN: Final = re.compile("[\u3400-\u9fff]+")


class CertificateState(StrEnum):
    NOT_EARNED = "not_earned"
    EARNED = "earned"
    ISSUED = "issued"
    REVOKED = "revoked"
    REPLACED = "replaced"


CERTIFICATE_STATE_NAMES: dict[CertificateState, str] = {
    CertificateState.NOT_EARNED: N_("Non maturato"),
    CertificateState.EARNED: N_("Maturato"),
    CertificateState.ISSUED: N_("Emesso"),
    CertificateState.REVOKED: N_("Annullato"),
    CertificateState.REPLACED: N_("Annullato e sostituito"),
}


@dataclass(frozen=True)
class Path:
    """What a pupil did in a workshop so far."""

    figure: AttendanceFigure
    ended: bool
    """Whether the workshop is concluded, or the pupil has left it."""
    lessons_to_sign: int = 0
    """Lessons of the pupil's days that are past and not signed: their hours may still change."""
    cancelled: bool = False
    """Whether the workshop was cancelled."""


@dataclass(frozen=True)
class Eligibility:
    earned: bool
    why: Sentence


def eligibility(path: Path, threshold_percent: int) -> Eligibility:
    """Whether a certificate may be issued, by the workshop's threshold on the hours offered to that pupil."""
    figure = path.figure
    if path.cancelled:
        return Eligibility(False, Sentence(N_("Il laboratorio è annullato.")))
    if not path.ended:
        if figure.percent is None:
            return Eligibility(False, Sentence(N_("Il laboratorio non è ancora concluso.")))
        why = N_("Il laboratorio non è ancora concluso. Frequenza finora: %(percent)s %% delle ore offerte.")
        return Eligibility(False, Sentence(why, {"percent": figure.percent}))
    if path.lessons_to_sign:
        why = N_("Le ore possono ancora cambiare: lezioni da firmare %(count)s.")
        return Eligibility(False, Sentence(why, {"count": path.lessons_to_sign}))
    if figure.percent is None:
        return Eligibility(False, Sentence(N_("Non ha avuto ore di lezione.")))
    values: dict[str, object] = {"percent": figure.percent, "threshold": threshold_percent}
    if figure.reaches(threshold_percent):
        why = N_("Frequenza: %(percent)s %% delle ore offerte. La soglia è %(threshold)s %%.")
        return Eligibility(True, Sentence(why, values))
    why = N_("Frequenza: %(percent)s %% delle ore offerte. È sotto la soglia: %(threshold)s %%.")
    return Eligibility(False, Sentence(why, values))


def certificate_number(school_year: str, number: int) -> str:
    """2026/27-0031"""
    return f"{school_year}-{number:04}"


def ensure_reason(text: str) -> str:
    """Why a certificate is revoked or replaced: it stays with it."""
    why = " ".join(text.split())
    if not why:
        raise RuleViolation(N_("Scrivi il motivo: resta con l’attestato."), field="why")
    if len(why) > MOST_WHY_LETTERS:
        raise RuleViolation(
            N_("Al massimo %(most)s lettere: bastano poche parole."), field="why", most=MOST_WHY_LETTERS
        )
    return why


def ensure_protocol(number: str, day: date | None, *, today: date) -> tuple[str | None, date | None]:
    """The number and day under which the school's protocol has the paper: both, or neither yet."""
    number = " ".join(number.split())
    if len(number) > MOST_PROTOCOL_LETTERS:
        raise RuleViolation(
            N_("Il numero di protocollo ha al massimo %(most)s lettere."),
            field="protocol_number",
            most=MOST_PROTOCOL_LETTERS,
        )
    if number and day is None:
        raise RuleViolation(N_("Scrivi anche la data di protocollo."), field="protocol_day")
    if day is not None and not number:
        raise RuleViolation(N_("Scrivi anche il numero di protocollo."), field="protocol_number")
    if day is not None and day > today:
        raise RuleViolation(N_("Questo giorno deve ancora venire: scrivi quello del protocollo."), field="protocol_day")
    return number or None, day


@dataclass(frozen=True)
class SkillReached:
    """A level reached in a skill, and a line in which the pupil says what that means."""

    skill: Skill
    level: Level
    can_do: str


@dataclass(frozen=True)
class CertificateContents:
    """What the paper says, frozen when it is issued: a name or a figure that changes later changes no paper."""

    VERSION = 1

    number: str
    """2026/27-0031"""
    code: str
    verify_address: str
    """Where anybody checks it, without the code: https://…/verify"""
    replaces: str | None
    """Number of the certificate in whose place this one stands."""
    issue_day: date
    place: str
    """Where it is issued: "Sondrio"; empty where the school's comune is not known."""
    institute: str
    institute_address: str | None
    institute_code: str | None
    site: str
    first_name: str
    last_name: str
    birth_date: date | None
    birth_place: str | None
    school_class: str
    """2B, scuola primaria; empty where the pupil has no class."""
    kind: WorkshopKind
    level: Level
    first_day: date
    last_day: date
    attended_minutes: int
    offered_minutes: int
    levels: tuple[SkillReached, ...]
    """Levels reached, not those of entry; a skill that was not assessed has no line."""
    facilitators: tuple[str, ...]
    head: str | None
    printed_signature: bool
    """The head's name is printed in place of a signature by hand (art. 3 c. 2 D.Lgs. 39/1993)."""
    project_title: str | None
    project_code: str | None
    cup: str | None

    @property
    def name(self) -> str:
        """First name, then surname, each as the school's record has them; in Han, 陈伟 as it is written there."""
        if _HAN.fullmatch(self.first_name) and _HAN.fullmatch(self.last_name):
            return self.last_name + self.first_name
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        """S. T."""
        return " ".join(f"{name[0].upper()}." for name in (self.first_name, self.last_name) if name)

    @property
    def file_name(self) -> str:
        """2026-27-0031-tesfay-gebremariam-selam: plain letters, digits and hyphens, which any file system takes."""
        words = search_key(f"{self.number} {self.last_name} {self.first_name}").replace(" ", "-")
        return words[:MOST_FILE_NAME_LETTERS].rstrip("-")

    @property
    def figure(self) -> AttendanceFigure:
        return AttendanceFigure(attended=self.attended_minutes, offered=self.offered_minutes)

    def level_of(self, skill: Skill) -> SkillReached | None:
        return next((line for line in self.levels if line.skill is skill), None)

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the version of this shape."""
        kept: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        for name, value in kept.items():
            if isinstance(value, date):
                kept[name] = value.isoformat()
        kept["levels"] = [[line.skill.value, line.level.value, line.can_do] for line in self.levels]
        kept["facilitators"] = list(self.facilitators)
        return {"version": self.VERSION, **kept, "kind": self.kind.value, "level": self.level.value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "CertificateContents":
        """Raises ValueError for a version we do not know."""
        if kept["version"] != cls.VERSION:
            raise ValueError(f"certificate contents of version {kept['version']}")
        values = {name: value for name, value in kept.items() if name != "version"}
        for name in ("issue_day", "birth_date", "first_day", "last_day"):
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        values["levels"] = tuple(
            SkillReached(Skill(skill), Level(level), can_do) for skill, level, can_do in values["levels"]
        )
        values["facilitators"] = tuple(values["facilitators"])
        values["kind"], values["level"] = WorkshopKind(values["kind"]), Level(values["level"])
        return cls(**values)


@dataclass(frozen=True)
class IssuedCertificate:
    """A certificate and what became of it after its issue."""

    id: int
    pupil_id: int
    contents: CertificateContents
    protocol_number: str | None = None
    protocol_day: date | None = None
    revoked_at: datetime | None = None
    revoked_why: str = ""
    replaced_by: str | None = None
    """Number of the certificate that stands in its place."""

    @property
    def state(self) -> CertificateState:
        if self.revoked_at is None:
            return CertificateState.ISSUED
        return CertificateState.REPLACED if self.replaced_by else CertificateState.REVOKED
