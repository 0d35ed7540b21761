"""What an import would do now: the file read again, compared with the school as it is."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.pupil_imports import ImportPlan, KnownPupil, plan_import
from schoolapp.domain.pupil_list_columns import ListLayout, guess_columns
from schoolapp.domain.pupil_list_rows import parse_rows
from schoolapp.domain.pupil_lists import Field, KnownClass, KnownSite, Vocabulary
from schoolapp.domain.school_year import SchoolYear
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.tables import Table
from schoolapp.domain.wording import N_
from schoolapp.exchange.tables import read_table
from schoolapp.extensions import db
from schoolapp.models import (
    ClassMembership,
    Contact,
    Pupil,
    PupilCitizenship,
    PupilImport,
    PupilLanguage,
    RememberedHeading,
    RememberedWord,
    SchoolClass,
    Site,
)
from schoolapp.models import SchoolYear as SchoolYearRow
from schoolapp.queries.institutes import still_open

NOT_OURS = "-"
"""The meaning of a heading that holds nothing we keep."""
HEADER = "header"
"""Among the columns of an import: the person said that the first row holds headings."""
ROUNDS = 4
"""An answer may raise another question (a plesso, then its class): no chain is longer."""


@dataclass(frozen=True)
class OpenList:
    """An uploaded file, read, with its columns as chosen (or guessed)."""

    table: Table
    layout: ListLayout


def open_list(pupil_import: PupilImport, *, today: date) -> OpenList:
    """Read the file of an import that has not been applied yet."""
    if pupil_import.content is None:
        raise RuleViolation(N_("Questo elenco è già stato importato. Caricalo di nuovo."))
    return read_list(
        pupil_import.content,
        pupil_import.filename,
        institute_id=pupil_import.institute_id,
        columns=pupil_import.columns,
        today=today,
    )


def read_list(
    content: bytes, filename: str, *, institute_id: int, today: date, columns: dict[str, Any] | None = None
) -> OpenList:
    """Read a file; its columns are `columns` (fact → index), or those we guess and the school has taught us."""
    table = read_table(content, filename)
    layout = guess_columns(table, today=today, remembered=_remembered_headings(institute_id))
    if columns:
        if columns.get(HEADER):
            layout = layout.with_header(table.rows[0])
        layout = layout.with_columns(
            {Field(field): at for field, at in columns.items() if field != HEADER and at < table.width}
        )
    return OpenList(table, layout)


def make_plan(
    open_: OpenList, *, institute_id: int, decisions: dict[str, str], today: date, with_remembered: bool = True
) -> ImportPlan:
    """What bringing in the list would do, with what was decided now and, `with_remembered`, in earlier lists."""
    known = known_pupils(institute_id)
    answers = (remembered_answers(institute_id) if with_remembered else {}) | decisions
    vocabulary = _vocabulary(institute_id, known, answers, today)
    parsed = parse_rows(open_.table, open_.layout, vocabulary, today=today)
    return plan_import(parsed, known, vocabulary.decisions)


def plan(pupil_import: PupilImport, *, today: date) -> ImportPlan:
    """What applying the import would do now."""
    return make_plan(
        open_list(pupil_import, today=today),
        institute_id=pupil_import.institute_id,
        decisions=dict(pupil_import.choices),
        today=today,
    )


def seen_mark(pupil_import: PupilImport) -> str:
    """What a person looked at when they checked the list: another mark for another file, other columns or answers."""
    looked_at = (
        pupil_import.id,
        pupil_import.uploaded_at,
        sorted(pupil_import.columns.items()),
        sorted(pupil_import.choices.items()),
    )
    return hashlib.blake2b(repr(looked_at).encode(), digest_size=8).hexdigest()


def known_pupils(institute_id: int, ids: Iterable[int] | None = None) -> list[KnownPupil]:
    """The pupils of the institute (those of `ids`, if given), archived ones too, in five statements however many."""
    chosen = Pupil.institute_id == institute_id
    if ids is not None:
        chosen &= Pupil.id.in_(sorted(ids))
    citizenships = _grouped(
        select(PupilCitizenship.pupil_id, PupilCitizenship.country).order_by(PupilCitizenship.country), chosen
    )
    languages = _grouped(
        select(PupilLanguage.pupil_id, PupilLanguage.language).order_by(PupilLanguage.position), chosen
    )
    contacts = _grouped(select(Contact.pupil_id, Contact.name, Contact.phone).order_by(Contact.position), chosen)
    classes = _grouped(
        select(ClassMembership.pupil_id, ClassMembership.class_id).where(ClassMembership.valid_to.is_(None)), chosen
    )
    facts = select(
        Pupil.id,
        Pupil.last_name,
        Pupil.first_name,
        Pupil.birth_date,
        Pupil.birth_place,
        Pupil.sex,
        Pupil.arrival_month,
        Pupil.first_enrolment,
        Pupil.years_abroad,
        Pupil.letters_language,
        Pupil.mediator_needed,
        Pupil.mediator_language,
        Pupil.archived_at,
    )
    return [
        KnownPupil(
            id=row.id,
            last_name=row.last_name,
            first_name=row.first_name,
            birth_date=row.birth_date,
            birth_place=row.birth_place,
            sex=row.sex,
            class_id=classes[row.id][0][0] if row.id in classes else None,
            arrival_month=row.arrival_month,
            first_enrolment=row.first_enrolment,
            years_abroad=row.years_abroad,
            letters_language=row.letters_language,
            mediator_needed=row.mediator_needed,
            mediator_language=row.mediator_language,
            citizenships=tuple(country for (country,) in citizenships.get(row.id, ())),
            home_languages=tuple(language for (language,) in languages.get(row.id, ())),
            contacts=tuple((name, phone) for name, phone in contacts.get(row.id, ())),
            archived=row.archived_at is not None,
        )
        for row in db.session.execute(facts.where(chosen).order_by(Pupil.id))
    ]


def _grouped(statement: Any, chosen: Any) -> dict[int, list[tuple[Any, ...]]]:
    """Rows by pupil: the first column is the pupil's id."""
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for pupil_id, *values in db.session.execute(statement.join(Pupil).where(chosen)):
        found[pupil_id].append(tuple(values))
    return dict(found)


def _vocabulary(institute_id: int, known: list[KnownPupil], decisions: dict[str, str], today: date) -> Vocabulary:
    sites = db.session.execute(
        select(Site.id, Site.name, Site.code)
        .where(Site.institute_id == institute_id, still_open(Site, today))
        .order_by(Site.id)
    )
    classes = db.session.execute(
        select(SchoolClass.id, SchoolClass.site_id, SchoolClass.name)
        .join(SchoolYearRow)
        .where(SchoolClass.institute_id == institute_id, SchoolYearRow.label == SchoolYear.of(today).label)
        .order_by(SchoolClass.id)
    )
    return Vocabulary(
        sites=tuple(KnownSite(row.id, row.name, row.code) for row in sites),
        classes=tuple(KnownClass(row.id, row.site_id, row.name) for row in classes),
        decisions=decisions,
        first_names=frozenset(word for pupil in known for word in search_key(pupil.first_name).split()),
        last_names=frozenset(word for pupil in known for word in search_key(pupil.last_name).split()),
    )


def remembered_answers(institute_id: int) -> dict[str, str]:
    """What the school has answered for any list: key of the doubt → answer."""
    words = db.session.scalars(select(RememberedWord).where(RememberedWord.institute_id == institute_id))
    return {f"{word.subject}:{word.word}": word.meaning for word in words}


def _remembered_headings(institute_id: int) -> dict[str, Field | None]:
    rows = db.session.scalars(select(RememberedHeading).where(RememberedHeading.institute_id == institute_id))
    return {row.heading: None if row.meaning == NOT_OURS else Field(row.meaning) for row in rows}
