"""Referrals: made by a teacher, decided by the coordinator, settled by an enrolment."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.pupils import tidy
from schoolapp.domain.referral import (
    STATES_TO_DECIDE,
    ReferralAction,
    ReferralState,
    ensure_single_open_referral,
    next_state,
)
from schoolapp.domain.roles import Role
from schoolapp.domain.wording import N_
from schoolapp.domain.workshops import WorkshopKind
from schoolapp.extensions import db
from schoolapp.models import Enrolment, Pupil, Referral

MOST_NOTE_LETTERS = 200


def refer(pupil: Pupil, *, by_id: int, wanted_kind: WorkshopKind, note: str, at: datetime) -> Referral:
    """A teacher asks a workshop for the pupil. One request to decide at a time."""
    if pupil.archived_at is not None:
        raise RuleViolation(N_("La scheda dell’alunno è in archivio."))
    _ensure_single(pupil.id)
    referral = Referral(
        institute_id=pupil.institute_id,
        pupil=pupil,
        referred_by_id=by_id,
        referred_at=at,
        wanted_kind=wanted_kind,
        note=_short(note, field="note"),
        state=ReferralState.REFERRED,
    )
    db.session.add(referral)
    db.session.flush()
    return referral


def act(
    referral: Referral, *, action: ReferralAction, roles: Iterable[Role], why: str, by_id: int, at: datetime
) -> Referral:
    """Take a step that needs no enrolment. Closing by sending elsewhere says where."""
    if action is ReferralAction.ASSIGN:
        raise RuleViolation(N_("Scegli il laboratorio: la segnalazione si chiude con l’iscrizione."), field="workshop")
    referral = _locked(referral.id)
    state = next_state(referral.state, action, roles)
    why = _short(why, field="why")
    if action is ReferralAction.SEND_ELSEWHERE and not why:
        raise RuleViolation(N_("Scrivi a quale risorsa, per esempio «CPIA» o «docente A-23»."), field="why")
    if action is ReferralAction.REOPEN:
        _ensure_single(referral.pupil_id)
        referral.enrolment_id = None
    _decide(referral, state=state, why=why, by_id=by_id, at=at)
    return referral


def settle(*, pupil: Pupil, enrolment: Enrolment, by_id: int, at: datetime) -> None:
    """The enrolment answers the pupil's open referral, if there is one."""
    statement = (
        select(Referral)
        .where(Referral.pupil_id == pupil.id, Referral.state.in_(STATES_TO_DECIDE))
        .order_by(Referral.id)
        .with_for_update(of=Referral)
    )
    for referral in db.session.scalars(statement):
        state = next_state(referral.state, ReferralAction.ASSIGN, {Role.COORDINATOR})
        referral.enrolment_id = enrolment.id
        _decide(referral, state=state, why="", by_id=by_id, at=at)


def _decide(referral: Referral, *, state: ReferralState, why: str, by_id: int, at: datetime) -> None:
    referral.state = state
    referral.decided_by_id, referral.decided_at, referral.decision_why = by_id, at, why
    db.session.flush()


def _short(text: str, *, field: str) -> str:
    text = tidy(text)
    if len(text) > MOST_NOTE_LETTERS:
        raise RuleViolation(
            N_("Al massimo %(most)s lettere: bastano poche parole."), field=field, most=MOST_NOTE_LETTERS
        )
    return text


def _locked(referral_id: int) -> Referral:
    statement = (
        select(Referral)
        .where(Referral.id == referral_id)
        .with_for_update(of=Referral)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).one()


def _ensure_single(pupil_id: int) -> None:
    """Two requests made at once wait for each other at the pupil's row."""
    db.session.execute(select(Pupil.id).where(Pupil.id == pupil_id).with_for_update())
    states = select(Referral.state).where(Referral.pupil_id == pupil_id)
    ensure_single_open_referral(db.session.scalars(states))
