"""Pictures that people send: opened with care, and written anew, so that nothing of the file sent is ever served."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from schoolapp.domain.emblems import Emblem
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_PIXELS: Final = 16_000_000
MOST_SIDE: Final = 8_000
"""Of a picture sent, in pixels: read from its head, before anything is unpacked."""
KEPT_SIZE: Final = (800, 240)
"""Of a picture kept, in pixels: 46 mm × 10 mm of paper at 400 dots an inch are less."""
LEAST_SIDE: Final = 40
LONGEST_SHAPE: Final = 12
_FORMATS: Final = ("PNG", "JPEG")


def read_emblem(name: str, content: bytes) -> Emblem:
    """An emblem from the bytes of a PNG or a JPEG: on white, no larger than paper needs, without what else was inside.

    Raises RuleViolation for any other file, and for one too heavy, too large or too small.
    """
    if len(content) > MOST_BYTES:
        raise RuleViolation(N_("Il file pesa troppo: al massimo 2 MB."), field="picture")
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as sent:
            _ensure_size(*sent.size)
            picture = _on_white(ImageOps.exif_transpose(sent))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RuleViolation(
            N_("Questo file non è un’immagine che si legge: serve un PNG o un JPEG."), field="picture"
        ) from error
    picture.thumbnail(KEPT_SIZE, Image.Resampling.LANCZOS)
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return Emblem(name=name, png=written.getvalue(), width=picture.width, height=picture.height)


def _ensure_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise RuleViolation(
            N_("L’immagine è troppo grande: al massimo %(side)d punti per lato e 16 milioni in tutto."),
            field="picture",
            side=MOST_SIDE,
        )
    if min(width, height) < LEAST_SIDE:
        raise RuleViolation(
            N_("L’immagine è troppo piccola per la stampa: almeno %(side)d punti per lato."),
            field="picture",
            side=LEAST_SIDE,
        )
    if max(width, height) > LONGEST_SHAPE * min(width, height):
        raise RuleViolation(
            N_("L’immagine è troppo stretta e lunga: nel suo spazio non si leggerebbe."), field="picture"
        )


def _on_white(picture: Image.Image) -> Image.Image:
    """Paper is white: so is what a picture leaves transparent."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    opaque = Image.new("RGBA", picture.size, "white")
    opaque.alpha_composite(picture.convert("RGBA"))
    return opaque.convert("RGB")
