"""Templates keep the rules of the house."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).resolve().parents[2] / "schoolapp" / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_nothing_is_marked_safe_and_nothing_is_inline(path: Path) -> None:
    text = path.read_text()
    assert "|safe" not in text.replace(" ", "")
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert "javascript:" not in text
