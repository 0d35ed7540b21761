"""The register for who reads by ear: one title, tables with their headers, rules and page furniture left out."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from schoolapp.documents.pen import Pen
from schoolapp.documents.register import draw_empty_register, draw_register
from schoolapp.documents.theme import INK, MM
from tests.support.registers import cancelled_lesson, make_lesson, make_register


def tree_of(pdf: bytes) -> Any:
    root = PdfReader(BytesIO(pdf), strict=True).root_object
    assert root["/MarkInfo"]["/Marked"]
    return root["/StructTreeRoot"]["/K"].get_object()


def children(element: Any) -> list[Any]:
    return [child.get_object() for child in element["/K"] if not isinstance(child, int)]


def elements(element: Any, kind: str) -> list[Any]:
    """All of a kind, in reading order."""
    found = [element] if element["/S"] == kind else []
    return found + [deeper for child in children(element) for deeper in elements(child, kind)]


def span(cell: Any, name: str) -> int:
    return int(cell["/A"].get(name, 1)) if "/A" in cell else 1


def widths_of_rows(table: Any) -> list[int]:
    """Columns of each row, cells that reach down from the rows above included."""
    widths: list[int] = []
    reaching: list[tuple[int, int]] = []
    for row in children(table):
        reaching = [(rows - 1, columns) for rows, columns in reaching if rows > 1]
        above = sum(columns for _, columns in reaching)
        own = [(span(cell, "/RowSpan"), span(cell, "/ColSpan")) for cell in children(row)]
        widths.append(above + sum(columns for _, columns in own))
        reaching += own
    return widths


def test_a_document_has_one_title_and_a_heading_a_page() -> None:
    tree = tree_of(draw_register(make_register(lessons=12, names=4)))
    assert len(elements(tree, "/H1")) == 1
    assert len(elements(tree, "/H2")) == len(elements(tree, "/Sect")) == 5


LESSONS = [make_lesson(0), cancelled_lesson(1), make_lesson(2), cancelled_lesson(3)]


@pytest.mark.parametrize("names", [1, 5, 19])
@pytest.mark.parametrize("draw", [draw_register, draw_empty_register])
def test_every_row_of_a_table_has_the_same_columns(draw: Any, names: int) -> None:
    tree = tree_of(draw(make_register(lessons=LESSONS, names=names)))
    tables = elements(tree, "/Table")
    assert tables
    for table in tables:
        assert len(set(widths_of_rows(table))) == 1


def test_headers_say_what_they_head() -> None:
    front = elements(tree_of(draw_register(make_register(lessons=4, names=3))), "/Table")[0]
    head, *rows = children(front)
    assert [cell["/A"]["/Scope"] for cell in children(head)] == ["/Column"] * 10
    for row in rows:
        scopes = [cell["/A"]["/Scope"] for cell in children(row) if cell["/S"] == "/TH"]
        assert scopes == ["/Row"]


def test_every_marked_text_finds_its_element_and_the_element_its_page() -> None:
    reader = PdfReader(BytesIO(draw_register(make_register(lessons=11, names=3))), strict=True)
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert numbers[::2] == [page["/StructParents"] for page in reader.pages]
    for page, marked in zip(reader.pages, numbers[1::2], strict=True):
        content = page.get_contents().get_data()
        assert content.count(b"/MCID") == len(marked)
        assert content.count(b"BDC") + content.count(b"BMC") == content.count(b"EMC")
        for number, reference in enumerate(marked):
            element = reference.get_object()
            assert number in element["/K"]
            assert element["/Pg"] == page


def test_words_of_one_element_stay_apart() -> None:
    text = PdfReader(BytesIO(draw_register(make_register(names=1)))).pages[0].get_contents().get_data()
    assert b"<20> Tj" in text


def test_a_figure_says_in_words_what_it_shows_and_where_it_stands() -> None:
    pen = Pen(title="Prova", author="IC", subject="", at=datetime(2027, 1, 1, tzinfo=UTC))
    with pen.element("P"):
        pen.text(20, 20, "Ore frequentate")
    with pen.figure("54 ore su 60: è il 90 %", 20, 30, 50, 4):
        pen.area(20, 30, 45, 4, INK)
    pen.end_page()
    pdf = pen.finish()
    figure = elements(tree_of(pdf), "/Figure")[0]
    assert figure["/Alt"] == "54 ore su 60: è il 90 %"
    left, bottom, right, top = (float(edge) for edge in figure["/A"]["/BBox"])
    assert (right - left, top - bottom) == pytest.approx((50 * MM, 4 * MM), abs=0.02)
    page = PdfReader(BytesIO(pdf)).pages[0].get_contents()
    assert page is not None
    assert page.get_data().count(b"BDC") + page.get_data().count(b"BMC") == page.get_data().count(b"EMC")
