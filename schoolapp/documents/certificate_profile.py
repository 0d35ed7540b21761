"""The figures of a certificate: hours attended, levels reached skill by skill, and the code by which it is checked."""

import segno

from schoolapp.documents.fitting import fit
from schoolapp.documents.fonts import Face
from schoolapp.documents.italian import hours, number, percent
from schoolapp.documents.pen import Pen
from schoolapp.documents.theme import BLUE, INK, LABEL, WHITE
from schoolapp.domain.certificates import CertificateContents, SkillReached
from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES, Level, Skill
from schoolapp.domain.verification import in_fours

LEFT = 26.0
TABLE_LEFT = 88.0
NOT_ASSESSED = "non valutata"
_NOTE = ("Sono contate le lezioni dal giorno", "dell’iscrizione al laboratorio.", "Ore di 60 minuti.")

_HEADING = 116.8
_BAR_WIDTH = 46.0
_HOURS_WIDTH = 56.0
_SCALE_LEFT = 120.5
_SCALE_WIDTH = 43.0
_GAP = 0.7
_WORDS_LEFT = 166.0
_WORDS_WIDTH = 73.0
_QR_LEFT = 246.0
_QR_TOP = 113.8
_QR_WIDTH = 25.0
_MASK = 0
_CODE_GROUPS_A_LINE = 4


def draw_hours(pen: Pen, contents: CertificateContents) -> None:
    with pen.element("H2"):
        pen.text(LEFT, _HEADING, "Ore frequentate", Face.SEMIBOLD, 10, colour=BLUE)
    large, rest = hours_in_words(contents)
    figure = fit(large, Face.TITLE, _HOURS_WIDTH - 20, ((38.0, 1), (30.0, 1), (26.0, 1), (22.0, 1)))
    beside = fit(rest, Face.PROSE, _HOURS_WIDTH - figure.width - 2.5, ((16.0, 1), (14.0, 1), (12.0, 1), (10.0, 1)))
    with pen.element("P"):
        pen.lines(LEFT, 131.2, figure)
        pen.lines(LEFT + figure.width + 2.5, 131.2, beside)
    share = contents.figure.share or 0.0
    whole = percent(contents.figure.percent)
    with pen.figure(f"Barra: {large} {rest}, cioè {whole}.", LEFT, 135.0, _BAR_WIDTH, 3.4):
        pen.area(LEFT, 135.0, _BAR_WIDTH * share, 3.4, BLUE)
        pen.box(LEFT, 135.0, _BAR_WIDTH, 3.4, colour=BLUE)
    with pen.element("P"):
        pen.text(LEFT + _BAR_WIDTH + 2, 137.9, whole, Face.SEMIBOLD, 9.5)
    with pen.element("P"):
        for line, text in enumerate(_NOTE):
            pen.text(LEFT, 143.2 + 3.5 * line, text, Face.SEMIBOLD, 8)


def hours_in_words(contents: CertificateContents) -> tuple[str, str]:
    """The large figure and what stands beside it: ("54", "ore su 60"), ("43 h 30", "su 60 h 00")."""
    attended, offered = contents.attended_minutes, contents.offered_minutes
    if attended % 60 or offered % 60:
        return hours(attended), f"su {hours(offered)}"
    word = "ora" if attended == 60 else "ore"
    return number(attended // 60), f"{word} su {number(offered // 60)}"


def draw_levels(pen: Pen, contents: CertificateContents) -> None:
    with pen.element("H2"):
        pen.text(TABLE_LEFT, _HEADING, "Livelli raggiunti, abilità per abilità", Face.SEMIBOLD, 10, colour=BLUE)
    if not contents.levels:
        with pen.element("P"):
            sentence = "I livelli non sono stati valutati in questo laboratorio."
            pen.text(TABLE_LEFT, 124.0, sentence, Face.SEMIBOLD, 9)
        return
    top_level = Level.C1 if any(line.level is Level.C1 for line in contents.levels) else Level.B2
    scale = [level for level in Level if top_level.reaches(level)]
    step = (_SCALE_WIDTH + _GAP) / len(scale)
    with pen.element("Table"):
        with pen.element("TR"):
            with pen.cell(scope="Column"):
                pen.text(TABLE_LEFT, 122.2, "Abilità", Face.REGULAR, 8, colour=LABEL)
            with pen.cell(scope="Column"):
                for index, level in enumerate(scale):
                    centre = _SCALE_LEFT + step * index + (step - _GAP) / 2
                    name = fit(LEVEL_NAMES[level], Face.SEMIBOLD, step, ((8.0, 1), (7.0, 1), (6.0, 1)))
                    pen.lines(centre, 122.2, name, align="centre")
            with pen.cell(scope="Column"):
                pen.text(_WORDS_LEFT, 122.2, "Che cosa so fare", Face.REGULAR, 8, colour=LABEL)
        for row, skill in enumerate(Skill):
            with pen.element("TR"):
                _draw_skill(pen, skill, contents.level_of(skill), scale, 123.9 + 6.0 * row)


def _draw_skill(pen: Pen, skill: Skill, reached: SkillReached | None, scale: list[Level], top: float) -> None:
    step, middle = (_SCALE_WIDTH + _GAP) / len(scale), top + 2.4
    with pen.cell(scope="Row"):
        pen.fitted(TABLE_LEFT, middle, fit(SKILL_NAMES[skill], Face.SEMIBOLD, _SCALE_LEFT - TABLE_LEFT, ((9.0, 1),)))
    if reached is None:
        with pen.cell(columns=2):
            pen.fitted(_SCALE_LEFT, middle, fit(NOT_ASSESSED, Face.SEMIBOLD, _SCALE_WIDTH, ((9.0, 1),)))
        return
    with pen.cell():
        for index, level in enumerate(scale):
            left, width = _SCALE_LEFT + step * index, step - _GAP
            if reached.level.reaches(level):
                pen.area(left, top, width, 4.8, BLUE)
            pen.box(left, top, width, 4.8, colour=BLUE, stroke=0.8)
            if level is reached.level:
                name = fit(LEVEL_NAMES[level], Face.BOLD, width - 0.4, ((8.5, 1), (7.5, 1), (6.5, 1)))
                pen.fitted(left + width / 2, middle, name, colour=WHITE, align="centre")
    with pen.cell():
        sizes = ((9.0, 1), (8.5, 1), (8.0, 1), (7.0, 2), (6.0, 2))
        pen.fitted(_WORDS_LEFT, middle, fit(reached.can_do, Face.SEMIBOLD, _WORDS_WIDTH, sizes))


def draw_check(pen: Pen, contents: CertificateContents) -> None:
    """The QR, and the same address and code to read and type."""
    centre = _QR_LEFT + _QR_WIDTH / 2
    address = f"{contents.verify_address}/{contents.code}"
    # The code is random, so no mask is better than another: to weigh all eight takes longer than the rest of the page.
    rows = segno.make(address, error="m", micro=False, boost_error=False, mask=_MASK).matrix
    module = _QR_WIDTH / len(rows)
    dark = [
        (_QR_LEFT + start * module, _QR_TOP + row * module, length * module, module)
        for row, signs in enumerate(rows)
        for start, length in _runs(signs)
    ]
    with pen.figure(f"Codice QR dell’indirizzo {address}", _QR_LEFT, _QR_TOP, _QR_WIDTH, _QR_WIDTH):
        pen.areas(dark, INK)
    with pen.element("H2"):
        pen.text(centre, 142.5, "Verifica", Face.SEMIBOLD, 8.5, colour=BLUE, align="centre")
    shown = contents.verify_address.partition("://")[2] or contents.verify_address
    with pen.element("P"):
        sizes = ((7.5, 1), (7.0, 1), (6.5, 1), (6.0, 2), (5.0, 3))
        pen.fitted(centre, 145.4, fit(shown, Face.SEMIBOLD, 42, sizes), align="centre")
    groups = in_fours(contents.code).split(" ")
    with pen.element("P"):
        for line, start in enumerate(range(0, len(groups), _CODE_GROUPS_A_LINE)):
            text = " ".join(groups[start : start + _CODE_GROUPS_A_LINE])
            pen.text(centre, 150.2 + 3.6 * line, text, Face.SEMIBOLD, 8.5, align="centre")


def _runs(signs: bytearray) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    runs: list[tuple[int, int]] = []
    start = None
    for index, dark in enumerate((*signs, 0)):
        if dark and start is None:
            start = index
        elif not dark and start is not None:
            runs.append((start, index - start))
            start = None
    return runs
