"""The letter to a family on paper: one sheet, Italian and the family's language side by side, set by typst."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import segno

from schoolapp.documents.fonts import FONT_FOLDER, cleaned
from schoolapp.documents.italian import day_in_prose, full_day
from schoolapp.documents.letter_faces import letter_face
from schoolapp.domain.emblems import Emblem
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.languages import ITALIAN, LANGUAGES_BY_CODE, language_name
from schoolapp.domain.letters import bank, numbers
from schoolapp.domain.letters.contents import LetterContents, unbroken
from schoolapp.domain.letters.kinds import ANSWER_SENTENCES, FRAMED, LETTER_KIND_NAMES, title
from schoolapp.domain.wording import N_

_PROGRAM: Final = Path(__file__).with_name("letter_process.py")
_TEMPLATE: Final = Path(__file__).parent / "letter" / "letter.typ"
_SECONDS: Final = 120

SIZES: Final = (
    (1.0, 1.6, 1.0),
    (1.0, 1.3, 1.0),
    (1.0, 1.0, 1.0),
    (0.96, 1.0, 1.0),
    (0.92, 0.9, 1.0),
    (0.88, 0.85, 1.0),
    (0.84, 0.8, 1.0),
)
"""Size of the type, of the gaps, and of the sentences beside the rest, tried in turn until all is on one sheet; smaller
than the last nobody reads after two photocopies."""
LARGE_SIZES: Final = ((1.0, 2.0, 1.2), (1.0, 1.7, 1.1))
"""Tried before, where no slip takes a third of the sheet."""

TOO_LONG: Final = N_("La lettera non sta in una pagina: accorcia il luogo o i nomi delle persone.")
UNPRINTABLE: Final = N_("La stampa non ha alcune lettere di questi nomi: scrivi la forma in lettere latine.")


@dataclass(frozen=True)
class Letter:
    """What a letter says, and the address of the page on which the family answers ("" where there is none)."""

    contents: LetterContents
    page_address: str = ""
    emblems: tuple[Emblem, ...] = ()


def draw_letters(letters: Sequence[Letter]) -> list[bytes]:
    """A PDF for each letter, in their order; the same letter gives the same page. Raises RuleViolation."""
    asked = {
        "template": str(_TEMPLATE),
        "fonts": [str(FONT_FOLDER)],
        "sheets": [sheet(letter) for letter in letters],
        "sizes": [SIZES if letter.contents.has_reply else LARGE_SIZES + SIZES for letter in letters],
    }
    finished = subprocess.run(  # noqa: S603 (our own program; texts go in as JSON)
        [sys.executable, "-I", str(_PROGRAM)],
        input=json.dumps(asked).encode(),
        capture_output=True,
        env={name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ},
        timeout=_SECONDS,
        check=True,
    )
    return [_pdf(answer) for answer in json.loads(finished.stdout)]


def _pdf(answer: dict[str, str]) -> bytes:
    if "pdf" in answer:
        return base64.b64decode(answer["pdf"])
    if answer["fault"] == "more than one page":
        raise RuleViolation(TOO_LONG)
    if "could not be displayed with" in answer["fault"]:
        raise RuleViolation(UNPRINTABLE)
    raise RuntimeError(answer["fault"])


def sheet(letter: Letter) -> dict[str, Any]:
    """All that the template draws, as plain strings and numbers."""
    contents = letter.contents
    language = contents.language
    return {
        "title": LETTER_KIND_NAMES[contents.kind],
        "title-size": 24 if len(bank.sentence(ITALIAN, title(contents.kind))) < 22 else 20,
        "date": [contents.printed_on.year, contents.printed_on.month, contents.printed_on.day],
        "school": cleaned(contents.institute),
        "contact": " · ".join(
            fact for fact in (cleaned(contents.institute_address), unbroken(f"tel. {cleaned(contents.phone)}")) if fact
        ),
        "printed": _printed(contents),
        "heading": _pair(contents, title(contents.kind)),
        "other": _other(contents) if contents.translated else None,
        "labels": {
            name: {"it": bank.sentence(ITALIAN, f"label_{name}"), "other": bank.sentence(language, f"label_{name}")}
            for name in ("day", "time", "place", "phone", "signature")
        },
        "day": _day(contents),
        "time": _time(contents),
        "place": [cleaned(line) for line in contents.place],
        "rows": [
            {
                "framed": name in FRAMED,
                "it": _pieces(contents, name, ITALIAN),
                "other": _pieces(contents, name, language),
            }
            for name in contents.body()
        ],
        "emblems": [{"svg": _emblem(emblem), "alt": cleaned(emblem.name)} for emblem in letter.emblems],
        "project": cleaned(contents.project),
        "signature": f"Il dirigente scolastico, {cleaned(contents.head)}"
        if contents.head
        else "Il dirigente scolastico",
        "reply": _reply(letter) if contents.has_reply else None,
    }


def _printed(contents: LetterContents) -> str:
    day = day_in_prose(contents.printed_on)
    dated = f"{cleaned(contents.comune)}, {day}" if contents.comune else day
    return f"{dated} · Prot. n. {cleaned(contents.protocol)}" if contents.protocol else dated


def _other(contents: LetterContents) -> dict[str, Any]:
    language = contents.language
    face = letter_face(language)
    chinese = LANGUAGES_BY_CODE[language].script == "Hans"
    return {
        "code": language,
        "region": "cn" if chinese else None,
        "script": "hans" if chinese else None,
        "direction": bank.reading_direction(language).value,
        "name": language_name(language),
        "own-name": language_name(language, bank.language_tag(language).replace("-", "_")),
        "unchecked": None
        if contents.checked
        else {"it": bank.sentence(ITALIAN, "unchecked"), "other": bank.sentence(language, "unchecked")},
        "family": face.family,
        "size": face.size,
        "leading": face.leading,
        "top": face.top,
        "bottom": face.bottom,
        "frame-top": face.frame_top,
        "frame-bottom": face.frame_bottom,
        "title-size": face.title_size,
    }


def _pair(contents: LetterContents, name: str) -> dict[str, str]:
    return {"it": bank.sentence(ITALIAN, name), "other": bank.sentence(contents.language, name)}


def _pieces(contents: LetterContents, name: str, language: str) -> list[dict[str, Any]]:
    return [
        {"text": piece.text, "value": piece.value, "foreign": piece.foreign} for piece in contents.said(name, language)
    ]


def _day(contents: LetterContents) -> dict[str, str] | None:
    if contents.day is None:
        return None
    weekday, _, _ = numbers.written_day(contents.day, ITALIAN).partition(" ")
    return {
        "number": str(contents.day.day),
        "weekday": weekday,
        "month": day_in_prose(contents.day).partition("\u00a0")[2],
        "other": numbers.written_day(contents.day, contents.language),
        "plain": full_day(contents.day),
    }


def _time(contents: LetterContents) -> dict[str, Any] | None:
    if contents.start is None:
        return None
    return {"hour": contents.start.hour, "minute": contents.start.minute, "text": f"{contents.start:%H:%M}"}


def _reply(letter: Letter) -> dict[str, Any]:
    contents = letter.contents
    assert contents.day is not None
    when = full_day(contents.day) + (f", {contents.start:%H:%M}" if contents.start else "")
    return {
        "cut": {"it": _slip(contents, ITALIAN), "other": _slip(contents, contents.language)},
        "who": cleaned(contents.name),
        "when": f"classe {cleaned(contents.class_name)} · {when}" if contents.class_name else when,
        "answers": [_both(contents, name) for name in ANSWER_SENTENCES.values()],
        "online": _both(contents, "reply_online"),
        "qr": _qr(letter.page_address) if letter.page_address else None,
        "qr-alt": "Codice QR: apre la pagina per rispondere",
    }


def _slip(contents: LetterContents, language: str) -> list[dict[str, Any]]:
    """Where to cut and until when to answer, in one paragraph."""
    by = _pieces(contents, "reply_by", language) if contents.reply_by else []
    return [*_pieces(contents, "reply_cut", language), {"text": " ", "value": False, "foreign": False}, *by]


def _both(contents: LetterContents, name: str) -> dict[str, Any]:
    return {"it": _pieces(contents, name, ITALIAN), "other": _pieces(contents, name, contents.language)}


def _emblem(emblem: Emblem) -> str:
    """The picture inside a drawing: JSON has no bytes."""
    size = f'width="{emblem.width}" height="{emblem.height}"'
    data = base64.b64encode(emblem.png).decode()
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:image/png;base64,{data}"/></svg>'


def _qr(address: str) -> str:
    drawing = BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False, svgns=True)
    return drawing.getvalue().decode()
