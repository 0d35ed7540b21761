"""Taking an import back, until someone has used what it brought."""

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, or_, select, update

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.pupil_imports import KnownPupil, digest, known_as
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import (
    Base,
    CardReading,
    ClassMembership,
    ClassTeacher,
    Contact,
    Enrolment,
    Pupil,
    PupilCitizenship,
    PupilImport,
    PupilLanguage,
    Referral,
    SchoolClass,
    Site,
    Workshop,
)
from schoolapp.services import audit, import_plans
from schoolapp.services.import_changes import COLUMNS, citizenship_rows, language_rows, lock, written
from schoolapp.services.import_rows import replace_lists, table_of, update_pupils

_DAYS = frozenset({"birth_date", "arrival_month", "first_enrolment"})


def may_be_undone(pupil_import: PupilImport) -> bool:
    """Whether nobody has used what the import brought: no card changed, nothing that names its pupils since."""
    if pupil_import.applied_at is None or pupil_import.undone_at is not None:
        return False
    kept = pupil_import.undo
    digests: dict[str, str] = kept["digests"]
    ids = sorted(int(pupil_id) for pupil_id in digests)
    now = {str(pupil.id): digest(pupil) for pupil in import_plans.known_pupils(pupil_import.institute_id, ids)}
    return now == digests and not db.session.scalar(select(_is_used(ids, kept)))


def _is_used(ids: list[int], kept: dict[str, Any]) -> ColumnElement[bool]:
    return or_(
        exists().where(Enrolment.pupil_id.in_(ids), Enrolment.id > kept["enrolment"]),
        exists().where(Referral.pupil_id.in_(ids), Referral.id > kept["referral"]),
        *(exists().where(column.in_(kept["made"])) for column in _named_elsewhere()),
    )


@cache
def _named_elsewhere() -> tuple[ColumnElement[int], ...]:
    """The columns by which tables outside the card name a pupil: marks, assessments, requests, whatever comes later."""
    card = {table_of(model) for model in (CardReading, ClassMembership, Contact, PupilCitizenship, PupilLanguage)}
    return tuple(
        key.parent
        for table in Base.metadata.sorted_tables
        if table not in card
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column is Pupil.__table__.c.id
    )


def undo(pupil_import: PupilImport, *, now: datetime) -> None:
    """Take back all that the import did: new pupils, plessi and classes go, changed pupils are as they were."""
    lock(pupil_import)
    if pupil_import.applied_at is None:
        raise RuleViolation(N_("Questo elenco non è ancora stato importato."))
    if pupil_import.undone_at is not None:
        raise RuleViolation(N_("Questa importazione è già stata annullata."))
    if not may_be_undone(pupil_import):
        raise RuleViolation(
            N_("Non si può più annullare: qualcuno ha già usato o cambiato gli alunni di questo elenco.")
        )
    kept = pupil_import.undo
    ids = [*kept["made"], *(int(pupil_id) for pupil_id in kept["changed"])]
    now_known = {pupil.id: _audited(pupil) for pupil in import_plans.known_pupils(pupil_import.institute_id, ids)}
    _undo_classes(kept)
    _delete(Contact, Contact.id.in_(kept["contacts"]))
    _restore(kept["changed"], now)
    _delete_pupils(kept["made"])
    audit.record_many(
        db.session(),
        action="deleted",
        subject="pupil",
        institute_id=pupil_import.institute_id,
        changes={
            pupil_id: {name: [value, None] for name, value in now_known[pupil_id].items() if value}
            for pupil_id in kept["made"]
        },
    )
    changed = [int(pupil_id) for pupil_id in kept["changed"]]
    before = {pupil.id: _audited(pupil) for pupil in import_plans.known_pupils(pupil_import.institute_id, changed)}
    audit.record_many(
        db.session(),
        action="restored",
        subject="pupil",
        institute_id=pupil_import.institute_id,
        changes={
            pupil_id: {
                name: [value, facts[name]] for name, value in now_known[pupil_id].items() if value != facts[name]
            }
            for pupil_id, facts in before.items()
        },
    )
    db.session.expire_all()
    _remove_empty_places(kept)
    pupil_import.undone_at = now
    db.session.flush()


def _audited(pupil: KnownPupil) -> dict[str, Any]:
    """The facts of a pupil as the audit calls and keeps them."""
    facts = known_as(pupil)
    del facts["id"], facts["archived"]
    facts["languages"] = facts.pop("home_languages")
    facts["contacts"] = [phone or name for name, phone in facts["contacts"]]
    return {name: written(value) for name, value in facts.items()}


def _delete(model: type[Any], which: ColumnElement[bool]) -> None:
    db.session.execute(delete(table_of(model)).where(which))


def _undo_classes(kept: dict[str, Any]) -> None:
    table = table_of(ClassMembership)
    _delete(ClassMembership, ClassMembership.id.in_(kept["memberships"]))
    if kept["ended"]:
        db.session.execute(update(table).where(table.c.id.in_(kept["ended"])).values(valid_to=None))
    for membership_id, class_id in kept["corrected"].items():
        db.session.execute(update(table).where(table.c.id == int(membership_id)).values(class_id=class_id))


def _restore(changed: dict[str, dict[str, Any]], now: datetime) -> None:
    """The old facts of the pupils that the list changed."""
    if not changed:
        return
    rows = []
    for pupil_id, facts in changed.items():
        values = {name: _day(facts[name]) if name in _DAYS else facts.get(name) for name in COLUMNS.values()}
        rows.append({"the_id": int(pupil_id), **values})
    update_pupils(rows)
    update_archived = [{"the_id": int(key), "archived_at": now} for key, facts in changed.items() if facts["archived"]]
    if update_archived:
        update_pupils(update_archived)
    replace_lists(
        PupilCitizenship,
        {int(key): citizenship_rows(int(key), facts["citizenships"]) for key, facts in changed.items()},
    )
    replace_lists(
        PupilLanguage, {int(key): language_rows(int(key), facts["home_languages"]) for key, facts in changed.items()}
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None


def _delete_pupils(ids: list[int]) -> None:
    for model in (CardReading, Contact, PupilLanguage, PupilCitizenship, ClassMembership):
        _delete(model, table_of(model).c.pupil_id.in_(ids))
    _delete(Pupil, Pupil.id.in_(ids))


def _remove_empty_places(kept: dict[str, Any]) -> None:
    """Classes and plessi that the import made and that nobody has used meanwhile."""
    for class_id in kept["classes"]:
        pupils = exists().where(ClassMembership.class_id == class_id)
        teachers = exists().where(ClassTeacher.class_id == class_id)
        if not db.session.scalar(select(or_(pupils, teachers))):
            db.session.delete(db.session.get_one(SchoolClass, class_id))
    db.session.flush()
    for site_id in kept["sites"]:
        classes = exists().where(SchoolClass.site_id == site_id)
        workshops = exists().where(Workshop.site_id == site_id)
        if not db.session.scalar(select(or_(classes, workshops))):
            db.session.delete(db.session.get_one(Site, site_id))
    db.session.flush()
