"""Invented emblems for the tests: plain marks, of nobody."""

from io import BytesIO

from PIL import Image

from schoolapp.domain.emblems import Emblem


def picture_bytes(size: tuple[int, int] = (300, 100), *, kind: str = "PNG", colour: str = "navy") -> bytes:
    """The bytes of a picture of one colour."""
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()


def make_emblem(name: str = "Emblema Unione europea", size: tuple[int, int] = (300, 100)) -> Emblem:
    return Emblem(
        name=name,
        png=picture_bytes(size, colour=["navy", "teal", "maroon"][len(name) % 3]),
        width=size[0],
        height=size[1],
    )


def make_band(count: int) -> tuple[Emblem, ...]:
    names = ("Emblema Unione europea", "Ministero dell’Interno", "Regione", "Ambito territoriale", "Cooperativa")
    sizes = ((300, 100), (100, 200), (640, 90), (120, 120), (400, 160))
    return tuple(make_emblem(names[index], sizes[index]) for index in range(count))
