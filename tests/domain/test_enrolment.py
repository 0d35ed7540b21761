from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.enrolment import (
    ENROLMENT_OUTCOME_NAMES,
    ENROLMENT_STATE_NAMES,
    EnrolmentOutcome,
    EnrolmentState,
    enrolment_state,
    ensure_enrolment_days,
    ensure_marks_inside,
    ensure_not_enrolled_twice,
    ensure_outcome_fits,
    ensure_within_capacity,
)
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.periods import Period

SEPTEMBER, OCTOBER, FEBRUARY, MARCH, MAY = (
    date(2026, 9, 23),
    date(2026, 10, 14),
    date(2027, 2, 1),
    date(2027, 3, 8),
    date(2027, 5, 28),
)
WORKSHOP = Period(SEPTEMBER, MAY)


@pytest.mark.parametrize(
    ("first", "last", "field", "remark"),
    [
        (SEPTEMBER, None, None, "from the first day on"),
        (MARCH, None, None, "a pupil who arrives in March"),
        (MAY, MAY, None, "a single day, the last"),
        (date(2026, 9, 22), None, "first_day", "the day before the workshop begins"),
        (date(2027, 5, 29), None, "first_day", "the day after it ends"),
        (MARCH, date(2027, 6, 1), "last_day", "beyond the end"),
        (MARCH, FEBRUARY, "last_day", "ends before it begins"),
    ],
)
def test_an_enrolment_stays_inside_its_workshop(first: date, last: date | None, field: str | None, remark: str) -> None:
    if field is None:
        ensure_enrolment_days(Period(first, last), workshop=WORKSHOP)
        return
    with pytest.raises(RuleViolation) as refusal:
        ensure_enrolment_days(Period(first, last), workshop=WORKSHOP)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("on", "expected", "remark"),
    [
        (date(2026, 10, 13), EnrolmentState.TO_COME, "the day before"),
        (OCTOBER, EnrolmentState.ATTENDING, "the first day"),
        (FEBRUARY, EnrolmentState.ATTENDING, "the last day"),
        (date(2027, 2, 2), EnrolmentState.ENDED, "the day after"),
    ],
)
def test_what_an_enrolment_is_on_a_day(on: date, expected: EnrolmentState, remark: str) -> None:
    assert enrolment_state(Period(OCTOBER, FEBRUARY), on) is expected


def test_every_outcome_and_state_has_a_name() -> None:
    assert set(ENROLMENT_OUTCOME_NAMES) == set(EnrolmentOutcome)
    assert set(ENROLMENT_STATE_NAMES) == set(EnrolmentState)


@pytest.mark.parametrize(
    ("last_day", "outcome", "field"),
    [
        (None, None, None),
        (MARCH, EnrolmentOutcome.TRANSFERRED, None),
        (None, EnrolmentOutcome.TRANSFERRED, "last_day"),
        (MARCH, None, "outcome"),
    ],
)
def test_an_outcome_and_a_last_day_come_together(
    last_day: date | None, outcome: EnrolmentOutcome | None, field: str | None
) -> None:
    if field is None:
        ensure_outcome_fits(last_day=last_day, outcome=outcome)
        return
    with pytest.raises(RuleViolation) as refusal:
        ensure_outcome_fits(last_day=last_day, outcome=outcome)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("mine", "other", "allowed", "remark"),
    [
        (Period(MARCH), Period(SEPTEMBER, FEBRUARY), True, "back from a stay abroad"),
        (Period(FEBRUARY), Period(SEPTEMBER, FEBRUARY), False, "the same day twice"),
        (Period(SEPTEMBER), Period(OCTOBER), False, "both open"),
        (Period(SEPTEMBER, OCTOBER), Period(FEBRUARY), True, "an older one entered later"),
        (Period(SEPTEMBER, FEBRUARY), Period(OCTOBER, MARCH), False, "they overlap"),
    ],
)
def test_a_pupil_is_not_enrolled_twice_on_a_day(mine: Period, other: Period, allowed: bool, remark: str) -> None:
    if allowed:
        ensure_not_enrolled_twice(mine, [other])
    else:
        with pytest.raises(RuleViolation, match="È già tra gli iscritti"):
            ensure_not_enrolled_twice(mine, [other])


@pytest.mark.parametrize(
    ("mine", "others", "capacity", "sentence", "remark"),
    [
        (Period(OCTOBER), [Period(SEPTEMBER)], 2, None, "a place is left"),
        (Period(OCTOBER), [Period(SEPTEMBER)] * 9, None, None, "no limit"),
        (Period(OCTOBER), [Period(SEPTEMBER)] * 2, 2, "posti occupati 2 su 2.", "full for good"),
        (
            Period(OCTOBER),
            [Period(SEPTEMBER), Period(SEPTEMBER, FEBRUARY)],
            2,
            "C’è posto dal 02/02/2027",
            "until then",
        ),
        (Period(FEBRUARY), [Period(SEPTEMBER, FEBRUARY)], 1, "C’è posto dal 02/02/2027", "the last day is taken too"),
        (Period(MARCH), [Period(SEPTEMBER), Period(SEPTEMBER, FEBRUARY)], 2, None, "that place is free again"),
        (Period(OCTOBER), [Period(SEPTEMBER), Period(MARCH)], 2, "posti occupati 2 su 2.", "taken from March on"),
        (Period(OCTOBER, FEBRUARY), [Period(SEPTEMBER), Period(MARCH)], 2, None, "leaves before March"),
        (Period(OCTOBER), [Period(SEPTEMBER, FEBRUARY), Period(MARCH)], 2, None, "they never meet: one place each"),
        (Period(OCTOBER, OCTOBER), [Period(SEPTEMBER, FEBRUARY)], 1, "posti occupati 1 su 1.", "free too late"),
    ],
)
def test_a_workshop_has_no_more_pupils_than_places_on_any_day(
    mine: Period, others: list[Period], capacity: int | None, sentence: str | None, remark: str
) -> None:
    if sentence is None:
        ensure_within_capacity(mine, others, capacity=capacity)
        return
    with pytest.raises(RuleViolation) as refusal:
        ensure_within_capacity(mine, others, capacity=capacity)
    assert str(refusal.value).endswith(sentence) or sentence in str(refusal.value)


def test_the_dates_of_an_enrolment_keep_the_days_already_marked() -> None:
    ensure_marks_inside(Period(OCTOBER, MARCH), [OCTOBER, FEBRUARY, MARCH])
    with pytest.raises(RuleViolation, match="Il 23/09/2026 c’è già una presenza") as refusal:
        ensure_marks_inside(Period(OCTOBER), [OCTOBER, SEPTEMBER])
    assert refusal.value.field == "first_day"
    with pytest.raises(RuleViolation) as refusal:
        ensure_marks_inside(Period(OCTOBER, FEBRUARY), [MARCH])
    assert refusal.value.field == "last_day"


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(st.integers(min_value=0, max_value=12))
    length = draw(st.none() | st.integers(min_value=0, max_value=6))
    return Period(day_number(first), None if length is None else day_number(first + length))


def day_number(number: int) -> date:
    return SEPTEMBER + timedelta(days=number)


@given(mine=periods(), others=st.lists(periods(), max_size=6), capacity=st.integers(min_value=1, max_value=3))
def test_capacity_agrees_with_counting_the_pupils_of_each_day(
    mine: Period, others: list[Period], capacity: int
) -> None:
    days = [day_number(number) for number in range(30)]
    fits = all(sum(other.covers(day) for other in others) < capacity for day in days if mine.covers(day))
    try:
        ensure_within_capacity(mine, others, capacity=capacity)
    except RuleViolation as refusal:
        assert not fits
        free = refusal.sentence.values.get("free")
        if free is not None:
            from_then_on = Period(datetime.strptime(str(free), "%d/%m/%Y").date(), mine.last_day)  # noqa: DTZ007
            ensure_within_capacity(from_then_on, others, capacity=capacity)
    else:
        assert fits
