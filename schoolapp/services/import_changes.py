"""Saving what an import does, all or nothing, and keeping what will be needed to take it back.

Thousands of lines go in at once, so rows are written in bulk and the audit rows with them: one a pupil, old → new.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.names import pupil_search_key, register_sort_key
from schoolapp.domain.pupil_imports import ImportPlan, KnownPupil, Outcome, PlannedRow, digest, known_as
from schoolapp.domain.pupil_lists import Field, ParsedRow
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import (
    ClassMembership,
    Contact,
    Enrolment,
    Institute,
    Pupil,
    PupilCitizenship,
    PupilImport,
    PupilLanguage,
    Referral,
)
from schoolapp.services import audit, import_places, import_plans
from schoolapp.services.import_places import NewPlaces
from schoolapp.services.import_rows import (
    Rows,
    insert_and_number,
    insert_rows,
    replace_lists,
    table_of,
    update_pupils,
)
from schoolapp.services.imports import ensure_applicable

COLUMNS = {
    Field.BIRTH_DATE: "birth_date",
    Field.BIRTH_PLACE: "birth_place",
    Field.SEX: "sex",
    Field.ARRIVAL: "arrival_month",
    Field.FIRST_ENROLMENT: "first_enrolment",
    Field.YEARS_ABROAD: "years_abroad",
    Field.LETTERS_LANGUAGE: "letters_language",
    Field.MEDIATOR_NEEDED: "mediator_needed",
    Field.MEDIATOR_LANGUAGE: "mediator_language",
}
"""Facts kept in the pupil's own row, and their column."""
LISTS = {
    Field.CITIZENSHIP: "citizenships",
    Field.HOME_LANGUAGES: "languages",
    Field.CONTACT_PHONE: "contacts",
    Field.CONTACT_NAME: "contacts",
}
"""Facts kept in rows of their own, and how the audit calls them."""


def apply(pupil_import: PupilImport, *, now: datetime, today: date, seen: str | None = None) -> ImportPlan:
    """Save the whole list, or refuse it with a sentence when a line is wrong or a question is open; and, with `seen`,
    when it is not the list that the person looked at."""
    lock(pupil_import)
    if pupil_import.applied_at is not None:
        raise RuleViolation(N_("Questo elenco è già stato importato."))
    if seen is not None and seen != import_plans.seen_mark(pupil_import):
        raise RuleViolation(N_("Intanto l’elenco è cambiato: controllalo di nuovo, poi importalo."))
    plan = import_plans.plan(pupil_import, today=today)
    apply_plan(pupil_import, plan=plan, now=now, today=today)
    return plan


def lock(pupil_import: PupilImport) -> None:
    """One import of a school at a time: two people may press the button together."""
    db.session.execute(select(Institute.id).where(Institute.id == pupil_import.institute_id).with_for_update())
    db.session.refresh(pupil_import)


def apply_plan(pupil_import: PupilImport, *, plan: ImportPlan, now: datetime, today: date) -> None:
    """Save what a plan says, made just now in the same transaction."""
    ensure_applicable(plan)
    institute_id = pupil_import.institute_id
    places = import_places.make(institute_id, plan, today=today)
    new, changed = plan.with_outcome(Outcome.NEW), plan.with_outcome(Outcome.CHANGED)
    ids = [planned.pupil_id for planned in changed if planned.pupil_id is not None]
    before = {pupil.id: pupil for pupil in import_plans.known_pupils(institute_id, ids)}
    made, membership_ids = _insert_pupils(institute_id, new, places, today)
    undo = _update_pupils(institute_id, changed, before, places, today)
    undo["memberships"] += membership_ids
    after = import_plans.known_pupils(institute_id, [*made, *ids])
    pupil_import.content = None
    pupil_import.applied_at = now
    pupil_import.new_count, pupil_import.changed_count = len(made), len(changed)
    pupil_import.unchanged_count = len(plan.with_outcome(Outcome.UNCHANGED))
    pupil_import.undo = undo | {
        "made": made,
        "changed": {str(pupil.id): known_as(pupil) for pupil in before.values()},
        "digests": {str(pupil.id): digest(pupil) for pupil in after},
        "classes": places.made_classes,
        "sites": places.made_sites,
        "enrolment": db.session.scalar(select(func.max(Enrolment.id))) or 0,
        "referral": db.session.scalar(select(func.max(Referral.id))) or 0,
    }
    db.session.flush()
    db.session.expire_all()


def _insert_pupils(
    institute_id: int, planned: Iterable[PlannedRow], places: NewPlaces, today: date
) -> tuple[list[int], list[int]]:
    """The ids of the new pupils and of their class memberships."""
    rows = [item.row for item in planned]
    facts = [_facts(row) for row in rows]
    ids = insert_and_number(
        Pupil,
        [
            {
                "institute_id": institute_id,
                "search_key": pupil_search_key(row.last_name, row.first_name),
                "sort_key": register_sort_key(row.last_name, row.first_name),
                **fact,
            }
            for row, fact in zip(rows, facts, strict=True)
        ],
    )
    numbered = list(zip(ids, rows, strict=True))
    insert_rows(PupilCitizenship, [row for key, item in numbered for row in citizenship_rows(key, item.citizenships)])
    insert_rows(PupilLanguage, [row for key, item in numbered for row in language_rows(key, item.home_languages)])
    insert_rows(Contact, [row for key, item in numbered for row in _contact_rows(key, item, ())])
    classes = [(key, places.class_id(item)) for key, item in numbered]
    memberships = insert_and_number(
        ClassMembership, [_membership(key, at, today) for key, at in classes if at is not None]
    )
    audit.record_many(
        db.session(),
        action="created",
        subject="pupil",
        institute_id=institute_id,
        changes={
            key: {name: [None, value] for name, value in (fact | _lists(row) | {"class_id": at}).items() if value}
            for (key, row), fact, (_key, at) in zip(numbered, facts, classes, strict=True)
        },
    )
    return ids, memberships


def _facts(row: ParsedRow) -> dict[str, Any]:
    return {
        "last_name": row.last_name,
        "first_name": row.first_name,
        "birth_date": row.birth_date,
        "birth_place": row.birth_place,
        "sex": row.sex,
        "arrival_month": row.arrival_month,
        "first_enrolment": row.first_enrolment,
        "years_abroad": row.years_abroad,
        "letters_language": row.letters_language,
        "mediator_needed": row.mediator_needed,
        "mediator_language": row.mediator_language if row.mediator_needed else None,
    }


def _lists(row: ParsedRow) -> dict[str, Any]:
    return {
        "citizenships": ", ".join(row.citizenships),
        "languages": ", ".join(row.home_languages),
        "contacts": ", ".join(name for name in (row.contact_name, *row.contact_phones) if name),
    }


def citizenship_rows(pupil_id: int, countries: Iterable[str]) -> Rows:
    return [{"pupil_id": pupil_id, "country": country} for country in countries]


def language_rows(pupil_id: int, languages: Iterable[str]) -> Rows:
    return [
        {"pupil_id": pupil_id, "language": language, "position": position}
        for position, language in enumerate(languages)
    ]


def _contact_rows(pupil_id: int, row: ParsedRow, have: tuple[tuple[str, str | None], ...]) -> Rows:
    """The telephones the card does not have, the first with the name; or the name alone."""
    phones: list[str | None] = [phone for phone in row.contact_phones if phone not in {phone for _name, phone in have}]
    if not phones and row.contact_name and not row.contact_phones:
        phones = [None]
    return [
        {
            "pupil_id": pupil_id,
            "name": "" if at else row.contact_name or "",
            "phone": phone,
            "position": len(have) + at,
        }
        for at, phone in enumerate(phones)
    ]


def _membership(pupil_id: int, class_id: int, on: date) -> dict[str, Any]:
    return {"pupil_id": pupil_id, "class_id": class_id, "valid_from": on}


def _update_pupils(
    institute_id: int, planned: tuple[PlannedRow, ...], before: dict[int, KnownPupil], places: NewPlaces, today: date
) -> dict[str, Any]:
    """Make the changes; gives the ids that undoing needs and that `before` does not tell."""
    said: dict[int, PlannedRow] = {item.pupil_id: item for item in planned if item.pupil_id is not None}
    columns: defaultdict[tuple[str, ...], Rows] = defaultdict(list)
    touching: defaultdict[Field, list[int]] = defaultdict(list)
    for pupil_id, item in said.items():
        values: dict[str, Any] = {COLUMNS[c.field]: c.new for c in item.changes if c.field in COLUMNS}
        if item.unarchive:
            values["archived_at"] = None
        if values:
            columns[tuple(sorted(values))].append({"the_id": pupil_id, **values})
        for change in item.changes:
            touching[change.field].append(pupil_id)
    for rows in columns.values():
        update_pupils(rows)
    replace_lists(
        PupilCitizenship,
        {key: citizenship_rows(key, said[key].row.citizenships) for key in touching[Field.CITIZENSHIP]},
    )
    replace_lists(
        PupilLanguage, {key: language_rows(key, said[key].row.home_languages) for key in touching[Field.HOME_LANGUAGES]}
    )
    contacts = insert_and_number(
        Contact,
        [
            row
            for key in touching[Field.CONTACT_PHONE] + touching[Field.CONTACT_NAME]
            for row in _contact_rows(key, said[key].row, before[key].contacts)
        ],
    )
    undo = _move({key: places.class_id(said[key].row) for key in touching[Field.CLASS_NAME]}, today)
    audit.record_many(
        db.session(),
        action="changed",
        subject="pupil",
        institute_id=institute_id,
        changes={key: _audited(item, places) for key, item in said.items()},
    )
    return undo | {"contacts": contacts}


def _audited(item: PlannedRow, places: NewPlaces) -> dict[str, list[Any]]:
    changes: dict[str, list[Any]] = {}
    for change in item.changes:
        if change.field is Field.CLASS_NAME:
            changes["class_id"] = [change.old, places.class_id(item.row)]
        else:
            name = COLUMNS.get(change.field) or LISTS[change.field]
            changes[name] = [written(change.old), written(change.new)]
    if item.unarchive:
        changes["state"] = ["in archivio", "in elenco"]
    return changes


def written(value: Any) -> Any:
    """A value as the audit keeps it: several in one text."""
    return ", ".join(str(part) for part in value) if isinstance(value, tuple | list) else value


def _move(classes: dict[int, int | None], on: date) -> dict[str, Any]:
    """From `on` each pupil is in the class; a membership that began on the same day was a slip and is put right."""
    table = table_of(ClassMembership)
    current = db.session.execute(
        select(table.c.id, table.c.pupil_id, table.c.class_id, table.c.valid_from).where(
            table.c.pupil_id.in_(sorted(classes)), table.c.valid_to.is_(None)
        )
    ).all()
    ended = [row.id for row in current if row.valid_from < on]
    corrected = {row.id: row.class_id for row in current if row.valid_from >= on}
    if ended:
        db.session.execute(update(table).where(table.c.id.in_(ended)).values(valid_to=on - timedelta(days=1)))
    stays = set()
    for row in current:
        if row.id in corrected:
            stays.add(row.pupil_id)
            db.session.execute(update(table).where(table.c.id == row.id).values(class_id=classes[row.pupil_id]))
    made = insert_and_number(
        ClassMembership,
        [_membership(key, at, on) for key, at in classes.items() if at is not None and key not in stays],
    )
    return {"memberships": made, "ended": ended, "corrected": {str(key): at for key, at in corrected.items()}}
