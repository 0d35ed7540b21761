"""Workshops with their timetable, and who was there."""

from datetime import date, time
from typing import Any

from schoolapp import clock
from schoolapp.domain.attendance import MarkStatus, mark_minutes
from schoolapp.domain.lessons import minutes_between
from schoolapp.domain.levels import Level
from schoolapp.domain.workshops import WorkshopKind, WorkshopStatus
from schoolapp.extensions import db
from schoolapp.models import (
    Enrolment,
    Institute,
    Lesson,
    Mark,
    Pupil,
    Slot,
    UnlistedPupil,
    UnlistedState,
    User,
    Workshop,
    WorkshopFacilitator,
)
from tests.factories.funding import make_funding_line
from tests.factories.keeping import kept
from tests.factories.people import make_user
from tests.factories.places import make_school_year, make_site
from tests.factories.pupils import make_pupil


def make_workshop(institute: Institute | None = None, facilitator: User | None = None, **values: Any) -> Workshop:
    """A workshop under way; with `facilitator`, theirs since its first day."""
    site = values.pop("site", None) or make_site(institute)
    if "funding_line_id" not in values:
        values["funding_line_id"] = make_funding_line().id
    workshop = kept(
        Workshop(
            **{
                "institute_id": site.institute_id,
                "site": site,
                "school_year_id": make_school_year().id,
                "title": "Italiano per comunicare A1",
                "kind": WorkshopKind.TO_COMMUNICATE,
                "level": Level.A1,
                "status": WorkshopStatus.STARTED,
                "place": "aula 4",
                "capacity": 10,
                "planned_minutes": 60 * 60,
                "threshold_percent": 70,
                "first_day": date(2026, 9, 21),
                "last_day": date(2027, 5, 31),
                **values,
            }
        )
    )
    if facilitator is not None:
        make_workshop_facilitator(workshop, facilitator)
    return workshop


def make_workshop_facilitator(workshop: Workshop, user: User, **values: Any) -> WorkshopFacilitator:
    return kept(WorkshopFacilitator(**{"workshop": workshop, "user": user, "valid_from": workshop.first_day, **values}))


def make_slot(workshop: Workshop | None = None, **values: Any) -> Slot:
    workshop = workshop or make_workshop()
    return kept(
        Slot(
            **{
                "workshop": workshop,
                "weekday": 0,
                "start": time(10, 30),
                "end": time(12, 0),
                "valid_from": workshop.first_day,
                **values,
            }
        )
    )


def make_lesson(workshop: Workshop | None = None, **values: Any) -> Lesson:
    """A lesson of the first facilitator of the workshop, 90 minutes from 10:30, on Monday 23 November 2026."""
    workshop = workshop or make_workshop()
    facilitators = workshop.facilitators
    values = {
        "day": date(2026, 11, 23),
        "start": time(10, 30),
        "end": time(12, 0),
        "facilitator_id": facilitators[0].user_id if facilitators else None,
        "funding_line_id": workshop.funding_line_id,
        "place": workshop.place,
        **values,
    }
    values.setdefault("minutes", minutes_between(values["start"], values["end"]))
    signed_by = values.pop("signed_by", None)
    if signed_by is not None:
        values.setdefault("signed_at", clock.now())
        values["signed_by_id"] = signed_by.id
    return kept(Lesson(workshop=workshop, **values))


def make_enrolment(workshop: Workshop | None = None, pupil: Pupil | None = None, **values: Any) -> Enrolment:
    workshop = workshop or make_workshop()
    if pupil is None:
        institute = db.session.get_one(Institute, workshop.institute_id)
        pupil = make_pupil(institute)
    return kept(Enrolment(**{"workshop": workshop, "pupil": pupil, "first_day": workshop.first_day, **values}))


def make_mark(lesson: Lesson, pupil: Pupil, status: MarkStatus = MarkStatus.PRESENT, **values: Any) -> Mark:
    missed = values.get("missed_minutes")
    worth = mark_minutes(status, lesson_minutes=lesson.minutes, missed_minutes=missed)
    recorded_by = values.pop("recorded_by", None) or make_user()
    return kept(
        Mark(
            **{
                "lesson_id": lesson.id,
                "pupil_id": pupil.id,
                "status": status,
                "attended_minutes": worth.attended,
                "offered_minutes": worth.offered,
                "recorded_by_id": recorded_by.id,
                "recorded_at": clock.now(),
                **values,
            }
        )
    )


def make_unlisted_pupil(lesson: Lesson | None = None, **values: Any) -> UnlistedPupil:
    lesson = lesson or make_lesson()
    return kept(
        UnlistedPupil(
            **{"lesson": lesson, "name": "Omar", "class_name": "2B", "state": UnlistedState.PROPOSED, **values}
        )
    )
