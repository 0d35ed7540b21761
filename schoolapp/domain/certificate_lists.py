"""Certificates as their pages and spreadsheets show them, prepared once."""

from dataclasses import dataclass
from datetime import date, datetime

from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.certificates import CertificateState, Eligibility, IssuedCertificate
from schoolapp.domain.workshops import WorkshopKind, WorkshopStatus


@dataclass(frozen=True)
class CertificateLine:
    """A pupil of a workshop: what was attended, and what became of the certificate."""

    pupil_id: int
    name: str
    """Surname first, as in the register."""
    school_class: str
    figure: AttendanceFigure
    eligibility: Eligibility
    certificates: tuple[IssuedCertificate, ...]
    """Every one issued to the pupil here, the last first."""

    @property
    def valid(self) -> IssuedCertificate | None:
        """The one that holds, if there is one."""
        return next((found for found in self.certificates if found.revoked_at is None), None)

    @property
    def revoked(self) -> tuple[IssuedCertificate, ...]:
        return tuple(found for found in self.certificates if found.revoked_at is not None)

    @property
    def to_issue(self) -> bool:
        return self.eligibility.earned and self.valid is None

    @property
    def state(self) -> CertificateState:
        """What the pupil has: one that was revoked without another in its place is earned again, or not."""
        if self.valid is not None:
            return CertificateState.ISSUED
        return CertificateState.EARNED if self.eligibility.earned else CertificateState.NOT_EARNED


@dataclass(frozen=True)
class WorkshopCertificates:
    """The certificates of one workshop, pupil by pupil."""

    workshop_id: int
    title: str
    kind: WorkshopKind
    status: WorkshopStatus
    institute_id: int
    institute: str
    site: str
    school_year: str
    threshold_percent: int
    lines: tuple[CertificateLine, ...]

    @property
    def to_issue(self) -> tuple[CertificateLine, ...]:
        return tuple(line for line in self.lines if line.to_issue)

    @property
    def valid(self) -> tuple[IssuedCertificate, ...]:
        """Those that hold, in the order of the pupils: what is printed for the whole workshop."""
        return tuple(line.valid for line in self.lines if line.valid is not None)


@dataclass(frozen=True)
class WorkshopCount:
    """How many certificates of a workshop are still to issue, and how many hold."""

    workshop_id: int
    title: str
    status: WorkshopStatus
    institute: str
    site: str
    last_day: date
    pupils: int
    to_issue: int
    issued: int


@dataclass(frozen=True)
class WorkshopCountPage:
    lines: tuple[WorkshopCount, ...]
    count: int
    page: int
    last_page: int


@dataclass(frozen=True)
class BookLine:
    """A certificate in the year's book of a school, with where it was earned."""

    institute: str
    workshop: str
    certificate: IssuedCertificate


@dataclass(frozen=True)
class CertificatePage:
    """One certificate, with the workshop it belongs to."""

    certificate: IssuedCertificate
    workshop_id: int
    workshop: str
    replaces_id: int | None
    replaced_by_id: int | None
    issued_at: datetime
    issued_by: str
    revoked_by: str | None
