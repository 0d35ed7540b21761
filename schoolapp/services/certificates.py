"""Certificates of attendance: issued with a number and a code, revoked or replaced, never changed.

The school's row is locked while numbers are given: they have no gaps and nobody gets one twice.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.documents.certificate import draw_certificates
from schoolapp.domain.certificates import (
    CertificateContents,
    IssuedCertificate,
    certificate_number,
    eligibility,
    ensure_protocol,
    ensure_reason,
)
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.issued_documents import DocumentKind
from schoolapp.domain.verification import RANDOM_BYTES, code_of
from schoolapp.domain.wording import N_, Sentence
from schoolapp.extensions import db
from schoolapp.models import Institute, IssuedDocument, SchoolYear, Workshop
from schoolapp.queries import workshop_paths
from schoolapp.queries.workshop_paths import WalkedPath
from schoolapp.services.certificate_contents import gather

_A_NUMBER = "2026/27-0000"
_A_CODE = code_of(bytes(RANDOM_BYTES))
"""They stand for the real ones, which are as wide, while a paper is tried."""


class CertificatesRefused(RuleViolation):
    """Some of the certificates asked for cannot be issued, so none was: `reasons` says why, pupil by pupil."""

    def __init__(self, reasons: Mapping[int, Sentence]) -> None:
        super().__init__(N_("Nessun attestato è stato emesso: per qualche alunno non si può ancora."))
        self.reasons = dict(reasons)


@dataclass(frozen=True)
class Issuing:
    """By whom, when, and at which address anybody will check it; the protocol where the school has given it already."""

    by_id: int
    at: datetime
    verify_address: str
    protocol_number: str = ""
    protocol_day: date | None = None

    @property
    def day(self) -> date:
        return self.at.astimezone(SCHOOL_ZONE).date()


def issue(
    workshop_id: int, *, pupil_ids: Collection[int], issuing: Issuing, replaces: IssuedDocument | None = None
) -> list[IssuedDocument]:
    """Issue a certificate to each of the pupils, in the order of the register; `replaces` is of the only one.

    Raises CertificatesRefused where one of them has not earned it, has one already, or has a name that cannot be
    printed: then nothing is written. Raises RuleViolation where nobody is named or something else is not right.
    """
    workshop = _locked(workshop_id)
    if not pupil_ids:
        raise RuleViolation(N_("Scegli almeno un alunno."), field="pupil_ids")
    protocol = ensure_protocol(issuing.protocol_number, issuing.protocol_day, today=issuing.day)
    paths = _paths(workshop, issuing.day)
    holding = _holding(workshop_id)
    reasons = {
        pupil_id: reason
        for pupil_id in pupil_ids
        if (reason := _refusal(paths.get(pupil_id), workshop.threshold_percent, pupil_id in holding)) is not None
    }
    asked = {pupil_id: paths[pupil_id] for pupil_id in pupil_ids if pupil_id not in reasons}
    drafts = gather(workshop, asked, issue_day=issuing.day, verify_address=issuing.verify_address)
    if replaces is not None:
        drafts = {
            pupil_id: replace(contents, replaces=replaces.contents["number"]) for pupil_id, contents in drafts.items()
        }
    reasons |= _unprintable(drafts)
    if reasons:
        raise CertificatesRefused(reasons)
    year = db.session.get_one(SchoolYear, workshop.school_year_id).label
    first = _last_number(workshop) + 1
    documents = [
        _document(workshop, pupil_id, replace(contents, number=certificate_number(year, number)), number, issuing)
        for number, (pupil_id, contents) in enumerate(drafts.items(), first)
    ]
    for document in documents:
        document.protocol_number, document.protocol_day = protocol
    if replaces is not None:
        documents[0].replaces_id = replaces.id
    db.session.add_all(documents)
    db.session.flush()
    return documents


def revoke(certificate_id: int, *, why: str, by_id: int, at: datetime) -> IssuedDocument:
    """The certificate does not hold any more: whoever checks its code is told so."""
    why = ensure_reason(why)
    document = _standing(certificate_id)
    document.revoked_at, document.revoked_by_id, document.revoked_why = at, by_id, why
    db.session.flush()
    return document


def replace_with_new(certificate_id: int, *, why: str, issuing: Issuing) -> IssuedDocument:
    """Revoke the certificate and issue another in its place, with what is kept today."""
    document = _standing(certificate_id)
    revoke(certificate_id, why=why, by_id=issuing.by_id, at=issuing.at)
    try:
        (new,) = issue(document.workshop_id, pupil_ids=[document.pupil_id], issuing=issuing, replaces=document)
    except CertificatesRefused as refused:
        reason = refused.reasons[document.pupil_id]
        raise RuleViolation(N_("Il nuovo attestato non si può emettere. %(reason)s"), reason=reason) from None
    return new


def give_protocol(certificate_id: int, *, number: str, day: date | None, today: date) -> IssuedDocument:
    """The number under which the school's protocol has the paper; it may come after the issue, and be corrected."""
    document = _standing(certificate_id)
    document.protocol_number, document.protocol_day = ensure_protocol(number, day, today=today)
    db.session.flush()
    return document


def _locked(workshop_id: int) -> Workshop:
    """The workshop, nobody else issuing certificates of its school until the transaction ends."""
    school = select(Workshop.institute_id).where(Workshop.id == workshop_id).scalar_subquery()
    db.session.execute(select(Institute.id).where(Institute.id == school).with_for_update()).one()
    return db.session.get_one(Workshop, workshop_id, populate_existing=True)


def _standing(certificate_id: int) -> IssuedDocument:
    """The certificate, locked. Refuses one that was revoked."""
    document = db.session.scalars(
        select(IssuedDocument)
        .where(IssuedDocument.id == certificate_id, IssuedDocument.kind == DocumentKind.CERTIFICATE)
        .with_for_update(of=IssuedDocument)
        .execution_options(populate_existing=True)
    ).one()
    if document.revoked_at is not None:
        raise RuleViolation(N_("Questo attestato è già annullato."))
    return document


def _paths(workshop: Workshop, today: date) -> dict[int, WalkedPath]:
    paths = workshop_paths.of_workshops({workshop.id: workshop.status}, today=today)
    return {pupil_id: walked for (_, pupil_id), walked in paths.items()}


def _refusal(walked: WalkedPath | None, threshold_percent: int, holds_one: bool) -> Sentence | None:
    if walked is None:
        return Sentence(N_("Non è tra gli iscritti di questo laboratorio."))
    if holds_one:
        return Sentence(N_("Ha già un attestato valido."))
    found = eligibility(walked.path, threshold_percent)
    return None if found.earned else found.why


def _holding(workshop_id: int) -> set[int]:
    return set(
        db.session.scalars(
            select(IssuedDocument.pupil_id).where(
                IssuedDocument.workshop_id == workshop_id,
                IssuedDocument.kind == DocumentKind.CERTIFICATE,
                IssuedDocument.revoked_at.is_(None),
            )
        )
    )


def _unprintable(drafts: Mapping[int, CertificateContents]) -> dict[int, Sentence]:
    """Why papers could not be drawn: now is the time to find out, not when they are handed over.

    All are drawn in one document; one by one only where that fails.
    """
    reasons = {
        pupil_id: Sentence(
            N_("La firma è a mezzo stampa, ma la scuola non ha oggi un dirigente: serve il nome da stampare.")
        )
        for pupil_id, contents in drafts.items()
        if contents.printed_signature and contents.head is None
    }
    papers = {
        pupil_id: IssuedCertificate(0, pupil_id, replace(contents, number=_A_NUMBER, code=_A_CODE))
        for pupil_id, contents in drafts.items()
    }
    if papers and _sentence_of_drawing(list(papers.values())) is not None:
        for pupil_id, paper in papers.items():
            sentence = _sentence_of_drawing([paper])
            if sentence is not None:
                reasons[pupil_id] = sentence
    return reasons


def _sentence_of_drawing(papers: Sequence[IssuedCertificate]) -> Sentence | None:
    try:
        draw_certificates(papers)
    except RuleViolation as violation:
        return violation.sentence
    return None


def _last_number(workshop: Workshop) -> int:
    last = db.session.scalar(
        select(func.max(IssuedDocument.number)).where(
            IssuedDocument.institute_id == workshop.institute_id,
            IssuedDocument.school_year_id == workshop.school_year_id,
            IssuedDocument.kind == DocumentKind.CERTIFICATE,
        )
    )
    return last or 0


def _document(
    workshop: Workshop, pupil_id: int, contents: CertificateContents, number: int, issuing: Issuing
) -> IssuedDocument:
    code = code_of(secrets.token_bytes(RANDOM_BYTES))
    return IssuedDocument(
        institute_id=workshop.institute_id,
        school_year_id=workshop.school_year_id,
        kind=DocumentKind.CERTIFICATE,
        number=number,
        workshop_id=workshop.id,
        pupil_id=pupil_id,
        code=code,
        contents=replace(contents, code=code).to_json(),
        issued_at=issuing.at,
        issued_by_id=issuing.by_id,
    )
