import pytest

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.workshops import (
    WORKSHOP_KIND_NAMES,
    WORKSHOP_STATUS_NAMES,
    WORKSHOP_TRANSITIONS,
    HoursPlan,
    WorkshopKind,
    WorkshopStatus,
    ensure_measures,
    ensure_open_to_enrolment,
    ensure_transition,
    hours_plan,
)

S = WorkshopStatus


@pytest.mark.parametrize(
    ("now", "new", "allowed", "remark"),
    [
        (S.PLANNED, S.AUTHORISED, True, "the usual way"),
        (S.PLANNED, S.STARTED, True, "a school that needs no authorisation"),
        (S.AUTHORISED, S.STARTED, True, "the usual way"),
        (S.STARTED, S.CONCLUDED, True, "the usual way"),
        (S.CONCLUDED, S.ACCOUNTED, True, "the usual way"),
        (S.STARTED, S.SUSPENDED, True, "the facilitator is missing for a while"),
        (S.SUSPENDED, S.STARTED, True, "and comes back"),
        (S.SUSPENDED, S.CANCELLED, True, "or does not come back"),
        (S.CONCLUDED, S.STARTED, True, "hours were left: it goes on"),
        (S.CANCELLED, S.PLANNED, True, "cancelled by mistake"),
        (S.STARTED, S.CANCELLED, False, "hours were held: it is concluded, not cancelled"),
        (S.ACCOUNTED, S.STARTED, False, "the funder has the figures"),
        (S.PLANNED, S.ACCOUNTED, False, "nothing to account for"),
        (S.STARTED, S.STARTED, False, "already there"),
    ],
)
def test_a_workshop_goes_from_status_to_status(
    now: WorkshopStatus, new: WorkshopStatus, allowed: bool, remark: str
) -> None:
    if allowed:
        ensure_transition(now, new)
    else:
        with pytest.raises(RuleViolation):
            ensure_transition(now, new)


def test_the_refusal_of_a_status_names_both() -> None:
    with pytest.raises(RuleViolation, match="Dallo stato «Rendicontato» il laboratorio non passa a «Avviato»"):
        ensure_transition(S.ACCOUNTED, S.STARTED)


def test_every_status_and_kind_has_a_name_and_every_status_a_way() -> None:
    assert set(WORKSHOP_STATUS_NAMES) == set(WORKSHOP_TRANSITIONS) == set(WorkshopStatus)
    assert set(WORKSHOP_KIND_NAMES) == set(WorkshopKind)


@pytest.mark.parametrize(
    ("status", "is_open"),
    [(S.PLANNED, True), (S.STARTED, True), (S.SUSPENDED, True), (S.CONCLUDED, False), (S.CANCELLED, False)],
)
def test_pupils_enrol_while_the_workshop_is_alive(status: WorkshopStatus, is_open: bool) -> None:
    if is_open:
        ensure_open_to_enrolment(status)
    else:
        with pytest.raises(RuleViolation, match="non accetta iscrizioni"):
            ensure_open_to_enrolment(status)


@pytest.mark.parametrize(
    ("planned", "capacity", "threshold", "field", "remark"),
    [
        (3600, 10, 70, None, "the usual"),
        (3600, None, 75, None, "no limit of places"),
        (None, 10, 70, "planned_hours", "hours not written"),
        (0, 10, 70, "planned_hours", "a workshop of no hours"),
        (-60, 10, 70, "planned_hours", "negative"),
        (30_000, 60, 70, None, "the most there can be"),
        (30_060, 10, 70, "planned_hours", "a typing slip: 501 hours"),
        (3600, 0, 70, "capacity", "no places"),
        (3600, 61, 70, "capacity", "more than two classes"),
        (3600, 10, 0, "threshold_percent", "a threshold that everybody reaches"),
        (3600, 10, 101, "threshold_percent", "a threshold that nobody reaches"),
    ],
)
def test_the_measures_of_a_workshop(
    planned: int | None, capacity: int | None, threshold: int, field: str | None, remark: str
) -> None:
    if field is None:
        ensure_measures(planned_minutes=planned, capacity=capacity, threshold_percent=threshold)
        return
    with pytest.raises(RuleViolation) as refusal:
        ensure_measures(planned_minutes=planned, capacity=capacity, threshold_percent=threshold)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("planned", "held", "scheduled", "without_date", "surplus", "remark"),
    [
        (3600, 1440, 1890, 270, 0, "the picture of the workshop page: 60 h = 24 + 31:30 + 4:30"),
        (3600, 0, 0, 3600, 0, "nothing in the calendar yet"),
        (3600, 1800, 1800, 0, 0, "to the minute"),
        (3600, 1800, 1890, 0, 90, "one lesson too many"),
        (3600, 3690, 0, 0, 90, "more held than planned"),
    ],
)
def test_where_the_hours_of_a_workshop_are(
    planned: int, held: int, scheduled: int, without_date: int, surplus: int, remark: str
) -> None:
    assert hours_plan(planned=planned, held=held, scheduled=scheduled) == HoursPlan(
        planned=planned, held=held, scheduled=scheduled, without_date=without_date, surplus=surplus
    )
