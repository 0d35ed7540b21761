"""The register of a workshop to print and to take away: PDF, empty form, spreadsheet, CSV. One read model for all."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from schoolapp import queries
from schoolapp.documents.register import draw_empty_register, draw_register
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.periods import ensure_period
from schoolapp.domain.permissions import Permission
from schoolapp.domain.registers import WorkshopRegister
from schoolapp.domain.wording import N_
from schoolapp.exchange.registers import register_csv, register_xlsx
from schoolapp.web import access
from schoolapp.web.wording import sentence_of

bp = Blueprint("registers", __name__)

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@bp.get("/workshops/<int:workshop_id>/register.pdf")
@access.requires(Permission.REGISTERS_PRINT)
def printed(workshop_id: int) -> ResponseReturnValue:
    return _answer(workshop_id, draw_register, PDF, "registro", "pdf")


@bp.get("/workshops/<int:workshop_id>/register-empty.pdf")
@access.requires(Permission.REGISTERS_PRINT)
def empty(workshop_id: int) -> ResponseReturnValue:
    return _answer(workshop_id, draw_empty_register, PDF, "registro-vuoto", "pdf")


@bp.get("/workshops/<int:workshop_id>/register.xlsx")
@access.requires(Permission.REGISTERS_PRINT)
def spreadsheet(workshop_id: int) -> ResponseReturnValue:
    return _answer(workshop_id, register_xlsx, XLSX, "registro", "xlsx")


@bp.get("/workshops/<int:workshop_id>/register.csv")
@access.requires(Permission.REGISTERS_PRINT)
def table(workshop_id: int) -> ResponseReturnValue:
    return _answer(workshop_id, register_csv, CSV, "registro", "csv")


def _answer(
    workshop_id: int, draw: Callable[[WorkshopRegister], bytes], mimetype: str, name: str, extension: str
) -> ResponseReturnValue:
    """The register of the days asked for; a file name that says which workshop and days, and nobody's name."""
    actor = access.signed_in_user()
    try:
        whole = queries.attendance.days_of_workshop(actor, workshop_id)
        first_day, last_day = _day("from") or whole[0], _day("to") or whole[1]
        ensure_period(first_day, last_day)
        register = queries.attendance.register_of_workshop(actor, workshop_id, first_day, last_day)
        content = draw(register)
    except RuleViolation as violation:
        return render_template("errors/register.html", sentence=sentence_of(violation)), 400
    filename = f"{name}-{workshop_id}-{register.first_day:%Y%m%d}-{register.last_day:%Y%m%d}.{extension}"
    kind = "inline" if mimetype == PDF else "attachment"
    headers = {"Content-Disposition": f'{kind}; filename="{filename}"'}
    return Response(content, content_type=mimetype, headers=headers)


def _day(argument: str) -> date | None:
    text = request.args.get(argument, "")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RuleViolation(
            N_("«%(text)s» non è una data. Scrivila come anno-mese-giorno, per esempio 2026-09-14."), text=text[:20]
        ) from None
