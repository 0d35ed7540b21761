"""A pen over reportlab's canvas: millimetres from the top left corner, shapes below, texts above."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Literal

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from schoolapp.documents.fitting import Fitted
from schoolapp.documents.fonts import FACE_FILES, Face, cleaned, face_for, signs_of, text_width
from schoolapp.documents.paths import circle, rectangle
from schoolapp.documents.structure import Element, Kind, Scope, Structure, figure_attributes, table_attributes
from schoolapp.documents.theme import INK, INSIDE_RULE, LANDSCAPE, MM, RULE, WHITE, Colour

Align = Literal["left", "centre", "right"]
CAPITAL_HALF = 0.357
"""Half the height of a capital letter, of the size: what centres a line in a cell."""

_SPACE = "<20> Tj"
"""After a text that another follows in the same element, so that their words stay apart; code 32 is one in any font."""


class Pen:
    """Draws the pages of one document. Use under `fonts.drawing_lock`.

    A register has a thousand short texts, most of them the same few, and reportlab computes each anew: the pen writes
    the operators of a page itself, remembers how a text is spelt in the glyphs of the document, and leaves to reportlab
    the fonts and the file. That takes half the time.
    """

    def __init__(
        self, *, title: str, author: str, subject: str, at: datetime, page: tuple[float, float] = LANDSCAPE
    ) -> None:
        """`at` is the date in the file: when its content was read (aware). `page` is width and height."""
        width, self._height = page
        signs_of(FACE_FILES[Face.REGULAR][0])
        self._buffer = BytesIO()
        self._canvas: Any = Canvas(
            self._buffer,
            pagesize=(width * MM, self._height * MM),
            invariant=1,
            pageCompression=1,
            initialFontName=FACE_FILES[Face.REGULAR][0],
            lang="it-IT",
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("schoolapp")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        date = f"D:{at.astimezone(UTC):%Y%m%d%H%M%S}+00'00'"
        self._canvas.setDateFormatter(lambda *_: date)
        self._spellings: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._pictures: dict[bytes, tuple[str, str]] = {}
        self._structure = Structure()
        self._tree = self._keep_place_for_tree()
        self._pages: list[int] = []
        self._open_page()

    def _keep_place_for_tree(self) -> int:
        """Say in the catalogue that the file is tagged; the number of the object that will hold the tree."""
        document = self._canvas._doc
        document.Catalog.StructTreeRoot = document.Reference("null", name="structure")
        document.Catalog.MarkInfo = "<< /Marked true >>"
        return int(document.idToObjectNumberAndVersion["structure"][0])

    def _open_page(self) -> None:
        self._shapes: list[str] = []
        self._texts: list[str] = []
        self._font: tuple[str, float] | None = None
        self._colour: Colour | None = None
        self._stroke: tuple[Colour, float] | None = None
        self._fill: Colour | None = None
        self._marking = False
        self._marked: Element | None = None

    def end_page(self) -> None:
        self._stop_marking()
        shapes = ("/Artifact BMC", *self._shapes, "EMC")
        self._canvas.addLiteral("\n".join((*shapes, "BT", *self._texts, "ET")))
        document = self._canvas._doc
        name = document.thisPageName()
        self._canvas.showPage()
        page = document.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._pages), "/S"
        self._pages.append(document.idToObjectNumberAndVersion[name][0])
        self._structure.end_page()
        self._open_page()

    def finish(self) -> bytes:
        """The bytes of the document, all of whose pages have ended."""
        self._canvas.save()
        return self._structure.appended_to(self._buffer.getvalue(), root=self._tree, pages=self._pages)

    def element(self, kind: Kind) -> Structure:
        """Texts drawn inside `with` are a heading, a paragraph, a row…; outside any they are page furniture."""
        self._structure.open(kind, "")
        return self._structure

    def cell(self, *, scope: Scope | None = None, rows: int = 1, columns: int = 1) -> Structure:
        """Texts drawn inside `with` are a cell of the row: with a `scope`, the header of that column or row."""
        self._structure.open("TH" if scope else "TD", table_attributes(scope, rows, columns))
        return self._structure

    @contextmanager
    def figure(self, alt: str, x: float, top: float, width: float, height: float) -> Iterator[None]:
        """Shapes drawn inside `with` are one picture, and `alt` says what it shows. Its texts stand outside it."""
        left, foot = x * MM, (self._height - top - height) * MM
        self._structure.open("Figure", figure_attributes(alt, (left, foot, left + width * MM, foot + height * MM)))
        with self._structure:
            element = self._structure.current
            assert element is not None
            self._shapes += ("EMC", f"/Figure <</MCID {self._structure.mark(element)}>> BDC")
            yield
            self._shapes += ("EMC", "/Artifact BMC")

    def empty_cells(self, count: int) -> None:
        for _ in range(count):
            with self.cell():
                pass

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        face: Face = Face.SEMIBOLD,
        size: float = 8.5,
        *,
        colour: Colour = INK,
        align: Align = "left",
    ) -> None:
        """One line, as it is: the caller knows that it fits."""
        text = cleaned(text)
        self._line(x, baseline, text, face_for(face, text), size, colour, align)

    def lines(self, x: float, baseline: float, fitted: Fitted, *, colour: Colour = INK, align: Align = "left") -> None:
        """The lines of a fitted text, the first on `baseline`."""
        for line in fitted.lines:
            self._line(x, baseline, line, fitted.font, fitted.size, colour, align)
            baseline += fitted.leading

    def fitted(self, x: float, middle: float, fitted: Fitted, *, colour: Colour = INK, align: Align = "left") -> None:
        """The lines of a fitted text, centred in height on `middle`."""
        first = middle - (len(fitted.lines) - 1) * fitted.leading / 2 + fitted.size * CAPITAL_HALF / MM
        self.lines(x, first, fitted, colour=colour, align=align)

    def phrase(
        self, centre: float, baseline: float, parts: Sequence[tuple[str, Face]], size: float, *, colour: Colour = INK
    ) -> None:
        """One line in several faces, centred; as it is: the caller knows that it fits."""
        set_parts = [(text, face_for(face, text)) for text, face in ((cleaned(text), face) for text, face in parts)]
        x = centre - sum(text_width(font, text) for text, font in set_parts) * size / MM / 2
        for text, font in set_parts:
            self._line(x, baseline, text, font, size, colour, "left")
            x += text_width(font, text) * size / MM

    def sign(self, centre: float, baseline: float, sign: str, font: str, size: float, *, colour: Colour = INK) -> None:
        """A letter of a font that is named: an ornament."""
        signs_of(font)
        self._line(centre, baseline, sign, font, size, colour, "centre")

    def upright(self, x: float, bottom: float, fitted: Fitted, *, colour: Colour = INK) -> None:
        """Lines read from below, centred in width on `x`, their start at `bottom`."""
        offset = -(len(fitted.lines) - 1) * fitted.leading / 2 + fitted.size * CAPITAL_HALF / MM
        for line in fitted.lines:
            self._show(
                f"0 1 -1 0 {(x + offset) * MM:.2f} {(self._height - bottom) * MM:.2f} Tm",
                line,
                fitted.font,
                fitted.size,
                colour,
            )
            offset += fitted.leading

    def _line(self, x: float, baseline: float, text: str, font: str, size: float, colour: Colour, align: Align) -> None:
        start = x * MM
        if align != "left":
            start -= text_width(font, text) * size * (0.5 if align == "centre" else 1)
        self._show(f"1 0 0 1 {start:.2f} {(self._height - baseline) * MM:.2f} Tm", text, font, size, colour)

    def _show(self, place: str, text: str, font: str, size: float, colour: Colour) -> None:
        """`place` is a text matrix operator."""
        self._mark()
        if self._colour != colour:
            self._colour = colour
            self._texts.append("{:g} {:g} {:g} rg".format(*colour))
        self._texts.append(place)
        for subset, glyphs in self._spelt(font, text):
            if self._font != (subset, size):
                self._font = (subset, size)
                self._texts.append(f"{subset} {size:g} Tf")
            self._texts.append(f"<{glyphs}> Tj")

    def _mark(self) -> None:
        """What follows in the page belongs to the element now open."""
        element = self._structure.current
        if self._marking and self._marked is element:
            if element is not None:
                self._texts.append(_SPACE)
            return
        self._stop_marking()
        self._marking, self._marked = True, element
        if element is None:
            self._texts.append("/Artifact BMC")
        else:
            self._texts.append(f"/{element.kind} <</MCID {self._structure.mark(element)}>> BDC")

    def _stop_marking(self) -> None:
        if self._marking:
            self._texts.append("EMC")
        self._marking = False

    def _spelt(self, font: str, text: str) -> list[tuple[str, str]]:
        """The text in glyphs of this document: name of the subset and hexadecimal codes, part by part."""
        spelling = self._spellings.get((font, text))
        if spelling is None:
            document, face = self._canvas._doc, pdfmetrics.getFont(font)
            spelling = [
                (face.getSubsetInternalName(subset, document), codes.hex())
                for subset, codes in face.splitString(text, document)
            ]
            self._spellings[font, text] = spelling
        return spelling

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        colour: Colour = RULE,
        width: float = INSIDE_RULE,
    ) -> None:
        self._set_stroke(colour, width)
        ends = (x1 * MM, (self._height - y1) * MM, x2 * MM, (self._height - y2) * MM)
        self._shapes.append("{:.2f} {:.2f} m {:.2f} {:.2f} l S".format(*ends))

    def area(self, x: float, top: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle."""
        self._set_fill(colour)
        self._shapes.append(f"{self._rectangle(x, top, width, height)} f")

    def areas(self, rectangles: Iterable[tuple[float, float, float, float]], colour: Colour) -> None:
        """Filled rectangles (x, top, width, height) as one shape, so that no seam shows where they touch."""
        self._fill = colour
        paths = "\n".join(self._rectangle(*rectangle) for rectangle in rectangles)
        self._shapes.append("{:g} {:g} {:g} rg\n".format(*colour) + f"{paths}\nf")

    def box(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        dashed: bool = False,
        colour: Colour = INK,
        stroke: float = 1.0,
    ) -> None:
        """A frame."""
        self._set_stroke(colour, stroke)
        frame = f"{self._rectangle(x, top, width, height)} S"
        self._shapes.append(f"[2.5 1.5] 0 d {frame} [] 0 d" if dashed else frame)

    def disc(self, x: float, middle: float, radius: float, colour: Colour) -> None:
        """A filled circle."""
        self._set_fill(colour)
        self._shapes.append(f"{self._circle(x, middle, radius)} f")

    def ring(self, x: float, middle: float, radius: float, *, colour: Colour = INK, stroke: float = 1.0) -> None:
        """A circle, white inside: what it stands on does not show through."""
        self.disc(x, middle, radius, WHITE)
        self._set_stroke(colour, stroke)
        self._shapes.append(f"{self._circle(x, middle, radius)} S")

    def _circle(self, x: float, middle: float, radius: float) -> str:
        return circle(x * MM, (self._height - middle) * MM, radius * MM)

    def _set_fill(self, colour: Colour) -> None:
        if self._fill != colour:
            self._fill = colour
            self._shapes.append("{:g} {:g} {:g} rg".format(*colour))

    def picture(self, png: bytes, x: float, top: float, width: float, height: float) -> None:
        """An opaque picture; the file holds it once, however many pages show it."""
        if png not in self._pictures:
            self._pictures[png] = self._keep_picture(png)
        name, registered = self._pictures[png]
        self._canvas._formsinuse.append(name)
        place = (width * MM, height * MM, x * MM, (self._height - top - height) * MM)
        self._shapes.append("q {:.2f} 0 0 {:.2f} {:.2f} {:.2f} cm ".format(*place) + f"/{registered} Do Q")

    def _keep_picture(self, png: bytes) -> tuple[str, str]:
        """The picture in the file: its name among reportlab's forms, and the one the operators of a page use."""
        written = len(self._canvas._code)
        self._canvas.drawImage(ImageReader(BytesIO(png)), 0, 0, 1, 1)
        del self._canvas._code[written:]
        name = self._canvas._formsinuse.pop()
        return name, self._canvas._doc.getXObjectName(name)

    def _set_stroke(self, colour: Colour, width: float) -> None:
        if self._stroke != (colour, width):
            self._stroke = (colour, width)
            self._shapes.append("{:g} {:g} {:g} RG {:g} w".format(*colour, width))

    def _rectangle(self, x: float, top: float, width: float, height: float) -> str:
        return rectangle(x * MM, (self._height - top - height) * MM, width * MM, height * MM)
