"""Pictures sent for the emblems: only what a print needs is kept, whatever else the file held."""

from io import BytesIO

import pytest
from PIL import Image

from schoolapp.domain.errors import RuleViolation
from schoolapp.exchange.pictures import MOST_BYTES, read_emblem
from tests.support.emblems import picture_bytes


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png), formats=("PNG",))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_written_anew_as_an_opaque_png(kind: str) -> None:
    emblem = read_emblem("Regione", picture_bytes((300, 100), kind=kind))
    assert (emblem.name, emblem.width, emblem.height) == ("Regione", 300, 100)
    assert opened(emblem.png).mode == "RGB"


def test_a_large_picture_is_made_as_small_as_the_print_needs() -> None:
    emblem = read_emblem("x", picture_bytes((3000, 1000)))
    assert (emblem.width, emblem.height) == (720, 240)
    assert opened(emblem.png).size == (720, 240)


def test_what_was_transparent_becomes_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (60, 60), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(read_emblem("x", written.getvalue()).png).getpixel((5, 5)) == (255, 255, 255)


def test_nothing_but_the_picture_is_kept() -> None:
    written = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Via Roma 1, casa di Anna"
    Image.new("RGB", (60, 60)).save(written, "JPEG", exif=exif)
    content = written.getvalue() + b"<script>alert(1)</script>"
    assert b"casa di Anna" in content
    kept = read_emblem("x", content).png
    assert b"casa di Anna" not in kept
    assert b"<script>" not in kept


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "sentence", "remark"),
    [
        (b"", "serve un PNG o un JPEG", "an empty file"),
        (SVG, "serve un PNG o un JPEG", "a drawing that can carry a script"),
        (b"<html><script>alert(1)</script></html>", "serve un PNG o un JPEG", "a page with the name of a picture"),
        (picture_bytes(kind="GIF"), "serve un PNG o un JPEG", "another kind of picture"),
        (picture_bytes()[:60], "serve un PNG o un JPEG", "a picture cut short"),
        (b"x" * (MOST_BYTES + 1), "pesa troppo", "too heavy"),
        (picture_bytes((4100, 4000)), "troppo grande", "too many points for the memory"),
        (picture_bytes((8001, 700)), "troppo grande", "too long a side"),
        (picture_bytes((60, 30)), "troppo piccola", "it would print as a blot"),
        (picture_bytes((1300, 100)), "stretta e lunga", "it would print as a line"),
    ],
)
def test_any_other_file_is_refused_with_a_sentence(content: bytes, sentence: str, remark: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        read_emblem("x", content)
    assert sentence in str(refused.value), remark
    assert refused.value.field == "picture"
