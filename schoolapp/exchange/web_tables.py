"""Tables of a web page: what many registers save under the name .xls."""

import re
from collections.abc import Iterator
from html import unescape

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_

# Possessive, so that no page, however broken, is read more than once.
_TOKEN = re.compile(r"<(/?)([a-zA-Z]{1,20}+)([^<>]{0,2000}+)>|([^<]++)|<")
_SPAN = re.compile(r"colspan\s*=\s*[\"']?(\d{1,2})", re.IGNORECASE)


class _Tables:
    """Collects the rows of every table; a table inside a cell is text of that cell."""

    def __init__(self) -> None:
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._hidden = False
        self._cell: list[str] | None = None
        self._row: list[list[str]] = []

    def open(self, tag: str, attributes: str) -> None:
        if tag in {"script", "style"}:
            self._hidden = True
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self.end_row()
        elif self._depth == 1 and tag == "tr":
            self.end_row()
        elif self._depth == 1 and tag in {"td", "th"}:
            self._cell = []
            span = _SPAN.search(attributes)
            self._row += [self._cell, *([] for _ in range(int(span[1]) - 1 if span else 0))]
        elif tag == "br":
            self.text(" ")

    def close(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._hidden = False
        elif tag == "table":
            if self._depth == 1:
                self.end_row()
            self._depth = max(self._depth - 1, 0)
        elif self._depth == 1 and tag == "tr":
            self.end_row()
        elif self._depth == 1 and tag in {"td", "th"}:
            self._cell = None

    def text(self, text: str) -> None:
        if self._cell is not None and not self._hidden:
            self._cell.append(text)

    def end_row(self) -> None:
        if self._row and self.tables:
            self.tables[-1].append([" ".join(unescape("".join(cell)).split()) for cell in self._row])
        self._row, self._cell = [], None


def read_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of the largest table of the page, numbered as a spreadsheet that opens it numbers them."""
    found = _Tables()
    for token in _TOKEN.finditer(text):
        closing, tag, attributes, words = token.groups()
        if words is not None:
            found.text(words)
        elif tag is not None and closing:
            found.close(tag.lower())
        elif tag is not None:
            found.open(tag.lower(), attributes)
    found.end_row()
    largest = max(found.tables, key=len, default=[])
    if not largest:
        raise RuleViolation(
            N_("Questa è una pagina web senza elenco. Scarica dal registro l’elenco in XLSX o CSV."), field="file"
        )
    yield from enumerate(largest, start=1)
