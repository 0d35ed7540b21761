"""The month's hours for the Ambito's office: sums on screen and as tables."""

from datetime import date

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from schoolapp import clock, queries
from schoolapp.domain.permissions import Permission
from schoolapp.domain.timesheets import month_before, month_of, next_month
from schoolapp.exchange.district_hours import district_hours_csv, district_hours_xlsx
from schoolapp.web import access

bp = Blueprint("district_hours", __name__)

FILES = {
    "xlsx": (district_hours_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (district_hours_csv, "text/csv; charset=utf-8"),
}


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


@access.requires(Permission.HOURS_COUNT)
def download(file_format: str) -> ResponseReturnValue:
    chosen = _month()
    draw, content_type = FILES[file_format]
    content = draw(queries.district_hours.of_month(access.signed_in_user(), chosen))
    disposition = f'attachment; filename="ore-{chosen:%Y-%m}.{file_format}"'
    return Response(content, content_type=content_type, headers={"Content-Disposition": disposition})


def _month() -> date:
    """The month of ?month=2026-11; this one where the address names none."""
    return month_of(request.args.get("month", "")) or clock.today().replace(day=1)


for _format in FILES:  # /district-hours/table.xlsx
    bp.add_url_rule(f"/district-hours/table.{_format}", "download", download, defaults={"file_format": _format})
