"""After a meeting: the mediator's report and its minutes, and who confirms or disputes them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, select

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.hours import HoursKind
from schoolapp.domain.meeting_reports import ReportFacts, Worked, total_minutes, who_may_be_there, worked
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meetings import OPEN_APPOINTMENTS
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import CulturalNote, HourEntry, MeetingReport, MeetingRequest, User
from schoolapp.services import budgets, meetings

_START_FIELDS = {HoursKind.FAMILY_CALL: "call_start", HoursKind.DEBRIEFING: "debriefing_start"}


def write(actor: Actor, request_id: int, facts: ReportFacts, *, at: datetime, version: int) -> MeetingReport:
    """The mediator says how it went; from a confirmed meeting this says as well whether the family came.

    The minutes stand in the ledger at once, charged to the budget of the request, and count when they are confirmed.
    Raises NoResultFound outside the person's scope, RuleViolation where the report cannot be so or the budget has not
    the minutes.
    """
    request = meetings.locked(actor, request_id, now=at, version=version)
    if request.state is MeetingState.CONFIRMED:
        came = MeetingAction.HOLD if facts.family_came else MeetingAction.MISS
        meetings.take_step(actor, request_id, came, at=at)
    meetings.take_step(actor, request_id, MeetingAction.REPORT, at=at)
    appointment = next(each for each in request.appointments if each.state in OPEN_APPOINTMENTS)
    day = appointment.starts_at.astimezone(SCHOOL_ZONE).date()
    if not set(facts.present) <= set(who_may_be_there(at_school=request.institute_id is not None)):
        raise RuleViolation(N_("Scegli una voce dell’elenco."), field="present")
    local = at.astimezone(SCHOOL_ZONE)
    lines = worked(facts, day, today=local.date())
    for line in lines:
        if (line.day, line.end) > (local.date(), local.time()):
            field = _START_FIELDS.get(line.kind, "end")
            raise RuleViolation(N_("Quest’ora deve ancora venire: la relazione si scrive dopo."), field=field)
    _enter(request, lines, mediator_id=actor.user_id)
    _note(request.id, facts.cultural_note.strip(), author_id=actor.user_id, at=at)
    return _keep(request, facts, day, reporter_id=actor.user_id, at=at)


def confirm(actor: Actor, request_id: int, *, at: datetime, version: int | None = None) -> MeetingRequest:
    """Who asked confirms: what was committed to the meeting is used, to the minute."""
    meetings.locked(actor, request_id, now=at, version=version)
    report = db.session.get(MeetingReport, request_id)
    if report is not None and report.reported_by_id == actor.user_id:
        raise RuleViolation(N_("Hai scritto tu la relazione: le ore le conferma un’altra persona."))
    request = meetings.take_step(actor, request_id, MeetingAction.VALIDATE, at=at)
    if report is None:
        raise RuleViolation(N_("Manca la relazione: la scrive il mediatore."))
    report.confirmed_at, report.confirmed_by_id = at, actor.user_id
    db.session.flush()
    return request


def dispute(actor: Actor, request_id: int, *, reason: str, at: datetime, version: int | None = None) -> MeetingRequest:
    """Who asked sends the report back with the reason, also one that was confirmed; the mediator writes it again."""
    request = meetings.take_step(actor, request_id, MeetingAction.DISPUTE, at=at, reason=reason, version=version)
    report = db.session.get_one(MeetingReport, request_id)
    report.confirmed_at = report.confirmed_by_id = None
    db.session.flush()
    return request


def _keep(request: MeetingRequest, facts: ReportFacts, day: date, *, reporter_id: int, at: datetime) -> MeetingReport:
    report = db.session.get(MeetingReport, request.id)
    if report is None:
        report = MeetingReport(request=request)
        db.session.add(report)
    report.day, report.start, report.end = day, facts.start, facts.end
    report.present = ",".join(each.value for each in facts.present)
    report.agreements = facts.agreements.strip()
    report.another_meeting = facts.another_meeting
    report.reported_at, report.reported_by_id = at, reporter_id
    report.confirmed_at = report.confirmed_by_id = None
    db.session.flush()
    return report


def _note(request_id: int, words: str, *, author_id: int, at: datetime) -> None:
    note = db.session.get(CulturalNote, request_id)
    if not words:
        if note is not None:
            db.session.delete(note)
    elif note is None:
        db.session.add(CulturalNote(request_id=request_id, author_id=author_id, words=words, written_at=at))
    else:
        note.words = words


def _enter(request: MeetingRequest, lines: Sequence[Worked], *, mediator_id: int) -> None:
    """The lines of the ledger, in place of those of an earlier report; what they need more is committed."""
    budget = request.budget
    if budget is None:
        raise RuleViolation(N_("Manca il monte ore: lo assegna l’Ufficio di Piano."))
    db.session.execute(
        select(User.id).where(User.id == mediator_id).with_for_update(key_share=True)
    )  # one report of theirs at once
    db.session.execute(delete(HourEntry).where(HourEntry.request_id == request.id, HourEntry.validated_at.is_(None)))
    _ensure_not_counted(lines, mediator_id)
    more = total_minutes(lines) - request.committed_minutes
    if more > 0:
        left = budgets.figure_of(budget).left
        if more > left:
            raise RuleViolation(
                N_("Il monte ore non basta: oltre alle ore impegnate restano %(left)s minuti, ne servono %(more)s."),
                left=left,
                more=more,
            )
        budgets.commit(budget.id, more)
        request.committed_minutes += more
    elif (too_much := min(-more, request.committed_minutes - request.minutes)) > 0:
        budgets.release(budget.id, too_much)  # an earlier report had asked for it
        request.committed_minutes -= too_much
    for line in lines:
        db.session.add(
            HourEntry(
                mediator_id=mediator_id,
                kind=line.kind,
                request_id=request.id,
                budget_id=budget.id,
                funding_line_id=budget.funding_line_id,
                day=line.day,
                start=line.start,
                end=line.end,
                minutes=line.minutes,
                place=request.place if line.kind in (HoursKind.MEETING, HoursKind.FAMILY_ABSENT) else "",
            )
        )
    db.session.flush()


def _ensure_not_counted(lines: Sequence[Worked], mediator_id: int) -> None:
    """No minute of a mediator counts twice, on whatever line of funding."""
    statement = select(HourEntry).where(
        HourEntry.mediator_id == mediator_id, HourEntry.day.in_({line.day for line in lines})
    )
    others = [Worked(each.kind, each.day, each.start, each.end) for each in db.session.scalars(statement)]
    for line in lines:
        other = next((each for each in others if each.overlaps(line)), None)
        if other is not None:
            raise RuleViolation(
                N_("Dalle %(start)s alle %(end)s hai già un’altra attività in quel giorno."),
                field=_START_FIELDS.get(line.kind, "start"),
                start=f"{other.start:%H:%M}",
                end=f"{other.end:%H:%M}",
            )
