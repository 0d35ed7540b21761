"""The levels as files: the rows and figures of the pages."""

from flask import Response
from flask.typing import ResponseReturnValue

from schoolapp import clock, queries
from schoolapp.blueprints.assessments.routes import bp
from schoolapp.domain.level_tables import PupilLevels
from schoolapp.domain.permissions import Permission
from schoolapp.exchange.levels import levels_csv, levels_xlsx, progress_csv
from schoolapp.exchange.pupil_levels import pupil_levels_csv, pupil_levels_xlsx
from schoolapp.web import access

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@bp.get("/workshops/<int:workshop_id>/levels.xlsx")
@access.requires(Permission.WORKSHOPS_READ)
def workshop_spreadsheet(workshop_id: int) -> ResponseReturnValue:
    table = queries.profiles.levels_of_workshop(access.signed_in_user(), workshop_id, with_states=True)
    return _file(levels_xlsx(table), XLSX, f"livelli-{workshop_id}.xlsx")


@bp.get("/workshops/<int:workshop_id>/levels.csv")
@access.requires(Permission.WORKSHOPS_READ)
def workshop_table(workshop_id: int) -> ResponseReturnValue:
    table = queries.profiles.levels_of_workshop(access.signed_in_user(), workshop_id, with_states=True)
    return _file(levels_csv(table), CSV, f"livelli-{workshop_id}.csv")


@bp.get("/levels.xlsx")
@access.requires(Permission.ASSESSMENTS_READ)
def school_spreadsheet() -> ResponseReturnValue:
    """As far as the person reads: the school, the own workshops, or what was shared of the own classes."""
    actor = access.signed_in_user()
    table = queries.profiles.levels_of_school(actor, with_states=True)
    workshops = (
        queries.assessments.list_workshops(actor, on=clock.today()) if actor.may(Permission.WORKSHOPS_READ) else []
    )
    return _file(levels_xlsx(table, workshops), XLSX, "livelli.xlsx")


@bp.get("/levels.csv")
@access.requires(Permission.ASSESSMENTS_READ)
def school_table() -> ResponseReturnValue:
    table = queries.profiles.levels_of_school(access.signed_in_user(), with_states=True)
    return _file(levels_csv(table), CSV, "livelli.csv")


@bp.get("/levels/workshops.csv")
@access.requires(Permission.WORKSHOPS_READ)
def progress_table() -> ResponseReturnValue:
    """How far the assessments of the workshops are."""
    workshops = queries.assessments.list_workshops(access.signed_in_user(), on=clock.today())
    return _file(progress_csv(workshops), CSV, "valutazioni-dei-laboratori.csv")


@bp.get("/pupils/<int:pupil_id>/levels.xlsx")
@access.requires(Permission.ASSESSMENTS_READ)
def pupil_spreadsheet(pupil_id: int) -> ResponseReturnValue:
    return _file(pupil_levels_xlsx(_pupil(pupil_id)), XLSX, f"livelli-alunno-{pupil_id}.xlsx")


@bp.get("/pupils/<int:pupil_id>/levels.csv")
@access.requires(Permission.ASSESSMENTS_READ)
def pupil_table(pupil_id: int) -> ResponseReturnValue:
    return _file(pupil_levels_csv(_pupil(pupil_id)), CSV, f"livelli-alunno-{pupil_id}.csv")


def _pupil(pupil_id: int) -> PupilLevels:
    """What the page of the pupil shows."""
    actor = access.signed_in_user()
    found = queries.assessments.get_pupil(actor, pupil_id)
    history = queries.profiles.history(actor, pupil_id)
    return PupilLevels(
        name=f"{found.last_name} {found.first_name}".strip(),
        school_class=found.class_name or "",
        site=found.site_name or "",
        institute=found.institute_name,
        on=clock.today(),
        read_at=clock.now(),
        history=history,
        assessments=tuple(queries.assessments.list_of(actor, pupil_id)),
        placement=queries.placements.suggest(actor, found, history),
    )


def _file(content: bytes, mimetype: str, name: str) -> Response:
    return Response(content, content_type=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
