"""Sets letters with typst and writes the PDFs; run as a program of its own, never imported.

Typesetting holds fonts and caches in memory: here they go when the last letter is done. Texts come in as JSON on
standard input and are set as plain strings; the files that may be read are the two templates and the fonts.
"""

import base64
import json
import sys
from typing import Any

import typst

MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 60

_TOO_LONG = "more than one page"
TOO_LONG = {"fault": _TOO_LONG}


def restrict() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the caller's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def drawn(
    template: str, sheet: dict[str, Any], sizes: list[list[float]], fonts: Any, *, near: int
) -> tuple[dict[str, str], int]:
    """The PDF at the first of `sizes` at which the sheet is one page, and its place; else what is wrong with it.

    The search begins at the place `near`: letters of one language mostly need the same. What fits at one size fits at
    all after it, so that where the search begins changes how long it takes, never what is found.
    """
    place = near
    answer = _at(template, sheet, sizes[place], fonts)
    if answer != TOO_LONG:
        while place > 0 and (larger := _at(template, sheet, sizes[place - 1], fonts)) != TOO_LONG:
            answer, place = larger, place - 1
        return answer, place
    while answer == TOO_LONG and place + 1 < len(sizes):
        place += 1
        answer = _at(template, sheet, sizes[place], fonts)
    return answer, place


def _at(template: str, sheet: dict[str, Any], size: list[float], fonts: Any) -> dict[str, str]:
    scale, air, words = size
    letter = json.dumps({**sheet, "scale": scale, "air": air, "words": words}, ensure_ascii=False)
    try:
        pdf, warnings = typst.compile_with_warnings(
            template,
            font_paths=fonts,
            sys_inputs={"letter": letter},
            pdf_standards=["ua-1", "a-2a"],  # tagged for who listens, archivable with its fonts inside
        )
    except typst.TypstError as error:
        return TOO_LONG if _TOO_LONG in str(error) else {"fault": str(error)}
    if warnings:
        return {"fault": str(warnings[0])}
    return {"pdf": base64.b64encode(pdf).decode()}


def main() -> list[dict[str, str]]:
    asked = json.load(sys.stdin)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=asked["fonts"])
    answers = []
    places: dict[str, int] = {}
    for sheet, sizes in zip(asked["sheets"], asked["sizes"], strict=True):
        alike = json.dumps([(sheet.get("other") or {}).get("code"), sizes])
        answer, places[alike] = drawn(asked["template"], sheet, sizes, fonts, near=places.get(alike, 0))
        answers.append(answer)
    return answers


if __name__ == "__main__":
    restrict()
    json.dump(main(), sys.stdout)
