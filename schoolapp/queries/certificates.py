"""Certificates of attendance: how many are still to issue, those of a workshop pupil by pupil, and one of them."""

from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.certificate_lists import (
    BookLine,
    CertificateLine,
    CertificatePage,
    WorkshopCertificates,
    WorkshopCount,
    WorkshopCountPage,
)
from schoolapp.domain.certificates import CertificateContents, IssuedCertificate, eligibility
from schoolapp.domain.issued_documents import DocumentKind
from schoolapp.domain.permissions import Permission
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.extensions import db
from schoolapp.models import (
    ClassMembership,
    Enrolment,
    Institute,
    IssuedDocument,
    Pupil,
    SchoolClass,
    SchoolYear,
    Site,
    User,
    Workshop,
)
from schoolapp.queries import scope, workshop_paths
from schoolapp.queries.workshop_paths import WalkedPath

PAGE_SIZE = 50
READ = Permission.CERTIFICATES_READ
ISSUE = Permission.CERTIFICATES_ISSUE

_IS_CERTIFICATE = IssuedDocument.kind == DocumentKind.CERTIFICATE
_NOT_LISTED = (WorkshopStatus.PLANNED, WorkshopStatus.AUTHORISED, WorkshopStatus.CANCELLED)
"""Workshops in which nothing was taught have no certificates."""


def list_workshops(actor: Actor, *, school_year_id: int, page: int = 1) -> WorkshopCountPage:
    """Workshops of a year that were at least started, by title, fifty a page, with their counts."""
    condition = (
        scope.workshops(actor, READ) & (Workshop.school_year_id == school_year_id) & Workshop.status.not_in(_NOT_LISTED)
    )
    count = db.session.scalar(select(func.count()).select_from(Workshop).where(condition)) or 0
    last_page = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), last_page)
    rows = db.session.execute(
        select(
            Workshop.id,
            Workshop.title,
            Workshop.status,
            Workshop.threshold_percent,
            Workshop.last_day,
            Institute.name.label("institute"),
            Site.name.label("site"),
        )
        .join(Institute, Institute.id == Workshop.institute_id)
        .join(Site, Site.id == Workshop.site_id)
        .where(condition)
        .order_by(Workshop.title, Workshop.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    statuses = {row.id: row.status for row in rows}
    paths = workshop_paths.of_workshops(statuses, today=clock.today(), only_ended=True)
    holding = _holding(statuses)
    thresholds = {row.id: row.threshold_percent for row in rows}
    pupils: defaultdict[int, int] = defaultdict(int)
    to_issue: defaultdict[int, int] = defaultdict(int)
    for (workshop_id, pupil_id), walked in paths.items():
        pupils[workshop_id] += 1
        earned = eligibility(walked.path, thresholds[workshop_id]).earned
        to_issue[workshop_id] += earned and (workshop_id, pupil_id) not in holding
    issued: defaultdict[int, int] = defaultdict(int)
    for workshop_id, _ in holding:
        issued[workshop_id] += 1
    lines = tuple(
        WorkshopCount(
            workshop_id=row.id,
            title=row.title,
            status=row.status,
            institute=row.institute,
            site=row.site,
            last_day=row.last_day,
            pupils=pupils[row.id],
            to_issue=to_issue[row.id],
            issued=issued[row.id],
        )
        for row in rows
    )
    return WorkshopCountPage(lines, count, page, last_page)


def _holding(workshop_ids: Collection[int]) -> set[tuple[int, int]]:
    """Workshop and pupil of each certificate that holds."""
    rows = db.session.execute(
        select(IssuedDocument.workshop_id, IssuedDocument.pupil_id).where(
            IssuedDocument.workshop_id.in_(sorted(workshop_ids)), _IS_CERTIFICATE, IssuedDocument.revoked_at.is_(None)
        )
    )
    return {(row[0], row[1]) for row in rows}


def book_of_year(actor: Actor, *, school_year_id: int) -> list[BookLine]:
    """Every certificate of a year in the order of its number, those that do not hold any more among them."""
    rows = db.session.execute(
        _certificates()
        .add_columns(Workshop.title, Institute.name)
        .join(Workshop, Workshop.id == IssuedDocument.workshop_id)
        .join(Institute, Institute.id == IssuedDocument.institute_id)
        .where(IssuedDocument.school_year_id == school_year_id, scope.workshops(actor, READ))
        .order_by(Institute.name, Institute.id, IssuedDocument.number)
    )
    return [BookLine(row[4], row[3], _certificate(row[0], row[1])) for row in rows]


def of_workshop(actor: Actor, workshop_id: int, permission: Permission = READ) -> WorkshopCertificates:
    """The certificates of a workshop, in the order of its register. Raises NoResultFound where it is not theirs."""
    head = db.session.execute(
        select(
            Workshop.title,
            Workshop.kind,
            Workshop.status,
            Workshop.threshold_percent,
            Workshop.institute_id,
            Institute.name.label("institute"),
            Site.name.label("site"),
            SchoolYear.label.label("school_year"),
        )
        .join(Institute, Institute.id == Workshop.institute_id)
        .join(Site, Site.id == Workshop.site_id)
        .join(SchoolYear, SchoolYear.id == Workshop.school_year_id)
        .where(Workshop.id == workshop_id, scope.workshops(actor, permission))
    ).one()
    paths = workshop_paths.of_workshops({workshop_id: head.status}, today=clock.today())
    issued = _issued(workshop_id)
    return WorkshopCertificates(
        workshop_id=workshop_id,
        title=head.title,
        kind=head.kind,
        status=head.status,
        institute_id=head.institute_id,
        institute=head.institute,
        site=head.site,
        school_year=head.school_year,
        threshold_percent=head.threshold_percent,
        lines=tuple(
            _line(row, paths[workshop_id, row.id], head.threshold_percent, issued.get(row.id, ()))
            for row in _pupils(workshop_id)
        ),
    )


def _line(
    row: Row[*tuple[Any, ...]], walked: WalkedPath, threshold_percent: int, issued: Collection[IssuedCertificate]
) -> CertificateLine:
    return CertificateLine(
        pupil_id=row.id,
        name=f"{row.last_name} {row.first_name}".strip(),
        school_class=row.school_class or "",
        figure=walked.path.figure,
        eligibility=eligibility(walked.path, threshold_percent),
        certificates=tuple(issued),
    )


def _pupils(workshop_id: int) -> list[Row[*tuple[Any, ...]]]:
    """Who is or was enrolled, with the present class."""
    school_class = (
        select(SchoolClass.name)
        .join(ClassMembership, ClassMembership.class_id == SchoolClass.id)
        .where(ClassMembership.pupil_id == Pupil.id)
        .order_by(ClassMembership.valid_from.desc(), ClassMembership.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return list(
        db.session.execute(
            select(Pupil.id, Pupil.last_name, Pupil.first_name, school_class.label("school_class"))
            .where(Pupil.id.in_(select(Enrolment.pupil_id).where(Enrolment.workshop_id == workshop_id)))
            .order_by(Pupil.sort_key, Pupil.id)
        )
    )


_replacing = aliased(IssuedDocument)


def _certificates() -> Select[IssuedDocument, str | None, int | None]:
    """Certificates, each with the number of the one in its place and its id."""
    return (
        select(IssuedDocument, _replacing.contents["number"].as_string(), _replacing.id)
        .outerjoin(_replacing, _replacing.replaces_id == IssuedDocument.id)
        .where(_IS_CERTIFICATE)
    )


def _issued(workshop_id: int) -> dict[int, list[IssuedCertificate]]:
    """Pupil → certificates issued in the workshop, the last first."""
    rows = db.session.execute(
        _certificates().where(IssuedDocument.workshop_id == workshop_id).order_by(IssuedDocument.id.desc())
    )
    found: defaultdict[int, list[IssuedCertificate]] = defaultdict(list)
    for document, replaced_by, _ in rows:
        found[document.pupil_id].append(_certificate(document, replaced_by))
    return found


def list_of_pupil(actor: Actor, pupil_id: int) -> list[IssuedCertificate]:
    """Certificates of a pupil in workshops whose certificates the person reads, the last first."""
    if not actor.may(READ):
        return []
    rows = db.session.execute(_of_pupil(actor), {"pupil_id": pupil_id})
    return [_certificate(document, replaced_by) for document, replaced_by, _ in rows]


@lru_cache(maxsize=scope.KEPT)
def _of_pupil(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        _certificates()
        .join(Workshop, Workshop.id == IssuedDocument.workshop_id)
        .where(IssuedDocument.pupil_id == bindparam("pupil_id"), scope.workshops(actor, READ))
        .order_by(IssuedDocument.id.desc())
    )


def _certificate(document: IssuedDocument, replaced_by: str | None) -> IssuedCertificate:
    return IssuedCertificate(
        id=document.id,
        pupil_id=document.pupil_id,
        contents=CertificateContents.from_json(document.contents),
        protocol_number=document.protocol_number,
        protocol_day=document.protocol_day,
        revoked_at=document.revoked_at,
        revoked_why=document.revoked_why,
        replaced_by=replaced_by,
    )


@lru_cache(maxsize=scope.KEPT)
def _one(actor: Actor, permission: Permission) -> Select[*tuple[Any, ...]]:
    issuer, revoker = aliased(User), aliased(User)
    return (
        _certificates()
        .add_columns(Workshop.title, issuer.name, revoker.name)
        .join(Workshop, Workshop.id == IssuedDocument.workshop_id)
        .join(issuer, issuer.id == IssuedDocument.issued_by_id)
        .outerjoin(revoker, revoker.id == IssuedDocument.revoked_by_id)
        .where(IssuedDocument.id == bindparam("certificate_id"), scope.workshops(actor, permission))
    )


def get(actor: Actor, certificate_id: int, permission: Permission = READ) -> CertificatePage:
    """One certificate. Raises NoResultFound where its workshop is not the person's."""
    document, replaced_by, replaced_by_id, workshop, issued_by, revoked_by = db.session.execute(
        _one(actor, permission), {"certificate_id": certificate_id}
    ).one()
    return CertificatePage(
        certificate=_certificate(document, replaced_by),
        workshop_id=document.workshop_id,
        workshop=workshop,
        replaces_id=document.replaces_id,
        replaced_by_id=replaced_by_id,
        issued_at=document.issued_at,
        issued_by=issued_by,
        revoked_by=revoked_by,
    )
