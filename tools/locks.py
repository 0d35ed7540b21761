"""The lists of pinned packages: each package by version and hash, and no address to fetch it from.

An address would tie everybody to the registry of whoever compiled the list.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from tools.console import ROOT

_REQUIREMENT = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*(\[[^\]]*\])?==\S+")
_REGISTRY_OPTIONS = ("--index-url", "--extra-index-url", "--find-links", "-i ", "-f ")


def faults(root: Path) -> list[str]:
    """A sentence for each thing in the lock files below `root` that must not be there."""
    found = [
        f"{name} must not be committed: it holds download addresses" for name in ("uv.lock",) if (root / name).exists()
    ]
    for file in sorted(root.glob("requirements*.txt")):
        found += [f"{file.name}: {fault}" for fault in _requirement_faults(file.read_text(encoding="utf-8"))]
    lock = root / "package-lock.json"
    if lock.exists():
        found += [f"{lock.name}: {fault}" for fault in _npm_faults(lock.read_text(encoding="utf-8"))]
    return found


def _requirement_faults(text: str) -> list[str]:
    found = []
    for entry in text.replace("\\\n", " ").splitlines():
        line = entry.strip()
        if not line or line.startswith("#"):
            continue
        if "://" in line or line.startswith(_REGISTRY_OPTIONS):
            found.append(f"holds an address: {line[:60]}")
        elif not _REQUIREMENT.match(line):
            found.append(f"is not pinned to a version: {line[:60]}")
        elif "--hash=sha256:" not in line:
            found.append(f"has no hash: {line[:60]}")
    return found


def _npm_faults(text: str) -> list[str]:
    found = []
    for name, package in json.loads(text).get("packages", {}).items():
        if "resolved" in package:
            found.append(f"{name} holds an address (npm config set omit-lockfile-registry-resolved true)")
        if name and not package.get("link") and "integrity" not in package:
            found.append(f"{name} has no integrity hash")
    return found


if __name__ == "__main__":
    sentences = faults(ROOT)
    print("\n".join(sentences) or "The lists of packages hold versions and hashes, and no addresses")
    sys.exit(1 if sentences else 0)
