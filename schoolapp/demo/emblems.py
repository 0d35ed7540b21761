"""Invented emblems for the demo: plain marks with words, not those of any body that exists."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from schoolapp.domain.emblems import Emblem

_SIZE = (640, 170)
_BLUE, _GREEN, _RED = "#17324d", "#00734c", "#9b1b31"
_MARKS = (
    ("Emblema Unione europea", ("Emblema", "Unione europea"), "ring", "#004d99"),
    ("Emblema Ministero", ("Emblema", "Ministero"), "square", _BLUE),
    ("Logo Regione", ("Logo", "Regione"), "waves", _GREEN),
    ("Logo Ambito", ("Logo", "Ambito"), "peaks", _RED),
    ("Logo cooperativa", ("Logo", "cooperativa"), "dots", "#5b3fa8"),
)


def invented_emblems() -> tuple[Emblem, ...]:
    """The five of a full band: the same bytes at each call."""
    return tuple(_emblem(name, words, mark, colour) for name, words, mark, colour in _MARKS)


def _emblem(name: str, words: tuple[str, str], mark: str, colour: str) -> Emblem:
    picture = Image.new("RGB", _SIZE, "white")
    draw = ImageDraw.Draw(picture)
    _draw_mark(draw, mark, colour)
    font = ImageFont.load_default(size=62)
    for line, word in enumerate(words):
        draw.text((190, 10 + 72 * line), word, fill=_BLUE, font=font)
    written = BytesIO()
    picture.quantize(64).save(written, "PNG", optimize=True)
    return Emblem(name=name, png=written.getvalue(), width=picture.width, height=picture.height)


def _draw_mark(draw: ImageDraw.ImageDraw, mark: str, colour: str) -> None:
    """A mark of 150 × 150 points on the left."""
    if mark == "ring":
        draw.ellipse((8, 10, 158, 160), outline=colour, width=26)
    elif mark == "square":
        draw.rectangle((8, 10, 158, 160), outline=colour, width=18)
        draw.rectangle((58, 60, 108, 110), fill=colour)
    elif mark == "waves":
        for top in (20, 70, 120):
            draw.rounded_rectangle((8, top, 158, top + 28), radius=14, fill=colour)
    elif mark == "peaks":
        draw.polygon(((8, 160), (62, 30), (100, 118), (122, 70), (158, 160)), fill=colour)
    else:
        for x in (8, 90):
            for y in (12, 94):
                draw.ellipse((x, y, x + 66, y + 66), fill=colour)
