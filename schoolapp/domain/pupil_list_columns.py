"""Which row of a list is its header, and which fact each column holds: a guess, for a person to correct."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from schoolapp.domain.countries import countries
from schoolapp.domain.languages import languages
from schoolapp.domain.list_values import UnreadableDate, parse_date
from schoolapp.domain.pupil_list_headings import NoField, meaning_of
from schoolapp.domain.pupil_lists import NAME_FIELDS, Field
from schoolapp.domain.pupils import OLDEST, YOUNGEST, age_on
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.tables import Cell, Row, Table, cell_text

T = TypeVar("T")

_ROWS_ABOVE_A_HEADER = 40
_TELLING_HEADINGS = 4
"""One of the first so many headings stands again in a header that is repeated."""
_SAMPLE = 60
_MOST = 0.7

_TELLING = frozenset(
    {Field.SEX, Field.TAX_CODE, Field.SITE_CODE, Field.BIRTH_DATE, Field.CONTACT_PHONE, Field.CLASS_NAME}
)
"""Facts whose values nobody takes for a heading."""

_TAX_CODE = re.compile(r"[A-Za-z]{6}[0-9LMNPQRSTUVlmnpqrstuv]{2}[A-Za-z]\w{2}[A-Za-z]\w{3}[A-Za-z]")
_SCHOOL_CODE = re.compile(r"[A-Za-z]{2}[A-Za-z0-9]{2}[0-9A-Za-z]{5}[A-Za-z0-9]")
_CLASS = re.compile(r"\s*[1-5IV]{1,3}\s*[\^ª°ºa]?[\s\-/]*[A-Z]{1,3}\s*")
_PHONE = re.compile(r"\+?[\d\s./()-]{8,20}")


@dataclass(frozen=True)
class ListLayout:
    """Where a list begins and what its columns hold. `header_line` is the number of the header's row, None without one;
    `headings` are as written, one a column; `columns` is fact → index of its column, as guessed or corrected."""

    header_line: int | None
    headings: tuple[str, ...]
    columns: Mapping[Field, int]

    def with_columns(self, columns: Mapping[Field, int]) -> "ListLayout":
        return replace(self, columns=dict(columns))

    def with_header(self, row: Row) -> "ListLayout":
        """The same columns under headings that a person pointed out."""
        return replace(self, header_line=row.number, headings=_headings(row))


def guess_columns(table: Table, *, today: date, remembered: Mapping[str, Field | None] | None = None) -> ListLayout:
    """The layout of a list, from its headings and the look of its values.

    `remembered` is what this school has said of its headings before (by search key; None: not for us) and wins.
    """
    header = _find_header(table, remembered or {}) or _header_by_looks(table, today)
    headings = _headings(header) if header else ("",) * table.width
    body = [row for row in table.rows if header is None or row.number > header.number]
    meanings = [_meaning(heading, remembered or {}) for heading in headings]
    columns: dict[Field, int] = {}
    for at, meaning in enumerate(meanings):
        if isinstance(meaning, Field):
            _take(columns, meaning, at)
    samples = [_sample(body, at) for at in range(table.width)]
    for at, meaning in enumerate(meanings):
        if meaning is NoField.UNKNOWN and samples[at]:
            look = _look(samples[at], today)
            if look is not None and look not in columns:
                columns[look] = at
    _settle_names(columns, meanings, samples)
    _settle_sites(columns, samples)
    return ListLayout(header.number if header else None, headings, columns)


def _headings(row: Row) -> tuple[str, ...]:
    return tuple(" ".join(cell_text(cell).split()) for cell in row.cells)


def _meaning(heading: str, remembered: Mapping[str, Field | None]) -> Field | NoField:
    key = search_key(heading)
    if key in remembered:
        return remembered[key] or NoField.LEFT_ALONE
    return meaning_of(heading)


def _find_header(table: Table, remembered: Mapping[str, Field | None]) -> Row | None:
    """Among the first rows, the one that names most facts, a name among them or two facts at least."""
    best: Row | None = None
    best_count = 0
    for row in table.rows[:_ROWS_ABOVE_A_HEADER]:
        meanings = {_meaning(cell, remembered) for cell in row.cells if isinstance(cell, str)}
        named = {meaning for meaning in meanings if isinstance(meaning, Field)}
        if len(named) > best_count and (len(named) > 1 or named & NAME_FIELDS):
            best, best_count = row, len(named)
    return best


def _header_by_looks(table: Table, today: date) -> Row | None:
    """A first row of words over columns of dates, codes or classes: headings we do not understand."""
    if len(table.rows) < 2:
        return None
    first, body = table.rows[0], list(table.rows[1:])
    words = [cell for cell in first.cells if cell is not None]
    if len(words) < 2 or not all(isinstance(cell, str) and not any(map(str.isdigit, cell)) for cell in words):
        return None
    for at, cell in enumerate(first.cells):
        sample = _sample(body, at)
        if cell is not None and sample and _look(sample, today) in _TELLING and _look([cell], today) not in _TELLING:
            return first
    return None


def is_header_again(row: Row, layout: ListLayout) -> bool:
    """Whether a row repeats the header, as printouts do on each page."""
    written = [(at, heading.casefold()) for at, heading in enumerate(layout.headings) if heading]
    if not any(_plain(row.cells[at]) == heading for at, heading in written[:_TELLING_HEADINGS]):
        return False
    same = sum(_plain(row.cells[at]) == heading for at, heading in written)
    return same > 0 and same * 2 >= max(len(written), row.filled())


def _plain(cell: Cell) -> str:
    return " ".join(cell.split()).casefold() if isinstance(cell, str) else ""


def _take(columns: dict[Field, int], meaning: Field, at: int) -> None:
    second = {Field.CITIZENSHIP: Field.SECOND_CITIZENSHIP, Field.HOME_LANGUAGES: Field.OTHER_LANGUAGES}
    if meaning in columns:
        meaning = second.get(meaning, meaning)
    columns.setdefault(meaning, at)


def _sample(body: list[Row], at: int) -> Sequence[Cell]:
    return [cell for row in body[: _SAMPLE * 2] if (cell := row.cells[at]) is not None][:_SAMPLE]


def _look(values: Sequence[Cell], today: date) -> Field | None:
    """What a column without a telling heading seems to hold."""
    texts = [cell_text(value) for value in values]
    tests: tuple[tuple[Field, Callable[[], bool]], ...] = (
        (Field.SEX, lambda: {text.upper() for text in texts} in ({"F", "M"}, {"F"}, {"M"})),
        (Field.TAX_CODE, lambda: _share(texts, lambda text: bool(_TAX_CODE.fullmatch(text)))),
        (Field.SITE_CODE, lambda: _share(texts, _is_school_code)),
        (Field.BIRTH_DATE, lambda: _share(values, lambda value: _is_a_pupils_birth(value, today))),
        (Field.CONTACT_PHONE, lambda: _share(texts, lambda text: bool(_PHONE.fullmatch(text)))),
        (Field.CLASS_NAME, lambda: _share(texts, lambda text: bool(_CLASS.fullmatch(text)))),
        (Field.CITIZENSHIP, lambda: _share(texts, lambda text: len(text) > 2 and countries().code(text) is not None)),
        (
            Field.HOME_LANGUAGES,
            lambda: _share(texts, lambda text: len(text) > 2 and languages().code(text) is not None),
        ),
        (Field.FULL_NAME, lambda: _share(texts, _looks_like_a_whole_name)),
    )
    return next((look for look, test in tests if test()), None)


def _share(values: Sequence[T], test: Callable[[T], bool]) -> bool:
    return sum(map(test, values)) >= _MOST * len(values)


def _is_school_code(text: str) -> bool:
    return bool(_SCHOOL_CODE.fullmatch(text)) and any(sign.isdigit() for sign in text) and text.upper() == text


def _is_a_pupils_birth(value: Cell, today: date) -> bool:
    try:
        born = parse_date(value, today=today)
    except UnreadableDate:
        return False
    return born is not None and YOUNGEST <= age_on(born, today) <= OLDEST


def _looks_like_a_whole_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 6 and not any(sign.isdigit() for sign in text)


def _settle_names(
    columns: dict[Field, int], meanings: list[Field | NoField], samples: Sequence[Sequence[Cell]]
) -> None:
    """Two columns are better than one; a single "Cognome" or "Nome" full of pairs of words holds both names."""
    if Field.LAST_NAME in columns and Field.FIRST_NAME in columns:
        columns.pop(Field.FULL_NAME, None)
        columns.pop(Field.FULL_NAME_FIRST, None)
        return
    if Field.FULL_NAME in columns or Field.FULL_NAME_FIRST in columns:
        for single in (Field.LAST_NAME, Field.FIRST_NAME):
            columns.pop(single, None)
        return
    for single in (Field.LAST_NAME, Field.FIRST_NAME):
        at = columns.get(single)
        if (
            at is not None
            and samples[at]
            and _share([cell_text(cell) for cell in samples[at]], _looks_like_a_whole_name)
        ):
            del columns[single]
            columns[Field.FULL_NAME] = at
            return
    if not columns.keys() & NAME_FIELDS:
        _names_without_headings(columns, meanings, samples)


def _names_without_headings(
    columns: dict[Field, int], meanings: list[Field | NoField], samples: Sequence[Sequence[Cell]]
) -> None:
    """The first two neighbouring columns of varied words: last name, first name, as schools write them."""
    taken = set(columns.values())
    free = [
        at
        for at, sample in enumerate(samples)
        if at not in taken and meanings[at] is NoField.UNKNOWN and sample and _are_varied_words(sample)
    ]
    if len(free) > 1 and free[1] == free[0] + 1:
        columns[Field.LAST_NAME], columns[Field.FIRST_NAME] = free[0], free[1]
    elif free:
        columns[Field.FULL_NAME] = free[0]


def _are_varied_words(sample: Sequence[Cell]) -> bool:
    texts = [search_key(cell_text(cell)) for cell in sample]
    commonest = Counter(texts).most_common(1)[0][1]
    return all(text and not any(sign.isdigit() for sign in text) for text in texts) and commonest * 2 <= max(
        len(texts), 2
    )


def _settle_sites(columns: dict[Field, int], samples: Sequence[Sequence[Cell]]) -> None:
    """A column headed "Plesso" or "Scuola" that holds codes is the code."""
    at = columns.get(Field.SITE_NAME)
    if at is None or Field.SITE_CODE in columns or not samples[at]:
        return
    if _share([cell_text(cell) for cell in samples[at]], _is_school_code):
        columns[Field.SITE_CODE] = columns.pop(Field.SITE_NAME)
