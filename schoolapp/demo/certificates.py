"""Certificates of a workshop that is concluded: most issued, one of them replaced, the last still to issue."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from flask import current_app

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.demo.rows import Rows
from schoolapp.demo.teaching import MadeWorkshop
from schoolapp.domain.certificates import CertificateContents, certificate_number, eligibility
from schoolapp.domain.issued_documents import DocumentKind
from schoolapp.domain.verification import RANDOM_BYTES, code_of
from schoolapp.extensions import db
from schoolapp.models import Workshop
from schoolapp.queries import workshop_paths
from schoolapp.services.certificate_contents import gather

DEMO_ADDRESS = "http://127.0.0.1:5000"
"""Where `make demo` serves unless it is told another port, which is then the public address."""


def add_certificates(rows: Rows, random: Random, made: MadeWorkshop, *, by_id: int, now: datetime) -> None:
    """As the coordinator issued them some days after the last lesson. The rows so far are written already."""
    assert made.concluded_on is not None
    workshop = db.session.get_one(Workshop, made.id)
    issued_at = min(
        datetime.combine(made.concluded_on + timedelta(days=6), now.timetz().replace(hour=12, tzinfo=SCHOOL_ZONE)), now
    )
    paths = {
        pupil_id: walked
        for (_, pupil_id), walked in workshop_paths.of_workshops({made.id: workshop.status}, today=now.date()).items()
        if eligibility(walked.path, workshop.threshold_percent).earned
    }
    address = current_app.config["BASE_URL"] or DEMO_ADDRESS
    drafts = gather(workshop, paths, issue_day=issued_at.date(), verify_address=f"{address}/verify")
    label = workshop.school_year.label
    to_issue = list(drafts.items())[:-1]
    for number, (pupil_id, contents) in enumerate(to_issue, 1):
        numbered = replace(contents, number=certificate_number(label, number))
        if number == 1:
            numbered = replace(numbered, school_class="")
        _add(rows, random, workshop, pupil_id, numbered, number, by_id=by_id, at=issued_at, replaced=number == 1)
    if to_issue:
        number = len(to_issue) + 1
        pupil_id, contents = to_issue[0]
        new = replace(contents, number=certificate_number(label, number), replaces=certificate_number(label, 1))
        _add(rows, random, workshop, pupil_id, new, number, by_id=by_id, at=issued_at, replaces_id=1)
    db.session.expunge_all()


def _add(
    rows: Rows,
    random: Random,
    workshop: Workshop,
    pupil_id: int,
    contents: CertificateContents,
    number: int,
    *,
    by_id: int,
    at: datetime,
    replaced: bool = False,
    replaces_id: int | None = None,
) -> None:
    code = code_of(random.randbytes(RANDOM_BYTES))
    rows.add(
        "issued_document",
        institute_id=workshop.institute_id,
        school_year_id=workshop.school_year_id,
        kind=DocumentKind.CERTIFICATE,
        number=number,
        workshop_id=workshop.id,
        pupil_id=pupil_id,
        protocol_number=f"000{2400 + number}/IV.5",
        protocol_day=at.date(),
        code=code,
        contents=replace(contents, code=code).to_json(),
        issued_at=at,
        issued_by_id=by_id,
        revoked_at=at if replaced else None,
        revoked_by_id=by_id if replaced else None,
        revoked_why="mancava la classe" if replaced else "",
        replaces_id=replaces_id,
    )
