"""Who may be enrolled, and where there is a place."""

from datetime import date

import pytest
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import clock, queries
from schoolapp.domain.referral import ReferralState
from schoolapp.domain.roles import Role
from schoolapp.domain.workshops import WorkshopKind, WorkshopStatus
from tests import factories

DAY = date(2026, 11, 23)


def test_referred_pupils_stand_first_and_who_is_inside_is_left_out(database: Session) -> None:
    workshop = factories.make_workshop()
    institute = workshop.institute
    plain = factories.make_pupil(institute, last_name="Ada")
    referred = factories.make_pupil(institute, last_name="Bo")
    factories.make_referral(referred, state=ReferralState.WAITING)
    factories.make_enrolment(workshop, factories.make_pupil(institute, last_name="Ciro"))
    factories.make_pupil(institute, last_name="Dora", archived_at=clock.now())
    factories.make_pupil(last_name="Elsa")
    actor = factories.make_actor(Role.COORDINATOR, institute)
    found = queries.enrolments.list_candidates(actor, workshop, text="", pupil_id=None, on=DAY)
    assert [candidate.pupil.id for candidate in found.found] == [referred.id, plain.id]
    assert found.found[0].referral_state is ReferralState.WAITING
    chosen = queries.enrolments.list_candidates(actor, workshop, text="", pupil_id=plain.id, on=DAY)
    assert chosen.found[0].pupil.id == plain.id
    assert not chosen.more


def test_many_pupils_are_cut_and_it_is_said(database: Session) -> None:
    workshop = factories.make_workshop()
    for _ in range(21):
        factories.make_pupil(workshop.institute)
    actor = factories.make_actor(Role.COORDINATOR, workshop.institute)
    found = queries.enrolments.list_candidates(actor, workshop, text="ben", pupil_id=None, on=DAY)
    assert (len(found.found), found.more) == (12, True)


def test_open_workshops_tell_their_places(database: Session) -> None:
    institute = factories.make_institute()
    workshop = factories.make_workshop(institute, capacity=2)
    factories.make_workshop(institute, status=WorkshopStatus.CONCLUDED)
    factories.make_workshop(institute, last_day=date(2026, 11, 20))
    factories.make_workshop()
    factories.make_enrolment(workshop)
    factories.make_enrolment(workshop, last_day=date(2026, 10, 1))
    actor = factories.make_actor(Role.COORDINATOR, institute)
    (places,) = queries.enrolments.list_open_workshops(
        actor, institute_id=institute.id, kind=WorkshopKind.FOR_STUDY, on=DAY
    )
    assert (places.workshop_id, places.enrolled, places.free) == (workshop.id, 1, 1)
    assert queries.enrolments.count_enrolled(workshop.id, on=DAY) == 1


def test_only_the_coordinator_of_the_school_enrols(database: Session) -> None:
    enrolment = factories.make_enrolment()
    institute = enrolment.workshop.institute
    coordinator = factories.make_actor(Role.COORDINATOR, institute)
    assert queries.enrolments.get(coordinator, enrolment.id) is enrolment
    for stranger in (factories.make_actor(Role.COORDINATOR), factories.make_actor(Role.HEAD, institute)):
        with pytest.raises(NoResultFound):
            queries.enrolments.get(stranger, enrolment.id)
        with pytest.raises(NoResultFound):
            queries.enrolments.workshop(stranger, enrolment.workshop_id)


def test_workshops_of_the_kind_asked_for_stand_first(database: Session) -> None:
    institute = factories.make_institute()
    study = factories.make_workshop(institute, title="Zefiro", kind=WorkshopKind.FOR_STUDY)
    talk = factories.make_workshop(institute, title="Alba", kind=WorkshopKind.TO_COMMUNICATE)
    actor = factories.make_actor(Role.COORDINATOR, institute)

    def offered(kind: WorkshopKind) -> list[int]:
        found = queries.enrolments.list_open_workshops(actor, institute_id=institute.id, kind=kind, on=DAY)
        return [places.workshop_id for places in found]

    assert offered(WorkshopKind.FOR_STUDY) == [study.id, talk.id]
    assert offered(WorkshopKind.TO_COMMUNICATE) == [talk.id, study.id]
