"""The register of a workshop on paper: sheets of ten lessons, A4 landscape, front and back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from schoolapp.documents.fonts import drawing_lock
from schoolapp.documents.italian import full_day, full_instant
from schoolapp.documents.pen import Pen
from schoolapp.documents.register_back import back_pages, draw_back
from schoolapp.documents.register_blank import blank_rows, draw_blank_back, draw_blank_front
from schoolapp.documents.register_frame import TITLE, draw_frame, read_note
from schoolapp.documents.register_front import draw_front
from schoolapp.documents.register_grid import fronts
from schoolapp.documents.register_summary import draw_summary
from schoolapp.domain.registers import WorkshopRegister


@dataclass(frozen=True)
class _Page:
    """One side of a sheet: whose facts stand in its head, which part it is, and what draws its table."""

    register: WorkshopRegister
    part: str
    draw: Callable[[Pen], None]


def draw_register(register: WorkshopRegister) -> bytes:
    """The PDF of the register: the same register gives the same bytes.

    Raises RuleViolation where a name has letters that we cannot print, or is too long for its place.
    """
    with drawing_lock:
        pages = [page for index, sheet in enumerate(register.sheets(), 1) for page in _sheet_pages(index, sheet)]
        if len(register.sheets()) > 1:
            pages += [
                _Page(register, "riepilogo del periodo", partial(draw_summary, register=register, rows=rows))
                for rows in fronts(len(register.pupils))
            ]
        return _draw_pages(register, pages, read_note(register))


def draw_empty_register(register: WorkshopRegister) -> bytes:
    """The PDF to fill in by pen: the names, the days of the lessons not cancelled, and room for the rest."""
    kept = [index for index, lesson in enumerate(register.lessons) if lesson.cancelled is None]
    to_fill = replace(
        register,
        lessons=tuple(register.lessons[index] for index in kept),
        pupils=tuple(replace(pupil, marks=tuple(pupil.marks[index] for index in kept)) for pupil in register.pupils),
    )
    note = (
        "Modulo da compilare a penna in stampatello e da riportare nel registro"
        f" · nomi letti il {full_instant(register.read_at, ', ')}"
    )
    with drawing_lock:
        pages = []
        for sheet in to_fill.sheets():
            for rows in fronts(blank_rows(sheet)):
                draw = partial(draw_blank_front, register=sheet, rows=rows)
                pages.append(_Page(sheet, "foglio ___ · fronte: presenze", draw))
            pages.append(
                _Page(sheet, "foglio ___ · retro: argomenti e firme", partial(draw_blank_back, register=sheet))
            )
        return _draw_pages(register, pages, note)


def _sheet_pages(index: int, sheet: WorkshopRegister) -> list[_Page]:
    pages = [
        _Page(sheet, f"foglio {index} · fronte: presenze", partial(draw_front, register=sheet, rows=rows))
        for rows in fronts(len(sheet.pupils))
    ]
    backs = back_pages(sheet)
    for number, rows in enumerate(backs, 1):
        draw = partial(draw_back, register=sheet, rows=rows, last=number == len(backs))
        pages.append(_Page(sheet, f"foglio {index} · retro: argomenti e firme", draw))
    return pages


def _draw_pages(register: WorkshopRegister, pages: list[_Page], note: str) -> bytes:
    pen = Pen(
        title=f"{TITLE}: {register.title}, dal {full_day(register.first_day)} al {full_day(register.last_day)}",
        author=register.institute,
        subject=f"Anno scolastico {register.school_year}",
        at=register.read_at,
    )
    for number, page in enumerate(pages, 1):
        with pen.element("Sect"):
            draw_frame(pen, page.register, part=page.part, note=note, page=number, pages=len(pages))
            page.draw(pen)
        pen.end_page()
    return pen.finish()
