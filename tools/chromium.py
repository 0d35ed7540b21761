"""A Chromium for the browser tests: an installed one, else the system's package, else playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tools.console import ROOT, say
from tools.environment import PYTHON, is_root_on_debian

VARIABLE = "SCHOOLAPP_CHROMIUM"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright\nwith sync_playwright() as p: print(p.chromium.executable_path)"
)


def find_or_install() -> str | None:
    """The path of a Chromium that starts, installing one where that is possible; None where there is none to be had."""
    named = os.environ.get(VARIABLE)
    if named:
        if _starts(named):
            return named
        say(f"Chromium: {VARIABLE} names {named}, which does not start; looking further")
    found = _installed() or _playwrights_own()
    if found:
        return found
    if is_root_on_debian():
        say("Chromium: none found; installing the system's package")
        _try(["apt-get", "update"])
        _try(["apt-get", "install", "-y", "--no-install-recommends", "chromium"])
        found = _installed()
        if found:
            return found
    say("Chromium: none found; asking playwright for its own")
    _try([str(PYTHON), "-m", "playwright", "install", "chromium"])
    return _playwrights_own()


def _installed() -> str | None:
    places = [shutil.which(name) for name in _NAMES]
    places += [path for path in _MAC if Path(path).exists()]
    return next((path for path in places if path and _starts(path)), None)


def _playwrights_own() -> str | None:
    answer = subprocess.run([str(PYTHON), "-c", _ASK_PLAYWRIGHT], capture_output=True, text=True, check=False)
    path = answer.stdout.strip()
    return path if answer.returncode == 0 and Path(path).exists() and _starts(path) else None


def _starts(path: str) -> bool:
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _try(command: list[str]) -> None:
    """Run an installer that is allowed to fail: what could not be had is said at the end of the test run."""
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        say(f"  {' '.join(command[:3])} did not work: {_telling_line(result.stderr or result.stdout)}")


def _telling_line(text: str) -> str:
    """The line that names the error, where one does; else the last."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["it said nothing"]
    return next((line for line in lines if "error" in line.lower()), lines[-1])
