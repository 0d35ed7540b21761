"""The sheets for the class councils on the screen: of one pupil, and the list of a class."""

from flask.typing import ResponseReturnValue

from schoolapp import queries
from schoolapp.blueprints.reports.routes import bp, draw, term_asked
from schoolapp.domain.permissions import Permission
from schoolapp.exchange.term_report_tables import PUPIL_TABLES
from schoolapp.web import access


@bp.get("/reports/pupils/<int:pupil_id>")
@access.requires(Permission.REPORTS_READ)
def sheet(pupil_id: int) -> ResponseReturnValue:
    term = term_asked()
    found = queries.term_report_sheets.of_pupil(access.signed_in_user(), pupil_id, term)
    return draw("reports/sheet.html", term, sheet=found, tables=PUPIL_TABLES)


@bp.get("/reports/classes/<int:class_id>")
@access.requires(Permission.PUPILS_READ)
def school_class(class_id: int) -> ResponseReturnValue:
    term = term_asked()
    found = queries.term_report_sheets.of_class(access.signed_in_user(), class_id, term)
    return draw("reports/class.html", term, school_class=found, tables=PUPIL_TABLES)
