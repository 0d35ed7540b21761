"""What the pages of a report are made of: headings, words, big facts, the box of what is missing, signatures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from schoolapp.documents.fitting import Fitted, Steps, fit
from schoolapp.documents.fonts import Face, face_for, legible, text_width
from schoolapp.documents.pen import Pen
from schoolapp.documents.report_blocks import Block, Fixed, Lines
from schoolapp.documents.report_frame import LEFT, RIGHT, WIDTH
from schoolapp.documents.report_spacing import ROOMY, Spacing
from schoolapp.documents.theme import BLUE, INK, LABEL, MM, RULE
from schoolapp.domain.wording import Sentence

WORD_SIZE: Final = 9.5
NOTHING_WRITTEN: Final = "Non ancora scritto."

_BIG: Final = 22.0
_BESIDE: Final = 12.0
_LABEL: Final = 8.5
_GAP: Final = 5.0
_FACTS_HEIGHT: Final = 18.0
_BAND: Final = 2.0
_MANY_LINES: Final = 60
_ITEM_STEPS: Final[Steps] = ((9.0, _MANY_LINES),)


@dataclass(frozen=True)
class Fact:
    """A large figure with its denominator beside it and its noun under it."""

    big: str
    beside: str
    label: str


def heading(text: str, note: str = "", *, spacing: Spacing = ROOMY) -> Block:
    """A title that stays with what follows; `note` in the same line, after it."""
    foot = spacing.heading - 2.0

    def paint(pen: Pen, top: float) -> None:
        title = fit(text, Face.SEMIBOLD, WIDTH, ((11.0, 1), (9.5, 1), (8.5, 2)))
        with pen.element("H2"):
            pen.lines(LEFT, top + foot, title, colour=BLUE)
            if note:
                room = WIDTH - title.width - 2
                pen.lines(LEFT + title.width + 2, top + foot, fit(note, Face.REGULAR, room, ((9.0, 1), (7.5, 1))))

    return Fixed(spacing.heading, paint, leads=True)


def words(text: str, *, size: float = WORD_SIZE) -> list[Block]:
    """A text somebody wrote, whole: paragraph by paragraph, over as many pages as it takes."""
    paragraphs = [line for line in text.splitlines() if line.strip()] or [NOTHING_WRITTEN]
    return [_paragraph(legible(Face.REGULAR, line), size) for line in paragraphs]


def _paragraph(text: str, size: float) -> Block:
    fitted = fit(text, Face.REGULAR, WIDTH, ((size, 1000),))

    def paint(pen: Pen, top: float, lines: Fitted) -> None:
        with pen.element("P"):
            pen.lines(LEFT, top + lines.leading * 0.75, lines)

    return Lines(fitted, paint, above=0.3, below=0.9)


def note(text: str) -> Block:
    """A line of key or definition under a figure."""
    fitted = fit(text, Face.REGULAR, WIDTH, ((8.5, 6),))

    def paint(pen: Pen, top: float) -> None:
        with pen.element("P"):
            pen.lines(LEFT, top + 3.2, fitted, colour=LABEL)

    return Fixed(fitted.height + 1.0, paint)


def facts(found: Sequence[Fact]) -> Block:
    """The figures to be read first, in one row, each as wide as it needs."""
    wanted = [max(_large_width(fact), _label_width(fact.label)) + _GAP for fact in found]
    widths = [width * WIDTH / sum(wanted) for width in wanted]

    def paint(pen: Pen, top: float) -> None:
        left = LEFT
        for number, (fact, width) in enumerate(zip(found, widths, strict=True)):
            if number:
                pen.line(left - 1.8, top + 2, left - 1.8, top + 18, colour=RULE)
            _draw_fact(pen, fact, left, top, width - 3)
            left += width

    return Fixed(_FACTS_HEIGHT, paint)


def _label_width(label: str) -> float:
    """Of two lines, and of the longest word."""
    font = face_for(Face.REGULAR, label)
    longest = max(text_width(font, word) for word in label.split())
    return max(text_width(font, label) * 0.55, longest) * _LABEL / MM


def _large_width(fact: Fact) -> float:
    big = text_width(face_for(Face.TITLE, fact.big), fact.big) * _BIG
    beside = text_width(face_for(Face.PROSE, fact.beside), fact.beside) * _BESIDE
    return (big + beside) / MM + 2


def _draw_fact(pen: Pen, fact: Fact, left: float, top: float, width: float) -> None:
    big = fit(fact.big, Face.TITLE, width, ((_BIG, 1), (18.0, 1), (14.0, 1), (11.0, 1), (9.0, 2)))
    label = fit(fact.label, Face.REGULAR, width, ((_LABEL, 2), (8.0, 2), (7.5, 2), (7.0, 3), (6.0, 4)))
    with pen.element("P"):
        pen.lines(left, top + 10.8, big)
        if fact.beside:
            room = max(width - big.width - 1.5, 4.0)
            steps = ((_BESIDE, 1), (10.0, 1), (8.5, 1), (7.0, 1), (6.0, 2), (5.0, 3))
            pen.lines(left + big.width + 1.5, top + 10.8, fit(fact.beside, Face.PROSE, room, steps))
        pen.lines(left, top + 14.8, label, colour=LABEL)


@dataclass(frozen=True)
class _Box:
    """«Che cosa manca»: a line an item, in a frame that may go on over the page."""

    title: str
    items: tuple[Fitted, ...]

    leads = False

    @property
    def height(self) -> float:
        return 3.5 + 7.5 + sum(_item_height(item) for item in self.items) + 2.5

    @property
    def least(self) -> float:
        few = self.items[:2] if len(self.items) > 3 else self.items
        return 3.5 + 7.5 + sum(_item_height(item) for item in few) + 2.5

    def split(self, room: float) -> tuple[Block, Block]:
        left, kept = room - 13.5, 0
        while kept < len(self.items) - 1 and left >= _item_height(self.items[kept]):
            left -= _item_height(self.items[kept])
            kept += 1
        kept = max(1, kept)
        return _Box(self.title, self.items[:kept]), _Box(f"{self.title}, segue", self.items[kept:])

    def draw(self, pen: Pen, top: float) -> None:
        pen.box(LEFT, top + 3.5, WIDTH, self.height - 3.5)
        pen.area(LEFT, top + 3.5, _BAND, self.height - 3.5, INK)
        with pen.element("H2"):
            pen.text(LEFT + 5, top + 9.0, self.title, Face.SEMIBOLD, 10.0)
        baseline = top + 13.9
        for item in self.items:
            with pen.element("P"):
                pen.text(LEFT + 5, baseline, "–", Face.REGULAR, item.size)
                pen.lines(LEFT + 7.5, baseline, item)
            baseline += _item_height(item)


def _item_height(item: Fitted) -> float:
    return item.height + 0.8


def missing_box(sentences: Iterable[Sentence], *, nothing: str = "Non manca nulla.") -> Block:
    """Each thing that is missing as a line; a word where there is none."""
    lines = [_line(sentence) for sentence in sentences] or [nothing]
    fitted = [fit(legible(Face.REGULAR, line), Face.REGULAR, WIDTH - 12, _ITEM_STEPS) for line in lines]
    return _Box("Che cosa manca", tuple(fitted))


def _line(sentence: Sentence) -> str:
    text = str(sentence)
    return f"{text[:1].upper()}{text[1:]}."


def signatures(signers: Sequence[tuple[str, str, str]], *, spacing: Spacing = ROOMY) -> Block:
    """A line to sign for each: role, name under the line, and who signed in the system."""
    width = (WIDTH + 8) / max(len(signers), 2) - 8

    def paint(pen: Pen, top: float) -> None:
        for number, (role, name, signed) in enumerate(signers):
            _draw_signer(pen, (LEFT + (width + 8) * number, width), (top, spacing.signatures), (role, name, signed))

    return Fixed(spacing.signatures, paint)


def _draw_signer(pen: Pen, place: tuple[float, float], rows: tuple[float, float], signer: tuple[str, str, str]) -> None:
    """`place` is left and width, `rows` top and height."""
    left, width = place
    top, height = rows
    line = top + height - 7.4
    title = max(line - 12.1, top + 4.0)
    role, name, signed = signer
    with pen.element("P"):
        pen.lines(left, title, fit(role, Face.REGULAR, width, ((8.5, 1), (7.5, 1))), colour=LABEL)
        if signed:
            pen.lines(
                left,
                (title + line) / 2 - 0.5,
                fit(signed, Face.SEMIBOLD, width, ((8.5, 1), (8.0, 1), (7.0, 2), (6.0, 3))),
            )
        if name:
            under = fit(name, Face.SEMIBOLD, width, ((9.0, 1), (8.5, 1), (8.0, 1), (7.0, 2), (6.0, 3)))
            pen.lines(left, line + 4.0, under)
    pen.line(left, line, min(left + width, RIGHT), line, colour=INK, width=0.8)
