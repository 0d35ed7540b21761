"""Mediated meetings of the demo: services, mediators, hour budgets, and requests in every state."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.demo.accounts import Accounts
from schoolapp.demo.letters import add_confirmed_sentences
from schoolapp.demo.mediators import add_conflict, add_mediators
from schoolapp.demo.meeting_reports import Report, add_desk, add_report
from schoolapp.demo.meeting_stories import OF_SCHOOL, OF_SERVICE, STARTS, WHY
from schoolapp.demo.pupils import DemoPupil
from schoolapp.demo.rows import Rows, kept
from schoolapp.domain.meeting_steps import STEPS, MeetingAction, MeetingState, Party, Route, next_state
from schoolapp.domain.meetings import AppointmentState, InvitedBy, MeetingMode
from schoolapp.domain.meetings import MeetingContext as Context
from schoolapp.domain.meetings import MeetingReason as Reason

A, S = MeetingAction, MeetingState


@dataclass(frozen=True)
class MeetingPlaces:
    """Where the demo's meetings belong."""

    ambito_id: int
    provider_id: int
    school_year_id: int
    school_ids: list[int]
    services: dict[str, int]
    funding_line_id: int
    comuni: dict[str, int]


@dataclass
class Budget:
    """The minutes of one owner while requests are made."""

    id: int
    needs_grant: bool
    committed: int = 0
    used: int = 0


def add_meetings(
    accounts: Accounts, places: MeetingPlaces, people: dict[str, int], pupils: list[DemoPupil], now: datetime
) -> None:
    """Mediators with what they speak, budgets, and about twenty requests on their way, as they stand at `now`."""
    rows = accounts.rows
    today = now.date()
    speakers = add_mediators(accounts, people, provider_id=places.provider_id, comuni=places.comuni, today=today)
    add_confirmed_sentences(rows, people["mediator"], now)
    school, service = Budget(1, needs_grant=False), Budget(2, needs_grant=True)
    pupils = [each for each in pupils if any(each.language in languages for _, languages in speakers)] or pupils
    maker = _Maker(rows, places, people, speakers, now)
    for number, (steps, days, minutes, reason) in enumerate(OF_SCHOOL, 1):
        maker.add(number, steps, days, minutes, reason, school, pupil=pupils[number % len(pupils)])
    for number, (steps, days, minutes, reason) in enumerate(OF_SERVICE, len(OF_SCHOOL) + 1):
        maker.add(number, steps, days, minutes, reason, service, pupil=None)
    add_conflict(rows, speakers, maker.waiting, today - timedelta(days=20))
    desk = Budget(3, needs_grant=False)
    desk.used = add_desk(
        rows,
        service_id=places.services["desk"],
        budget_id=desk.id,
        funding_line_id=places.funding_line_id,
        mediator_id=people["mediator"],
        by_id=people["desk"],
        now=now,
    )
    owners = [
        ({"institute_id": places.school_ids[0]}, 60, school),
        ({"service_id": places.services["social"]}, 40, service),
        ({"service_id": places.services["desk"]}, 50, desk),
        ({"service_id": places.services["health"]}, 20, Budget(4, needs_grant=False)),
        *(({"institute_id": school_id}, 30, Budget(0, needs_grant=False)) for school_id in places.school_ids[1:]),
    ]
    for owner, hours, budget in owners:
        _add_budget(rows, places, owner, hours * 60, budget, people["district"], now)


def _add_budget(
    rows: Rows,
    places: MeetingPlaces,
    owner: dict[str, int],
    minutes: int,
    budget: Budget,
    officer_id: int,
    now: datetime,
) -> None:
    budget_id = rows.add(
        "hour_budget",
        ambito_id=places.ambito_id,
        **{"institute_id": None, "service_id": None, **owner},
        funding_line_id=places.funding_line_id,
        school_year_id=places.school_year_id,
        granted_minutes=minutes,
        committed_minutes=budget.committed,
        used_minutes=budget.used,
        needs_grant=budget.needs_grant,
    )
    assert budget.id in {0, budget_id}
    rows.add(
        "budget_change", budget_id=budget_id, minutes=minutes, reason="", at=now - timedelta(days=60), by_id=officer_id
    )


@dataclass
class _Maker:
    """Makes requests with their whole story."""

    rows: Rows
    places: MeetingPlaces
    people: dict[str, int]
    speakers: list[tuple[int, set[str]]]
    now: datetime
    waiting: list[DemoPupil] = field(default_factory=list)
    """Those whose request is to be matched."""

    def add(
        self,
        number: int,
        steps: tuple[MeetingAction, ...],
        days: int,
        minutes: int,
        reason: Reason,
        budget: Budget,
        *,
        pupil: DemoPupil | None,
    ) -> None:
        of_school = pupil is not None
        language = pupil.language if pupil else "ar"
        day = _workday(self.now.date() + timedelta(days=days))
        start = STARTS[number % len(STARTS)]
        starts_at = datetime.combine(day, start, tzinfo=SCHOOL_ZONE)
        story = self._story(steps, starts_at, minutes, Route(of_school, budget.needs_grant))
        state = story[-1][2] if story else S.DRAFT
        if pupil and state is S.WITH_PROVIDER:
            self.waiting.append(pupil)
        request_id = self.rows.add(
            "meeting_request",
            ambito_id=self.places.ambito_id,
            school_year_id=self.places.school_year_id,
            number=number,
            context=(Context.SCHOOL if of_school else Context.SOCIAL).value,
            institute_id=self.places.school_ids[0] if of_school else None,
            service_id=None if of_school else self.places.services["social"],
            requester_id=self.people["teacher" if of_school else "service"],
            pupil_id=pupil.id if pupil else None,
            case_code=None if of_school else f"TM-{self.now.year}-{number}",
            reason=reason.value,
            language=language,
            minutes=minutes,
            mode=(MeetingMode.PHONE if reason is Reason.PHONE_CALL else MeetingMode.IN_PLACE).value,
            place=_place(reason, of_school=of_school),
            participants="requester",
            invited_by=InvitedBy.MEDIATOR.value,
            note="Meglio dopo le 16." if number % 5 == 0 else "",
            state=state.value,
            provider_id=self.places.provider_id if any(to is S.WITH_PROVIDER for _, _, to, _ in story) else None,
            budget_id=budget.id,
            committed_minutes=minutes if state in _COMMITTING else 0,
            version=len(steps),
        )
        for position, (later, hour) in enumerate(((0, start), (6, time(14, 0))), 1):
            slot = _workday(day + timedelta(days=later))
            self.rows.add_keyed(
                "proposed_slot",
                ("request_id", "position", "day", "start"),
                (request_id, position, kept(slot), kept(hour)),
            )
        budget.committed += minutes if state in _COMMITTING else 0
        mediator_id = self._mediator(language, number)
        for action, party, to, at in story:
            self._add_event(request_id, action, party, to, at, mediator_id, of_school=of_school)
        if A.PROPOSE in steps:
            self._add_appointment(request_id, mediator_id, starts_at, minutes, state, number)
        if A.REPORT in steps:
            report = Report(
                number=number,
                request_id=request_id,
                mediator_id=mediator_id,
                requester_id=self.people["teacher"],
                budget_id=budget.id,
                funding_line_id=self.places.funding_line_id,
                place="sala colloqui",
                starts_at=starts_at,
                minutes=minutes,
                when={action: at for action, _, _, at in story},
            )
            used = add_report(self.rows, report)
            budget.used += used if report.confirmed_at else 0

    def _story(
        self, steps: tuple[MeetingAction, ...], starts_at: datetime, minutes: int, route: Route
    ) -> list[tuple[MeetingAction, Party, MeetingState, datetime]]:
        """Each step with whose it is, what it leads to, and when: the earlier ones on days before."""
        ends_at = starts_at + timedelta(minutes=minutes)
        before = [step for step in steps if step not in _AFTERWARDS]
        last = min(self.now - timedelta(hours=3), starts_at - timedelta(days=5))
        state, story = S.DRAFT, []
        for number, action in enumerate(steps):
            party = next(each for each in Party if each in STEPS[state, action].parties)
            if action is A.APPROVE:
                party = Party.COORDINATOR
            state = next_state(state, action, {party}, route, reason=WHY.get(action, ""))
            if number < len(before):
                at = last - timedelta(days=len(before) - 1 - number, minutes=17 * number)
            else:
                at = min(ends_at + timedelta(days=number - len(before)), self.now)
            story.append((action, party, state, at))
        return story

    def _mediator(self, language: str, number: int) -> int:
        able = [user_id for user_id, languages in self.speakers if language in languages]
        return able[number % len(able)] if able else self.speakers[0][0]

    def _add_event(
        self,
        request_id: int,
        action: MeetingAction,
        party: Party,
        to: MeetingState,
        at: datetime,
        mediator_id: int,
        *,
        of_school: bool,
    ) -> None:
        by_id = {
            Party.REQUESTER: self.people["teacher" if of_school else "service"],
            Party.COORDINATOR: self.people["coordinator"],
            Party.DISTRICT: self.people["district"],
            Party.PROVIDER: self.people["provider"],
            Party.MEDIATOR: mediator_id,
        }[party]
        self.rows.add(
            "meeting_event",
            request_id=request_id,
            at=at,
            by_id=by_id,
            party=party.value,
            action=action.value,
            to_state=to.value,
            reason=WHY.get(action, ""),
        )

    def _add_appointment(
        self, request_id: int, mediator_id: int, starts_at: datetime, minutes: int, state: MeetingState, number: int
    ) -> None:
        answers = {
            S.PROPOSED: AppointmentState.PROPOSED,
            S.MOVED: AppointmentState.CANCELLED,
            S.CANCELLED: AppointmentState.CANCELLED,
        }
        self.rows.add(
            "appointment",
            request_id=request_id,
            mediator_id=mediator_id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes),
            state=answers.get(state, AppointmentState.CONFIRMED).value,
            answer_by=_workday(self.now.date() + timedelta(days=3)) if state is S.PROPOSED else None,
            uid=f"demo-{number}@example.org",
        )


_AFTERWARDS = frozenset({A.HOLD, A.MISS, A.REPORT, A.VALIDATE})
_COMMITTING = frozenset({S.WITH_PROVIDER, S.PROPOSED, S.CONFIRMED, S.MOVED, S.HELD, S.FAMILY_ABSENT, S.REPORTED})


def _place(reason: Reason, *, of_school: bool) -> str:
    """Where people meet; a call has no place."""
    if reason is Reason.PHONE_CALL:
        return ""
    return "sala colloqui" if of_school else "Sondrio, via Perego"


def _workday(day: date) -> date:
    """The day itself, or the Monday after its week-end."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
