"""Hours of a month: whose I read, the sheet of one person on screen, on paper and as a table."""

from datetime import date

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from schoolapp import clock, queries
from schoolapp.documents.timesheet import draw_timesheet
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.timesheets import WORKER_NAMES, Timesheet, Worker, month_before, month_of, next_month
from schoolapp.exchange.timesheets import timesheet_csv, timesheet_xlsx
from schoolapp.web import access
from schoolapp.web.wording import sentence_of

bp = Blueprint("timesheets", __name__)

FILES = {
    "pdf": (draw_timesheet, "application/pdf"),
    "xlsx": (timesheet_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (timesheet_csv, "text/csv; charset=utf-8"),
}


@bp.get("/timesheets")
@access.requires(Permission.HOURS_READ)
def index() -> ResponseReturnValue:
    month = _month()
    found = queries.timesheets.of_month(access.signed_in_user(), month)
    return render_template("timesheets/index.html", lines=found, worker_names=WORKER_NAMES, **_months(month))


@access.requires(Permission.HOURS_READ)
def show(worker: str, person_id: int) -> ResponseReturnValue:
    sheet = _sheet(worker, person_id)
    return render_template("timesheets/show.html", sheet=sheet, worker_names=WORKER_NAMES, **_months(sheet.month))


@access.requires(Permission.HOURS_READ)
def download(worker: str, person_id: int, file_format: str) -> ResponseReturnValue:
    """The month, of one funding line where `line` names it; the file's name says whose number, and no name."""
    sheet = _sheet(worker, person_id)
    line_id = request.args.get("line", type=int)
    if line_id is not None:
        if line_id not in {total.funding_line_id for total in sheet.totals}:
            abort(404)
        sheet = sheet.limited_to(line_id)
    draw, content_type = FILES[file_format]
    try:
        content = draw(sheet)
    except RuleViolation as violation:
        return render_template("errors/register.html", sentence=sentence_of(violation)), 400
    name = f"foglio-ore-{sheet.month:%Y-%m}-{worker}-{person_id}.{file_format}"
    kind = "inline" if file_format == "pdf" else "attachment"
    return Response(content, content_type=content_type, headers={"Content-Disposition": f'{kind}; filename="{name}"'})


def _sheet(worker: str, person_id: int) -> Timesheet:
    return queries.timesheets.get(access.signed_in_user(), Worker(worker), person_id, _month())


def _month() -> date:
    """The month of ?month=2026-11; this one where the address names none."""
    return month_of(request.args.get("month", "")) or clock.today().replace(day=1)


def _months(month: date) -> dict[str, object]:
    return {
        "month": month,
        "key": f"{month:%Y-%m}",
        "before": f"{month_before(month):%Y-%m}",
        "after": f"{next_month(month):%Y-%m}",
    }


for _worker in Worker:  # /timesheets/mediators/7, /timesheets/mediators/7/timesheet.pdf
    _address = f"/timesheets/{_worker}s/<int:person_id>"
    bp.add_url_rule(_address, "show", show, defaults={"worker": _worker.value})
    for _format in FILES:
        bp.add_url_rule(
            f"{_address}/timesheet.{_format}",
            "download",
            download,
            defaults={"worker": _worker.value, "file_format": _format},
        )
