"""Enrolling pupils in workshops, and ending it."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.enrolment import EnrolmentOutcome
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.referral import ReferralState
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.models import Institute, Pupil, UnlistedPupil, UnlistedState, Workshop
from schoolapp.services.enrolments import Enrolled
from tests import factories

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def _enrol(workshop: Workshop, pupil: Pupil, first_day: date = DAY, **values: object) -> Enrolled:
    by = factories.make_user()
    return services.enrolments.enrol(
        workshop_id=workshop.id,
        pupil=pupil,
        first_day=first_day,
        by_id=by.id,
        at=AT,
        **values,  # type: ignore[arg-type]
    )


def _pupil_of(workshop: Workshop) -> Pupil:
    institute = workshop.institute
    assert isinstance(institute, Institute)
    return factories.make_pupil(institute)


def test_a_pupil_is_enrolled_in_any_month(database: Session) -> None:
    workshop = factories.make_workshop()
    enrolled = _enrol(workshop, _pupil_of(workshop), date(2027, 3, 1))
    assert enrolled.enrolment.first_day == date(2027, 3, 1)
    assert enrolled.clashes == []


def test_the_last_place_is_given_once(database: Session) -> None:
    workshop = factories.make_workshop(capacity=1)
    _enrol(workshop, _pupil_of(workshop))
    with pytest.raises(RuleViolation, match="pieno"):
        _enrol(workshop, _pupil_of(workshop))


def test_the_same_pupil_is_enrolled_once(database: Session) -> None:
    workshop = factories.make_workshop()
    pupil = _pupil_of(workshop)
    _enrol(workshop, pupil)
    with pytest.raises(RuleViolation, match="già tra gli iscritti"):
        _enrol(workshop, pupil, date(2027, 1, 11))


REFUSED = [
    ({"status": WorkshopStatus.CONCLUDED}, DAY, "workshop", "the workshop is over"),
    ({}, date(2026, 9, 1), "first_day", "before the workshop begins"),
    ({}, date(2027, 6, 1), "first_day", "after it has ended"),
]


@pytest.mark.parametrize(("values", "day", "field", "_remark"), REFUSED, ids=[row[3] for row in REFUSED])
def test_an_enrolment_outside_the_workshop_is_refused(
    database: Session, values: dict[str, object], day: date, field: str, _remark: str
) -> None:
    workshop = factories.make_workshop(**values)
    with pytest.raises(RuleViolation) as refused:
        _enrol(workshop, _pupil_of(workshop), day)
    assert refused.value.field == field


def test_a_pupil_of_another_institute_or_in_the_archive_is_refused(database: Session) -> None:
    workshop = factories.make_workshop()
    for pupil in (factories.make_pupil(), factories.make_pupil(workshop.institute, archived_at=AT)):
        with pytest.raises(RuleViolation) as refused:
            _enrol(workshop, pupil)
        assert refused.value.field == "pupil"


def test_a_clash_with_another_workshop_of_the_pupil_is_told_and_not_forbidden(database: Session) -> None:
    institute = factories.make_institute()
    site = factories.make_site(institute)
    first = factories.make_workshop(site=site, title="Italiano per lo studio")
    second = factories.make_workshop(site=site)
    pupil = factories.make_pupil(institute, last_name="Benali", first_name="Salma")
    for week in (23, 30):
        factories.make_lesson(first, day=date(2026, 11, week))
        factories.make_lesson(second, day=date(2026, 11, week), start=time(11, 0), end=time(12, 30))
    _enrol(first, pupil)
    told = [str(sentence) for sentence in _enrol(second, pupil).clashes]
    assert len(told) == 1
    assert told[0].startswith("Salma Benali ha già un laboratorio il lunedì dalle 10:30 alle 12:00")


def test_only_the_days_in_the_other_workshop_are_a_clash(database: Session) -> None:
    institute = factories.make_institute()
    site = factories.make_site(institute)
    other, workshop = factories.make_workshop(site=site), factories.make_workshop(site=site)
    begins, left = factories.make_pupil(institute), factories.make_pupil(institute)
    factories.make_enrolment(other, begins, first_day=date(2026, 11, 24))
    factories.make_enrolment(other, left, last_day=date(2026, 11, 22), outcome=EnrolmentOutcome.WITHDRAWN)
    for each in (other, workshop):
        factories.make_lesson(each, day=DAY)
    assert _enrol(workshop, begins).clashes == []
    assert _enrol(workshop, left).clashes == []


def test_an_enrolment_settles_the_open_referral_of_the_pupil(database: Session) -> None:
    workshop = factories.make_workshop()
    pupil = _pupil_of(workshop)
    waiting = factories.make_referral(pupil, state=ReferralState.WAITING)
    closed = factories.make_referral(pupil, state=ReferralState.NOT_NEEDED)
    enrolled = _enrol(workshop, pupil)
    assert (waiting.state, waiting.enrolment_id) == (ReferralState.ASSIGNED, enrolled.enrolment.id)
    assert (waiting.decided_at, closed.state) == (AT, ReferralState.NOT_NEEDED)


def test_a_pupil_who_turned_up_is_enrolled_from_the_proposal(database: Session) -> None:
    workshop = factories.make_workshop()
    unlisted = UnlistedPupil(lesson=factories.make_lesson(workshop), name="Omar")
    database.add(unlisted)
    database.flush()
    _enrol(workshop, _pupil_of(workshop), unlisted=unlisted)
    assert unlisted.state is UnlistedState.ENROLLED
    with pytest.raises(RuleViolation):
        services.enrolments.dismiss(unlisted)


def test_a_proposal_for_another_workshop_settles_nothing(database: Session) -> None:
    institute = factories.make_institute()
    workshop, other = factories.make_workshop(institute), factories.make_workshop(institute)
    unlisted = UnlistedPupil(lesson=factories.make_lesson(other), name="Omar")
    database.add(unlisted)
    database.flush()
    with pytest.raises(RuleViolation):
        _enrol(workshop, factories.make_pupil(institute), unlisted=unlisted)


def test_an_enrolment_ends_with_a_day_and_an_outcome(database: Session) -> None:
    enrolment = factories.make_enrolment()
    services.enrolments.change(
        enrolment,
        first_day=enrolment.first_day,
        last_day=date(2027, 1, 29),
        outcome=EnrolmentOutcome.MOVED_TO_STUDY,
    )
    assert (enrolment.last_day, enrolment.outcome) == (date(2027, 1, 29), EnrolmentOutcome.MOVED_TO_STUDY)


def test_days_already_marked_stay_inside(database: Session) -> None:
    enrolment = factories.make_enrolment()
    factories.make_mark(factories.make_lesson(enrolment.workshop, day=DAY), enrolment.pupil)
    for first_day, last_day in ((date(2026, 11, 24), None), (enrolment.first_day, date(2026, 11, 22))):
        with pytest.raises(RuleViolation, match="c’è già una presenza"):
            services.enrolments.change(
                enrolment,
                first_day=first_day,
                last_day=last_day,
                outcome=EnrolmentOutcome.WITHDRAWN if last_day else None,
            )


def test_days_marked_in_an_earlier_enrolment_do_not_hold_the_present_one(database: Session) -> None:
    earlier = factories.make_enrolment(last_day=date(2026, 10, 30), outcome=EnrolmentOutcome.RETURNED)
    factories.make_mark(factories.make_lesson(earlier.workshop, day=date(2026, 10, 5)), earlier.pupil)
    present = factories.make_enrolment(earlier.workshop, earlier.pupil, first_day=date(2026, 11, 16))
    services.enrolments.change(present, first_day=date(2026, 11, 18), last_day=None, outcome=None)
    assert present.first_day == date(2026, 11, 18)


def test_an_enrolment_reopened_needs_a_place_of_its_own(database: Session) -> None:
    workshop = factories.make_workshop(capacity=1)
    ended = factories.make_enrolment(workshop, last_day=date(2026, 10, 30), outcome=EnrolmentOutcome.WITHDRAWN)
    factories.make_enrolment(workshop, first_day=date(2026, 11, 2))
    with pytest.raises(RuleViolation, match="pieno"):
        services.enrolments.change(ended, first_day=ended.first_day, last_day=None, outcome=None)


def test_who_leaves_a_workshop_whose_places_have_become_fewer_can_leave(database: Session) -> None:
    workshop = factories.make_workshop(capacity=1)
    for _ in range(2):
        factories.make_enrolment(workshop, last_day=date(2026, 10, 30), outcome=EnrolmentOutcome.WITHDRAWN)
    stays = factories.make_enrolment(workshop)
    services.enrolments.change(
        stays, first_day=stays.first_day, last_day=date(2027, 1, 29), outcome=EnrolmentOutcome.CONCLUDED
    )
    assert stays.last_day == date(2027, 1, 29)
    services.enrolments.change(
        stays, first_day=date(2026, 11, 2), last_day=date(2027, 1, 29), outcome=EnrolmentOutcome.CONCLUDED
    )
    with pytest.raises(RuleViolation, match="pieno"):  # the earlier days are taken by now
        services.enrolments.change(
            stays, first_day=workshop.first_day, last_day=date(2027, 1, 29), outcome=EnrolmentOutcome.CONCLUDED
        )


def test_what_was_accounted_for_is_changed_no_more(database: Session) -> None:
    enrolment = factories.make_enrolment(factories.make_workshop(status=WorkshopStatus.ACCOUNTED))
    with pytest.raises(RuleViolation, match="chiuso"):
        services.enrolments.change(enrolment, first_day=DAY, last_day=None, outcome=None)
