"""The levels as files: the rows and figures of the pages."""

from collections.abc import Callable

from flask import Response
from flask.typing import ResponseReturnValue

from schoolapp import queries
from schoolapp.blueprints.assessments.routes import bp
from schoolapp.domain.level_tables import LevelsTable
from schoolapp.domain.permissions import Permission
from schoolapp.exchange.levels import levels_csv, levels_xlsx
from schoolapp.web import access

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@bp.get("/workshops/<int:workshop_id>/levels.xlsx")
@access.requires(Permission.WORKSHOPS_READ)
def workshop_spreadsheet(workshop_id: int) -> ResponseReturnValue:
    table = queries.profiles.levels_of_workshop(access.signed_in_user(), workshop_id)
    return _file(table, levels_xlsx, XLSX, f"livelli-{workshop_id}.xlsx")


@bp.get("/workshops/<int:workshop_id>/levels.csv")
@access.requires(Permission.WORKSHOPS_READ)
def workshop_table(workshop_id: int) -> ResponseReturnValue:
    table = queries.profiles.levels_of_workshop(access.signed_in_user(), workshop_id)
    return _file(table, levels_csv, CSV, f"livelli-{workshop_id}.csv")


@bp.get("/levels.xlsx")
@access.requires(Permission.ASSESSMENTS_READ)
def school_spreadsheet() -> ResponseReturnValue:
    """As far as the person reads: the school, the own workshops, or what was shared of the own classes."""
    return _file(queries.profiles.levels_of_school(access.signed_in_user()), levels_xlsx, XLSX, "livelli.xlsx")


@bp.get("/levels.csv")
@access.requires(Permission.ASSESSMENTS_READ)
def school_table() -> ResponseReturnValue:
    return _file(queries.profiles.levels_of_school(access.signed_in_user()), levels_csv, CSV, "livelli.csv")


def _file(table: LevelsTable, draw: Callable[[LevelsTable], bytes], mimetype: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(draw(table), content_type=mimetype, headers=headers)
