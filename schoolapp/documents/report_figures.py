"""Figures of the reports, drawn: hours of each workshop, levels as counted squares, pupils lesson by lesson."""

from collections.abc import Sequence
from typing import Final

from schoolapp.documents.fitting import fit
from schoolapp.documents.fonts import Face
from schoolapp.documents.italian import NO_BREAK_SPACE, hours, number
from schoolapp.documents.pen import Pen
from schoolapp.documents.report_blocks import Block, Fixed
from schoolapp.documents.report_frame import LEFT, RIGHT, WIDTH
from schoolapp.documents.theme import BLUE, INK, LABEL, RULE
from schoolapp.domain.levels import LEVEL_NAMES, Level
from schoolapp.domain.term_report_workshops import (
    LessonOutcome,
    LevelCounts,
    TermLesson,
    WorkshopTermReport,
)

NAME_STEPS: Final = ((8.5, 1), (8.0, 1), (7.0, 2), (6.0, 3), (5.0, 4))

_BARS_LEFT: Final = 73.0
_BARS_WIDTH: Final = 89.0
_BAR_STEP: Final = 5.2
_BAR: Final = 3.0
_MOST_BARS: Final = 30
_AXIS_HOURS: Final = (1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 100, 200, 500, 1000, 10_000)
"""Hours between two of the five marks of the axis: round numbers."""
_SQUARES_LEFT: Final = 41.0
_SQUARE: Final = 2.6
_SQUARE_STEP: Final = 3.05
_SQUARES_A_LINE: Final = 7
_MOST_LINES: Final = 5
_LESSONS_A_ROW: Final = 36
_LESSONS_LEFT: Final = 28.0
_LESSONS_HEIGHT: Final = 20.0


def hour_bars(reports: Sequence[WorkshopTermReport]) -> list[Block]:
    """A bar a workshop, filled as far as its hours were held; many workshops take several figures."""
    longest = max((report.planned_minutes for report in reports), default=0)
    most = 4 * 60 * next(hours for hours in _AXIS_HOURS if longest <= 4 * 60 * hours)
    parts = [reports[start : start + _MOST_BARS] for start in range(0, len(reports), _MOST_BARS)]
    return [_bars(part, most) for part in parts]


def _bars(reports: Sequence[WorkshopTermReport], most: int) -> Block:
    def paint(pen: Pen, top: float) -> None:
        height = _BAR_STEP * len(reports)
        for mark in range(5):
            x = _BARS_LEFT + _BARS_WIDTH * mark / 4
            pen.line(x, top + 1, x, top + 1 + height, width=0.3)
            pen.text(
                x,
                top + height + 4.2,
                f"{most * mark // 240}{NO_BREAK_SPACE}h",
                Face.REGULAR,
                7.5,
                colour=LABEL,
                align="centre",
            )
        alt = " ".join(f"{report.title}: {_of(report)}." for report in reports)
        with pen.figure(f"Ore svolte di ore previste. {alt}", _BARS_LEFT, top, _BARS_WIDTH, height):
            for index, report in enumerate(reports):
                y = top + 1 + _BAR_STEP * index + (_BAR_STEP - _BAR) / 2
                pen.area(_BARS_LEFT, y, _BARS_WIDTH * report.held_minutes / most, _BAR, BLUE)
                pen.box(_BARS_LEFT, y, _BARS_WIDTH * report.planned_minutes / most, _BAR, colour=BLUE)
        for index, report in enumerate(reports):
            middle = top + 1 + _BAR_STEP * (index + 0.5)
            pen.fitted(LEFT, middle, fit(report.title, Face.REGULAR, _BARS_LEFT - LEFT - 3, NAME_STEPS))
            room = RIGHT - _BARS_LEFT - _BARS_WIDTH - 2
            pen.fitted(_BARS_LEFT + _BARS_WIDTH + 2, middle, fit(_of(report), Face.SEMIBOLD, room, NAME_STEPS))

    return Fixed(_BAR_STEP * len(reports) + 6.0, paint)


def _of(report: WorkshopTermReport) -> str:
    return f"{hours(report.held_minutes)} di {hours(report.planned_minutes)}"


def pupils_a_square(counts: LevelCounts) -> int:
    """How many pupils a square stands for: one, as long as the squares of a level find room."""
    most = max((*counts.entry.values(), *counts.now.values()), default=0)
    return next(
        size
        for size in (1, 2, 5, 10, 20, 50, 100, 1000, 10_000)
        if most <= size * _SQUARES_A_LINE * _MOST_LINES or size == 10_000
    )


def level_squares(counts: LevelCounts) -> Block:
    """Pupils at each level as squares to be counted, hollow at the entry and filled now."""
    levels = [level for level in Level if level is not Level.C1 or counts.entry[level] or counts.now[level]]
    size = pupils_a_square(counts)
    heights = [_squares_height(side, size) for side in (counts.entry, counts.now)]
    step = (RIGHT - _SQUARES_LEFT) / len(levels)

    def paint(pen: Pen, top: float) -> None:
        for index, level in enumerate(levels):
            pen.text(_SQUARES_LEFT + step * index, top + 3.4, LEVEL_NAMES[level], Face.REGULAR, 8.0, colour=LABEL)
        y = top + 5.0
        for name, side, height, filled in (
            ("Ingresso", counts.entry, heights[0], False),
            ("Adesso", counts.now, heights[1], True),
        ):
            if filled:
                pen.line(LEFT, y - 1.2, RIGHT, y - 1.2, width=0.3)
            alt = ", ".join(f"{LEVEL_NAMES[level]} {side[level]}" for level in levels)
            with pen.figure(f"Livello complessivo, {name.lower()}: {alt}.", LEFT, y, WIDTH, height):
                for index, level in enumerate(levels):
                    _draw_squares(pen, _SQUARES_LEFT + step * index, y, side[level] / size, filled=filled)
            pen.text(LEFT, y + 3.4, name, Face.SEMIBOLD, 8.5)
            for index, level in enumerate(levels):
                squares = min(_SQUARES_A_LINE, -(-side[level] // size))
                x = _SQUARES_LEFT + step * index + squares * _SQUARE_STEP + (1.2 if squares else 0)
                pen.text(x, y + 2.4, number(side[level]), Face.BOLD, 9.0)
            y += height + 2.4

    return Fixed(5.0 + sum(heights) + 4.8, paint)


def _squares_height(side: dict[Level, int], size: int) -> float:
    most = max(side.values(), default=0)
    return max(2, -(-most // (size * _SQUARES_A_LINE))) * _SQUARE_STEP


def _draw_squares(pen: Pen, left: float, top: float, squares: float, *, filled: bool) -> None:
    """The last one narrower, where it stands for fewer pupils."""
    place = 0
    while squares > 1e-9:
        x = left + place % _SQUARES_A_LINE * _SQUARE_STEP
        y = top + place // _SQUARES_A_LINE * _SQUARE_STEP
        width = _SQUARE * min(1.0, squares)
        if filled:
            pen.area(x, y, width, _SQUARE, BLUE)
        else:
            pen.box(x + 0.15, y + 0.15, width - 0.3, _SQUARE - 0.3, colour=BLUE, stroke=0.9)
        squares -= 1
        place += 1


def lesson_bars(lessons: Sequence[TermLesson]) -> list[Block]:
    """Pupils present, a bar a lesson: filled signed, dashed not signed yet, a cross where it was cancelled."""
    most = max((lesson.present or 0 for lesson in lessons), default=0) or 1
    parts = [lessons[start : start + _LESSONS_A_ROW] for start in range(0, len(lessons), _LESSONS_A_ROW)]
    return [_lessons(part, most) for part in parts]


def _lessons(lessons: Sequence[TermLesson], most: int) -> Block:
    step = min((RIGHT - _LESSONS_LEFT) / len(lessons), 7.0)
    width = step * 0.64

    def paint(pen: Pen, top: float) -> None:
        foot = top + 4.0 + _LESSONS_HEIGHT
        for value in sorted({0, most // 2, most}):
            y = foot - _LESSONS_HEIGHT * value / most
            pen.line(_LESSONS_LEFT, y, RIGHT, y, colour=RULE, width=0.3)
            pen.text(_LESSONS_LEFT - 1.5, y + 1.0, str(value), Face.REGULAR, 7.5, colour=LABEL, align="right")
        alt = "; ".join(f"{lesson.day:%d/%m} {_lesson_words(lesson)}" for lesson in lessons)
        with pen.figure(f"Alunni presenti: {alt}.", _LESSONS_LEFT, top, RIGHT - _LESSONS_LEFT, foot - top):
            for index, lesson in enumerate(lessons):
                height = _LESSONS_HEIGHT * (lesson.present or 0) / most
                x = _LESSONS_LEFT + step * index + (step - width) / 2
                if lesson.outcome is LessonOutcome.HELD:
                    pen.area(x, foot - height, width, height, BLUE)
                elif lesson.outcome is LessonOutcome.UNSIGNED:
                    pen.box(x, foot - max(height, 2.0), width, max(height, 2.0), dashed=True)
        for index, lesson in enumerate(lessons):
            _write_lesson(pen, lesson, _LESSONS_LEFT + step * (index + 0.5), foot, most, dated=index % 3 == 0)

    return Fixed(_LESSONS_HEIGHT + 8.5, paint)


def _lesson_words(lesson: TermLesson) -> str:
    if lesson.outcome is LessonOutcome.CANCELLED:
        return "annullata"
    if lesson.outcome is LessonOutcome.PLANNED:
        return "prevista"
    unsigned = ", non firmata" if lesson.outcome is LessonOutcome.UNSIGNED else ""
    return f"{lesson.present if lesson.present is not None else 'appello non fatto'}{unsigned}"


def _write_lesson(pen: Pen, lesson: TermLesson, x: float, foot: float, most: int, *, dated: bool) -> None:
    if lesson.outcome is LessonOutcome.CANCELLED:
        pen.line(x - 0.8, foot - 3.6, x + 0.8, foot - 2.0, colour=INK, width=0.9)
        pen.line(x - 0.8, foot - 2.0, x + 0.8, foot - 3.6, colour=INK, width=0.9)
    elif lesson.present is not None:
        y = foot - _LESSONS_HEIGHT * lesson.present / most - 0.8
        pen.text(x, y, str(lesson.present), Face.SEMIBOLD, 7.5, align="centre")
    if dated:
        pen.text(x, foot + 3.4, f"{lesson.day:%d/%m}", Face.REGULAR, 7.5, colour=LABEL, align="centre")
