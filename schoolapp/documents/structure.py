"""What each text of a page is: headings, paragraphs, tables with their rows and headers, for who reads by ear.

The tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8): elements hold elements, or the numbers of marked texts of a page.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Kind = Literal["Document", "Sect", "H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure"]
Scope = Literal["Column", "Row"]

_HOLDS_TEXT = frozenset({"H1", "H2", "P", "TH", "TD", "Figure"})


@dataclass(eq=False)
class Element:
    """A node of the tree. `page` is set where it holds texts; an empty cell holds nothing."""

    kind: Kind
    attributes: str = ""
    children: list["Element"] = field(default_factory=list)
    page: int | None = None
    texts: list[int] = field(default_factory=list)


class Structure:
    """The tree of one document while its pages are drawn; pages count from 0."""

    def __init__(self) -> None:
        self._document = Element("Document")
        self._path = [self._document]
        self._marked: list[list[Element]] = [[]]

    @property
    def current(self) -> Element | None:
        """The element that texts drawn now belong to; None outside any, where they are page furniture."""
        return self._path[-1] if self._path[-1].kind in _HOLDS_TEXT else None

    def open(self, kind: Kind, attributes: str) -> None:
        element = Element(kind, attributes)
        self._path[-1].children.append(element)
        self._path.append(element)

    def __enter__(self) -> None:
        """The element just opened holds what is drawn until the end of the `with`."""

    def __exit__(self, *_: object) -> None:
        self._path.pop()

    def mark(self, element: Element) -> int:
        """The number of the next text of this page, which is the element's."""
        number = len(self._marked[-1])
        self._marked[-1].append(element)
        element.page = len(self._marked) - 1
        element.texts.append(number)
        return number

    def end_page(self) -> None:
        self._marked.append([])

    def appended_to(self, pdf: bytes, *, root: int, pages: list[int]) -> bytes:
        """The file with the tree added at its end, as an update (ISO 32000-1, 7.5.6).

        `root` is the number of the object kept for the tree in the file, `pages` those of its pages. The hundreds of
        small objects of a table cost reportlab more time than the whole drawing, written here they cost little.
        """
        _, _, rest = pdf.rpartition(b"trailer")
        trailer, _, start = rest.partition(b"startxref")
        first = int(trailer.partition(b"/Size ")[2].split()[0])
        written = bytearray(pdf)
        offsets = []
        tree, *elements = self._objects(first, root, pages)
        tree_offset = len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (root, tree.encode("ascii"))
        for number, element in enumerate(elements, first):
            offsets.append(len(written))
            written += b"%d 0 obj\n%s\nendobj\n" % (number, element.encode("ascii"))
        table = len(written)
        written += b"xref\n%d 1\n%010d 00000 n \n%d %d\n" % (root, tree_offset, first, len(offsets))
        written += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        written += b"trailer" + trailer.replace(
            b"/Size %d" % first, b"/Prev %d /Size %d" % (int(start.split()[0]), first + len(offsets))
        )
        written += b"startxref\n%d\n%%%%EOF\n" % table
        return bytes(written)

    def _objects(self, first: int, root: int, pages: list[int]) -> list[str]:
        """The root of the tree, then the elements, numbered from `first`: parents before children."""
        elements: list[tuple[Element, int]] = [(self._document, root)]
        numbers = {self._document: first}
        for element, _ in elements:
            for child in element.children:
                numbers[child] = first + len(elements)
                elements.append((child, numbers[element]))
        parents = " ".join(
            f"{page} [{' '.join([f'{numbers[element]} 0 R' for element in marked])}]"
            for page, marked in enumerate(self._marked[: len(pages)])
        )
        written = [f"<< /Type /StructTreeRoot /K {first} 0 R /ParentTree << /Nums [{parents}] >> >>"]
        for element, parent in elements:
            children = " ".join([*[f"{numbers[child]} 0 R" for child in element.children], *map(str, element.texts)])
            page = "" if element.page is None else f" /Pg {pages[element.page]} 0 R"
            written.append(f"<< /S /{element.kind} /P {parent} 0 R{page} /K [{children}]{element.attributes} >>")
        return written


def figure_attributes(alt: str, box: tuple[float, float, float, float]) -> str:
    """What a figure says to who does not see it, and where it stands: left, bottom, right, top in points."""
    left, bottom, right, top = box
    return (
        f" /Alt <FEFF{alt.encode('utf-16-be').hex().upper()}>"
        f" /A << /O /Layout /Placement /Block /BBox [{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}] >>"
    )


@lru_cache
def table_attributes(scope: Scope | None, rows: int, columns: int) -> str:
    """What a header heads, and how many rows and columns a cell spans."""
    words = [f"/Scope /{scope}"] if scope else []
    if rows > 1:
        words.append(f"/RowSpan {rows}")
    if columns > 1:
        words.append(f"/ColSpan {columns}")
    return f" /A << /O /Table {' '.join(words)} >>" if words else ""
