"""A workshop that has come to its end, with its school and people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from schoolapp.domain.attendance import MarkStatus
from schoolapp.domain.roles import Role
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.models import Enrolment, Institute, Pupil, User, Workshop
from tests import factories

LESSONS = 4
FIRST_LESSON = date(2026, 11, 23)


@dataclass
class Concluded:
    institute: Institute
    coordinator: User
    workshop: Workshop
    pupils: dict[str, Pupil]
    enrolments: dict[str, Enrolment]


def concluded_workshop(presences: Mapping[str, int], **values: Any) -> Concluded:
    """Four signed lessons of 90 minutes, on Mondays from 23 November; each pupil was at the first so many.

    The threshold is 70 %: three lessons of four are enough.
    """
    institute = factories.make_institute()
    coordinator = factories.make_user(Role.COORDINATOR, institute, name="Lucia Fontanive")
    irene = factories.make_user(Role.FACILITATOR, institute, name="Irene Valsecca")
    site = factories.make_site(institute, name="Ada Negri", kind="SCUOLA PRIMARIA")
    school_class = factories.make_class(site)
    workshop = factories.make_workshop(
        site=site, facilitator=irene, **{"status": WorkshopStatus.CONCLUDED, "last_day": date(2026, 12, 22), **values}
    )
    lessons = [
        factories.make_lesson(workshop, day=FIRST_LESSON + timedelta(days=7 * number), signed_by=irene)
        for number in range(LESSONS)
    ]
    pupils, enrolments = {}, {}
    for name, present in presences.items():
        pupils[name] = factories.make_pupil(institute, first_name=name, last_name="Diop", school_class=school_class)
        enrolments[name] = factories.make_enrolment(workshop, pupils[name])
        for number, lesson in enumerate(lessons):
            status = MarkStatus.PRESENT if number < present else MarkStatus.ABSENT
            factories.make_mark(lesson, pupils[name], status, recorded_by=irene)
    return Concluded(institute, coordinator, workshop, pupils, enrolments)
