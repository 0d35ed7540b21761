"""The data sets that `make bench` measures on are made anew when they are stale."""

from pathlib import Path

import pytest

from bench import databases
from tools import stamps


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(databases, "FOLDER", tmp_path)
    return tmp_path


def test_a_data_set_made_from_these_sources_is_kept(folder: Path) -> None:
    (folder / "district.db").touch()
    stamps.record(folder / "district.done", databases.made_from())
    assert databases.is_ready("district")


@pytest.mark.parametrize(
    ("kept", "marker", "why"),
    [
        ([], None, "never made"),
        (["district.db"], None, "its making was interrupted"),
        (["district.db"], "", "made when the marker was an empty file"),
        (["district.db"], "0" * 64, "made from other tables or another demo"),
        ([], "now", "the database was deleted, its marker was not"),
    ],
)
def test_a_data_set_is_made_anew(folder: Path, kept: list[str], marker: str | None, why: str) -> None:
    for name in kept:
        (folder / name).touch()
    if marker is not None:
        (folder / "district.done").write_text(databases.made_from() if marker == "now" else marker)
    assert not databases.is_ready("district"), why
