"""The band of emblems on paper: whole pictures in equal boxes, with their names for who does not see them."""

import itertools
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from schoolapp.documents.register import draw_empty_register, draw_register
from tests.documents.test_structure import elements, tree_of
from tests.support.emblems import make_band
from tests.support.registers import make_register

POINTS_IN_MM = 72 / 25.4


def placed(pdf: bytes, page: int = 0) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of the pictures of a page, in millimetres from the top left corner."""
    pages = PdfReader(BytesIO(pdf)).pages
    content = pages[page].get_contents()
    assert content is not None
    found = []
    for line in content.get_data().decode("latin-1").splitlines():
        if line.startswith("q ") and line.endswith(" Do Q"):
            width, _, _, height, left, foot = (float(word) / POINTS_IN_MM for word in line.split()[1:7])
            found.append((left, 210 - foot - height, width, height))
    return found


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("draw", [draw_register, draw_empty_register])
def test_each_emblem_is_a_figure_that_says_its_name(draw: Any, count: int) -> None:
    figures = elements(tree_of(draw(make_register(lessons=12, emblems=make_band(count)))), "/Figure")
    assert [figure["/Alt"] for figure in figures] == [emblem.name for emblem in make_band(count)]


def test_without_emblems_nothing_is_printed_in_their_place() -> None:
    pdf = draw_register(make_register())
    assert not elements(tree_of(pdf), "/Figure")
    assert not placed(pdf)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_the_band_stays_in_its_8_and_a_half_millimetres_and_in_the_margins(count: int) -> None:
    pictures = placed(draw_register(make_register(emblems=make_band(count))))
    assert len(pictures) == count
    assert pictures[0][0] == pytest.approx(18, abs=0.02)
    for (left, top, width, height), emblem in zip(pictures, make_band(count), strict=True):
        assert top >= 7.98
        assert top + height <= 16.52
        assert left >= 17.98
        assert left + width <= 285.02
        assert width <= 49.02
        assert width / height == pytest.approx(emblem.width / emblem.height, rel=0.01)
    for before, after in itertools.pairwise(pictures):
        assert before[0] + before[2] + 5 <= after[0]


def test_every_page_carries_the_band_and_the_file_holds_each_picture_once() -> None:
    with_band = draw_register(make_register(lessons=35, emblems=make_band(5)))
    reader = PdfReader(BytesIO(with_band))
    assert all(len(placed(with_band, page)) == 5 for page in range(len(reader.pages)))
    kept = {
        picture.indirect_reference.idnum
        for page in reader.pages
        for picture in page.images
        if picture.indirect_reference
    }
    assert len(kept) == 5


def test_the_table_stands_where_it_does_without_a_band() -> None:
    def lines(pdf: bytes) -> set[str]:
        """The heavy rules under the table's head, its names and its foot, as they are written in the page."""
        content = PdfReader(BytesIO(pdf)).pages[0].get_contents()
        assert content is not None
        written = content.get_data().decode("latin-1").splitlines()
        return {line for line in written if line.endswith(" l S") and float(line.split()[1]) < 171 * POINTS_IN_MM}

    plain = lines(draw_register(make_register(names=18)))
    assert len(plain) > 20
    assert lines(draw_register(make_register(names=18, emblems=make_band(5)))) == plain


def test_the_same_register_gives_the_same_bytes_with_a_band_too() -> None:
    register = make_register(emblems=make_band(3))
    assert draw_register(register) == draw_register(register)
