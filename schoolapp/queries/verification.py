"""The public question about a code: whoever holds a paper may ask, so there is no person to ask for."""

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.certificates import CertificateContents
from schoolapp.domain.issued_documents import DocumentKind
from schoolapp.domain.verification import Checked, Validity
from schoolapp.extensions import db
from schoolapp.models import IssuedDocument


def check(code: str) -> Checked:
    """What anybody may know of the paper with this code, as typed by `domain.verification.typed_code`."""
    replacing = aliased(IssuedDocument)
    found = db.session.execute(
        select(
            IssuedDocument.contents,
            IssuedDocument.revoked_at,
            exists().where(replacing.replaces_id == IssuedDocument.id),
        ).where(IssuedDocument.code == code, IssuedDocument.kind == DocumentKind.CERTIFICATE)
    ).one_or_none()
    if found is None:
        return Checked(Validity.UNKNOWN)
    contents = CertificateContents.from_json(found[0])
    revoked_at = found[1]
    return Checked(
        validity=Validity.VALID if revoked_at is None else Validity.REVOKED,
        initials=contents.initials,
        kind=contents.kind,
        attended_minutes=contents.attended_minutes,
        offered_minutes=contents.offered_minutes,
        issue_day=contents.issue_day,
        revoked_day=None if revoked_at is None else revoked_at.astimezone(SCHOOL_ZONE).date(),
        replaced=found[2],
    )
