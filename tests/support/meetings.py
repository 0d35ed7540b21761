"""An Ambito in which a school and a service may ask for mediators, with one call."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from schoolapp import services
from schoolapp.domain.actors import Actor
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState, Party
from schoolapp.domain.meeting_wishes import MeetingWish, Slot
from schoolapp.domain.meetings import AppointmentState, InvitedBy, MeetingContext, MeetingMode, MeetingReason
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import (
    Ambito,
    Appointment,
    HourBudget,
    Institute,
    MeetingEvent,
    MeetingRequest,
    Membership,
    Provider,
    Pupil,
    Service,
    User,
)
from schoolapp.services.meetings import Offer
from tests import factories

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
DAY = date(2026, 12, 3)
STARTS, ENDS = datetime(2026, 12, 3, 15, 30, tzinfo=UTC), datetime(2026, 12, 3, 16, 30, tzinfo=UTC)

A = MeetingAction


class MeetingPlace:
    """A school with teacher, coordinator and head, a social service, the Ambito's office, a cooperative."""

    def __init__(self) -> None:
        self.ambito: Ambito = factories.make_ambito()
        self.institute: Institute = factories.make_institute(ambito_id=self.ambito.id)
        self.school_class = factories.make_class(factories.make_site(self.institute))
        self.pupil: Pupil = factories.make_pupil(self.institute, school_class=self.school_class)
        self.paola: User = factories.make_user(Role.TEACHER, self.institute, name="Paola Gerosa")
        factories.make_class_teacher(self.paola, self.school_class)
        self.lucia: User = factories.make_user(Role.COORDINATOR, self.institute, name="Lucia Fontanive")
        self.lidia: User = factories.make_user(Role.HEAD, self.institute, name="Lidia Marini")
        self.service: Service = factories.make_service(self.ambito)
        self.anna: User = factories.make_user(name="Anna Pedrini")
        factories.make_membership(
            self.anna, Role.SERVICE_REQUESTER, ambito_id=self.ambito.id, service_id=self.service.id
        )
        self.elena: User = factories.make_user(name="Elena Credaro")
        factories.make_membership(self.elena, Role.DISTRICT_OFFICER, ambito=self.ambito)
        self.provider: Provider = factories.make_provider(ambito_id=self.ambito.id)
        self.marco: User = factories.make_user(name="Marco Bianchini")
        factories.make_membership(self.marco, Role.PROVIDER_COORDINATOR, provider=self.provider)
        self.nadia: User = factories.make_mediator(self.provider)
        self.budget: HourBudget = factories.make_hour_budget(self.institute, granted_minutes=10 * 60)
        self.service_budget: HourBudget = factories.make_hour_budget(
            service_id=self.service.id, ambito_id=self.ambito.id, granted_minutes=5 * 60
        )

    def actor(self, user: User) -> Actor:
        db.session.expire(user, ["memberships"])
        return factories.actor_of(user)

    @property
    def teacher(self) -> Actor:
        return factories.actor_of(self.paola)

    @property
    def coordinator(self) -> Actor:
        return factories.actor_of(self.lucia)

    @property
    def head(self) -> Actor:
        return factories.actor_of(self.lidia)

    @property
    def social_worker(self) -> Actor:
        return factories.actor_of(self.anna)

    @property
    def district(self) -> Actor:
        return factories.actor_of(self.elena)

    @property
    def cooperative(self) -> Actor:
        return factories.actor_of(self.marco)

    @property
    def mediator(self) -> Actor:
        return self.actor(self.nadia)

    def wish(self, **values: Any) -> MeetingWish:
        return MeetingWish(
            **{
                "reason": MeetingReason.TALK,
                "language": "ar",
                "minutes": 60,
                "mode": MeetingMode.IN_PLACE,
                "invited_by": InvitedBy.MEDIATOR,
                "slots": (Slot(DAY, time(16, 30)),),
                "place": "sala colloqui",
                "pupil_id": self.pupil.id,
                "budget_id": self.budget.id,
                **values,
            }
        )

    def case_wish(self, **values: Any) -> MeetingWish:
        return self.wish(
            **{
                "reason": MeetingReason.CHILD_PROTECTION,
                "pupil_id": None,
                "case_code": "TM-2026-14",
                "budget_id": self.service_budget.id,
                **values,
            }
        )

    def draft(self, **values: Any) -> MeetingRequest:
        """The teacher's draft about the pupil."""
        return services.meeting_drafts.draft(
            self.teacher, institute_id=self.institute.id, wish=self.wish(**values), at=NOW
        )

    def service_draft(self, **values: Any) -> MeetingRequest:
        return services.meeting_drafts.draft(
            self.social_worker, service_id=self.service.id, wish=self.case_wish(**values), at=NOW
        )

    def offer(self, **values: Any) -> Offer:
        return Offer(**{"mediator_id": self.nadia.id, "starts_at": STARTS, "ends_at": ENDS, **values})

    def request(self, state: MeetingState, **values: Any) -> MeetingRequest:
        """A request in a state, with its story, its time and its hours as `walked_to` leaves them.

        Its steps were not taken, which is ten times as dear: nobody was told, and nobody has a link.
        """
        wish, steps = self.wish(**values), self._steps_to(state)
        taken = {action for _person, _party, action, _to in steps}
        committed = A.APPROVE in taken
        if committed:
            services.budgets.commit(self.budget.id, wish.minutes)
        written = {
            **vars(wish),
            "slots": [(slot.day, slot.start) for slot in wish.slots],
            "participants": ",".join(wish.participants),
            "requester_id": self.paola.id,
            "number": self._next_number(),
            "state": state,
            "version": len(steps),
            "provider_id": self.provider.id if committed else None,
            "committed_minutes": wish.minutes if committed else 0,
            "appointments": [self._appointment(accepted=A.ACCEPT in taken)] if A.PROPOSE in taken else [],
            "events": [
                MeetingEvent(at=_when(action), by_id=person.id, party=party, action=action, to_state=to)
                for person, party, action, to in steps
            ],
        }
        return factories.make_meeting_request(self.institute, **written)

    def _next_number(self) -> int:
        last = select(func.max(MeetingRequest.number)).where(MeetingRequest.ambito_id == self.ambito.id)
        return (db.session.scalar(last) or 0) + 1

    def _appointment(self, *, accepted: bool) -> Appointment:
        return Appointment(
            mediator_id=self.nadia.id,
            starts_at=STARTS,
            ends_at=ENDS,
            state=AppointmentState.CONFIRMED if accepted else AppointmentState.PROPOSED,
            uid=str(uuid4()),
            sequence=int(accepted),
        )

    def walked_to(self, state: MeetingState, **values: Any) -> MeetingRequest:
        """A request brought to a state by the steps that lead there, for tests of what these leave behind."""
        request = self.draft(**values)
        for person, _party, action, _to in self._steps_to(state):
            offer = self.offer() if action is A.PROPOSE else None
            services.meetings.take_step(self.actor(person), request.id, action, at=_when(action), offer=offer)
        assert request.state is state
        return request

    def _steps_to(self, state: MeetingState) -> list[tuple[User, Party, MeetingAction, MeetingState]]:
        """Who takes, as what, which step, and where it leads."""
        way = [
            (self.paola, Party.REQUESTER, A.SEND, MeetingState.WITH_COORDINATOR),
            (self.lucia, Party.COORDINATOR, A.APPROVE, MeetingState.WITH_PROVIDER),
            (self.marco, Party.PROVIDER, A.PROPOSE, MeetingState.PROPOSED),
            (self.nadia, Party.MEDIATOR, A.ACCEPT, MeetingState.CONFIRMED),
            (self.nadia, Party.MEDIATOR, A.HOLD, MeetingState.HELD),
            (self.nadia, Party.MEDIATOR, A.REPORT, MeetingState.REPORTED),
        ]
        states = [MeetingState.DRAFT, *(to for *_step, to in way)]
        return way[: states.index(state)]


def _when(action: MeetingAction) -> datetime:
    """Before the meeting, or as it ends."""
    return ENDS if action in {A.HOLD, A.REPORT} else NOW


def grant_to(user: User, role: Role, **place: Any) -> Membership:
    """One more role of a person."""
    return factories.make_membership(user, role, **place)


__all__ = ["DAY", "ENDS", "NOW", "STARTS", "A", "MeetingContext", "MeetingPlace", "grant_to"]
