"""Bring the English catalogue up to date with the Italian texts in the sources: `python -m tools.translations`.

Italian is written in the sources and needs no catalogue. New texts come without a translation; a test asks for it.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from tools.console import ROOT, say

KEYWORDS = {"_": None, "N_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "plain_gettext": None}
ENGLISH = ROOT / "schoolapp" / "translations" / "en" / "LC_MESSAGES" / "messages.po"


def extracted() -> Catalog:
    """Every text of the sources that people read, in Italian."""
    catalogue = Catalog(locale="en", charset="utf-8", fuzzy=False)
    with (ROOT / "babel.cfg").open(encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream, filename="babel.cfg")  # type: ignore[no-untyped-call]
    found = extract_from_dir(str(ROOT), methods, options, keywords=KEYWORDS, comment_tags=())
    for _file, _line, message, _comments, context in sorted(found, key=lambda row: str(row[2])):
        catalogue.add(message, None, context=context)
    return catalogue


def kept(file: Path = ENGLISH) -> Catalog:
    """The catalogue as it stands, empty where there is none."""
    if not file.exists():
        return Catalog(locale="en", charset="utf-8", fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale="en")


def main() -> None:
    catalogue = kept()
    catalogue.header_comment = "# English texts of schoolapp. Brought up to date by: python -m tools.translations"
    catalogue.project, catalogue.version = "schoolapp", ""
    made_on = catalogue.creation_date
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.creation_date = made_on  # of the file; the day of the last extraction would change it each time
    catalogue.obsolete.clear()
    content = io.BytesIO()
    write_po(content, catalogue, sort_output=True, no_location=True, width=120)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_bytes(content.getvalue())
    wanting = sum(1 for message in catalogue if message.id and not (message.string and all(message.string)))
    say(f"{len(catalogue)} texts, {wanting} without an English translation: {ENGLISH.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
