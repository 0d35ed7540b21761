"""Enrolment of a pupil in a workshop: in any month, from a day to a day, with an outcome at the end."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from schoolapp.domain.calendar_words import short_day
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.periods import Period, ensure_day_of_workshop, ensure_period
from schoolapp.domain.wording import N_


class EnrolmentOutcome(StrEnum):
    """How an enrolment ended."""

    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    MOVED_TO_STUDY = "moved_to_study"


ENROLMENT_OUTCOME_NAMES: dict[EnrolmentOutcome, str] = {
    EnrolmentOutcome.CONCLUDED: N_("Percorso concluso"),
    EnrolmentOutcome.WITHDRAWN: N_("Ritiro"),
    EnrolmentOutcome.TRANSFERRED: N_("Trasferimento"),
    EnrolmentOutcome.RETURNED: N_("Rientro temporaneo nel Paese d’origine"),
    EnrolmentOutcome.MOVED_TO_STUDY: N_("Passaggio a italiano per lo studio"),
}


class EnrolmentState(StrEnum):
    """What an enrolment is on a day, read from its dates."""

    TO_COME = "to_come"
    ATTENDING = "attending"
    ENDED = "ended"


ENROLMENT_STATE_NAMES: dict[EnrolmentState, str] = {
    EnrolmentState.TO_COME: N_("Inizio previsto"),
    EnrolmentState.ATTENDING: N_("Frequentante"),
    EnrolmentState.ENDED: N_("Terminata"),
}


def enrolment_state(period: Period, on: date) -> EnrolmentState:
    if on < period.first_day:
        return EnrolmentState.TO_COME
    return EnrolmentState.ATTENDING if period.covers(on) else EnrolmentState.ENDED


def ensure_enrolment_days(enrolment: Period, *, workshop: Period) -> None:
    """An enrolment stays inside the days of its workshop and ends no earlier than it begins."""
    ensure_period(enrolment.first_day, enrolment.last_day)
    ensure_day_of_workshop(enrolment.first_day, workshop, field="first_day")
    if enrolment.last_day is not None:
        ensure_day_of_workshop(enrolment.last_day, workshop, field="last_day")


def ensure_outcome_fits(*, last_day: date | None, outcome: EnrolmentOutcome | None) -> None:
    """An outcome and a last day come together: neither says enough alone."""
    if outcome is not None and last_day is None:
        raise RuleViolation(N_("Scrivi anche l’ultimo giorno di frequenza."), field="last_day")
    if outcome is None and last_day is not None:
        raise RuleViolation(N_("Scegli come si è concluso il percorso."), field="outcome")


def ensure_not_enrolled_twice(enrolment: Period, others: Iterable[Period]) -> None:
    """`others` are the other enrolments of the same pupil in the same workshop."""
    for other in others:
        if enrolment.meets(other):
            raise RuleViolation(
                N_("È già tra gli iscritti di questo laboratorio dal %(first)s."),
                field="pupil",
                first=short_day(other.first_day),
            )


def ensure_within_capacity(enrolment: Period, others: Iterable[Period], *, capacity: int | None) -> None:
    """Refuse the enrolment where on one of its days all places are taken. `others` are those of all other pupils.

    The sentence says from which day there is a place, if there is one.
    """
    if capacity is None:
        return
    taken = [other for other in others if enrolment.meets(other)]
    starts = {enrolment.first_day} | {other.first_day for other in taken if other.first_day > enrolment.first_day}
    full = [day for day in starts if sum(other.covers(day) for other in taken) >= capacity]
    if not full:
        return
    free = _first_day_with_a_place(max(full), taken, capacity)
    if free is None or (enrolment.last_day is not None and free > enrolment.last_day):
        raise RuleViolation(
            N_("Il laboratorio è pieno: posti occupati %(capacity)s su %(capacity)s."),
            field="workshop",
            capacity=capacity,
        )
    raise RuleViolation(
        N_("Il laboratorio è pieno: posti occupati %(capacity)s su %(capacity)s. C’è posto dal %(free)s."),
        field="workshop",
        capacity=capacity,
        free=short_day(free),
    )


def _first_day_with_a_place(after: date, taken: list[Period], capacity: int) -> date | None:
    ends = sorted(period.last_day for period in taken if period.last_day is not None and period.last_day >= after)
    for end in ends:
        day = end + timedelta(days=1)
        if sum(other.covers(day) for other in taken) < capacity:
            return day
    return None


def ensure_marks_inside(enrolment: Period, marked_days: Iterable[date]) -> None:
    """The dates of an enrolment may not leave out a day on which the pupil already has a mark."""
    outside = sorted(day for day in marked_days if not enrolment.covers(day))
    if outside:
        raise RuleViolation(
            N_("Il %(day)s c’è già una presenza segnata: le date devono comprenderlo."),
            field="first_day" if outside[0] < enrolment.first_day else "last_day",
            day=short_day(outside[0]),
        )
