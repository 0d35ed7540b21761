"""A file of several parts, each with its head on every page, and the pages counted through."""

from collections.abc import Sequence
from dataclasses import dataclass

from schoolapp.documents.pen import Pen
from schoolapp.documents.report_blocks import Placed
from schoolapp.documents.report_frame import Frame, draw_frame
from schoolapp.documents.theme import PORTRAIT
from schoolapp.domain.term_report_heads import ReportHead


@dataclass(frozen=True)
class Part:
    """Pages of one subject, with what stands on each of them."""

    frame: Frame
    pages: list[list[Placed]]


def draw_parts(parts: Sequence[Part], *, title: str, head: ReportHead) -> bytes:
    """The pages of all parts, counted through."""
    term = head.term
    pen = Pen(
        title=title,
        author=head.institute,
        subject=f"{term.name}, anno scolastico {term.school_year}",
        at=head.read_at,
        page=PORTRAIT,
    )
    pages, number_of_page = sum(len(part.pages) for part in parts), 0
    for part in parts:
        with pen.element("Sect"):
            for index, placed in enumerate(part.pages):
                number_of_page += 1
                heading_of_file = number_of_page == 1
                draw_frame(pen, part.frame, first=index == 0, heading=heading_of_file, page=number_of_page, pages=pages)
                for top, block in placed:
                    block.draw(pen, top)
                pen.end_page()
    return pen.finish()
