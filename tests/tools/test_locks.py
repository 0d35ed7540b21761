"""The lists of packages: pinned, hashed, and free of anybody's registry."""

from pathlib import Path

import pytest

from tools import locks
from tools.console import ROOT

HASH = "--hash=sha256:" + "0" * 64


def test_the_lists_of_this_project_are_pinned_hashed_and_hold_no_address() -> None:
    assert locks.faults(ROOT) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("flask==3.1.0 \\\n    {hash}\n", None),
        ("psycopg[binary]==3.2 {hash}\n", None),
        ("flask==3.1.0\n", "has no hash"),
        ("flask>=3.1 {hash}\n", "is not pinned"),
        ("--index-url https://packages.example.org/simple\n", "holds an address"),
        ("--find-links /srv/wheels\n", "holds an address"),
        ("flask @ https://packages.example.org/flask.whl {hash}\n", "holds an address"),
    ],
)
def test_a_requirement_is_pinned_and_hashed_and_names_no_address(
    tmp_path: Path, content: str, fault: str | None
) -> None:
    (tmp_path / "requirements.txt").write_text(content.replace("{hash}", HASH))
    found = locks.faults(tmp_path)
    assert (found == []) if fault is None else (len(found) == 1 and fault in found[0])


@pytest.mark.parametrize(
    ("package", "fault"),
    [
        ('{"version": "1.0.0", "integrity": "sha512-x"}', None),
        ('{"version": "1.0.0", "integrity": "sha512-x", "resolved": "https://packages.example.org/a.tgz"}', "address"),
        ('{"version": "1.0.0"}', "integrity"),
    ],
)
def test_a_browser_package_has_its_hash_and_names_no_address(tmp_path: Path, package: str, fault: str | None) -> None:
    (tmp_path / "package-lock.json").write_text(f'{{"packages": {{"": {{}}, "node_modules/a": {package}}}}}')
    found = locks.faults(tmp_path)
    assert (found == []) if fault is None else (len(found) == 1 and fault in found[0])


def test_a_uv_lock_is_refused_because_it_holds_addresses(tmp_path: Path) -> None:
    (tmp_path / "uv.lock").touch()
    assert len(locks.faults(tmp_path)) == 1
