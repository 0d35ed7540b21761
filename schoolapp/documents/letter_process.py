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

TOO_LONG = "more than one page"


def restrict() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the caller's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def drawn(template: str, sheet: dict[str, Any], sizes: list[list[float]], fonts: Any) -> dict[str, str]:
    """The PDF at the largest size at which the sheet is one page; else what is wrong with it."""
    for scale, air, words in sizes:
        letter = json.dumps({**sheet, "scale": scale, "air": air, "words": words}, ensure_ascii=False)
        try:
            pdf, warnings = typst.compile_with_warnings(
                template,
                font_paths=fonts,
                sys_inputs={"letter": letter},
                pdf_standards=["ua-1", "a-2a"],  # tagged for who listens, archivable with its fonts inside
            )
        except typst.TypstError as error:
            if TOO_LONG in str(error):
                continue
            return {"fault": str(error)}
        if warnings:
            return {"fault": str(warnings[0])}
        return {"pdf": base64.b64encode(pdf).decode()}
    return {"fault": TOO_LONG}


def main() -> list[dict[str, str]]:
    asked = json.load(sys.stdin)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=asked["fonts"])
    return [
        drawn(asked["template"], sheet, sizes, fonts)
        for sheet, sizes in zip(asked["sheets"], asked["sizes"], strict=True)
    ]


if __name__ == "__main__":
    restrict()
    json.dump(main(), sys.stdout)
