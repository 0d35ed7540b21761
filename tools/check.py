"""`make check`: style, types, templates and lock files, each in one line; what fails is shown whole."""

from __future__ import annotations

import subprocess
import sys
import time

from tools.console import ROOT, say
from tools.environment import PYTHON

CHECKS = {
    "lint": [str(PYTHON), "-m", "ruff", "check", "."],
    "format": [str(PYTHON), "-m", "ruff", "format", "--check", "."],
    "types": [str(PYTHON), "-m", "mypy"],
    "lock files": [str(PYTHON), "-m", "tools.locks"],
}
TEMPLATES = ROOT / "schoolapp" / "templates"


def main() -> int:
    """Run every check, even after one has failed, and return the number of failures."""
    checks = dict(CHECKS)
    if any(TEMPLATES.rglob("*.html")):
        checks["templates"] = [str(PYTHON), "-m", "djlint", "--lint", "--quiet", str(TEMPLATES)]
    failed = []
    for name, command in checks.items():
        started = time.monotonic()
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        verdict = "ok" if result.returncode == 0 else "FAILED"
        say(f"{name:16} {verdict:6} {time.monotonic() - started:5.1f} s")
        if result.returncode != 0:
            failed.append(name)
            say(result.stdout + result.stderr)
    say(
        f"Checks: {len(checks) - len(failed)} passed, {len(failed)} failed"
        + (f" ({', '.join(failed)})" if failed else "")
    )
    return len(failed)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
