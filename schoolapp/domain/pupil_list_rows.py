"""From the rows of a list to pupils: every row becomes a pupil, an error with its sentence, or a skipped line."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.list_values import class_name
from schoolapp.domain.person_names import KnownNames, split_full_name
from schoolapp.domain.pupil_list_columns import ListLayout, is_header_again
from schoolapp.domain.pupil_list_lines import LONGEST_NAMES, LineReader
from schoolapp.domain.pupil_lists import NAME_FIELDS, Field, LineError, ParsedList, ParsedRow, SkippedLine, Vocabulary
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.tables import Row, Table, cell_text
from schoolapp.domain.wording import N_, Sentence

_FOOTER = re.compile(
    r"(totale|totali|tot|n alunni|numero (di )?alunni|alunni|maschi|femmine|stampato|stampata|data (di )?stampa|pagina"
    r"|pag|legenda|elaborato|fonte|nota|note|firma|il dirigente|la dirigente|dirigente|il docente|anno scolastico"
    r"|segue|fine elenco|total|page|printed)\b.*"
)
_LONGEST_TITLE = 200
_CLASS_TITLE = re.compile(
    r".*\bclasse:?\s+([1-5IV]{1,3}\s*[\^ª°ºa]?\s*(?:sez(?:ione|\.)?\s*)?[A-Z]{1,3})\b.*", re.IGNORECASE
)


def parse_rows(table: Table, layout: ListLayout, vocabulary: Vocabulary, *, today: date) -> ParsedList:
    """The pupils of a list, in its order, with what is doubtful in each; the lines in error; the lines left out.

    Raises RuleViolation when no column holds a name. Where no column holds the class, a title "Classe 2B" above a
    group of lines says it.
    """
    if not layout.columns.keys() & NAME_FIELDS:
        raise RuleViolation(N_("Indica in quale colonna sono il cognome e il nome."), field=Field.FULL_NAME)
    reader = LineReader(layout, vocabulary, known_names(table, layout, vocabulary), today=today)
    rows: list[ParsedRow] = []
    errors: list[LineError] = []
    skipped: list[SkippedLine] = []
    title_class: str | None = None
    for row in table.rows:
        above = layout.header_line is not None and row.number <= layout.header_line
        reason = None if above else _reason_to_skip(row, layout)
        if above or reason is not None:
            title_class = _class_of_title(row) or title_class
            if reason is not None:
                skipped.append(SkippedLine(row.number, raw_line(row), reason))
            continue
        found = reader.read(row, title_class=title_class)
        if isinstance(found, ParsedRow):
            rows.append(found)
        elif isinstance(found, SkippedLine):
            skipped.append(found)
        else:
            errors += found
    rows, repeated, contradictions = _without_repetitions(rows)
    return ParsedList(
        tuple(rows),
        tuple(sorted(errors + contradictions, key=lambda error: error.line)),
        tuple(sorted(skipped + repeated, key=lambda line: line.line)),
    )


def raw_line(row: Row) -> str:
    """What stands in a row, as a person would read it aloud."""
    return " ; ".join(text for cell in row.cells if (text := " ".join(cell_text(cell).split())))


def _reason_to_skip(row: Row, layout: ListLayout) -> Sentence | None:
    if layout.header_line is not None and is_header_again(row, layout):
        return Sentence(N_("Ripete i titoli delle colonne."))
    texts = [cell_text(cell) for cell in row.cells if cell is not None]
    if len(texts) <= 3 and any(_FOOTER.fullmatch(search_key(text[:_LONGEST_TITLE])) for text in texts):
        return Sentence(N_("È un totale o una nota, non un alunno."))
    if len(texts) == 1 and len(layout.columns) > 2 and _CLASS_TITLE.fullmatch(texts[0][:_LONGEST_TITLE]):
        return Sentence(N_("È il titolo di un gruppo di righe."))
    ours = set(layout.columns.values())
    if all(cell is None or at not in ours for at, cell in enumerate(row.cells)):
        return Sentence(N_("Non ha nulla nelle colonne che leggiamo."))
    return None


def _class_of_title(row: Row) -> str | None:
    for cell in row.cells:
        if isinstance(cell, str) and len(cell) < _LONGEST_TITLE and (found := _CLASS_TITLE.fullmatch(cell)):
            return class_name(found[1])
    return None


def known_names(table: Table, layout: ListLayout, vocabulary: Vocabulary) -> KnownNames:
    """Words that are certainly last or first names: those the school has, and those of the list's plain lines."""
    last, first = set(vocabulary.last_names), set(vocabulary.first_names)
    at = layout.columns.get(Field.FULL_NAME, layout.columns.get(Field.FULL_NAME_FIRST))
    if at is not None:
        reverse = Field.FULL_NAME not in layout.columns
        for row in table.rows:
            text = cell_text(row.cells[at])
            if len(text) > LONGEST_NAMES or len(text.split()) < 2:
                continue
            name = split_full_name(text, first_name_first=reverse)
            if name.certain:
                last.update(search_key(name.last_name).split())
                first.update(search_key(name.first_name).split())
    return KnownNames(frozenset(last), frozenset(first))


def _without_repetitions(rows: Iterable[ParsedRow]) -> tuple[list[ParsedRow], list[SkippedLine], list[LineError]]:
    """The same pupil written twice: left out when all is equal, an error when the two lines disagree."""
    seen: dict[tuple[str, date | None], ParsedRow] = {}
    kept: list[ParsedRow] = []
    repeated: list[SkippedLine] = []
    contradictions: list[LineError] = []
    for row in rows:
        key = (search_key(f"{row.last_name} {row.first_name}"), row.birth_date)
        earlier = seen.setdefault(key, row)
        name = f"{row.last_name} {row.first_name}".strip()
        if earlier is row or (row.birth_date is None and not _says_the_same(row, earlier)):
            kept.append(row)
        elif _says_the_same(row, earlier):
            repeated.append(
                SkippedLine(row.line, name, Sentence(N_("Ripete la riga %(line)s."), {"line": earlier.line}))
            )
        else:
            sentence = Sentence(
                N_("È lo stesso alunno della riga %(line)s, con notizie diverse. Lascia una riga sola."),
                {"line": earlier.line},
            )
            contradictions.append(LineError(row.line, sentence, name))
    return kept, repeated, contradictions


def _says_the_same(row: ParsedRow, earlier: ParsedRow) -> bool:
    return replace(row, line=earlier.line) == earlier
