"""Papers and letters, each beside the same words set by reportlab or typst and nothing else."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from schoolapp.documents import family_letters
from schoolapp.documents.certificate import draw_archive, draw_certificates
from schoolapp.documents.family_letters import Letter, draw_letters, sheet
from schoolapp.documents.fonts import FONT_FOLDER, load_fonts
from schoolapp.documents.term_report_school import draw_school_report
from schoolapp.documents.term_report_workshop import draw_workshop_report
from tests.support.certificates import make_certificate
from tests.support.letters import make_letter
from tests.support.registers import NAMES
from tests.support.term_reports import make_school_report, make_sheet

TIMES = 15
LETTER_TIMES = 5
_BARE_LETTER = Path(__file__).parent / "templates" / "bare.typ"
HEAD = f"{'':<26}{'pages':>6}{'CPU ms':>9}{'bytes':>9}{'pages/s':>9}{'bare CPU':>10}{'ratio':>8}"
LANGUAGES = ("ar", "ur", "zh", "bn", "ti", "sq", "uk", "fr", "pa", "ta")
LETTERS = tuple(
    Letter(make_letter(language=language, first_name=f"Alunna {number}"), f"https://italiano.example.it/f/{number:022}")
    for number in range(10)
    for language in LANGUAGES
)
CLASS = tuple(
    make_certificate(number, number=f"2026/27-{number:04}", first_name=f"Alunna {number}", code=f"{number:026}")
    for number in range(1, 26)
)


SCHOOL = make_school_report(workshops=12, classes=30)
SHEETS = tuple(make_sheet(pupil_id=number, name=f"{NAMES[number % len(NAMES)]} {number}") for number in range(300))


@dataclass(frozen=True)
class Paper:
    """A document to draw."""

    name: str
    draw: Callable[[], bytes]


PAPERS = (
    Paper("one certificate", lambda: draw_certificates(CLASS[:1])),
    Paper("25 in one file", lambda: draw_certificates(CLASS)),
    Paper("25 in an archive", lambda: draw_archive(CLASS)),
    Paper("term report of a workshop", lambda: draw_workshop_report(SCHOOL.workshops[0])),
    Paper("term report, 300 pupils", lambda: draw_school_report(SCHOOL, SHEETS)),
)


def measure() -> None:
    """Print the figures of each paper."""
    load_fonts()
    print(f"papers, in this process (medians)\n{HEAD}", flush=True)
    for paper in PAPERS:
        drawn = paper.draw()
        words = _words(drawn if drawn.startswith(b"%PDF") else draw_certificates(CLASS))
        cpu, bare = _cpu(paper.draw), _cpu(lambda words=words: _bare(words))
        print(
            f"{paper.name:<26}{len(words):>6}{cpu * 1000:>9.1f}{len(drawn):>9}{len(words) / cpu:>9.0f}"
            f"{bare * 1000:>10.1f}{cpu / bare:>8.1f}",
            flush=True,
        )
    _measure_letters()


def _measure_letters() -> None:
    """Letters are set in a process of their own: beside it, one that sets the same words as plain lines."""
    for name, letters in (("one letter, Arabic", LETTERS[:1]), ("100 letters, 10 langs", LETTERS)):
        size = sum(len(pdf) for pdf in draw_letters(letters))
        cpu = _children_cpu(lambda letters=letters: draw_letters(letters))
        bare = _children_cpu(lambda letters=letters: _bare_letters(letters))
        print(
            f"{name:<26}{len(letters):>6}{cpu * 1000:>9.1f}{size:>9}{len(letters) / cpu:>9.0f}"
            f"{bare * 1000:>10.1f}{cpu / bare:>8.1f}",
            flush=True,
        )


def _bare_letters(letters: Sequence[Letter]) -> None:
    """The words of the letters as plain lines, in the process that sets letters."""
    sheets = []
    for letter in letters:
        drawn = sheet(letter)
        faces = ["Noto Sans", "Vazirmatn", *([drawn["other"]["family"]] if drawn["other"]["family"] else [])]
        lines = [line for line in _texts(drawn["rows"] + [drawn["heading"], drawn["reply"]["answers"]]) if line.strip()]
        about = {"title": drawn["title"], "school": drawn["school"], "code": drawn["other"]["code"]}
        sheets.append({**about, "faces": faces, "lines": lines})
    asked = {
        "template": str(_BARE_LETTER),
        "fonts": [str(FONT_FOLDER)],
        "sheets": sheets,
        "sizes": [[[1, 1, 1]]] * len(sheets),
    }
    finished = subprocess.run(
        [sys.executable, "-I", family_letters.__file__.replace("family_letters", "letter_process")],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=True,
    )
    assert all("pdf" in answer for answer in json.loads(finished.stdout)), finished.stdout[:500]


def _texts(part: Any) -> Iterator[str]:
    """Every text to be read in a part of a sheet."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for each in part.values():
            yield from _texts(each)
    elif isinstance(part, list):
        for each in part:
            yield from _texts(each)


def _children_cpu(draw: Callable[[], object]) -> float:
    """Seconds of CPU of the processes that `draw` starts, the median of some runs."""
    taken = []
    for _ in range(LETTER_TIMES):
        before = os.times()
        draw()
        after = os.times()
        taken.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return median(taken)


def _cpu(draw: Callable[[], bytes]) -> float:
    """Seconds of CPU, the median of some runs after one to warm up."""
    draw()
    taken = []
    for _ in range(TIMES):
        start = time.process_time()
        draw()
        taken.append(time.process_time() - start)
    return median(taken)


def _words(pdf: bytes) -> list[list[str]]:
    """The lines of text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded().splitlines() for page in document]
    document.close()
    return pages


def _bare(pages: list[list[str]]) -> bytes:
    """The same lines on pages of the same size, in one font."""
    buffer = BytesIO()
    canvas: Any = Canvas(buffer, pagesize=(842, 595), invariant=1)
    for lines in pages:
        canvas.setFont("NotoSans_400Regular", 9)
        for row, line in enumerate(lines):
            canvas.drawString(60, 560 - 12 * row, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
