"""Term reports to print and to take away: PDF, XLSX, CSV, from the read models of the pages."""

from collections.abc import Callable, Sequence

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from schoolapp import queries
from schoolapp.blueprints.reports.routes import bp, share_percent, term_asked
from schoolapp.documents.term_report_pupil import draw_pupil_sheets
from schoolapp.documents.term_report_school import draw_school_report
from schoolapp.documents.term_report_workshop import draw_workshop_report
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.term_report_heads import ReportTerm
from schoolapp.domain.term_report_sheets import PupilTermSheet
from schoolapp.domain.wording import N_
from schoolapp.exchange.term_report_sheets import sheets_csv, sheets_xlsx
from schoolapp.exchange.term_report_tables import PUPIL_TABLES, SCHOOL_TABLES, WORKSHOP_TABLES, Table
from schoolapp.exchange.term_reports import (
    school_csv,
    school_xlsx,
    workshop_csv,
    workshop_xlsx,
)
from schoolapp.web import access
from schoolapp.web.wording import sentence_of

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@bp.get("/reports/schools/<int:institute_id>/report.pdf")
@access.requires(Permission.REPORTS_COUNTERSIGN)
def school_pdf(institute_id: int) -> ResponseReturnValue:
    """The whole report; `?sheets=1` adds the sheets of the pupils."""
    actor, term = access.signed_in_user(), term_asked()
    report = queries.term_reports.of_school(actor, institute_id, term, threshold_percent=share_percent(), printed=True)
    with_sheets = request.args.get("sheets") == "1"
    sheets = queries.term_report_sheets.of_school(actor, report.head) if with_sheets else ()
    return _file(lambda: draw_school_report(report, sheets), f"relazione-{institute_id}", "pdf", term)


@bp.get("/reports/schools/<int:institute_id>/report.xlsx")
@access.requires(Permission.REPORTS_COUNTERSIGN)
def school_spreadsheet(institute_id: int) -> ResponseReturnValue:
    return _school_table(institute_id, "xlsx")


@bp.get("/reports/schools/<int:institute_id>/report.csv")
@access.requires(Permission.REPORTS_COUNTERSIGN)
def school_table(institute_id: int) -> ResponseReturnValue:
    return _school_table(institute_id, "csv")


def _school_table(institute_id: int, extension: str) -> ResponseReturnValue:
    term = term_asked()
    report = queries.term_reports.of_school(
        access.signed_in_user(), institute_id, term, threshold_percent=share_percent()
    )
    if extension == "xlsx":
        return _file(lambda: school_xlsx(report), f"relazione-{institute_id}", extension, term)
    table = _table_asked(SCHOOL_TABLES, Table.WORKSHOPS)
    return _file(lambda: school_csv(report, table), f"relazione-{institute_id}-{table}", extension, term)


@bp.get("/reports/workshops/<int:workshop_id>/report.pdf")
@access.requires(Permission.REPORTS_WRITE, Permission.REPORTS_COUNTERSIGN)
def workshop_pdf(workshop_id: int) -> ResponseReturnValue:
    return _workshop(workshop_id, "pdf")


@bp.get("/reports/workshops/<int:workshop_id>/report.xlsx")
@access.requires(Permission.REPORTS_WRITE, Permission.REPORTS_COUNTERSIGN)
def workshop_spreadsheet(workshop_id: int) -> ResponseReturnValue:
    return _workshop(workshop_id, "xlsx")


@bp.get("/reports/workshops/<int:workshop_id>/report.csv")
@access.requires(Permission.REPORTS_WRITE, Permission.REPORTS_COUNTERSIGN)
def workshop_table(workshop_id: int) -> ResponseReturnValue:
    return _workshop(workshop_id, "csv")


def _workshop(workshop_id: int, extension: str) -> ResponseReturnValue:
    """`?outside=1` is a copy that leaves the school: small numbers are kept to oneself."""
    term, outside = term_asked(), request.args.get("outside") == "1"
    report = queries.term_reports.of_workshop(
        access.signed_in_user(), workshop_id, term, outside=outside, printed=extension == "pdf"
    )
    name = f"relazione-laboratorio-{workshop_id}{'-esterno' if outside else ''}"
    if extension == "csv":
        table = _table_asked(WORKSHOP_TABLES, Table.LEVELS)
        return _file(lambda: workshop_csv(report, table), f"{name}-{table}", extension, term)
    write = draw_workshop_report if extension == "pdf" else workshop_xlsx
    return _file(lambda: write(report), name, extension, term)


@bp.get("/reports/classes/<int:class_id>/sheets.pdf")
@access.requires(Permission.PUPILS_READ)
def class_pdf(class_id: int) -> ResponseReturnValue:
    return _class(class_id, "pdf")


@bp.get("/reports/classes/<int:class_id>/sheets.xlsx")
@access.requires(Permission.PUPILS_READ)
def class_spreadsheet(class_id: int) -> ResponseReturnValue:
    return _class(class_id, "xlsx")


@bp.get("/reports/classes/<int:class_id>/sheets.csv")
@access.requires(Permission.PUPILS_READ)
def class_table(class_id: int) -> ResponseReturnValue:
    return _class(class_id, "csv")


def _class(class_id: int, extension: str) -> ResponseReturnValue:
    term = term_asked()
    found = queries.term_report_sheets.of_class(access.signed_in_user(), class_id, term, printed=extension == "pdf")
    return _sheets(found.sheets, f"schede-classe-{class_id}", extension, term)


@bp.get("/reports/pupils/<int:pupil_id>/sheet.pdf")
@access.requires(Permission.REPORTS_READ)
def sheet_pdf(pupil_id: int) -> ResponseReturnValue:
    return _sheet(pupil_id, "pdf")


@bp.get("/reports/pupils/<int:pupil_id>/sheet.xlsx")
@access.requires(Permission.REPORTS_READ)
def sheet_spreadsheet(pupil_id: int) -> ResponseReturnValue:
    return _sheet(pupil_id, "xlsx")


@bp.get("/reports/pupils/<int:pupil_id>/sheet.csv")
@access.requires(Permission.REPORTS_READ)
def sheet_table(pupil_id: int) -> ResponseReturnValue:
    return _sheet(pupil_id, "csv")


def _sheet(pupil_id: int, extension: str) -> ResponseReturnValue:
    term = term_asked()
    found = queries.term_report_sheets.of_pupil(access.signed_in_user(), pupil_id, term, printed=extension == "pdf")
    return _sheets((found,), f"scheda-{pupil_id}", extension, term)


def _sheets(sheets: tuple[PupilTermSheet, ...], name: str, extension: str, term: ReportTerm) -> ResponseReturnValue:
    table = _table_asked(PUPIL_TABLES, Table.SHEETS)

    def write() -> bytes:
        if not sheets:
            raise RuleViolation(N_("Nessun alunno della classe è in un laboratorio in questo periodo."))
        if extension == "pdf":
            return draw_pupil_sheets(sheets, title="Schede per il consiglio di classe")
        return sheets_xlsx(sheets) if extension == "xlsx" else sheets_csv(sheets, table)

    return _file(write, f"{name}-{table}" if extension == "csv" else name, extension, term)


def _table_asked(tables: Sequence[Table], usual: Table) -> Table:
    """The table in the address, if the report has it: any other does not exist."""
    asked = request.args.get("table", usual.value)
    found = next((table for table in tables if table.value == asked), None)
    if found is None:
        abort(404)
    return found


def _file(write: Callable[[], bytes], name: str, extension: str, term: ReportTerm) -> ResponseReturnValue:
    """A file whose name says which report and term, and nobody's name."""
    try:
        content = write()
    except RuleViolation as violation:
        return render_template("reports/refused.html", sentence=sentence_of(violation)), 400
    kind = "inline" if extension == "pdf" else "attachment"
    filename = f"{name}-{term.first_day:%Y%m%d}-{term.last_day:%Y%m%d}.{extension}"
    headers = {"Content-Disposition": f'{kind}; filename="{filename}"'}
    return Response(content, content_type=TYPES[extension], headers=headers)
