"""The virtual environment `.venv`, with exactly the pinned and hashed packages.

`python3 -m tools.environment` installs what the service needs; with the word `dev`, what tests and checks need too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import stamps
from tools.console import ROOT, run_quietly, say, stop

OLDEST_PYTHON = (3, 11)
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
ASSETS = "requirements-assets.txt"


def ensure(*requirements: str) -> None:
    """Make `.venv` if it is missing and bring it to these requirement files; nothing is done where they are current."""
    has_pip = any(VENV.glob("lib/python3*/site-packages/pip"))
    if not (PYTHON.exists() and has_pip):
        say("Python environment: making .venv")
        _make()
    for name in requirements:
        _install(name)


def _install(name: str) -> None:
    file = ROOT / name
    stamp = VENV / f"installed-{name}"
    # A .venv remade by another Python is empty again: the version stands in pyvenv.cfg.
    fingerprint = stamps.fingerprint([file, VENV / "pyvenv.cfg"])
    if stamps.is_current(stamp, fingerprint):
        say(f"Python packages: {name} is already installed")
        return
    count = sum(1 for line in file.read_text(encoding="utf-8").splitlines() if "==" in line)
    say(f"Python packages: installing the {count} of {name}")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    command += ["--require-hashes", "-r", name]
    if name == DEVELOPMENT:
        # The two lists share packages; read together, pip holds both to the same versions.
        command += ["-r", RUNTIME]
    run_quietly(command, what="Installing the Python packages", announce=("Collecting ", count))
    compile_python(*VENV.glob("lib/python3*/site-packages"))
    stamps.record(stamp, fingerprint)


def compile_python(*folders: Path) -> None:
    """Compile what is not compiled yet, so that no start has to do it: a start takes one second then, not four.

    Where PYTHONDONTWRITEBYTECODE is set, as containers do, pip leaves packages uncompiled; a service that may not
    write into its own folder cannot compile itself.
    """
    command = [str(PYTHON), "-m", "compileall", "-q", "-j", "0", *map(str, folders)]
    subprocess.run(command, capture_output=True, check=False)


def _make() -> None:
    python = _new_enough_python()
    made = subprocess.run([python, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if is_root_on_debian():
        say("Python environment: adding the system package python3-venv")
        run_quietly(["apt-get", "update"], what="apt-get update")
        run_quietly(["apt-get", "install", "-y", "python3-venv"], what="Installing python3-venv")
        run_quietly([python, "-m", "venv", str(VENV)], what="Making .venv")
        return
    print(made.stdout + made.stderr, file=sys.stderr)
    stop("Python could not make a virtual environment. On Debian and Ubuntu: sudo apt install python3-venv")


def _new_enough_python() -> str:
    """The running Python, or a newer one in PATH where the running one is too old."""
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return sys.executable
    newer = next(filter(None, (shutil.which(f"python3.{minor}") for minor in (14, 13, 12, 11))), None)
    if newer:
        return newer
    wanted = ".".join(map(str, OLDEST_PYTHON))
    found_version = ".".join(map(str, sys.version_info[:3]))
    return stop(f"Python {wanted} or newer is needed; this is {found_version}. Name one: make PYTHON=/path/to/python3")


def is_root_on_debian() -> bool:
    """Whether the system's own packages can be installed here without asking anybody."""
    return (
        hasattr(os, "geteuid")
        and os.geteuid() == 0
        and Path("/etc/debian_version").exists()
        and bool(shutil.which("apt-get"))
    )


if __name__ == "__main__":
    ensure(RUNTIME, *([DEVELOPMENT] if "dev" in sys.argv[1:] else []))
