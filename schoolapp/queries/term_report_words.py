"""What is kept of the words of term reports, for workshops and pupils that the caller may read."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, select
from sqlalchemy.orm import aliased

from schoolapp.domain.registers import Signature
from schoolapp.domain.term_report_heads import ReportTerm
from schoolapp.domain.term_report_words import ReportState, ReportWords
from schoolapp.models import PupilReport, User, WorkshopReport
from schoolapp.queries.rows import read

AnyRow = Row[*tuple[Any, ...]]

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_TERM_ID: BindParameter[Any] = bindparam("term_id")


class KeptReport:
    """The kept words of a workshop in a term, or none yet."""

    def __init__(self, row: AnyRow | None) -> None:
        self.words = ReportWords(row.topics, row.progress, row.difficulties, row.proposals) if row else ReportWords()
        self.signed = Signature(row.signer, row.signed_at) if row and row.signed_at else None
        self.countersigned = (
            Signature(row.countersigner, row.countersigned_at) if row and row.countersigned_at else None
        )
        self.version: int = row.version if row else 0

    @property
    def state(self) -> ReportState:
        if self.countersigned:
            return ReportState.COUNTERSIGNED
        if self.signed:
            return ReportState.SIGNED
        return ReportState.DRAFT if self.words else ReportState.MISSING


_signer, _countersigner = aliased(User), aliased(User)
_REPORTS = (
    select(
        WorkshopReport.workshop_id,
        WorkshopReport.topics,
        WorkshopReport.progress,
        WorkshopReport.difficulties,
        WorkshopReport.proposals,
        WorkshopReport.signed_at,
        WorkshopReport.countersigned_at,
        WorkshopReport.version,
        _signer.name.label("signer"),
        _countersigner.name.label("countersigner"),
    )
    .outerjoin(_signer, _signer.id == WorkshopReport.signed_by_id)
    .outerjoin(_countersigner, _countersigner.id == WorkshopReport.countersigned_by_id)
    .where(WorkshopReport.term_id == _TERM_ID, WorkshopReport.workshop_id.in_(_IDS))
)


def reports(workshop_ids: Collection[int], term: ReportTerm) -> defaultdict[int, KeptReport]:
    """Workshop → what is kept of its report."""
    rows = read(_REPORTS, {"ids": sorted(workshop_ids), "term_id": term.id})
    found: defaultdict[int, KeptReport] = defaultdict(lambda: KeptReport(None))
    found.update((row.workshop_id, KeptReport(row)) for row in rows)
    return found


_PUPIL_WORDS = select(
    PupilReport.workshop_id,
    PupilReport.pupil_id,
    PupilReport.words,
    PupilReport.proposals,
    PupilReport.version,
).where(PupilReport.term_id == _TERM_ID, PupilReport.pupil_id.in_(_IDS))


def pupil_words(term: ReportTerm, *, pupil_ids: Collection[int]) -> dict[tuple[int, int], AnyRow]:
    """(workshop, pupil) → words, proposals and their version."""
    rows = read(_PUPIL_WORDS, {"ids": sorted(pupil_ids), "term_id": term.id})
    return {(row.workshop_id, row.pupil_id): row for row in rows}
