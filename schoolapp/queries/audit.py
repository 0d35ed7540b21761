"""Who changed what: fifty lines at a time, ids resolved to names, in as many statements for one line as for fifty."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, Table, bindparam, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.accounts import Place
from schoolapp.domain.actors import Actor
from schoolapp.domain.audit import AuditFilter, AuditLine, AuditPage, Change, CountryCode, LanguageCode
from schoolapp.domain.audit_words import COLUMNS, CORRECTED, NOT_SHOWN, WORDS, mark_in_words
from schoolapp.domain.calendar_words import weekday_name
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roll_call import MARK_OF
from schoolapp.domain.wording import Sentence
from schoolapp.models import (
    Ambito,
    Assessment,
    AuditEvent,
    Base,
    Comune,
    Enrolment,
    FundingLine,
    Lesson,
    Membership,
    Project,
    Provider,
    Pupil,
    SchoolClass,
    SchoolYear,
    Service,
    Site,
    Term,
    User,
    Workshop,
)
from schoolapp.queries import scope
from schoolapp.queries.rows import read

PAGE_LENGTH = 50

REFERENCES: dict[str, str] = {
    "ambito_id": "ambito",
    "assessor_id": "user_account",
    "by_id": "user_account",
    "checked_by_id": "user_account",
    "class_id": "school_class",
    "comune_id": "comune",
    "confirmed_by_id": "user_account",
    "countersigned_by_id": "user_account",
    "decided_by_id": "user_account",
    "facilitator_id": "user_account",
    "funding_line_id": "funding_line",
    "issued_by_id": "user_account",
    "lesson_id": "lesson",
    "mediator_id": "user_account",
    "printed_by_id": "user_account",
    "project_id": "project",
    "provider_id": "provider",
    "pupil_id": "pupil",
    "recovers_id": "lesson",
    "referred_by_id": "user_account",
    "reported_by_id": "user_account",
    "requester_id": "user_account",
    "revoked_by_id": "user_account",
    "school_year_id": "school_year",
    "service_id": "service",
    "shared_by_id": "user_account",
    "signed_by_id": "user_account",
    "site_id": "site",
    "term_id": "term",
    "uploaded_by_id": "user_account",
    "user_id": "user_account",
    "validated_by_id": "user_account",
    "workshop_id": "workshop",
}
"""Column → the table whose row it names."""

_TITLES: dict[str, tuple[InstrumentedAttribute[int], InstrumentedAttribute[str]]] = {
    "ambito": (Ambito.id, Ambito.name),
    "comune": (Comune.id, Comune.name),
    "funding_line": (FundingLine.id, FundingLine.name),
    "project": (Project.id, Project.title),
    "provider": (Provider.id, Provider.name),
    "school_class": (SchoolClass.id, SchoolClass.name),
    "school_year": (SchoolYear.id, SchoolYear.label),
    "service": (Service.id, Service.name),
    "site": (Site.id, Site.name),
    "term": (Term.id, Term.name),
    "user_account": (User.id, User.name),
    "workshop": (Workshop.id, Workshop.title),
}
"""Table → the key and the name of its rows."""


def _named(table: str, key: Any, *words: Any) -> Select[*tuple[Any, ...]]:
    first, second = words if len(words) == 2 else (*words, literal(""))
    return select(literal(table), key, first, second).where(key.in_(bindparam(table, expanding=True)))


# Statements are made once: to make one takes longer than to ask it.
_NAMES = {
    **{table: _named(table, key, title) for table, (key, title) in _TITLES.items()},
    "pupil": _named("pupil", Pupil.id, Pupil.last_name, Pupil.first_name),
    **{
        table: _named(table, model.id, Pupil.last_name, Pupil.first_name).join(Pupil, Pupil.id == model.pupil_id)
        for table, model in (("assessment", Assessment), ("enrolment", Enrolment))
    },
}
"""Table → the key and the name of its rows, or the two names of a person."""

_LESSONS = (
    select(Lesson.id, Workshop.title, Lesson.day)
    .join(Workshop, Workshop.id == Lesson.workshop_id)
    .where(Lesson.id.in_(bindparam("lesson", expanding=True)))
)
_LANGUAGES = frozenset({"language", "letters_language", "mediator_language", "second_language"})

Names = dict[str, dict[int, str]]


def list_events(actor: Actor, wanted: AuditFilter, *, older_than: int | None = None) -> AuditPage:
    """The newest changes in the person's institutes, or those older than the line `older_than`."""
    author = aliased(User)
    statement = (
        select(
            AuditEvent.id,
            AuditEvent.at,
            AuditEvent.action,
            AuditEvent.subject,
            AuditEvent.subject_id,
            AuditEvent.changes,
            AuditEvent.reason,
            author.name.label("author"),
        )
        .outerjoin(author, author.id == AuditEvent.user_id)
        .where(scope.audit_events(actor), *_conditions(wanted))
        .order_by(AuditEvent.id.desc())
        .limit(PAGE_LENGTH + 1)
    )
    if older_than is not None:
        statement = statement.where(AuditEvent.id < older_than)
    rows = read(statement).all()
    shown = rows[:PAGE_LENGTH]
    names = _names(shown)
    return AuditPage(
        lines=tuple(_line(row, names) for row in shown),
        older_than=shown[-1].id if len(rows) > PAGE_LENGTH else None,
    )


def authors(actor: Actor) -> tuple[Place, ...]:
    """People who hold or held a role in the person's institutes, for the filter."""
    statement = (
        select(User.id, User.name)
        .where(User.id.in_(select(Membership.user_id).where(scope.memberships(actor, Permission.AUDIT_READ))))
        .order_by(User.name, User.id)
        .limit(300)
    )
    return tuple(Place(row.id, row.name) for row in read(statement).all())


def _conditions(wanted: AuditFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.author_id is not None:
        yield AuditEvent.user_id == wanted.author_id
    if wanted.subject is not None:
        yield AuditEvent.subject == wanted.subject
    if wanted.subject_id is not None:
        yield AuditEvent.subject_id == wanted.subject_id
    if wanted.first_day is not None:
        yield AuditEvent.at >= datetime.combine(wanted.first_day, time(), SCHOOL_ZONE)
    if wanted.last_day is not None:
        yield AuditEvent.at < datetime.combine(wanted.last_day + timedelta(days=1), time(), SCHOOL_ZONE)
    if wanted.only_corrections:
        yield AuditEvent.action == CORRECTED


def _line(row: Row[*tuple[Any, ...]], names: Names) -> AuditLine:
    table = Base.metadata.tables.get(row.subject)
    changes = []
    about = names.get(row.subject, {}).get(row.subject_id or 0, "")
    for column, (old, new) in row.changes.items():
        if column in NOT_SHOWN or (old in (None, "") and new in (None, "")):
            continue
        if not about and column in ("pupil_id", "user_id", "workshop_id", "lesson_id"):
            about = names[REFERENCES[column]].get(new if new is not None else old, "")
        changes.append(_change(row.subject, table, column, old, new, names))
    return AuditLine(
        id=row.id,
        at=row.at,
        author=row.author,
        action=row.action,
        subject=row.subject,
        subject_id=row.subject_id,
        about=about,
        reason=row.reason,
        changes=tuple(changes),
    )


def _change(subject: str, table: Table | None, column: str, old: Any, new: Any, names: Names) -> Change:
    if column.startswith(MARK_OF):
        pupil = names["pupil"].get(_number(column.removeprefix(MARK_OF)) or 0, "")
        label = Sentence("%(name)s", {"name": pupil})
        return Change(label, *(mark_in_words(value) if value else None for value in (old, new)))
    label = Sentence(COLUMNS.get(column, column))
    if column in REFERENCES:
        known = names[REFERENCES[column]]
        return Change(label, *(known.get(value) if value is not None else None for value in (old, new)))
    if (subject, column) in WORDS:
        words = WORDS[(subject, column)]
        return Change(label, *(Sentence(words.get(value, value)) if value else None for value in (old, new)))
    if column in _LANGUAGES:
        return Change(label, *(LanguageCode(value) if value else None for value in (old, new)))
    if column == "country":
        return Change(label, *(CountryCode(value) if value else None for value in (old, new)))
    if column == "weekday":
        return Change(label, *(None if value is None else weekday_name(value) for value in (old, new)))
    kind = table.c[column].type.python_type if table is not None and column in table.c else str
    return Change(label, _typed(kind, old), _typed(kind, new))


def _typed(kind: type, value: Any) -> Any:
    """A value as it was before it was kept as JSON."""
    if isinstance(value, str) and kind in (date, datetime, time):
        return kind.fromisoformat(value)
    return value if value != "" else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _names(rows: Iterable[Row[*tuple[Any, ...]]]) -> Names:
    """Names of all that the lines mention: one statement for every table but the lessons, which have a day."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.subject_id is not None:
            wanted[row.subject].add(row.subject_id)
        for column, values in row.changes.items():
            if column.startswith(MARK_OF):
                wanted["pupil"].add(_number(column.removeprefix(MARK_OF)) or 0)
            elif column in REFERENCES:
                wanted[REFERENCES[column]].update(value for value in values if isinstance(value, int))
    names: Names = {table: {} for table in ("lesson", *_NAMES)}
    asked = {table: sorted(ids) for table, ids in wanted.items()}
    if tables := tuple(table for table in _NAMES if wanted[table]):
        for table, number, first, second in read(_names_in(tables), asked).all():
            names[table][number] = f"{first} {second}".strip()
    if wanted["lesson"]:
        for number, title, day in read(_LESSONS, asked).all():
            names["lesson"][number] = f"{title}, {day:%d/%m/%Y}"
    return names


@lru_cache(maxsize=scope.KEPT)
def _names_in(tables: tuple[str, ...]) -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(*(_NAMES[table] for table in tables))
