"""Stamps: a step is repeated only when what it was made from has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path], *, also: str = "") -> str:
    """A hash of the contents of files and, for a folder, of all files below it; a missing path counts as absent."""
    digest = hashlib.sha256(also.encode())
    for path in sorted(paths):
        files = sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path]
        for file in files:
            if "__pycache__" in file.parts or not file.is_file():
                continue
            digest.update(str(file.relative_to(path.parent)).encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    """Whether the step was last done with exactly this fingerprint."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == value


def record(stamp: Path, value: str) -> None:
    """Remember that the step is done for this fingerprint."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value, encoding="utf-8")
