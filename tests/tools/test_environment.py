"""The virtual environment of an installation."""

from pathlib import Path

import pytest

from tools import environment


def test_python_is_compiled_even_where_it_is_told_to_leave_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "words.py").write_text("WORD = 'aula'\n")
    environment.compile_python(tmp_path)
    assert [file.suffix for file in (tmp_path / "__pycache__").iterdir()] == [".pyc"]
