"""The month's hours for the Ambito's office: sums on screen and as tables."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from schoolapp import clock, queries
from schoolapp.domain.district_hours import DistrictHours
from schoolapp.domain.permissions import Permission
from schoolapp.domain.timesheets import month_before, month_of, next_month
from schoolapp.exchange.district_hours import district_hours_csv, district_hours_xlsx
from schoolapp.web import access

bp = Blueprint("district_hours", __name__)


@bp.get("/district-hours")
@access.requires(Permission.HOURS_COUNT)
def month() -> ResponseReturnValue:
    chosen = _month()
    return render_template(
        "district_hours/month.html",
        hours=queries.district_hours.of_month(access.signed_in_user(), chosen),
        month=chosen,
        key=f"{chosen:%Y-%m}",
        before=f"{month_before(chosen):%Y-%m}",
        after=f"{next_month(chosen):%Y-%m}",
    )


@bp.get("/district-hours.xlsx")
@access.requires(Permission.HOURS_COUNT)
def spreadsheet() -> ResponseReturnValue:
    return _file(district_hours_xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@bp.get("/district-hours.csv")
@access.requires(Permission.HOURS_COUNT)
def table() -> ResponseReturnValue:
    return _file(district_hours_csv, "csv", "text/csv; charset=utf-8")


def _file(written: Callable[[DistrictHours], bytes], ending: str, content_type: str) -> Response:
    chosen = _month()
    content = written(queries.district_hours.of_month(access.signed_in_user(), chosen))
    disposition = f'attachment; filename="ore-{chosen:%Y-%m}.{ending}"'
    return Response(content, content_type=content_type, headers={"Content-Disposition": disposition})


def _month() -> date:
    """The month of ?month=2026-11; this one where the address names none."""
    return month_of(request.args.get("month", "")) or clock.today().replace(day=1)
