"""Pupils: the list with its search and filters, and one pupil."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from math import ceil
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.languages import LANGUAGES_BY_CODE
from schoolapp.domain.permissions import Permission
from schoolapp.domain.search_keys import search_key
from schoolapp.extensions import db
from schoolapp.models import ClassMembership, Enrolment, Pupil, PupilLanguage, SchoolClass, Site, Workshop
from schoolapp.queries import scope
from schoolapp.queries.rows import read

PAGE_SIZE = 50
MOST_WORDS = 6
MOST_PAGES = 1_000_000
"""A page in the address may be any number; no list is as long, and no database skips more rows than it can count."""
OTHER_LANGUAGE = "other"
"""Stands in the filter for any language outside the usual ones."""


@dataclass(frozen=True)
class PupilFilters:
    """What the list is narrowed to; nothing given is nothing asked."""

    text: str = ""
    class_id: int | None = None
    site_id: int | None = None
    language: str | None = None
    enrolled: bool | None = None
    archived: bool = False


class PupilRow(NamedTuple):
    """A line of the list: what tells a pupil apart, and nothing else."""

    id: int
    last_name: str
    first_name: str
    called_name: str | None
    class_name: str | None
    site_name: str | None
    languages: tuple[str, ...] = ()
    workshops: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()


@dataclass(frozen=True)
class PupilPage:
    rows: list[PupilRow] = field(default_factory=list)
    total: int = 0
    page: int = 1

    @property
    def last_page(self) -> int:
        return max(1, ceil(self.total / PAGE_SIZE))


def get(actor: Actor, pupil_id: int, permission: Permission = Permission.PUPILS_READ) -> Pupil:
    """The pupil. Raises NoResultFound outside the person's scope."""
    return db.session.execute(select(Pupil).where(Pupil.id == pupil_id, scope.pupils(actor, permission))).scalar_one()


def list_pupils(actor: Actor, filters: PupilFilters, *, page: int = 1) -> PupilPage:
    """A page of the pupils whom the person may see, in the order of a register. Three statements, however many rows.

    A page beyond the last is the last.
    """
    words = _words(filters.text)
    statement = _page(actor, replace(filters, text=""), len(words))
    page = min(max(1, page), MOST_PAGES)
    found = read(statement, _asked(words, page)).all()
    if not found and page > 1:
        first = read(statement, _asked(words, 1)).first()
        page = ceil(first.total / PAGE_SIZE) if first else 1
        found = read(statement, _asked(words, page)).all()
    return PupilPage(_rows(found), found[0].total if found else 0, page)


@lru_cache(maxsize=scope.KEPT)
def _page(actor: Actor, filters: PupilFilters, words: int) -> Select[*tuple[Any, ...]]:
    """A page of the list, each row with the number of all. Kept: making it costs more than asking it."""
    conditions = [
        scope.pupils(actor, Permission.PUPILS_READ),
        *_narrowed(filters),
        *(
            _begins(bindparam(f"start{number}", type_=String), bindparam(f"inside{number}", type_=String))
            for number in range(words)
        ),
    ]
    total = select(func.count()).select_from(Pupil).where(*conditions).correlate(None).scalar_subquery()
    return (
        select_rows()
        .add_columns(total.label("total"))
        .where(*conditions)
        .order_by(Pupil.sort_key, Pupil.id)
        .limit(PAGE_SIZE)
        .offset(bindparam("skipped", type_=Integer))
    )


def _asked(words: list[str], page: int) -> dict[str, Any]:
    """The values of a page of the list."""
    values: dict[str, Any] = {"today": clock.today(), "skipped": (page - 1) * PAGE_SIZE}
    for number, word in enumerate(words):
        values |= {f"start{number}": f"{word}%", f"inside{number}": f"% {word}%"}
    return values


def search_condition(text: str) -> list[ColumnElement[bool]]:
    """Each word of `text` begins a word of the names, in any order; accents and case do not count."""
    return [_begins(f"{word}%", f"% {word}%") for word in _words(text)]


def _begins(start: BindParameter[str] | str, inside: BindParameter[str] | str) -> ColumnElement[bool]:
    return or_(Pupil.search_key.like(start), Pupil.search_key.like(inside))


def _words(text: str) -> list[str]:
    """Letters and digits alone: nothing in them has a meaning to LIKE."""
    return search_key(text).split()[:MOST_WORDS]


@cache
def select_rows() -> Select[*tuple[Any, ...]]:
    """The columns of `PupilRow` with the pupil's class of today."""
    return (
        select(
            Pupil.id, Pupil.last_name, Pupil.first_name, Pupil.called_name, SchoolClass.name, Site.name.label("site")
        )
        .outerjoin(ClassMembership, (ClassMembership.pupil_id == Pupil.id) & ClassMembership.valid_to.is_(None))
        .outerjoin(SchoolClass, SchoolClass.id == ClassMembership.class_id)
        .outerjoin(Site, Site.id == SchoolClass.site_id)
    )


def rows(statement: Select[*tuple[Any, ...]]) -> list[PupilRow]:
    """The rows of a `select_rows()`, with languages and workshops: one statement more for each of the two."""
    return _rows(read(statement).all())


def _rows(found: Sequence[Row[*tuple[Any, ...]]]) -> list[PupilRow]:
    ids = [row[0] for row in found]
    languages = _by_pupil(_LANGUAGES, pupil_ids=ids)
    workshops = _by_pupil(_WORKSHOPS, pupil_ids=ids, today=clock.today())
    return [
        PupilRow(
            id=row[0],
            last_name=row[1],
            first_name=row[2],
            called_name=row[3],
            class_name=row[4],
            site_name=row[5],
            languages=tuple(languages[row[0]]),
            workshops=tuple(workshops[row[0]]),
        )
        for row in found
    ]


def _narrowed(filters: PupilFilters) -> list[ColumnElement[bool]]:
    kept: ColumnElement[bool] = Pupil.archived_at.is_not(None) if filters.archived else Pupil.archived_at.is_(None)
    found = [kept]
    if filters.class_id is not None:
        found.append(_in_class(SchoolClass.id == filters.class_id))
    if filters.site_id is not None:
        found.append(_in_class(SchoolClass.site_id == filters.site_id))
    if filters.language is not None:
        found.append(_speaks(filters.language))
    if filters.enrolled is not None:
        enrolled = exists().where(Enrolment.pupil_id == Pupil.id, _not_ended())
        found.append(enrolled if filters.enrolled else ~enrolled)
    return found


def _in_class(which: ColumnElement[bool]) -> ColumnElement[bool]:
    members = (
        select(ClassMembership.pupil_id)
        .join(SchoolClass, SchoolClass.id == ClassMembership.class_id)
        .where(which, ClassMembership.valid_to.is_(None))
    )
    return Pupil.id.in_(members)


def _speaks(language: str) -> ColumnElement[bool]:
    which: ColumnElement[bool] = PupilLanguage.language == language
    if language == OTHER_LANGUAGE:
        which = PupilLanguage.language.not_in(LANGUAGES_BY_CODE)
    return exists().where(PupilLanguage.pupil_id == Pupil.id, which)


def _not_ended() -> ColumnElement[bool]:
    return or_(Enrolment.last_day.is_(None), Enrolment.last_day >= bindparam("today", type_=Date))


_OF_PUPILS: BindParameter[int] = bindparam("pupil_ids", expanding=True)

# Built once: making a statement costs more than running it.
_LANGUAGES = (
    select(PupilLanguage.pupil_id, PupilLanguage.language)
    .where(PupilLanguage.pupil_id.in_(_OF_PUPILS))
    .order_by(PupilLanguage.pupil_id, PupilLanguage.position)
)
_WORKSHOPS = (
    select(Enrolment.pupil_id, Workshop.title)
    .join(Workshop, Workshop.id == Enrolment.workshop_id)
    .where(Enrolment.pupil_id.in_(_OF_PUPILS), _not_ended())
    .order_by(Enrolment.pupil_id, Workshop.title, Workshop.id)
)


def _by_pupil(statement: Select[int, str], **values: Any) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for pupil_id, word in read(statement, values).all():
        found[pupil_id].append(word)
    return found
