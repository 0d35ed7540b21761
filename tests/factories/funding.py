"""Projects, their funding lines and the hours that were granted."""

from typing import Any

from schoolapp.models import FundingLine, HourBudget, Institute, Project, ProjectEmblem
from tests.factories.keeping import kept, numbers
from tests.factories.places import make_institute, make_school_year
from tests.support.emblems import make_emblem


def make_project(**values: Any) -> Project:
    return kept(
        Project(**{"title": "Lab’Impact", "code": "PROG-2463", "cup": "E00E00000000000", "ambito_id": None, **values})
    )


def make_project_emblem(project: Project | None = None, **values: Any) -> ProjectEmblem:
    emblem = make_emblem()
    return kept(
        ProjectEmblem(
            **{
                "project_id": (project or make_project()).id,
                "position": 1,
                "name": emblem.name,
                "png": emblem.png,
                "width": emblem.width,
                "height": emblem.height,
                **values,
            }
        )
    )


def make_funding_line(**values: Any) -> FundingLine:
    if "project_id" not in values:
        values["project_id"] = make_project().id
    return kept(FundingLine(**{"name": f"FAMI {next(numbers)}", **values}))


def make_hour_budget(institute: Institute | None = None, **values: Any) -> HourBudget:
    """Sixty hours of a school; with `service_id`, of that service."""
    if "service_id" not in values:
        institute = institute or make_institute()
        values = {"institute": institute, "ambito_id": institute.ambito_id, **values}
    if "funding_line_id" not in values:
        values["funding_line_id"] = make_funding_line().id
    return kept(HourBudget(**{"school_year_id": make_school_year().id, "granted_minutes": 60 * 60, **values}))
