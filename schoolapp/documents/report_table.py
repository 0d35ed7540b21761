"""Tables of a report: real headers, rows as tall as their words, heads again on the page that goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from schoolapp.documents.fitting import Fitted, Steps, fit
from schoolapp.documents.fonts import Face
from schoolapp.documents.pen import Align, Pen
from schoolapp.documents.report_blocks import Block
from schoolapp.documents.report_frame import LEFT, RIGHT, WIDTH
from schoolapp.documents.report_spacing import ROOMY, Spacing
from schoolapp.documents.theme import BLUE, INK, LABEL, OUTSIDE_RULE, RULE, TINT

_PAD: Final = 1.2
_HEAD: Final = 6.4
_GROUPS: Final = 5.0
_STEPS: Final[Steps] = ((8.5, 1), (8.0, 1), (8.5, 2), (8.0, 3), (7.0, 4), (6.0, 8), (5.0, 20))
_WORD_STEPS: Final[Steps] = ((8.5, 1), (8.0, 1), (7.5, 1), (7.0, 1), (6.5, 1), (6.0, 1), *_STEPS)
"""A single word shrinks sooner than it breaks."""
_HEAD_STEPS: Final[Steps] = ((8.5, 1), (8.0, 1), (7.5, 1), (7.5, 2), (6.5, 2), (6.0, 3))


@dataclass(frozen=True)
class Column:
    heading: str
    width: float
    """In parts of the whole: the columns share the page's width."""
    align: Align = "left"


@dataclass(frozen=True)
class Quiet:
    """A phrase in place of a figure: «non valutata»."""

    text: str


Cell = str | Quiet


@dataclass(frozen=True)
class _Row:
    cells: tuple[Fitted, ...]
    total: bool
    spacing: Spacing

    @property
    def height(self) -> float:
        tallest = max(cell.height for cell in self.cells)
        return max(self.spacing.row, tallest + self.spacing.row_air)


@dataclass(frozen=True)
class Table:
    """Rows under heads, which are drawn again where the table goes on."""

    columns: tuple[Column, ...]
    edges: tuple[float, ...]
    rows: tuple[_Row, ...]
    groups: tuple[tuple[str, int], ...] = ()
    """Heads above the heads: a word and how many columns it spans."""

    leads = False

    @property
    def _head(self) -> float:
        return _HEAD + (_GROUPS if self.groups else 0.0)

    @property
    def height(self) -> float:
        return 1.0 + self._head + sum(row.height for row in self.rows) + 1.0

    @property
    def least(self) -> float:
        few = self.rows[:2] if len(self.rows) > 3 else self.rows
        return 1.0 + self._head + sum(row.height for row in few) + 1.0

    def split(self, room: float) -> tuple[Block, Block]:
        left, kept = room - self._head - 2.0, 0
        while kept < len(self.rows) - 1 and left >= self.rows[kept].height:
            left -= self.rows[kept].height
            kept += 1
        kept = max(1, kept)
        return replace(self, rows=self.rows[:kept]), replace(self, rows=self.rows[kept:])

    def draw(self, pen: Pen, top: float) -> None:
        top += 1.0
        head = top + self._head - _HEAD
        pen.area(LEFT, head, WIDTH, _HEAD, TINT)
        with pen.element("Table"):
            if self.groups:
                self._draw_groups(pen, top)
            with pen.element("TR"):
                for index, column in enumerate(self.columns):
                    with pen.cell(scope="Column"):
                        room = self.edges[index + 1] - self.edges[index] - 2 * _PAD
                        self._draw(pen, index, head + _HEAD / 2, fit(column.heading, Face.SEMIBOLD, room, _HEAD_STEPS))
            y = head + _HEAD
            pen.line(LEFT, y, RIGHT, y, colour=BLUE, width=OUTSIDE_RULE)
            for row in self.rows:
                if row.total:
                    pen.line(LEFT, y, RIGHT, y, colour=INK, width=0.6)
                y = self._draw_row(pen, row, y)
        if self.rows and self.rows[-1].total:
            pen.line(LEFT, y, RIGHT, y, colour=INK, width=OUTSIDE_RULE)
        for edge in self._group_edges():
            pen.line(edge, top, edge, y, colour=RULE, width=0.6)

    def _draw_row(self, pen: Pen, row: _Row, top: float) -> float:
        """The foot of the row."""
        with pen.element("TR"):
            for index, cell in enumerate(row.cells):
                with pen.cell(scope=None if index else "Row"):
                    self._draw(pen, index, top + row.height / 2, cell)
        foot = top + row.height
        pen.line(LEFT, foot, RIGHT, foot)
        return foot

    def _draw_groups(self, pen: Pen, top: float) -> None:
        index = 0
        with pen.element("TR"):
            for word, span in self.groups:
                left, right = self.edges[index], self.edges[index + span]
                with pen.cell(scope="Column", columns=span):
                    if word:
                        text = fit(word, Face.REGULAR, right - left, ((8.5, 1),))
                        pen.fitted((left + right) / 2, top + _GROUPS / 2, text, colour=LABEL, align="centre")
                index += span

    def _group_edges(self) -> list[float]:
        index, found = 0, []
        for _word, span in self.groups[:-1]:
            index += span
            found.append(self.edges[index])
        return found

    def _draw(self, pen: Pen, index: int, middle: float, fitted: Fitted) -> None:
        left, right = self.edges[index], self.edges[index + 1]
        align = self.columns[index].align
        x = {"left": left + _PAD, "centre": (left + right) / 2, "right": right - _PAD}[align]
        pen.fitted(x, middle, fitted, align=align)


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    total: Sequence[Cell] | None = None,
    groups: Sequence[tuple[str, int]] = (),
    spacing: Spacing = ROOMY,
) -> Table:
    """The cells fitted to their columns. The first of a row is its header; `total` is the last row, in bold."""
    whole = sum(column.width for column in columns)
    edges = [LEFT]
    for column in columns:
        edges.append(edges[-1] + column.width * WIDTH / whole)
    made = [_Row(_fitted(row, edges, bold=False), total=False, spacing=spacing) for row in rows]
    if total is not None:
        made.append(_Row(_fitted(total, edges, bold=True), total=True, spacing=spacing))
    return Table(tuple(columns), tuple(edges), tuple(made), tuple(groups))


def _fitted(row: Sequence[Cell], edges: Sequence[float], *, bold: bool) -> tuple[Fitted, ...]:
    cells = []
    for index, cell in enumerate(row):
        room = edges[index + 1] - edges[index] - 2 * _PAD
        face = Face.BOLD if bold or not index else Face.SEMIBOLD
        if isinstance(cell, Quiet):
            cells.append(fit(cell.text, Face.REGULAR, room, _STEPS if " " in cell.text else _WORD_STEPS))
        else:
            cells.append(fit(cell, face, room, _STEPS))
    return tuple(cells)
