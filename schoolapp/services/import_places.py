"""The plessi and classes that a list needs and the school does not have yet."""

from dataclasses import dataclass, field
from datetime import date

from schoolapp.domain.pupil_imports import ImportPlan
from schoolapp.domain.pupil_lists import ParsedRow
from schoolapp.domain.search_keys import search_key
from schoolapp.extensions import db
from schoolapp.models import SchoolClass, Site
from schoolapp.services import school_years


@dataclass
class NewPlaces:
    """What was made. Lines name a new class by the number of its plesso and the search key of its name."""

    made_sites: list[int] = field(default_factory=list)
    made_classes: list[int] = field(default_factory=list)
    classes: dict[tuple[int | None, str], int] = field(default_factory=dict)

    def class_id(self, row: ParsedRow) -> int | None:
        """The class of a line, found or made."""
        if row.create_class and row.class_name:
            return self.classes[row.site_id, search_key(row.class_name)]
        return row.class_id


def make(institute_id: int, plan: ImportPlan, *, today: date) -> NewPlaces:
    """Make what the lines ask for."""
    rows = [planned.row for planned in plan.rows]
    sites: dict[int, Site] = {}
    for row in rows:
        if row.create_site is not None and row.site_id is not None and row.site_id not in sites:
            sites[row.site_id] = Site(institute_id=institute_id, name=row.create_site[:160])
    db.session.add_all(sites.values())
    db.session.flush()
    wanted = {
        (row.site_id, search_key(row.class_name)): row.class_name
        for row in rows
        if row.create_class and row.class_name and row.site_id is not None
    }
    year_id = school_years.prepared(today).id if wanted else 0
    classes = {
        (site_id, key): SchoolClass(
            institute_id=institute_id,
            site_id=sites[site_id].id if site_id in sites else site_id,
            school_year_id=year_id,
            name=name[:20],
        )
        for (site_id, key), name in wanted.items()
    }
    db.session.add_all(classes.values())
    db.session.flush()
    return NewPlaces(
        made_sites=[site.id for site in sites.values()],
        made_classes=[school_class.id for school_class in classes.values()],
        classes={key: school_class.id for key, school_class in classes.items()},
    )
