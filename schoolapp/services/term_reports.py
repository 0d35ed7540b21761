"""Writing, signing, correcting and countersigning the words of term reports."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.term_report_words import (
    ReportState,
    ReportWords,
    cleaned_text,
    ensure_countersignable,
    ensure_pupil_text,
    ensure_same_version,
    ensure_signable,
    ensure_words,
    ensure_writable,
)
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import Enrolment, PupilReport, Term, Workshop, WorkshopReport
from schoolapp.queries import scope
from schoolapp.services import audit


def write(
    actor: Actor,
    *,
    workshop_id: int,
    term_id: int,
    words: ReportWords,
    version: int,
    now: datetime,
    sign: bool = False,
    reason: str = "",
) -> WorkshopReport:
    """Keep the words about a workshop and, with `sign`, sign them. What was signed changes only with a reason,
    and the visto of the school must then be given anew.

    Raises NoResultFound for a workshop that is not the person's to write about.
    """
    workshop = _workshop(actor, workshop_id)
    report = _found(workshop_id, term_id) or WorkshopReport(
        workshop=workshop, term=db.session.get_one(Term, term_id), version=0
    )
    ensure_same_version(report.version, version)
    words = ReportWords(
        topics=cleaned_text(words.topics),
        progress=cleaned_text(words.progress),
        difficulties=cleaned_text(words.difficulties),
        proposals=cleaned_text(words.proposals),
    )
    ensure_words(words)
    state = state_of(report)
    if sign:
        ensure_signable(state, words)
    else:
        ensure_writable(state, reason)
    if words == words_of(report) and not sign:
        raise RuleViolation(N_("Non hai cambiato nulla."))
    with audit.because(reason.strip()):
        report.topics, report.progress = words.topics, words.progress
        report.difficulties, report.proposals = words.difficulties, words.proposals
        if sign:
            report.signed_at, report.signed_by_id = now, actor.user_id
        report.countersigned_at = report.countersigned_by_id = None
        report.version = version + 1
        db.session.add(report)
        db.session.flush()
    return report


def write_pupil(
    actor: Actor,
    *,
    workshop_id: int,
    pupil_id: int,
    term_id: int,
    words: str,
    proposals: str,
    version: int,
    reason: str = "",
) -> PupilReport:
    """Keep the words about a pupil for the class council. What was there when the workshop's report was signed changes
    only with a reason; the visto of the school must then be given anew.

    Raises NoResultFound for a workshop that is not the person's to write about, or a pupil who is not in it.
    """
    workshop = _workshop(actor, workshop_id)
    enrolment = db.session.scalars(
        select(Enrolment).where(Enrolment.workshop_id == workshop_id, Enrolment.pupil_id == pupil_id).limit(1)
    ).one()
    signed = _found(workshop_id, term_id)
    words, proposals = cleaned_text(words), cleaned_text(proposals)
    ensure_pupil_text(words, field="words")
    ensure_pupil_text(proposals, field="proposals")
    report = db.session.scalar(
        select(PupilReport)
        .where(PupilReport.workshop_id == workshop_id, PupilReport.pupil_id == pupil_id, PupilReport.term_id == term_id)
        .with_for_update()
    ) or PupilReport(
        workshop=workshop,
        pupil=enrolment.pupil,
        term=db.session.get_one(Term, term_id),
        words="",
        proposals="",
        version=0,
    )
    ensure_same_version(report.version, version)
    if (report.words, report.proposals) == (words, proposals):
        return report
    if report.version and signed is not None:
        ensure_writable(state_of(signed), reason)
    with audit.because(reason.strip()):
        if signed is not None:
            signed.countersigned_at = signed.countersigned_by_id = None
        report.words, report.proposals, report.version = words, proposals, version + 1
        db.session.add(report)
        db.session.flush()
    return report


def countersign(actor: Actor, *, term_id: int, read: Mapping[int, int], now: datetime) -> int:
    """Give the school's visto to signed reports, to all of them or to none; returns how many.

    `read` is workshop → version of the words that were read: the visto is not put on others that came meanwhile.
    One that is not the person's to countersign refuses the whole batch (NoResultFound).
    """
    wanted = sorted(read)
    if not wanted:
        raise RuleViolation(N_("Scegli almeno una relazione."), field="workshop_id")
    reports = db.session.scalars(
        select(WorkshopReport)
        .join(WorkshopReport.workshop)
        .where(
            WorkshopReport.term_id == term_id,
            Workshop.id.in_(wanted),
            scope.workshops(actor, Permission.REPORTS_COUNTERSIGN),
        )
        .order_by(WorkshopReport.id)
        .with_for_update(of=WorkshopReport)
    ).all()
    if len(reports) != len(wanted):
        raise NoResultFound
    for report in reports:
        ensure_countersignable(state_of(report), report.workshop.title)
        ensure_same_version(report.version, read[report.workshop_id])
        report.countersigned_at, report.countersigned_by_id = now, actor.user_id
        report.version += 1
    db.session.flush()
    return len(reports)


def state_of(report: WorkshopReport) -> ReportState:
    if report.countersigned_at:
        return ReportState.COUNTERSIGNED
    if report.signed_at:
        return ReportState.SIGNED
    return ReportState.DRAFT if words_of(report) else ReportState.MISSING


def words_of(report: WorkshopReport) -> ReportWords:
    return ReportWords(report.topics or "", report.progress or "", report.difficulties or "", report.proposals or "")


def _workshop(actor: Actor, workshop_id: int) -> Workshop:
    """The workshop, held until the words are kept: two people who begin at once write one report."""
    return db.session.scalars(
        select(Workshop)
        .where(Workshop.id == workshop_id, scope.workshops(actor, Permission.REPORTS_WRITE))
        .with_for_update(of=Workshop)
    ).one()


def _found(workshop_id: int, term_id: int) -> WorkshopReport | None:
    return db.session.scalar(
        select(WorkshopReport).where(WorkshopReport.workshop_id == workshop_id, WorkshopReport.term_id == term_id)
    )
