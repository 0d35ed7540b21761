"""Which assessments a group, a list of workshops and a suggestion look at."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from sqlalchemy.orm import Session

from schoolapp import queries
from schoolapp.domain.actors import Actor
from schoolapp.domain.assessment import AssessmentState, Literacy, Moment
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.roles import Role
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.models import Institute, Pupil, Workshop
from tests import factories

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday(database: Session) -> Iterator[None]:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False):
        yield


class School:
    """A workshop of one pupil, read by a coordinator who has another school too."""

    def __init__(self) -> None:
        self.institute: Institute = factories.make_institute()
        self.site = factories.make_site(self.institute, kind="SCUOLA PRIMARIA")
        coordinator = factories.make_user(Role.COORDINATOR, self.institute)
        self.elsewhere = factories.make_membership(coordinator, Role.COORDINATOR).institute
        self.actor: Actor = factories.actor_of(coordinator)
        self.workshop: Workshop = factories.make_workshop(site=self.site)
        self.pupil: Pupil = factories.make_pupil(self.institute, school_class=factories.make_class(self.site))
        factories.make_enrolment(self.workshop, self.pupil)

    def suggested(self) -> list[int]:
        found = queries.assessments.get_pupil(self.actor, self.pupil.id)
        history = queries.profiles.history(self.actor, self.pupil.id)
        return [workshop.id for workshop in queries.placements.suggest(self.actor, found, history).workshops]


@pytest.fixture
def school() -> School:
    return School()


def test_the_assessments_of_last_year_do_not_count_for_this_one(school: School) -> None:
    last_year = factories.make_school_year(label="2025/26", first_day=date(2025, 9, 1), last_day=date(2026, 8, 31))
    factories.make_assessment(school.pupil, school_year_id=last_year.id, day=date(2025, 10, 1))
    (progress,) = queries.assessments.list_workshops(school.actor, on=TODAY)
    assert (progress.pupils, progress.done[Moment.ENTRY], progress.to_share) == (1, 0, 0)
    group = queries.assessments.group(school.actor, school.workshop.id, on=TODAY)
    assert [line.cell(Moment.ENTRY).id for line in group.lines] == [None]
    assert queries.profiles.levels_of_workshop(school.actor, school.workshop.id).overall_levels(Moment.ENTRY) == (
        dict.fromkeys(Level, 0)
    )


def test_who_has_left_a_workshop_is_not_counted_among_its_pupils(school: School) -> None:
    gone = factories.make_enrolment(school.workshop, last_day=date(2026, 11, 1)).pupil
    factories.make_assessment(gone)
    factories.make_assessment(school.pupil, state=AssessmentState.DRAFT)
    (progress,) = queries.assessments.list_workshops(school.actor, on=TODAY)
    assert (progress.pupils, progress.done[Moment.ENTRY], progress.drafts[Moment.ENTRY]) == (1, 0, 1)


def test_a_suggestion_looks_at_the_open_workshops_of_the_pupils_school_and_kind_first(school: School) -> None:
    factories.make_assessment(school.pupil, levels=dict.fromkeys(Skill, Level.PRE_A1), overall_level=Level.PRE_A1)
    secondary = factories.make_workshop(site=factories.make_site(school.institute, kind="SCUOLA SECONDARIA"))
    unknown = factories.make_workshop(site=factories.make_site(school.institute, kind=None))
    factories.make_workshop(site=school.site, status=WorkshopStatus.CONCLUDED)
    factories.make_workshop(school.elsewhere)
    assert school.suggested() == [school.workshop.id, unknown.id, secondary.id]


def test_what_was_once_known_of_literacy_still_suggests(school: School) -> None:
    factories.make_assessment(school.pupil, literacy=Literacy.ALFA)
    factories.make_assessment(school.pupil, moment=Moment.INTERMEDIATE, day=TODAY, literacy=None)
    found = queries.assessments.get_pupil(school.actor, school.pupil.id)
    history = queries.profiles.history(school.actor, school.pupil.id)
    assert queries.placements.suggest(school.actor, found, history).literacy_first
