"""Parts of a page that stand one under the other, and how they are put on pages: nothing is cut, no heading is left
alone at a foot, signatures never stand on a page of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from schoolapp.documents.fitting import Fitted
from schoolapp.documents.pen import Pen
from schoolapp.documents.report_frame import BODY_FOOT, FIRST_BODY, NEXT_BODY


class Block(Protocol):
    """Something to draw. Heights in millimetres, the space above included."""

    @property
    def height(self) -> float: ...

    @property
    def least(self) -> float:
        """What must find room for it to begin on a page: less than its height where it can be split."""

    @property
    def leads(self) -> bool:
        """It stays with what follows, as a heading does."""

    def split(self, room: float) -> "tuple[Block, Block]":
        """What finds room, at least `least`, and the rest."""

    def draw(self, pen: Pen, top: float) -> None: ...


@dataclass(frozen=True)
class Fixed:
    """A block that is never split: a heading, a figure, a row of facts."""

    height: float
    paint: Callable[[Pen, float], None]
    leads: bool = False

    @property
    def least(self) -> float:
        return self.height

    def split(self, room: float) -> "tuple[Block, Block]":
        raise AssertionError("It is as small as it can be.")

    def draw(self, pen: Pen, top: float) -> None:
        self.paint(pen, top)


Placed = tuple[float, Block]


def put_on_pages(blocks: Sequence[Block], closing: Block | None = None) -> list[list[Placed]]:
    """Each page's blocks with their tops. `closing` (the signatures) comes last and takes what is before it along."""
    pages: list[list[Placed]] = [[]]
    top = FIRST_BODY
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        needed = block.least + (waiting[0].least if block.leads and waiting else 0.0)
        if top + needed > BODY_FOOT and pages[-1]:
            pages.append([])
            top = NEXT_BODY
        if top + block.height > BODY_FOOT:
            block, rest = block.split(BODY_FOOT - top)
            waiting.insert(0, rest)
        pages[-1].append((top, block))
        top += block.height
    if closing is not None:
        _close(pages, top, closing)
    return pages


def _close(pages: list[list[Placed]], top: float, closing: Block) -> None:
    if top + closing.height > BODY_FOOT:
        moved = [pages[-1].pop()[1]] if len(pages[-1]) > 1 else []
        while moved and len(pages[-1]) > 1 and pages[-1][-1][1].leads:
            moved.insert(0, pages[-1].pop()[1])
        if NEXT_BODY + sum(block.height for block in moved) + closing.height > BODY_FOOT:
            kept, rest = moved[-1].split(moved[-1].height * 0.6)
            _keep(pages[-1], [*moved[:-1], kept])
            moved = [rest]
        pages.append([])
        top = _keep(pages[-1], moved)
    pages[-1].append((top, closing))


def _keep(page: list[Placed], blocks: Sequence[Block]) -> float:
    """Put blocks on a page under what stands there; the top of what comes next."""
    top = page[-1][0] + page[-1][1].height if page else NEXT_BODY
    for block in blocks:
        page.append((top, block))
        top += block.height
    return top


@dataclass(frozen=True)
class Lines:
    """Lines of one text that may go on over the page, never with fewer than `fewest` on either side."""

    fitted: Fitted
    paint: Callable[[Pen, float, Fitted], None]
    above: float
    below: float
    fewest: int = 2

    leads = False

    @property
    def height(self) -> float:
        return self.above + self.fitted.height + self.below

    @property
    def least(self) -> float:
        count = len(self.fitted.lines)
        kept = count if count < 2 * self.fewest else self.fewest
        return self.above + kept * self.fitted.leading

    def split(self, room: float) -> tuple[Block, Block]:
        most = int((room - self.above + 1e-6) // self.fitted.leading)
        count = len(self.fitted.lines)
        kept = max(1, min(most, count - self.fewest if count >= 2 * self.fewest else count - 1))
        return self._part(0, kept), self._part(kept, count)

    def _part(self, start: int, stop: int) -> "Lines":
        part = Fitted(self.fitted.font, self.fitted.size, self.fitted.lines[start:stop])
        return Lines(part, self.paint, self.above, self.below, self.fewest)

    def draw(self, pen: Pen, top: float) -> None:
        self.paint(pen, top + self.above, self.fitted)
