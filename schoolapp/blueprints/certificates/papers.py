"""Certificates to print and to take away: one, a whole workshop in one file or in an archive, and the list of them."""

from collections.abc import Callable, Sequence

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from schoolapp import queries
from schoolapp.blueprints.certificates.routes import READ, bp, year_asked
from schoolapp.documents.certificate import draw_archive, draw_certificates
from schoolapp.domain.certificates import IssuedCertificate
from schoolapp.domain.emblems import Emblem
from schoolapp.exchange.certificates import book_csv, book_xlsx, certificates_csv, certificates_xlsx
from schoolapp.web import access

PDF = "application/pdf"
ZIP = "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@bp.get("/certificates/<int:certificate_id>/certificate.pdf")
@access.requires(READ)
def printed(certificate_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    page = queries.certificates.get(actor, certificate_id)
    emblems = queries.emblems.of_workshop(actor, page.workshop_id, READ)
    return _file(draw_certificates([page.certificate], emblems), PDF, f"attestato-{certificate_id}.pdf")


@bp.get("/workshops/<int:workshop_id>/certificates.pdf")
@access.requires(READ)
def printed_together(workshop_id: int) -> ResponseReturnValue:
    return _of_all(workshop_id, draw_certificates, PDF, "pdf")


@bp.get("/workshops/<int:workshop_id>/certificates.zip")
@access.requires(READ)
def archive(workshop_id: int) -> ResponseReturnValue:
    return _of_all(workshop_id, draw_archive, ZIP, "zip")


@bp.get("/workshops/<int:workshop_id>/certificates.xlsx")
@access.requires(READ)
def spreadsheet(workshop_id: int) -> ResponseReturnValue:
    workshop = queries.certificates.of_workshop(access.signed_in_user(), workshop_id)
    return _file(certificates_xlsx(workshop), XLSX, f"attestati-{workshop_id}.xlsx")


@bp.get("/workshops/<int:workshop_id>/certificates.csv")
@access.requires(READ)
def table(workshop_id: int) -> ResponseReturnValue:
    workshop = queries.certificates.of_workshop(access.signed_in_user(), workshop_id)
    return _file(certificates_csv(workshop), CSV, f"attestati-{workshop_id}.csv")


@bp.get("/certificates.xlsx")
@access.requires(READ)
def book() -> ResponseReturnValue:
    actor = access.signed_in_user()
    year_id, label = year_asked(queries.workshops.school_years(actor))
    lines = queries.certificates.book_of_year(actor, school_year_id=year_id)
    return _file(book_xlsx(lines, label), XLSX, "registro-attestati.xlsx")


@bp.get("/certificates.csv")
@access.requires(READ)
def book_table() -> ResponseReturnValue:
    actor = access.signed_in_user()
    year_id, _label = year_asked(queries.workshops.school_years(actor))
    lines = queries.certificates.book_of_year(actor, school_year_id=year_id)
    return _file(book_csv(lines), CSV, "registro-attestati.csv")


def _of_all(
    workshop_id: int,
    draw: Callable[[Sequence[IssuedCertificate], Sequence[Emblem]], bytes],
    content_type: str,
    extension: str,
) -> ResponseReturnValue:
    """The certificates that hold; back to the page, which says what is missing, where there is none."""
    actor = access.signed_in_user()
    workshop = queries.certificates.of_workshop(actor, workshop_id)
    if not workshop.valid:
        return redirect(url_for(".of_workshop", workshop_id=workshop_id), 303)
    emblems = queries.emblems.of_workshop(actor, workshop_id, READ)
    return _file(draw(workshop.valid, emblems), content_type, f"attestati-{workshop_id}.{extension}")


def _file(content: bytes, content_type: str, name: str) -> Response:
    """A file name that says which workshop or certificate, and nobody's name."""
    kind = "inline" if content_type == PDF else "attachment"
    headers = {"Content-Disposition": f'{kind}; filename="{name}"'}
    return Response(content, content_type=content_type, headers=headers)
