"""The workshop (laboratorio di italiano L2): its kind, its way through the year, and where its hours are."""

from dataclasses import dataclass
from enum import StrEnum

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_, Sentence

MOST_PLANNED_MINUTES = 500 * 60
MOST_PLACES = 60


class WorkshopKind(StrEnum):
    TO_COMMUNICATE = "to_communicate"
    FOR_STUDY = "for_study"


WORKSHOP_KIND_NAMES: dict[WorkshopKind, str] = {
    WorkshopKind.TO_COMMUNICATE: N_("Italiano per comunicare"),
    WorkshopKind.FOR_STUDY: N_("Italiano per lo studio"),
}


class WorkshopStatus(StrEnum):
    PLANNED = "planned"
    AUTHORISED = "authorised"
    STARTED = "started"
    SUSPENDED = "suspended"
    CONCLUDED = "concluded"
    ACCOUNTED = "accounted"
    CANCELLED = "cancelled"


WORKSHOP_STATUS_NAMES: dict[WorkshopStatus, str] = {
    WorkshopStatus.PLANNED: N_("In programmazione"),
    WorkshopStatus.AUTHORISED: N_("Autorizzato"),
    WorkshopStatus.STARTED: N_("Avviato"),
    WorkshopStatus.SUSPENDED: N_("Sospeso"),
    WorkshopStatus.CONCLUDED: N_("Concluso"),
    WorkshopStatus.ACCOUNTED: N_("Rendicontato"),
    WorkshopStatus.CANCELLED: N_("Annullato"),
}

_S = WorkshopStatus

WORKSHOP_TRANSITIONS: dict[WorkshopStatus, frozenset[WorkshopStatus]] = {
    _S.PLANNED: frozenset({_S.AUTHORISED, _S.STARTED, _S.CANCELLED}),
    _S.AUTHORISED: frozenset({_S.PLANNED, _S.STARTED, _S.CANCELLED}),
    _S.STARTED: frozenset({_S.SUSPENDED, _S.CONCLUDED}),
    _S.SUSPENDED: frozenset({_S.STARTED, _S.CONCLUDED, _S.CANCELLED}),
    _S.CONCLUDED: frozenset({_S.STARTED, _S.ACCOUNTED}),
    _S.ACCOUNTED: frozenset(),
    _S.CANCELLED: frozenset({_S.PLANNED}),
}
"""Where each status may go next. An accounted workshop is closed for good: its hours are with the funder."""

STATUSES_OPEN_TO_ENROLMENT = frozenset({_S.PLANNED, _S.AUTHORISED, _S.STARTED, _S.SUSPENDED})

STATUSES_WITH_LESSONS = frozenset({_S.PLANNED, _S.AUTHORISED, _S.STARTED})
"""Where the timetable gives lessons; in the other statuses those to come are taken out of the calendar."""


def ensure_transition(now: WorkshopStatus, new: WorkshopStatus) -> None:
    """Refuse a change of status that the workshop's way does not have."""
    if new in WORKSHOP_TRANSITIONS[now]:
        return
    if now is new:
        raise RuleViolation(
            N_("Il laboratorio è già nello stato «%(now)s»."),
            field="status",
            now=Sentence(WORKSHOP_STATUS_NAMES[now]),
        )
    raise RuleViolation(
        N_("Dallo stato «%(now)s» il laboratorio non passa a «%(new)s»."),
        field="status",
        now=Sentence(WORKSHOP_STATUS_NAMES[now]),
        new=Sentence(WORKSHOP_STATUS_NAMES[new]),
    )


def ensure_open_to_enrolment(status: WorkshopStatus) -> None:
    if status not in STATUSES_OPEN_TO_ENROLMENT:
        raise RuleViolation(
            N_("Il laboratorio non accetta iscrizioni: lo stato è «%(status)s»."),
            field="workshop",
            status=Sentence(WORKSHOP_STATUS_NAMES[status]),
        )


def ensure_measures(*, planned_minutes: int | None, capacity: int | None, threshold_percent: int) -> None:
    """The figures of a workshop: minutes planned, places (None: no limit), share of attendance for the certificate."""
    if planned_minutes is None or planned_minutes <= 0:
        raise RuleViolation(N_("Scrivi quante ore durerà il laboratorio, per esempio 60."), field="planned_hours")
    if planned_minutes > MOST_PLANNED_MINUTES:
        raise RuleViolation(
            N_("Un laboratorio dura al massimo %(most)s ore."), field="planned_hours", most=MOST_PLANNED_MINUTES // 60
        )
    if capacity is not None and not 1 <= capacity <= MOST_PLACES:
        raise RuleViolation(N_("I posti vanno da 1 a %(most)s."), field="capacity", most=MOST_PLACES)
    if not 1 <= threshold_percent <= 100:
        raise RuleViolation(N_("La soglia di presenza va da 1 a 100: di solito è 70."), field="threshold_percent")


@dataclass(frozen=True)
class HoursPlan:
    """The planned minutes of a workshop in the parts of its hours bar.

    `without_date` is what is planned and neither held nor in the calendar; `surplus` is what goes beyond the plan.
    One of the two is always 0.
    """

    planned: int
    held: int
    scheduled: int
    without_date: int
    surplus: int


def hours_plan(*, planned: int, held: int, scheduled: int) -> HoursPlan:
    """Minutes planned for the workshop, held in past lessons and scheduled in lessons to come."""
    gap = planned - held - scheduled
    return HoursPlan(planned=planned, held=held, scheduled=scheduled, without_date=max(gap, 0), surplus=max(-gap, 0))
