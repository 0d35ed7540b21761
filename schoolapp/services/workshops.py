"""Opening and changing workshops."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import CancelledBy
from schoolapp.domain.levels import Level
from schoolapp.domain.periods import Period, ensure_day_of_workshop, ensure_period
from schoolapp.domain.permissions import Permission
from schoolapp.domain.timetable import Slot, ensure_slot
from schoolapp.domain.wording import N_
from schoolapp.domain.workshops import (
    STATUSES_WITH_LESSONS,
    WORKSHOP_STATUS_NAMES,
    WorkshopKind,
    WorkshopStatus,
    ensure_measures,
    ensure_transition,
)
from schoolapp.extensions import db
from schoolapp.models import Enrolment, Lesson, Site, Workshop, WorkshopFacilitator
from schoolapp.models import Slot as KeptSlot
from schoolapp.queries import facilitators as people
from schoolapp.queries import scope
from schoolapp.queries import timetable as calendar
from schoolapp.services import school_years, timetable
from schoolapp.services.timetable import TimetableChange


@dataclass(frozen=True)
class WorkshopPlan:
    """What a workshop is to be: the answers of its form. A slot without `valid_from` holds from the first day."""

    title: str
    kind: WorkshopKind
    level: Level
    site_id: int
    place: str
    capacity: int
    planned_minutes: int
    threshold_percent: int
    funding_line_id: int
    first_day: date
    last_day: date
    facilitator_ids: tuple[int, ...] = ()
    slots: tuple[Slot, ...] = ()


def create(actor: Actor, *, plan: WorkshopPlan) -> tuple[Workshop, TimetableChange]:
    """Open a workshop with its timetable and make its lessons.

    Only sites, people and funding lines of an institute whose workshops the actor arranges are accepted.
    """
    site = _own_site(actor, plan.site_id)
    _ensure_plan(plan, site.institute_id)
    workshop = Workshop(
        institute_id=site.institute_id, status=WorkshopStatus.PLANNED, slots=[], facilitators=[], **_columns(plan)
    )
    db.session.add(workshop)
    db.session.flush()
    _name_facilitators(workshop, plan.facilitator_ids)
    _set_slots(workshop, plan.slots)
    return workshop, timetable.make_lessons(workshop)


def change(actor: Actor, *, workshop_id: int, plan: WorkshopPlan) -> TimetableChange:
    """Change a workshop; the lessons to come follow its timetable, those that were held stay as they were."""
    workshop = locked(workshop_id)
    ensure_changeable(workshop)
    site = _own_site(actor, plan.site_id)
    if site.institute_id != workshop.institute_id:
        raise RuleViolation(N_("Scegli un plesso della stessa scuola."), field="site_id")
    _ensure_plan(plan, site.institute_id)
    _ensure_room_for_enrolled(workshop, plan.capacity)
    _ensure_lessons_inside(workshop, Period(plan.first_day, plan.last_day))
    old_first_day = workshop.first_day
    for name, value in _columns(plan).items():
        setattr(workshop, name, value)
    for person in workshop.facilitators:
        if person.valid_from == old_first_day and (person.valid_to is None or person.valid_to >= plan.first_day):
            person.valid_from = plan.first_day
    _name_facilitators(workshop, plan.facilitator_ids)
    _set_slots(workshop, plan.slots)
    return timetable.make_lessons(workshop)


def change_status(*, workshop_id: int, status: WorkshopStatus) -> TimetableChange:
    """Take a workshop a step along its way.

    Where it stops, its lessons to come leave the calendar: those of the timetable are taken out (and made again when
    it goes on), those decided by hand are cancelled, so that the reason stays.
    """
    workshop = locked(workshop_id)
    ensure_transition(workshop.status, status)
    workshop.status = status
    made = timetable.make_lessons(workshop)
    if status not in STATUSES_WITH_LESSONS:
        for lesson in _unmarked_to_come(workshop):
            lesson.cancelled_by = CancelledBy.SCHOOL
            lesson.cancelled_why = WORKSHOP_STATUS_NAMES[status]
    db.session.flush()
    return made


def fill(*, workshop_id: int) -> TimetableChange:
    """Make the lessons that the timetable still gives, for minutes without a date."""
    workshop = locked(workshop_id)
    ensure_changeable(workshop)
    return timetable.make_lessons(workshop)


def locked(workshop_id: int) -> Workshop:
    """The workshop as it is now, its row locked until the transaction ends."""
    return db.session.execute(
        select(Workshop)
        .where(Workshop.id == workshop_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).scalar_one()


def ensure_changeable(workshop: Workshop) -> None:
    if workshop.status in {WorkshopStatus.ACCOUNTED, WorkshopStatus.CANCELLED}:
        raise RuleViolation(
            N_("Il laboratorio è chiuso e non si cambia più.")
            if workshop.status is WorkshopStatus.ACCOUNTED
            else N_("Il laboratorio è annullato: per cambiarlo riportalo prima «In programmazione».")
        )


def ensure_not_accounted(workshop: Workshop) -> None:
    """An accounted workshop is closed for good; a cancelled one may still be tidied up."""
    if workshop.status is WorkshopStatus.ACCOUNTED:
        ensure_changeable(workshop)


def _columns(plan: WorkshopPlan) -> dict[str, object]:
    return {
        "site_id": plan.site_id,
        "school_year_id": school_years.prepared(plan.first_day).id,
        "funding_line_id": plan.funding_line_id,
        "title": plan.title.strip(),
        "kind": plan.kind,
        "level": plan.level,
        "place": plan.place.strip(),
        "capacity": plan.capacity,
        "planned_minutes": plan.planned_minutes,
        "threshold_percent": plan.threshold_percent,
        "first_day": plan.first_day,
        "last_day": plan.last_day,
    }


def _own_site(actor: Actor, site_id: int) -> Site:
    site = db.session.scalar(
        select(Site)
        .join(Site.institute)
        .where(Site.id == site_id, scope.institutes(actor, Permission.WORKSHOPS_MANAGE))
    )
    if site is None:
        raise RuleViolation(N_("Scegli un plesso della tua scuola."), field="site_id")
    return site


def _ensure_plan(plan: WorkshopPlan, institute_id: int) -> None:
    if not plan.title.strip():
        raise RuleViolation(N_("Scrivi il nome del laboratorio."), field="title")
    ensure_measures(
        planned_minutes=plan.planned_minutes, capacity=plan.capacity, threshold_percent=plan.threshold_percent
    )
    ensure_period(plan.first_day, plan.last_day, field="last_day")
    if plan.last_day > school_years.prepared(plan.first_day).last_day:
        raise RuleViolation(N_("Un laboratorio finisce entro il suo anno scolastico, il 31 agosto."), field="last_day")
    if not people.may_fund(institute_id, plan.funding_line_id):
        raise RuleViolation(N_("Scegli chi paga le ore tra le voci della tua scuola."), field="funding_line_id")
    if len(people.at_institute(institute_id, plan.facilitator_ids)) < len(set(plan.facilitator_ids)):
        raise RuleViolation(
            N_("Scegli tra le persone che conducono laboratori nella tua scuola."), field="facilitator_ids"
        )
    _ensure_slots(plan)


def _ensure_slots(plan: WorkshopPlan) -> None:
    for number, slot in enumerate(plan.slots):
        try:
            ensure_slot(_from_first_day(slot, plan.first_day), plan.slots[:number])
        except RuleViolation as violation:
            violation.field = f"slots-{number}-{violation.field or 'start'}"
            raise


def _from_first_day(slot: Slot, first_day: date) -> Slot:
    return Slot(slot.weekday, slot.start, slot.end, slot.valid_from or first_day, slot.valid_to, slot.place)


def _ensure_room_for_enrolled(workshop: Workshop, capacity: int) -> None:
    enrolled = db.session.scalar(
        select(func.count())
        .select_from(Enrolment)
        .where(
            Enrolment.workshop_id == workshop.id,
            or_(Enrolment.last_day.is_(None), Enrolment.last_day >= clock.today()),
        )
    )
    if enrolled and capacity < enrolled and capacity < workshop.capacity:
        raise RuleViolation(
            N_("Gli iscritti sono già %(enrolled)s: i posti non possono essere meno."),
            field="capacity",
            enrolled=enrolled,
        )


def _ensure_lessons_inside(workshop: Workshop, period: Period) -> None:
    """Lessons that stay (held, past, decided by hand) must fit into the new period; the others are made anew."""
    for day in db.session.scalars(
        select(Lesson.day)
        .where(
            Lesson.workshop_id == workshop.id,
            or_(
                Lesson.day <= clock.today(),
                Lesson.signed_at.is_not(None),
                Lesson.by_hand,
                Lesson.moved_from_day.is_not(None),
            ),
            Lesson.cancelled_by.is_(None),
        )
        .order_by(Lesson.day)
    ):
        try:
            ensure_day_of_workshop(day, period, field="first_day" if day < period.first_day else "last_day")
        except RuleViolation as violation:
            raise RuleViolation(
                N_("Il %(day)s c’è già una lezione: il periodo deve comprenderla."),
                field=violation.field,
                day=f"{day:%d/%m/%Y}",
            ) from None


def _name_facilitators(workshop: Workshop, user_ids: Sequence[int]) -> None:
    """Who is no longer named ends yesterday (or was never there); who is new begins today, or on the first day."""
    today = clock.today()
    current = {person.user_id: person for person in workshop.facilitators if person.valid_to is None}
    for user_id, person in current.items():
        if user_id in user_ids:
            continue
        if person.valid_from >= today:
            workshop.facilitators.remove(person)
        else:
            person.valid_to = today - timedelta(days=1)
    starts = max(workshop.first_day, today) if workshop.facilitators else workshop.first_day
    for user_id in dict.fromkeys(user_ids):
        if user_id not in current:
            workshop.facilitators.append(WorkshopFacilitator(user_id=user_id, valid_from=starts, valid_to=None))
    db.session.flush()


def _set_slots(workshop: Workshop, slots: Sequence[Slot]) -> None:
    """Slots that are as before stay the same rows; the list has the order in which they were given."""
    names = ("weekday", "start", "end", "valid_from", "valid_to", "place")
    before = {tuple(getattr(slot, name) for name in names): slot for slot in workshop.slots}
    after = []
    for given in slots:
        slot = _from_first_day(given, workshop.first_day)
        values = {name: getattr(slot, name) for name in names}
        kept = before.pop(tuple(values.values()), None)
        after.append(kept if kept is not None else KeptSlot(**values))
    workshop.slots = after
    db.session.flush()


def _unmarked_to_come(workshop: Workshop) -> list[Lesson]:
    lessons = list(
        db.session.scalars(
            select(Lesson).where(
                Lesson.workshop_id == workshop.id,
                Lesson.day > clock.today(),
                Lesson.signed_at.is_(None),
                Lesson.cancelled_by.is_(None),
            )
        )
    )
    marked = calendar.marked_lessons(lesson.id for lesson in lessons)
    return [lesson for lesson in lessons if lesson.id not in marked]
