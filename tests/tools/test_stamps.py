"""A step of the set-up is repeated when its sources changed, and only then."""

from pathlib import Path

from tools import stamps


def test_a_step_is_current_until_a_source_changes(tmp_path: Path) -> None:
    source, stamp = tmp_path / "source.scss", tmp_path / "stamps" / "assets"
    source.write_text("a {}")
    before = stamps.fingerprint([source])
    assert not stamps.is_current(stamp, before)
    stamps.record(stamp, before)
    assert stamps.is_current(stamp, stamps.fingerprint([source]))
    source.write_text("b {}")
    assert not stamps.is_current(stamp, stamps.fingerprint([source]))


def test_a_new_a_renamed_and_a_deleted_file_in_a_folder_change_its_fingerprint(tmp_path: Path) -> None:
    folder = tmp_path / "assets"
    folder.mkdir()
    (folder / "one.js").write_text("1")
    seen = {stamps.fingerprint([folder])}
    (folder / "two.js").write_text("2")
    seen.add(stamps.fingerprint([folder]))
    (folder / "two.js").rename(folder / "three.js")
    seen.add(stamps.fingerprint([folder]))
    (folder / "one.js").unlink()
    seen.add(stamps.fingerprint([folder]))
    assert len(seen) == 4


def test_what_python_compiles_by_itself_does_not_count(tmp_path: Path) -> None:
    before = stamps.fingerprint([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").touch()
    assert stamps.fingerprint([tmp_path]) == before
