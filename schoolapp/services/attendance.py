"""Calling the roll of a lesson, signing it, correcting it afterwards, and the visto of the school."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import contains_eager
from sqlalchemy.sql.dml import Insert

from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.lessons import (
    LessonFacts,
    ensure_correctable,
    ensure_countersignable,
    ensure_recordable,
    ensure_signable,
)
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roll_call import MARK_OF, Merged, RollCall, Sent, merge, written_activities
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import Lesson, Mark, UnlistedPupil
from schoolapp.queries import roll_call as questions
from schoolapp.queries import scope
from schoolapp.services import audit

LONGEST_NAME = 120
LONGEST_CLASS = 20


def record(actor: Actor, *, lesson_id: int, sent: Sent, now: datetime) -> Merged:
    """Keep what changed in the roll call; nothing of a pupil whom someone else changed meanwhile (`conflicts`)."""
    call = questions.for_change(actor, lesson_id, Permission.LESSONS_RECORD)
    ensure_recordable(call.facts, now)
    merged = merge(call, sent, actor_id=actor.user_id)
    _keep(actor, call, merged, now=now, action="recorded")
    return merged


def sign(actor: Actor, *, lesson_id: int, sent: Sent, now: datetime) -> Merged:
    """Keep what changed and close the register in the name of `actor`, who from now on is the one who held the lesson.

    Where there are conflicts the register stays open.
    """
    call = questions.for_change(actor, lesson_id, Permission.LESSONS_RECORD)
    ensure_recordable(call.facts, now)
    merged = merge(call, sent, actor_id=actor.user_id)
    if not merged.conflicts:
        ensure_signable(merged.facts, now)
    _keep(actor, call, merged, now=now, action="recorded")
    if not merged.conflicts:
        _set(call.lesson_id, signed_at=now, signed_by_id=actor.user_id, facilitator_id=actor.user_id)
        changes: dict[str, Any] = {"signed_at": [None, now.isoformat()]}
        if call.facilitator_id != actor.user_id:
            changes["facilitator_id"] = [call.facilitator_id, actor.user_id]
        _leave_audit(call, action="signed", changes=changes)
    return merged


def correct(actor: Actor, *, lesson_id: int, sent: Sent, reason: str, now: datetime) -> Merged:
    """Change a signed register, with a reason that everyone can read; the visto of the school must be given anew."""
    call = questions.for_change(actor, lesson_id, Permission.LESSONS_CORRECT)
    ensure_correctable(call.facts, reason)
    merged = merge(call, sent, actor_id=actor.user_id)
    if merged.conflicts:
        raise RuleViolation(N_("Intanto un’altra persona ha corretto questo registro: ricarica la pagina."))
    if merged.removed:
        raise RuleViolation(N_("In un registro firmato ogni alunno ha la sua presenza."), field="marks")
    if not merged.topic.strip():
        raise RuleViolation(N_("Un registro firmato ha sempre un argomento."), field="topic")
    changed = _keep(
        actor,
        call,
        merged,
        now=now,
        action="corrected",
        reason=reason.strip(),
        removes_visto=call.facts.countersigned,
    )
    if not changed:
        raise RuleViolation(N_("Non hai cambiato nulla: correggi una presenza o l’argomento."))
    return merged


def countersign(actor: Actor, *, lesson_ids: Collection[int], now: datetime) -> int:
    """Give the school's visto to signed lessons, to all of them or to none; returns how many.

    One lesson that is not the person's to countersign refuses the whole batch (NoResultFound).
    """
    wanted = sorted(set(lesson_ids))
    if not wanted:
        raise RuleViolation(N_("Scegli almeno una lezione."), field="lesson_id")
    lessons = db.session.scalars(
        select(Lesson)
        .join(Lesson.workshop)
        .options(contains_eager(Lesson.workshop))
        .where(Lesson.id.in_(wanted), scope.lessons(actor, Permission.LESSONS_COUNTERSIGN))
        .order_by(Lesson.id)
        .with_for_update(of=Lesson)
    ).all()
    if len(lessons) != len(wanted):
        raise NoResultFound
    for lesson in lessons:
        ensure_countersignable(_facts(lesson))
        lesson.countersigned_at, lesson.countersigned_by_id = now, actor.user_id
    db.session.flush()
    return len(lessons)


def propose_unlisted(actor: Actor, *, lesson_id: int, name: str, class_name: str, now: datetime) -> UnlistedPupil:
    """Tell the coordinator of a pupil who turned up without being enrolled."""
    call = questions.for_change(actor, lesson_id, Permission.LESSONS_RECORD)
    ensure_recordable(call.facts, now)
    name, class_name = " ".join(name.split()), " ".join(class_name.split())
    if not name:
        raise RuleViolation(N_("Scrivi il nome dell’alunno."), field="unlisted_name")
    if len(name) > LONGEST_NAME:
        raise RuleViolation(
            N_("Il nome può avere al massimo %(most)s lettere."), field="unlisted_name", most=LONGEST_NAME
        )
    if len(class_name) > LONGEST_CLASS:
        raise RuleViolation(N_("Scrivi solo la classe, per esempio 2B."), field="unlisted_class")
    proposed = UnlistedPupil(lesson_id=lesson_id, name=name, class_name=class_name)
    db.session.add(proposed)
    db.session.flush()
    return proposed


def _keep(
    actor: Actor,
    call: RollCall,
    merged: Merged,
    *,
    now: datetime,
    action: str,
    reason: str | None = None,
    removes_visto: bool = False,
) -> bool:
    """Write the marks, the topic and one audit row with old → new; False where nothing changes."""
    changes: dict[str, Any] = {
        f"{MARK_OF}{mark.pupil_id}": [mark.old.value.code if mark.old else None, mark.value.code]
        for mark in merged.written
    }
    changes |= {f"{MARK_OF}{pupil_id}": [old.value.code, None] for pupil_id, old in merged.removed.items()}
    if merged.topic != call.facts.topic:
        changes["topic"] = [call.facts.topic, merged.topic]
    if merged.activities != call.activities:
        changes["activity"] = [written_activities(call.activities), written_activities(merged.activities)]
    if not changes:
        return False
    if merged.written:
        db.session.execute(
            _upserts[db.session.get_bind().dialect.name],
            [
                {
                    "lesson_id": call.lesson_id,
                    "pupil_id": mark.pupil_id,
                    "status": mark.value.status,
                    "missed_minutes": mark.value.missed_minutes,
                    "reason": mark.value.reason,
                    "attended_minutes": mark.worth.attended,
                    "offered_minutes": mark.worth.offered,
                    "version": mark.version,
                    "recorded_by_id": actor.user_id,
                    "recorded_at": now,
                }
                for mark in merged.written
            ],
        )
    if merged.removed:
        removed = Mark.pupil_id.in_(sorted(merged.removed))
        statement = delete(Mark).where(Mark.lesson_id == call.lesson_id, removed)
        db.session.execute(statement.execution_options(synchronize_session=False))
    visto: dict[str, Any] = {}
    if removes_visto and call.countersigned_at is not None:
        visto = {"countersigned_at": None, "countersigned_by_id": None}
        changes["countersigned_at"] = [call.countersigned_at.isoformat(), None]
    activity = written_activities(merged.activities)
    _set(call.lesson_id, version=call.version + 1, topic=merged.topic, activity=activity, **visto)
    _leave_audit(call, action=action, changes=changes, reason=reason)
    return True


def _upsert(insert: Any) -> Insert:
    """Insert a mark, or replace the one of the same pupil at the same lesson."""
    statement = insert(
        Mark.__table__
    )  # the table, not the class: the unit of work would split rows by their empty columns
    kept_key = {"lesson_id", "pupil_id"}
    replaced = {
        column.name: statement.excluded[column.name] for column in Mark.__table__.columns if column.name not in kept_key
    }
    upsert: Insert = statement.on_conflict_do_update(index_elements=sorted(kept_key), set_=replaced)
    return upsert


_upserts = {"sqlite": _upsert(sqlite.insert), "postgresql": _upsert(postgresql.insert)}


def _set(lesson_id: int, **values: Any) -> None:
    db.session.execute(
        update(Lesson).where(Lesson.id == lesson_id).values(**values).execution_options(synchronize_session=False)
    )


def _leave_audit(call: RollCall, *, action: str, changes: dict[str, Any], reason: str | None = None) -> None:
    audit.record(
        db.session(),
        action=action,
        subject=Lesson.__tablename__,
        subject_id=call.lesson_id,
        institute_id=call.institute_id,
        changes=changes,
        reason=reason,
    )


def _facts(lesson: Lesson) -> LessonFacts:
    return LessonFacts(
        day=lesson.day,
        start=lesson.start,
        end=lesson.end,
        signed=lesson.signed_at is not None,
        countersigned=lesson.countersigned_at is not None,
        cancelled=lesson.cancelled_by is not None,
    )
