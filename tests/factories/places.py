"""The ambito, its schools with their classes, the school year, and who works beside the schools."""

from datetime import date
from typing import Any

from sqlalchemy import select

from schoolapp.domain.meetings import MeetingContext
from schoolapp.extensions import db
from schoolapp.models import Ambito, Closure, Comune, Institute, Provider, SchoolClass, SchoolYear, Service, Site, Term
from tests.factories.keeping import YEAR_FIRST_DAY, YEAR_LAST_DAY, kept, numbers


def make_ambito(**values: Any) -> Ambito:
    number = next(numbers)
    return kept(Ambito(**{"name": f"Ambito {number}", "lead_body": "Comune di Prova", "province": "SO", **values}))


def make_comune(**values: Any) -> Comune:
    return kept(Comune(**{"name": f"Comune {next(numbers)}", "province": "SONDRIO", **values}))


def make_institute(**values: Any) -> Institute:
    values.setdefault("ambito_id", make_ambito().id)
    return kept(Institute(**{"name": f"IC Valle {next(numbers)}", "code": None, **values}))


def make_site(institute: Institute | None = None, **values: Any) -> Site:
    institute = institute or make_institute()
    return kept(Site(**{"institute": institute, "name": f"Primaria {next(numbers)}", **values}))


def make_school_year(**values: Any) -> SchoolYear:
    """The one year of the tests: made once a test, found afterwards."""
    values = {"label": "2026/27", "first_day": YEAR_FIRST_DAY, "last_day": YEAR_LAST_DAY, **values}
    found = db.session.scalar(select(SchoolYear).where(SchoolYear.label == values["label"]))
    if found is not None:
        return found
    year = SchoolYear(**values)
    first, last = year.first_day, year.last_day
    halfway = date(last.year, 1, 31)
    return kept(
        year,
        Term(school_year=year, name="primo quadrimestre", first_day=first, last_day=halfway),
        Term(school_year=year, name="secondo quadrimestre", first_day=date(last.year, 2, 1), last_day=last),
    )


def make_closure(**values: Any) -> Closure:
    day = values.pop("day", date(2026, 12, 8))
    return kept(
        Closure(
            **{
                "school_year_id": make_school_year().id,
                "first_day": day,
                "last_day": day,
                "name": "Immacolata",
                **values,
            }
        )
    )


def make_class(site: Site | None = None, **values: Any) -> SchoolClass:
    site = site or make_site()
    return kept(
        SchoolClass(
            **{
                "institute_id": site.institute_id,
                "site": site,
                "school_year_id": make_school_year().id,
                "name": "2B",
                **values,
            }
        )
    )


def make_provider(**values: Any) -> Provider:
    return kept(Provider(**{"name": f"Cooperativa {next(numbers)}", **values}))


def make_service(ambito: Ambito | None = None, **values: Any) -> Service:
    ambito = ambito or make_ambito()
    return kept(
        Service(
            **{"ambito_id": ambito.id, "name": f"Servizio {next(numbers)}", "context": MeetingContext.SOCIAL, **values}
        )
    )
