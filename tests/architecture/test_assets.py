"""What templates ask of the built files is there."""

import json
import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "schoolapp"
ICON = re.compile(r"""\bicon\(\s*["']([a-z0-9-]+)["']""")
CHIP = re.compile(r"""\(\s*"(?:plain|info|ok|care|danger|activity|usual)",\s*"([a-z0-9-]+)",""")


def _drawn() -> set[str]:
    own = {path.stem for path in (PACKAGE / "assets" / "icons").glob("*.svg")}
    return own | set(json.loads((PACKAGE / "assets" / "icons.json").read_text()))


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    named: dict[str, Path] = {}
    for path in (PACKAGE / "templates").rglob("*.html"):
        text = path.read_text()
        named |= dict.fromkeys(ICON.findall(text) + CHIP.findall(text), path)
    assert {name: path.name for name, path in named.items() if name not in _drawn()} == {}


def test_the_lock_file_holds_no_download_addresses() -> None:
    assert '"resolved"' not in (PACKAGE.parent / "package-lock.json").read_text()
