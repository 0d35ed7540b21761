"""The table of names and lessons on the front of a sheet, printed or to fill in: its columns, rules, names and key."""

from dataclasses import dataclass
from math import ceil

from schoolapp.documents.fitting import fit
from schoolapp.documents.fonts import Face
from schoolapp.documents.italian import clock_times, short_day
from schoolapp.documents.pen import Pen
from schoolapp.documents.register_frame import TABLE_TOP
from schoolapp.documents.theme import INK, LABEL, LEFT, OUTSIDE_RULE, RIGHT, WIDTH
from schoolapp.domain.registers import LESSONS_PER_SHEET, RegisterLesson, RegisterPupil

ROWS_OF_FULL_HEIGHT = 16
MOST_ROWS = 18

NAME_LEFT = LEFT + 7.0
CLASS_LEFT = NAME_LEFT + 57.0
LESSONS_LEFT = CLASS_LEFT + 13.0
LESSON_WIDTH = 14.8
TOTALS_LEFT = LESSONS_LEFT + LESSON_WIDTH * LESSONS_PER_SHEET
TOTAL_EDGES = (TOTALS_LEFT, TOTALS_LEFT + 15.0, TOTALS_LEFT + 29.0, RIGHT)
TOTAL_LABELS = (("Minuti", "presenza"), ("Minuti", "offerti"), ("Freq.", "del foglio"))

NAME_STEPS = ((9.0, 1), (8.5, 1), (8.0, 1), (7.5, 1), (7.0, 2), (5.5, 3), (4.5, 3))
CLASS_STEPS = ((8.5, 1), (8.0, 1), (7.0, 2), (5.5, 3))

PRESENCE_LABEL = "Presenti alla lezione"
INITIALS_LABEL = "Sigla di chi ha fatto lezione"
KEY = (
    ("P", "presente"),
    ("A", "assente"),
    ("R", "ritardo"),
    ("U", "uscita anticipata"),
    ("G", "attività di classe, gita"),
    ("E", "esonero"),
    ("–", "non ancora iscritto o ritirato"),
)
UNMARKED = ("?", "da segnare")
KEY_REMARK = "Accanto: minuti di presenza. G ed E: fuori dai minuti offerti."


@dataclass(frozen=True)
class FrontRows:
    """The rows of pupils of one front, of `total`: the counts stand on the last front only."""

    start: int
    stop: int
    total: int

    @property
    def last(self) -> bool:
        return self.stop >= self.total


def fronts(rows: int) -> tuple[FrontRows, ...]:
    """As few fronts as hold the rows, evenly filled; at least one."""
    size = ceil(rows / max(1, ceil(rows / MOST_ROWS))) or 1
    filled = tuple(FrontRows(start, min(start + size, rows), rows) for start in range(0, rows, size))
    return filled or (FrontRows(0, 0, 0),)


def row_height(rows: int) -> float:
    return 7.0 if rows <= ROWS_OF_FULL_HEIGHT else 6.4


def lesson_left(column: int) -> float:
    return LESSONS_LEFT + LESSON_WIDTH * column


def lesson_centre(column: int) -> float:
    return lesson_left(column) + LESSON_WIDTH / 2


def draw_name_labels(pen: Pen, baseline: float) -> None:
    with pen.cell(scope="Column"):
        pen.text(LEFT + 3.5, baseline, "n.", size=8.0, align="centre")
    with pen.cell(scope="Column"):
        pen.text(NAME_LEFT + 1.5, baseline, "Cognome e nome")
    with pen.cell(scope="Column"):
        pen.text((CLASS_LEFT + LESSONS_LEFT) / 2, baseline, "Classe", align="centre")


def draw_total_labels(pen: Pen, baseline: float) -> None:
    """Two lines each; `baseline` of the second."""
    for (first, second), left, right in zip(TOTAL_LABELS, TOTAL_EDGES, TOTAL_EDGES[1:], strict=False):
        with pen.cell(scope="Column"):
            pen.text((left + right) / 2, baseline - 3.6, first, size=7.5, align="centre")
            pen.text((left + right) / 2, baseline, second, size=7.5, align="centre")


def draw_row_number(pen: Pen, position: int, middle: float) -> None:
    """The number of a row."""
    with pen.cell():
        pen.fitted(LEFT + 3.5, middle, fit(str(position), Face.REGULAR, 6, ((8.0, 1),)), colour=LABEL, align="centre")


def draw_name(pen: Pen, position: int, pupil: RegisterPupil, middle: float) -> None:
    draw_row_number(pen, position, middle)
    with pen.cell(scope="Row"):
        pen.fitted(NAME_LEFT + 1.5, middle, fit(pupil.name, Face.SEMIBOLD, CLASS_LEFT - NAME_LEFT - 2.5, NAME_STEPS))
    school_class = fit(pupil.school_class or "–", Face.SEMIBOLD, LESSONS_LEFT - CLASS_LEFT - 1.5, CLASS_STEPS)
    with pen.cell():
        pen.fitted((CLASS_LEFT + LESSONS_LEFT) / 2, middle, school_class, align="centre")


def draw_count_label(pen: Pen, label: str, middle: float) -> None:
    """The head of a row under the names."""
    with pen.cell(scope="Row", columns=3):
        pen.fitted(NAME_LEFT + 1.5, middle, fit(label, Face.SEMIBOLD, 60, ((8.5, 1),)))


def draw_lesson_times(pen: Pen, column: int, lesson: RegisterLesson, middles: tuple[float, float]) -> None:
    centre, room = lesson_centre(column), LESSON_WIDTH - 0.8
    day = fit(short_day(lesson.day), Face.BOLD, LESSON_WIDTH - 0.3, ((8.0, 1), (7.5, 1), (7.0, 1)))
    times = fit(clock_times(lesson.start, lesson.end), Face.SEMIBOLD, room, ((8.5, 1), (7.0, 1), (6.5, 1)))
    pen.fitted(centre, middles[0], day, align="centre")
    pen.fitted(centre, middles[1], times, align="centre")


def draw_grid(pen: Pen, heights: tuple[float, float, float, float], *, columns: int) -> None:
    """The rules of the table: under its head, under the names, under the presences, and at the bottom."""
    body, foot, presences, bottom = heights
    for x in (NAME_LEFT, CLASS_LEFT):
        pen.line(x, TABLE_TOP, x, foot)
    for column in range(columns + 1):
        pen.line(lesson_left(column), TABLE_TOP, lesson_left(column), bottom)
    pen.line(TOTALS_LEFT, TABLE_TOP, TOTALS_LEFT, bottom)
    for x in TOTAL_EDGES[1:3]:
        pen.line(x, TABLE_TOP, x, presences)
    for y in (TABLE_TOP, body, foot, bottom):
        pen.line(LEFT, y, RIGHT, y, colour=INK, width=OUTSIDE_RULE)


def draw_key(pen: Pen, baseline: float, *, unmarked: bool = False) -> None:
    """What the letters mean; `unmarked` adds the sign of a pupil nobody has marked."""
    x = LEFT
    with pen.element("P"):
        for letter, meaning in (*KEY, UNMARKED) if unmarked else KEY:
            pen.text(x, baseline, letter, Face.BOLD)
            pen.text(x + 3.2, baseline, meaning, size=8.0)
            x += 7.2 + fit(meaning, Face.SEMIBOLD, WIDTH, ((8.0, 1),)).width
    remark = fit(KEY_REMARK, Face.REGULAR, RIGHT - x, ((7.5, 1), (7.0, 1), (6.5, 1), (6.0, 1), (5.5, 1)))
    with pen.element("P"):
        pen.fitted(RIGHT, baseline - 1.0, remark, colour=LABEL, align="right")
